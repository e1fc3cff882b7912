// The drop zone and the list on the page. Every text from outside goes in with `textContent`.

import { isActive, speedOf } from "./queue.js";
import { bytes, pace, percent } from "./words.js";
import css from "./uploader.css";

function element(tag, fields = {}, ...children) {
  const { attributes = {}, ...properties } = fields;
  const node = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Draws one queue into `root` until `close`. */
export class View {
  #lines = new Map();
  #said = new Map();

  constructor(root, queue, onSettled) {
    this.queue = queue;
    this.#build(root);
    this.close = queue.listen((isSettled) => {
      this.draw();
      if (isSettled) onSettled();
    });
  }

  /** Take what Python says anew: label, rules, and what the server has. */
  update(data) {
    this.rules = data;
    this.label.textContent = data.label;
    this.section.setAttribute("aria-label", data.label);
    this.section.dataset.testid = `gs-uploader-${data.role}`;
    Object.assign(this.input, { accept: data.accept.join(","), multiple: data.multiple });
    this.button.textContent = data.multiple ? "Choose files" : "Choose a file";
    this.limits.textContent = `${data.accept.join(", ")} up to ${bytes(data.max_bytes)}${data.multiple ? " each" : ""}`;
    this.queue.sync(data.uploads);
  }

  draw() {
    const { rows } = this.queue;
    for (const [row, line] of this.#lines) {
      if (rows.includes(row)) continue;
      line.node.remove();
      this.#lines.delete(row);
    }
    for (const row of rows) this.#lineOf(row).draw();
    const isFull = !this.rules.multiple && rows.length > 0;
    this.button.disabled = isFull;
    this.zone.classList.toggle("full", isFull);
    this.call.textContent = isFull ? "Remove the file to choose another." : this.#invitation();
    this.#speak(rows);
  }

  #invitation() {
    return this.rules.multiple ? "or drop files here" : "or drop a file here";
  }

  #build(root) {
    this.label = element("p", { className: "label" });
    this.call = element("span", { className: "call" });
    this.limits = element("p", { className: "limits" });
    this.input = element("input", { type: "file", hidden: true, onchange: () => this.#chosen() });
    this.button = element("button", { type: "button", className: "choose",
      onclick: () => this.input.click() });
    this.zone = element("div", { className: "zone" }, this.button, this.call, this.input, this.limits);
    this.list = element("ul", { className: "rows" });
    this.live = element("p", { className: "unseen", attributes: { role: "status" } });
    this.section = element("section", { className: "uploader" }, this.label, this.zone, this.list, this.live);
    this.#acceptDrops();
    root.replaceChildren(element("style", { textContent: css }), this.section);
  }

  #acceptDrops() {
    const over = (isOver) => (event) => {
      event.preventDefault();
      this.zone.classList.toggle("over", isOver && !this.button.disabled);
    };
    this.zone.ondragover = over(true);
    this.zone.ondragleave = over(false);
    this.zone.ondrop = (event) => {
      over(false)(event);
      this.#take([...event.dataTransfer.items].filter(isFile).map((item) => item.getAsFile()));
    };
  }

  #chosen() {
    const files = [...this.input.files];
    this.input.value = ""; // or the same file could not be chosen a second time
    this.#take(files);
  }

  #take(files) {
    if (this.button.disabled) return;
    this.queue.choose(this.rules.multiple ? files : files.slice(0, 1), this.rules);
  }

  #lineOf(row) {
    if (!this.#lines.has(row)) {
      const line = new Line(row, this.queue);
      this.#lines.set(row, line);
      this.list.append(line.node);
    }
    return this.#lines.get(row);
  }

  /** Tell screen readers of new states, not of every percent. */
  #speak(rows) {
    const news = rows.filter((row) => this.#said.get(row) !== row.state + row.words);
    for (const row of news) this.#said.set(row, row.state + row.words);
    if (news.length) this.live.textContent = news.map((row) => `${row.name}: ${spoken(row)}`).join(". ");
  }
}

// A dropped folder arrives as something that looks like a file and cannot be read.
const isFile = (item) => item.kind === "file" && !item.webkitGetAsEntry?.()?.isDirectory;

class Line {
  constructor(row, queue) {
    this.row = row;
    this.status = element("span", { className: "status" });
    this.fill = element("div", { className: "fill" });
    this.bar = element("div", { className: "bar", attributes: {
      role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", "aria-label": row.name } }, this.fill);
    this.pause = action("Pause", row, () => queue.pause(row));
    this.resume = action("Resume", row, () => queue.resume(row));
    this.remove = action("Remove", row, () => queue.remove(row));
    this.node = element("li", {},
      element("div", { className: "words" },
        element("span", { className: "name", textContent: row.name, title: row.name }), this.status),
      this.bar,
      element("div", { className: "actions" }, this.pause, this.resume, this.remove));
  }

  draw() {
    const { row } = this;
    const done = percent(row.received, row.size);
    this.node.dataset.state = row.state;
    this.status.textContent = shown(row);
    this.fill.style.width = `${done}%`;
    this.bar.setAttribute("aria-valuenow", String(done));
    this.bar.hidden = row.state === "complete" || (row.state === "refused" && !row.file);
    this.pause.hidden = !isActive(row);
    this.resume.hidden = !(row.state === "paused" || row.state === "refused") || !row.file;
  }
}

function action(word, row, onclick) {
  return element("button", { type: "button", textContent: word, onclick,
    attributes: { "aria-label": `${word} ${row.name}` } });
}

function shown(row) {
  const share = `${percent(row.received, row.size)} % of ${bytes(row.size)}`;
  if (row.state !== "sending") return row.words || spoken(row);
  return [share, pace(speedOf(row), row.size - row.received)].filter(Boolean).join(" · ");
}

function spoken(row) {
  const share = `${percent(row.received, row.size)} %`;
  return row.words || {
    waiting: "Waiting for its turn",
    sending: "Sending",
    paused: `Paused at ${share}`,
    half: `Half-finished at ${share}: choose the same file again to go on`,
    complete: `Uploaded, ${bytes(row.size)}`,
  }[row.state];
}
