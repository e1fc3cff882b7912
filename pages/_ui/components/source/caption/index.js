// A caption in which each number that has an origin is a button in the running text.

import { adopt, element } from "../shared/dom.js";
import css from "./style.css";

const texts = new WeakMap();

export default function caption({ parentElement: root, data, setStateValue }) {
  const choose = (fact) => {
    const clicks = (texts.get(root)?.clicks ?? 0) + 1;
    texts.get(root).clicks = clicks;
    setStateValue("chosen", { fact: fact === data.selected ? null : fact, clicks });
  };
  if (!texts.has(root)) {
    adopt(root, css);
    const node = element("p", { "data-testid": "gs-caption" });
    root.append(node);
    // A new element must differ from the value a former one left behind.
    texts.set(root, { node, clicks: Date.now() });
  }
  show(texts.get(root).node, data, choose);
}

function show(node, { parts, selected }, choose) {
  const focused = node.getRootNode().activeElement?.dataset?.at;
  node.replaceChildren(...parts.map(({ text, fact }, at) => {
    if (fact === undefined) return text;
    return element("button", {
      type: "button",
      "aria-pressed": String(fact === selected),
      "data-at": at,
      "data-fact": fact,
      title: "Show where this number comes from",
      onclick: () => choose(fact),
    }, text);
  }));
  if (focused !== undefined) node.querySelector(`[data-at="${Number(focused)}"]`)?.focus();
}
