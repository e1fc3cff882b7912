// One bar with its words, kept up to date by asking one address of the server in short turns.

import { adopt, element } from "../shared/dom.js";
import css from "./style.css";

const PACE_MS = [250, 1000];
// Who has waited for a minute does not notice a second.
const PACE_SHARE = 1 / 60;
const UNSEEN_PACE_MS = 5000;
const SILENT_PACE_MS = [500, 8000];
const SILENCE_MS = 10_000;
// Word from a page that is being left would call it back, and whoever left would have to click again.
const LEAVING_MS = 3000;
const SILENT = "The server does not answer; trying again";

export class Watch {
  #timer = null;
  #control = null;
  #failures = 0;
  #leftAt = -LEAVING_MS;
  #life = new AbortController();
  #since = performance.now();

  /** `data` is {address, share_pct, words}: where to ask, and what the page knows already. */
  constructor(root, data) {
    this.address = data.address;
    this.onEnd = () => {};
    this.words = element("div", { class: "words", id: "words" });
    this.fill = element("div", { class: "fill" });
    this.bar = element("div", {
      class: "bar", role: "progressbar", "aria-labelledby": "words",
      "aria-valuemin": 0, "aria-valuemax": 100 }, this.fill);
    adopt(root, css);
    root.replaceChildren(element("div", { "data-testid": "gs-watcher" }, this.words, this.bar));
    const { signal } = this.#life;
    document.addEventListener("visibilitychange", () => this.lookNow(), { signal });
    window.addEventListener("click", (event) => this.#leave(event), { capture: true, signal });
    this.#draw(data);
    this.#lookIn(PACE_MS[0]);
  }

  /** Ask at once, also when all was said: the page came back to it. One question at a time. */
  lookNow() {
    if (!this.#control && !document.hidden) this.#lookIn(0);
  }

  #leave(event) {
    if (event.composedPath().some(({ tagName }) => tagName === "A")) this.#leftAt = performance.now();
  }

  close() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#control?.abort();
    this.onEnd = () => {};
    this.#life.abort();
  }

  #lookIn(delayMs) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), delayMs);
  }

  async #look() {
    const control = (this.#control = new AbortController());
    const silence = setTimeout(() => control.abort(), SILENCE_MS);
    const asked = this.#timer;
    const delayMs = await this.#ask(control.signal).catch(() => this.#failed(SILENT));
    clearTimeout(silence);
    this.#control = null;
    if (this.#timer === asked && delayMs !== null) this.#lookIn(delayMs);
  }

  /** Milliseconds until the next question; null when there is nothing more to ask. */
  async #ask(signal) {
    const answer = await fetch(this.address, { signal, cache: "no-store" });
    const said = await answer.json();
    if (answer.status === 404) return this.#ended();
    if (!answer.ok) return this.#failed([said.error, said.remedy].filter(Boolean).join(" ") || SILENT);
    this.#failures = 0;
    this.#draw(said);
    return said.is_active ? this.#pace() : this.#ended();
  }

  #draw({ share_pct: share, words }) {
    if (words) this.words.textContent = words;
    // How long some work will take nobody knows: the bar then only says that it goes on.
    const isOpen = share === null;
    this.bar.classList.toggle("open", isOpen);
    this.fill.style.width = isOpen ? "" : `${share}%`;
    if (isOpen) this.bar.removeAttribute("aria-valuenow");
    else this.bar.setAttribute("aria-valuenow", String(share));
  }

  /** A page takes its time to follow; told again, it would begin anew each time. */
  #ended() {
    const leavingMs = this.#leftAt + LEAVING_MS - performance.now();
    if (leavingMs > 0) return leavingMs;
    this.onEnd();
    return null;
  }

  #failed(words) {
    this.words.textContent = words;
    this.#failures += 1;
    const [least, most] = SILENT_PACE_MS;
    return Math.min(most, least * 2 ** (this.#failures - 1));
  }

  #pace() {
    if (document.hidden) return UNSEEN_PACE_MS;
    const [least, most] = PACE_MS;
    return Math.min(most, Math.max(least, PACE_SHARE * (performance.now() - this.#since)));
  }
}
