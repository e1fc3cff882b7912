// Everything around the maps: titles, notices, the words on a tool, readout and attribution.

import { element } from "../shared/dom.js";
import { positionText } from "./geodesy.js";
import { legendLines } from "./panel.js";

const DEGREES = 4;

export class Face {
  /** @param on {finish(), back(), cancel(), retry(), file(file)} */
  constructor(toolbar, panel, on) {
    this.on = on;
    this.panel = panel;
    this.frames = ["left", "right"].map(makeFrame);
    this.notice = element("p", { class: "notice", role: "status", "data-testid": "gs-notice" });
    this.trouble = element("p", { class: "notice", role: "status", hidden: true, "data-testid": "gs-unreachable" });
    this.words = element("p", { role: "status", "data-testid": "gs-words" });
    this.steps = this.makeSteps();
    this.bar = element("div", { class: "bar" }, this.words, this.steps);
    this.maps = element("div", { class: "maps" }, ...this.frames.map(({ node }) => node));
    this.position = element("span", { class: "position", "data-testid": "gs-position" });
    this.attribution = element("span", { class: "attribution", "data-testid": "gs-attribution" });
    // Beside the maps the legend is in the list; without the list it is below them.
    this.legend = element("ul", { class: "legend", "aria-label": "Legend", hidden: true, "data-testid": "gs-legend" });
    this.picker = this.makePicker();
    this.node = element(
      "div",
      { class: "workspace", "data-testid": "gs-map" },
      toolbar,
      this.notice,
      this.trouble,
      element("div", { class: "body" }, this.maps, panel),
      this.legend,
      element("div", { class: "foot" }, this.position, this.bar, this.attribution),
      this.picker,
    );
  }

  makeSteps() {
    const step = (name, words) =>
      element("button", { type: "button", class: "word", "data-testid": `gs-step-${name}`, onclick: this.on[name] }, words);
    this.corners = [step("finish", "Finish"), step("back", "Remove last corner")];
    return element("span", { class: "steps" }, ...this.corners, step("cancel", "Stop"));
  }

  makePicker() {
    return element("input", {
      type: "file",
      accept: ".geojson,.json,application/geo+json,application/json",
      hidden: true,
      "aria-label": "GeoJSON file",
      "data-testid": "gs-import",
      onchange: async ({ target }) => {
        const [file] = target.files;
        if (file) await this.on.file(file);
        target.value = "";
      },
    });
  }

  setHeight(px) {
    this.node.style.setProperty("--map-height", `${px}px`);
  }

  showMode(mode, { left, right }, isPanelOpen) {
    const [first, second] = this.frames;
    this.node.dataset.mode = mode;
    second.node.hidden = mode !== "dual";
    this.panel.hidden = !isPanelOpen;
    this.legend.hidden = isPanelOpen || !this.legend.childElementCount;
    label(first.title, left);
    label(first.other, mode === "swipe" ? right : "");
    label(second.title, right);
    nameMap(first.map, mode === "swipe" ? [left, right].filter(Boolean).join(" and ") : left);
    nameMap(second.map, right);
  }

  showLegend(entries) {
    this.legend.replaceChildren(...legendLines(entries));
  }

  showNotice(words) {
    label(this.notice, words);
  }

  /** Which buttons stand beside the words while a tool is in use. */
  showSteps({ isActive, hasCorners, isAiming }) {
    this.steps.hidden = !isActive;
    for (const button of this.corners) button.hidden = !hasCorners;
    for (const { map } of this.frames) map.classList.toggle("gs-drawing", isAiming);
  }

  say(words) {
    this.words.textContent = words;
  }

  showPosition({ lat, lng }, before = "") {
    this.position.textContent = `${before}${positionText(lat, lng)}`;
  }

  showAttributions(all) {
    label(this.attribution, all.join(" \u00b7 "));
  }

  showTrouble({ title, kind }) {
    const words =
      kind === "basemap"
        ? "The background map could not be reached. Your own scenes are not affected."
        : `The tiles of ${title} could not be loaded. Reload the page if this stays so.`;
    const again = element("button", { type: "button", class: "word", onclick: this.on.retry }, "Try again");
    this.trouble.replaceChildren(words, " ", again);
    this.trouble.hidden = false;
  }

  hideTrouble() {
    this.trouble.hidden = true;
  }
}

function makeFrame(side) {
  const map = element("div", { class: "map", role: "region", "data-testid": `gs-map-${side}` });
  const title = element("span", { class: "title" });
  const other = element("span", { class: "title other", hidden: true });
  return { map, title, other, node: element("div", { class: "frame" }, map, title, other) };
}

function label(node, words) {
  node.textContent = words;
  node.hidden = !words;
}

function nameMap(node, title) {
  node.setAttribute("aria-label", title ? `Map: ${title}` : "Map");
}

/** The middle of what a map shows, as bounds a user may start from. */
export function middleOf(map) {
  const box = map.getBounds().pad(-0.25);
  return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((edge) => Number(edge.toFixed(DEGREES)));
}
