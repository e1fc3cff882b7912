// The list beside the map: layers with their look, legend, areas with names and bounds.

import { element, icon } from "../shared/dom.js";
import { Refusal, boundsOf, checkedBounds, cleanName } from "./geojson.js";
import { areaText, geometryArea } from "./geodesy.js";
import { ICONS } from "./icons.js";

const EDGES = ["West", "South", "East", "North"];

export class Panel {
  /** @param on {look(key, change, done), order(side, id, by), rename, activate, remove, zoom, bounds(values, asNew)} */
  constructor(on) {
    this.on = on;
    this.layers = element("section", { "aria-label": "Layers" });
    this.legend = element("section", { "aria-label": "Legend" });
    this.list = element("div", { class: "areas" });
    this.editor = this.makeEditor();
    this.areas = element("section", { "aria-label": "Areas" }, element("h3", {}, "Areas"), this.list, this.editor);
    this.node = element("aside", { class: "panel", "aria-label": "Layers and areas", "data-testid": "gs-panel", tabindex: 0 }, this.layers, this.legend, this.areas);
  }

  /**
   * @param sections [{title, side, layers}] top to bottom, the layers too.
   * @param keep the list shows this already: a slider is being moved in it.
   */
  showLayers(sections, { keep = false } = {}) {
    const text = JSON.stringify(sections);
    const isShown = keep || text === this.layersText;
    this.layersText = text;
    if (isShown) return;
    this.redraw(this.layers, sections.flatMap(({ title, side, layers }) => [
      element("h3", {}, title),
      ...layers.map((layer, at) => this.layerRow(layer, side, at, layers.length)),
    ]));
  }

  layerRow(layer, side, at, count) {
    const { key, title, visible, opacity, id } = layer;
    const check = element("input", {
      type: "checkbox",
      checked: visible,
      "data-focus": `${key} visible`,
      onchange: ({ target }) => this.on.look(key, { visible: target.checked }, true),
    });
    const strength = opacity === undefined ? null : element("input", {
      type: "range",
      min: 0,
      max: 100,
      value: Math.round(opacity * 100),
      "aria-label": `Opacity of ${title}`,
      "data-focus": `${key} opacity`,
      oninput: ({ target }) => this.on.look(key, { opacity: target.value / 100 }, false),
      onchange: ({ target }) => this.on.look(key, { opacity: target.value / 100 }, true),
    });
    const moves = id === undefined ? [] : [
      this.small("up", `Move ${title} up`, `${key} up`, () => this.on.order(side, id, 1), at === 0),
      this.small("down", `Move ${title} down`, `${key} down`, () => this.on.order(side, id, -1), at === count - 1),
    ];
    return element("div", { class: "layer" },
      element("label", { title }, check, element("span", {}, title)),
      element("div", { class: "look" }, strength, ...(count > 1 ? moves : [])));
  }

  small(name, title, focus, onclick, disabled = false) {
    return element("button", { type: "button", class: "small", title, "aria-label": title, "data-focus": focus, disabled, onclick }, icon(ICONS[name]));
  }

  showLegend(entries) {
    this.legend.hidden = !entries.length;
    this.legend.replaceChildren(element("h3", {}, "Legend"), element("ul", {}, ...legendLines(entries)));
  }

  showAreas(areas, active, editable) {
    this.areas.hidden = !editable && !areas.length;
    this.editor.hidden = !editable;
    // What is being typed into a name stays as long as the areas are the same.
    if (areas === this.shownAreas && active === this.shownActive && editable === this.shownEditable) return;
    Object.assign(this, { shownAreas: areas, shownActive: active, shownEditable: editable });
    const none = element("p", { class: "quiet" }, "None yet: draw one on the map, or enter its bounds below.");
    this.redraw(this.list, areas.length ? areas.map((area) => this.areaRow(area, area.id === active, editable)) : [none]);
    this.showBounds(areas.find(({ id }) => id === active));
  }

  areaRow(area, active, editable) {
    const { id, name, geometry } = area;
    const input = element("input", {
      type: "text",
      value: name,
      maxlength: 80,
      readonly: !editable,
      "aria-label": `Name of the area ${name}`,
      "data-focus": `${id} name`,
      "data-testid": "gs-area-name",
      onfocus: () => this.on.activate(id),
      onkeydown: (event) => event.key === "Enter" && event.target.blur(),
      onchange: ({ target }) => this.on.rename(id, cleanName(target.value) || name),
    });
    return element("div", { class: "area", "data-testid": "gs-area", "aria-current": active ? "true" : null },
      input,
      element("span", { class: "quiet", "data-testid": "gs-area-size" }, areaText(geometryArea(geometry))),
      this.small("fit", `Show the area ${name}`, `${id} zoom`, () => this.on.zoom(id)),
      editable ? this.small("delete", `Delete the area ${name}`, `${id} delete`, () => this.on.remove(id)) : null);
  }

  makeEditor() {
    this.fields = EDGES.map((edge) => element("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      "aria-label": `${edge}, degrees`,
      "data-testid": `gs-bounds-${edge.toLowerCase()}`,
    }));
    this.heading = element("h4", {});
    this.wrong = element("p", { class: "wrong", role: "alert", "data-testid": "gs-bounds-wrong" });
    this.apply = element("button", { type: "submit", "data-testid": "gs-bounds-apply" }, "Apply");
    const add = element("button", { type: "button", "data-testid": "gs-bounds-add", onclick: () => this.submit(true) }, "Add as new");
    const rows = this.fields.map((field, at) => element("label", {}, element("span", {}, EDGES[at]), field));
    return element("form", {
      class: "bounds",
      "aria-label": "Bounds in degrees",
      onsubmit: (event) => {
        event.preventDefault();
        this.submit(!this.current);
      },
    }, this.heading, element("div", { class: "edges" }, ...rows), this.wrong, element("div", { class: "row" }, this.apply, add));
  }

  submit(asNew) {
    this.wrong.textContent = "";
    try {
      const values = this.fields.map(({ value }) => (value.trim() ? Number(value.trim().replace(",", ".")) : NaN));
      this.on.bounds(checkedBounds(values), asNew);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.wrong.textContent = error.message;
    }
  }

  showBounds(area) {
    this.heading.textContent = area ? `Bounds of ${area.name}` : "Area from bounds";
    this.apply.hidden = !area;
    if (this.current === area?.geometry) return;
    this.current = area?.geometry;
    this.wrong.textContent = "";
    if (area) this.fill(boundsOf(area.geometry));
  }

  fill(bounds) {
    this.fields.forEach((field, at) => {
      field.value = Number(bounds[at].toFixed(7));
    });
  }

  /** Offers the view as bounds while nobody has entered any. */
  offer(bounds) {
    if (!this.current && this.fields.every(({ value }) => !value)) this.fill(bounds);
  }

  /** Puts new children into a node; what had the focus has it again. */
  redraw(node, children) {
    const focus = node.getRootNode().activeElement?.dataset?.focus;
    node.replaceChildren(...children);
    if (focus) [...node.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === focus)?.focus();
  }
}

/** A line for each entry: its colour and the form of its line, and what it means. */
export function legendLines(entries) {
  return entries.map(({ label, color, dash, filled }) => {
    const form = `${dash ? " line dashed" : ""}${filled ? "" : " line"}`;
    const swatch = element("span", { class: `swatch${form}`, "aria-hidden": "true" });
    swatch.style.background = color;
    if (form) swatch.style.borderColor = color;
    return element("li", {}, swatch, label);
  });
}
