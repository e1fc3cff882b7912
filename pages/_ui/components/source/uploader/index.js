// Streamlit calls this on every rerun; one view per place on the page lives on between the calls.

import { queueOf } from "./queue.js";
import { View } from "./view.js";

const views = new WeakMap();

export default function uploader({ data, parentElement, setTriggerValue }) {
  const queue = queueOf(data.address, data.role);
  let view = views.get(parentElement);
  if (view?.queue !== queue) {
    view?.close();
    view = new View(parentElement, queue, () => view.onSettled());
    views.set(parentElement, view);
  }
  view.onSettled = () => setTriggerValue("settled", Date.now());
  view.update(data);
  return () => {
    view.close();
    views.delete(parentElement);
  };
}
