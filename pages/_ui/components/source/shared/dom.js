// Elements without markup: every text goes in as a text node, so nothing from outside is ever parsed.

const SVG = "http://www.w3.org/2000/svg";

/** An element; `properties` are set as attributes, `on...` ones as listeners. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A line drawing on a field of 20 by 20, hidden from screen readers. */
export function icon(path) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("aria-hidden", "true");
  drawing.classList.add("icon");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
}

/** Puts a style sheet into a shadow root once. */
export function adopt(root, css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
}

/** Keeps keys typed into fields of `node` from the shortcuts of the page around it. */
export function keepTyping(node) {
  node.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea, select")) event.stopPropagation();
  });
}
