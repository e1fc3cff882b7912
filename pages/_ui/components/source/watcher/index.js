// Shows how far some work is, asks the server until it has ended, and then tells the page once.
// Streamlit calls this on every rerun; the watch of one place on the page lives on between the calls.

import { Watch } from "./watch.js";

const watches = new WeakMap();

export default function watcher({ parentElement: root, data, setTriggerValue }) {
  let watch = watches.get(root);
  if (watch?.address === data.address) {
    watch.lookNow();
  } else {
    watch?.close();
    watch = new Watch(root, data);
    watches.set(root, watch);
  }
  watch.onEnd = () => setTriggerValue("ended", Date.now());
  return () => {
    watch.close();
    watches.delete(root);
  };
}
