// Areas and prompts on one map: shown, and shaped with Geoman's handles.

import L from "leaflet";
import { element } from "../shared/dom.js";
import { isRectangle, vertexCount } from "./geojson.js";

const MANY_VERTICES = 300;
const HANDLES_OF_MANY = 150;

export class Shapes {
  /** @param on {activate(id), reshape(id, geometry), remove(id), removePrompt(prompt), reshapePrompt(prompt, geometry)} */
  constructor(map, on) {
    Object.assign(this, { map, on });
    this.shown = new Map();
    this.prompts = [];
    this.tool = null;
    this.look = { visible: true, opacity: 1 };
  }

  /**
   * @param tool what a click on a shape means: "edit", "move", "delete", "reshape" or null.
   * @param side only prompts of this side are shown; null for those of both.
   */
  show(store, tool, look, side) {
    const toolChanged = tool !== this.tool;
    Object.assign(this, { tool, look });
    const ids = new Set(look.visible ? store.areas.map(({ id }) => id) : []);
    for (const [id, { layer }] of this.shown) {
      if (!ids.has(id)) this.drop(id, layer);
    }
    if (look.visible) for (const area of store.areas) this.showArea(area, area.id === store.active, toolChanged);
    this.showPrompts(store.prompts, side);
  }

  drop(id, layer) {
    this.shown.delete(id);
    layer.pm.disable();
    layer.pm.disableLayerDrag();
    layer.remove();
  }

  showArea(area, active, toolChanged) {
    let entry = this.shown.get(area.id);
    if (entry && entry.area.geometry !== area.geometry && !this.takeShape(entry, area)) {
      this.drop(area.id, entry.layer);
      entry = null;
    }
    const isNew = !entry;
    entry ??= this.makeArea(area);
    const nameChanged = isNew || entry.area.name !== area.name;
    entry.area = area;
    entry.layer.setStyle(this.styleOf(active));
    if (nameChanged) entry.layer.setTooltipContent(element("span", {}, area.name));
    if (isNew || toolChanged || entry.active !== active) this.arm(entry, active);
  }

  makeArea(area) {
    const latlngs = toLatLngs(area.geometry);
    const options = { pane: "gs-areas", className: "gs-area", bubblingMouseEvents: false };
    const layer = isRectangle(area.geometry)
      ? L.rectangle(L.latLngBounds(latlngs[0]), options)
      : L.polygon(latlngs, options);
    const entry = { area, layer, active: false };
    layer.bindTooltip(element("span"), { sticky: true, className: "gs-tip" });
    layer.on("click", () => this.onClick(entry));
    layer.on("pm:edit pm:dragend", () => this.onShaped(entry));
    layer.on("pm:remove", () => this.on.remove(entry.area.id));
    layer.addTo(this.map);
    this.shown.set(area.id, entry);
    return entry;
  }

  /** Gives a drawn area another geometry; false when it has to be drawn anew. */
  takeShape(entry, area) {
    if (entry.layer instanceof L.Rectangle !== isRectangle(area.geometry)) return false;
    if (JSON.stringify(geometryOf(entry.layer)) === JSON.stringify(area.geometry)) return true;
    const wasEdited = entry.layer.pm.enabled();
    entry.layer.pm.disable();
    entry.layer.setLatLngs(toLatLngs(area.geometry));
    if (wasEdited) this.arm(entry, entry.active);
    return true;
  }

  styleOf(active) {
    const opacity = this.look.opacity;
    const hit = this.tool ? " gs-area-live" : "";
    return {
      color: "#ffd84d",
      weight: active ? 4 : 2.5,
      opacity,
      fillOpacity: this.tool ? 0.12 * opacity : 0.03 * opacity,
      className: `gs-area${hit}`,
    };
  }

  arm(entry, active) {
    const { layer } = entry;
    entry.active = active;
    layer.getElement()?.classList.toggle("gs-area-live", Boolean(this.tool));
    layer.getElement()?.classList.toggle("gs-area-active", active);
    layer.pm.disable();
    layer.pm.disableLayerDrag();
    if (this.tool === "move") layer.pm.enableLayerDrag();
    if (this.tool === "edit" && active) layer.pm.enable(this.handlesFor(entry.area.geometry));
  }

  handlesFor(geometry) {
    const many = vertexCount(geometry) > MANY_VERTICES;
    return {
      // The test for crossing edges grows with the square of their number.
      allowSelfIntersection: many,
      limitMarkersToCount: many ? HANDLES_OF_MANY : -1,
      removeLayerBelowMinVertexCount: false,
      snappable: false,
    };
  }

  onClick({ area }) {
    if (this.tool === "delete") this.on.remove(area.id);
    else this.on.activate(area.id);
  }

  onShaped(entry) {
    this.on.reshape(entry.area.id, geometryOf(entry.layer));
  }

  showPrompts(prompts, side) {
    const isReshaping = this.tool === "reshape";
    if (prompts === this.shownPrompts && side === this.shownSide && isReshaping === this.isReshaping) return;
    Object.assign(this, { shownPrompts: prompts, shownSide: side, isReshaping });
    for (const layer of this.prompts) {
      layer.pm?.disable();
      layer.remove();
    }
    const wanted = prompts.filter((prompt) => side === null || prompt.side === side);
    this.prompts = wanted.map((prompt) => this.showPrompt(prompt));
  }

  showPrompt(prompt) {
    const layer = prompt.geometry.type === "Point" ? pointLayer(prompt) : lineLayer(prompt);
    layer.addTo(this.map);
    if (this.isReshaping && prompt.form === "outline") {
      layer.pm.enable(this.handlesFor(prompt.geometry));
      return layer.on("pm:edit", () => this.on.reshapePrompt(prompt, geometryOf(layer)));
    }
    return layer.on("click", () => this.on.removePrompt(prompt));
  }
}

function pointLayer({ geometry, label }) {
  const sign = element("span", {}, label ? "+" : "\u2212");
  const icon = L.divIcon({ className: `gs-point ${label ? "gs-in" : "gs-out"}`, html: sign, iconSize: [20, 20] });
  const [longitude, latitude] = geometry.coordinates;
  const title = `Point ${label ? "inside" : "outside"}; click to remove`;
  return L.marker([latitude, longitude], { icon, title, pane: "gs-prompts", pmIgnore: true, bubblingMouseEvents: false });
}

/** A box, an outline or a cut. */
function lineLayer({ geometry, form }) {
  const isCut = geometry.type === "LineString";
  const latlngs = isCut ? L.GeoJSON.coordsToLatLngs(geometry.coordinates) : toLatLngs(geometry);
  return (isCut ? L.polyline : L.polygon)(latlngs, {
    pane: "gs-areas",
    color: isCut ? "#ff7ab8" : "#5ce0b8",
    weight: 2.5,
    dashArray: form === "outline" ? null : "6 4",
    fill: !isCut,
    fillOpacity: 0.05,
    pmIgnore: form !== "outline",
    className: "gs-box",
    bubblingMouseEvents: false,
  });
}

function toLatLngs({ type, coordinates }) {
  return L.GeoJSON.coordsToLatLngs(coordinates, type === "MultiPolygon" ? 2 : 1);
}

/** Geometry of a Leaflet polygon at full precision. */
export function geometryOf(layer) {
  return layer.toGeoJSON(8).geometry;
}
