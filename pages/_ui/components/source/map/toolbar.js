// The row of buttons above the map.

import { element, icon } from "../shared/dom.js";
import { ICONS } from "./icons.js";

const MODES = { single: "One map", swipe: "Swipe", dual: "Side by side" };

const AREA = {
  rectangle: "Draw a rectangle",
  polygon: "Draw a polygon",
  edit: "Change the outline of an area",
  move: "Move an area",
  delete: "Delete areas by clicking them",
};
const PROMPT = {
  point_in: "Mark a point inside the object",
  point_out: "Mark a point outside the object",
  box: "Draw a box around the object",
  outline: "Draw the outline of the object",
  reshape: "Change the drawn outline",
  line: "Draw a line to cut along",
};
/** What a tool makes -> what the page must have asked for to have it. */
const NEEDS = { point_in: "inside", point_out: "outside", box: "box", outline: "outline", reshape: "outline", line: "line" };
const MEASURE = { distance: "Measure a distance", area_size: "Measure an area" };

export class Toolbar {
  /** @param on {mode(name), tool(name), act(name)} */
  constructor(on) {
    this.on = on;
    this.buttons = new Map();
    this.modes = group("How the dates are shown", this.modeButtons());
    this.groups = {
      view: group("View", this.actions({ zoom_in: "Zoom in", zoom_out: "Zoom out", fit: "Show everything" })),
      area: group("Areas of interest", this.tools(AREA)),
      import: group("Import", this.actions({ import: "Import areas from a GeoJSON file" })),
      prompt: group("Points and boxes", [...this.actions({ choose: "Choose objects by clicking them" }), ...this.tools(PROMPT), ...this.actions({ clear_prompts: "Remove all points and boxes" })]),
      measure: group("Measure", [...this.tools(MEASURE), ...this.actions({ clear_measures: "Remove the measurements" })]),
      undo: group("History", this.actions({ undo: "Undo" })),
    };
    const panel = this.button("panel", "Layers and areas", () => on.act("panel"));
    panel.classList.add("last");
    this.node = element("div", { class: "toolbar", role: "toolbar", "aria-label": "Map tools" }, this.modes, ...Object.values(this.groups), panel);
  }

  modeButtons() {
    return Object.entries(MODES).map(([name, title]) => {
      const node = element("button", {
        type: "button",
        class: "mode",
        "aria-pressed": "false",
        "data-testid": `gs-mode-${name}`,
        onclick: () => this.on.mode(name),
      }, title);
      this.buttons.set(`mode_${name}`, node);
      return node;
    });
  }

  tools(names) {
    return Object.entries(names).map(([name, title]) => {
      const node = this.button(name, title, () => this.on.tool(name));
      node.setAttribute("aria-pressed", "false");
      return node;
    });
  }

  actions(names) {
    return Object.entries(names).map(([name, title]) => this.button(name, title, () => this.on.act(name)));
  }

  button(name, title, onclick) {
    const node = element("button", {
      type: "button",
      title,
      "aria-label": title,
      "data-testid": `gs-tool-${name}`,
      onclick,
    }, icon(ICONS[name]));
    this.buttons.set(name, node);
    return node;
  }

  show({ mode, modes, tool, tools, forms, canUndo, hasPrompts, hasMeasures, panel }) {
    for (const name of Object.keys(MODES)) {
      press(this.buttons.get(`mode_${name}`), mode === name);
    }
    this.modes.hidden = !modes;
    for (const name of ["area", "import", "prompt", "measure"]) this.groups[name].hidden = !tools.includes(name);
    for (const [name, form] of Object.entries(NEEDS)) this.buttons.get(name).hidden = !forms.includes(form);
    press(this.buttons.get("choose"), !tool);
    this.groups.undo.hidden = !tools.some((name) => name !== "measure");
    for (const name of Object.keys({ ...AREA, ...PROMPT, ...MEASURE })) press(this.buttons.get(name), tool === name);
    this.buttons.get("undo").disabled = !canUndo;
    this.buttons.get("clear_prompts").disabled = !hasPrompts;
    this.buttons.get("clear_measures").disabled = !hasMeasures;
    this.buttons.get("panel").setAttribute("aria-expanded", String(panel));
  }
}

function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}

function group(label, buttons) {
  return element("div", { class: "group", role: "group", "aria-label": label }, ...buttons);
}
