// A caption in which each number that has an origin is a button in the running text, or the same
// numbers as large figures in a row.

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
    const node = data.figures ? element("div", { class: "figures", "data-testid": "gs-figures" }) : element("p", { "data-testid": "gs-caption" });
    root.append(node);
    // A new element must differ from the value a former one left behind.
    texts.set(root, { node, clicks: Date.now() });
  }
  show(texts.get(root).node, data, choose);
}

function show(node, { parts, figures, selected }, choose) {
  const focused = node.getRootNode().activeElement?.dataset?.at;
  const button = (fact, at, ...words) => element("button", {
    type: "button",
    "aria-pressed": String(fact === selected),
    "data-at": at,
    "data-fact": fact,
    title: "Show where this number comes from",
    onclick: () => choose(fact),
  }, ...words);
  const children = figures
    ? figures.map(({ label, value, fact, color }, at) => button(fact, at, name(label, color), element("span", { class: "value" }, value)))
    : sentences(parts, button);
  node.replaceChildren(...children);
  if (focused !== undefined) node.querySelector(`[data-at="${Number(focused)}"]`)?.focus();
}

/** Text and numbers in order. What touches a number stays on its line: no line begins or ends with
 *  a bracket or a full stop alone. */
function sentences(parts, button) {
  const found = [];
  let line = null;
  const begin = () => {
    line = element("span", { class: "together" });
    found.push(line);
  };
  parts.forEach(({ text, fact }, at) => {
    if (fact !== undefined) {
      if (!line) begin();
      line.append(button(fact, at, text));
      return;
    }
    const [, head, rest] = text.match(/^(\S*)([^]*)$/);
    const [, middle, tail] = rest.match(/^([^]*?)(\S*)$/);
    const isBefore = parts[at + 1]?.fact !== undefined;
    if (!line && !rest && isBefore) begin();
    if (line) line.append(head);
    else found.push(head);
    if (!rest) return;
    line = null;
    found.push(middle);
    if (isBefore) begin();
    if (line) line.append(tail);
    else found.push(tail);
  });
  return found;
}

/** What a figure counts, with the colour it has on the map. */
function name(label, color) {
  const node = element("span", { class: "name" }, label, " ");
  if (color) node.style.borderLeft = `4px solid ${color}`;
  return node;
}
