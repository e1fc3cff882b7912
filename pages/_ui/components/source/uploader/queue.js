// The files of one role in this tab: chosen ones that are sent one after another, and those the
// server already has. Lives as long as the tab, so that sending goes on while another page is shown.

import { fingerprintOf, transfer } from "./transfer.js";
import { RefusedError, ask } from "./wire.js";
import { bytes } from "./words.js";

const PACE_MS = 8000;
const ACTIVE = new Set(["waiting", "sending", "retrying"]);
const queues = new Map();

/** The queue of one address and role, the same one after every rerun and page switch. */
export function queueOf(address, role) {
  const key = `${address} ${role}`;
  if (!queues.has(key)) queues.set(key, new Queue(address, role));
  return queues.get(key);
}

addEventListener("beforeunload", (event) => {
  if ([...queues.values()].some((queue) => queue.rows.some(isActive))) event.preventDefault();
});

export const isActive = (row) => ACTIVE.has(row.state);

/**
 * One line of the list.
 * state: waiting | sending | retrying | paused | refused | half (no file chosen) | complete
 */
function newRow(fields) {
  return { id: null, file: null, received: 0, pieces: 0, isComplete: false, state: "waiting", words: "",
    samples: [], control: null, ...fields };
}

class Queue {
  constructor(address, role) {
    Object.assign(this, { address, role, rows: [], listeners: new Set() });
  }

  /** `listener(isSettled)` hears of every change; true when the server gained or lost a file. */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Take files a user chose; each is refused in words, resumed, or put at the end. */
  choose(files, rules) {
    for (const file of files) {
      const known = this.rows.find((row) => row.fingerprint === fingerprintOf(file));
      if (known && !known.file && !known.isComplete) Object.assign(known, { file, state: "waiting" });
      else if (known?.state === "refused") Object.assign(known, { file, state: "waiting" });
      else if (!known) this.rows.push(rowFor(file, rules));
    }
    this.pump();
  }

  /** Take over what the server says it has; it knows nothing of files not announced yet. */
  sync(known) {
    const ids = new Set(known.map((upload) => upload.id));
    const isGone = (row) => ["complete", "half"].includes(row.state) && !ids.has(row.id);
    this.rows = this.rows.filter((row) => !isGone(row));
    for (const upload of known) this.#take(upload);
    this.tell();
  }

  pause(row) {
    row.control?.abort();
    Object.assign(row, { state: "paused", words: "" });
    this.pump();
  }

  resume(row) {
    Object.assign(row, { state: "waiting", words: "" });
    this.pump();
  }

  /** Delete it here and on the server. */
  async remove(row) {
    row.control?.abort();
    row.state = "paused";
    try {
      if (row.id) await ask("DELETE", `${this.address}/${row.id}`);
    } catch (error) {
      if (!(error instanceof RefusedError)) {
        row.words = "It could not be removed: the connection is lost. Try again.";
        return this.tell();
      }
    }
    this.rows = this.rows.filter((other) => other !== row);
    this.tell(Boolean(row.id));
    this.pump();
  }

  /** Send the next waiting file unless one is under way: one at a time is as fast, and in order. */
  pump() {
    const isBusy = this.rows.some((row) => row.control);
    const next = this.rows.find((row) => row.state === "waiting" && row.file);
    if (!isBusy && next) this.#send(next);
    this.tell();
  }

  tell(isSettled = false) {
    for (const listener of this.listeners) listener(isSettled);
  }

  async #send(row) {
    row.control = new AbortController();
    const { signal } = row.control;
    try {
      await transfer(row, { ...this, signal, tell: (state, words) => this.#step(row, state, words) });
      Object.assign(row, { state: "complete", words: "", file: null });
    } catch (error) {
      if (!signal.aborted) Object.assign(row, { state: "refused", words: refusal(error) });
    }
    row.control = null;
    this.pump();
    if (row.isComplete) this.tell(true);
  }

  #step(row, state, words) {
    if (row.control.signal.aborted) return;
    const now = performance.now();
    const samples = state === "sending" ? [...row.samples, [now, row.received]] : [];
    Object.assign(row, { state, words, samples: samples.filter(([at]) => now - at < PACE_MS) });
    this.tell();
  }

  #take(upload) {
    const state = upload.is_complete ? "complete" : "half";
    const fields = { received: upload.received_bytes, isComplete: upload.is_complete, state };
    const mine = this.rows.find((row) => row.id === upload.id);
    if (mine?.state === "half") Object.assign(mine, fields);
    if (mine) return;
    const { id, name, size_bytes: size, fingerprint } = upload;
    // A file announced this moment has no id here yet.
    if (this.rows.some((row) => row.file && row.fingerprint === fingerprint)) return;
    this.rows.push(newRow({ id, name, size, fingerprint, ...fields }));
  }
}

/** Bytes per second over the last seconds; 0 while unknown. */
export function speedOf({ samples }) {
  if (samples.length < 2) return 0;
  const [[firstAt, first], [lastAt, last]] = [samples[0], samples.at(-1)];
  return lastAt - firstAt > 500 ? (1000 * (last - first)) / (lastAt - firstAt) : 0;
}

function rowFor(file, rules) {
  const words = unfit(file, rules);
  const fields = { name: file.name, size: file.size, fingerprint: fingerprintOf(file) };
  if (words) return newRow({ ...fields, state: "refused", words });
  return newRow({ ...fields, file });
}

/** What can be told without asking the server; it checks again. */
function unfit(file, { accept, max_bytes: maxBytes }) {
  const suffixes = accept.join(", ");
  if (!accept.some((suffix) => file.name.toLowerCase().endsWith(suffix)))
    return `This kind of file is not read here. Choose one of ${suffixes}.`;
  if (file.size === 0) return "The file is empty. Export or copy it again.";
  if (file.size > maxBytes)
    return `The file has ${bytes(file.size)}; the limit is ${bytes(maxBytes)}. Cut it into tiles.`;
  return "";
}

function refusal(error) {
  if (error instanceof RefusedError) return error.message;
  console.error(error);
  return "Something went wrong, and it is our fault. Reload the page and choose the file again.";
}
