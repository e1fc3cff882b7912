// The divider between two dates on one map: by pointer or by keyboard.

import { element } from "../shared/dom.js";

const STEP = 2;
const PAGE = 10;
const KEYS = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -PAGE, PageUp: PAGE, Home: -100, End: 100 };

export class Swipe {
  constructor(map, frame) {
    Object.assign(this, { map, frame });
    this.percent = 50;
    this.active = false;
    this.handle = element("div", {
      class: "divider",
      role: "slider",
      tabindex: 0,
      "aria-label": "Divider between the two dates",
      "aria-orientation": "horizontal",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "data-testid": "gs-divider",
      hidden: true,
      onkeydown: (event) => this.onKey(event),
      onpointerdown: (event) => this.onDown(event),
    }, element("span", { class: "grip" }, "\u2194"));
    frame.append(this.handle);
    map.on("move zoom viewreset resize", () => this.clip());
  }

  setActive(active) {
    this.active = active;
    this.handle.hidden = !active;
    this.clip();
  }

  onKey(event) {
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    event.stopPropagation();
    this.moveTo(this.percent + KEYS[event.key]);
  }

  onDown(event) {
    event.preventDefault();
    event.stopPropagation();
    this.handle.focus();
    this.handle.setPointerCapture(event.pointerId);
    const drag = ({ clientX }) => {
      const { left, width } = this.frame.getBoundingClientRect();
      this.moveTo(((clientX - left) / width) * 100);
    };
    this.handle.addEventListener("pointermove", drag);
    this.handle.addEventListener("lostpointercapture", () => this.handle.removeEventListener("pointermove", drag), { once: true });
  }

  moveTo(percent) {
    this.percent = Math.round(Math.max(0, Math.min(100, percent)) * 10) / 10;
    this.clip();
  }

  /** Whether a point of the map lies right of the divider. */
  isRight({ x }) {
    return x > (this.map.getSize().x * this.percent) / 100;
  }

  clip() {
    this.handle.style.left = `${this.percent}%`;
    this.handle.setAttribute("aria-valuenow", Math.round(this.percent));
    this.handle.setAttribute("aria-valuetext", `${Math.round(this.percent)} percent from the left`);
    const { x: width, y: height } = this.map.getSize();
    const { x, y } = this.map.containerPointToLayerPoint([0, 0]);
    const at = x + (width * this.percent) / 100;
    this.clipPane("gs-left", [x, y, at, y + height]);
    this.clipPane("gs-right", [at, y, x + width, y + height]);
  }

  // The pane has no size of its own, so the shape is given by its corners.
  clipPane(name, [left, top, right, bottom]) {
    const corners = `${left}px ${top}px, ${right}px ${top}px, ${right}px ${bottom}px, ${left}px ${bottom}px`;
    this.map.getPane(name).style.clipPath = this.active ? `polygon(${corners})` : "";
  }
}
