// Streamlit calls this on every rerun that changes the message; the workspace is made once per place.

import { Workspace } from "./workspace.js";

const open = new WeakMap();

export default function map(component) {
  const { parentElement: root } = component;
  if (!open.has(root)) open.set(root, new Workspace(root, component));
  open.get(root).update(component);
  return () => {
    open.get(root)?.destroy();
    open.delete(root);
  };
}
