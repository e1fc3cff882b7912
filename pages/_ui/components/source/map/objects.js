// Changed objects: thousands of outlines on one canvas, coloured by class, with words on hover.

import L from "leaflet";
import { element } from "../shared/dom.js";
import { areaText, geometryArea } from "./geodesy.js";

const UNKNOWN = "#8a8a8a";
const POINT_PX = 6;

export class Objects {
  constructor(map, onChoose) {
    Object.assign(this, { map, onChoose });
    this.renderer = L.canvas({ pane: "gs-objects", padding: 0.3, tolerance: 3 });
    this.group = null;
    this.chosen = null;
    this.features = [];
  }

  show(collection, legend, { visible, opacity }) {
    this.group?.remove();
    this.features = collection?.features ?? [];
    this.legend = new Map(legend.map((entry) => [entry.name || entry.label, entry]));
    this.group = null;
    if (!visible || !this.features.length) return;
    this.group = L.geoJSON(collection, {
      renderer: this.renderer,
      pane: "gs-objects",
      pmIgnore: true,
      snapIgnore: true,
      bubblingMouseEvents: false,
      style: (feature) => this.style(feature, opacity),
      pointToLayer: (_feature, at) => L.circleMarker(at, { renderer: this.renderer, pane: "gs-objects", radius: POINT_PX }),
    });
    this.group.bindTooltip((layer) => this.words(layer.feature), { sticky: true, className: "gs-tip" });
    this.group.on("click", ({ layer }) => this.onChoose(layer.feature.properties.id));
    this.group.addTo(this.map);
  }

  style({ geometry, properties }, opacity) {
    const { color = UNKNOWN, dash, filled = true } = this.legend.get(properties.class) ?? {};
    const isFilled = filled && !geometry.type.endsWith("LineString");
    const fillOpacity = isFilled ? 0.45 * opacity : 0;
    return { color, weight: filled ? 1.5 : 2.5, dashArray: dash || null, opacity, fillColor: color, fillOpacity };
  }

  words({ geometry, properties }) {
    const title = this.legend.get(properties.class)?.label ?? properties.class ?? "Object";
    const size = properties.text ?? (geometry.type.endsWith("Polygon") ? areaText(geometryArea(geometry)) : "");
    return element("div", {}, element("strong", {}, String(title)), ` ${size}`);
  }

  setInteractive(interactive) {
    this.map.getPane("gs-objects").style.pointerEvents = interactive ? "" : "none";
  }

  /** Outlines the objects with these ids, above everything else. */
  highlight(ids) {
    this.chosen?.remove();
    const wanted = new Set(ids);
    const features = this.features.filter(({ properties }) => wanted.has(properties.id));
    this.chosen = null;
    if (!features.length) return;
    const outline = (color, weight) =>
      L.geoJSON(features, {
        pane: "gs-chosen",
        interactive: false,
        pmIgnore: true,
        style: { color, weight, fill: false, className: "gs-chosen" },
        pointToLayer: (_feature, at) => L.circleMarker(at, { radius: POINT_PX + 2 }),
      });
    this.chosen = L.featureGroup([outline("#000000", 6), outline("#ffe14d", 3)], { pmIgnore: true });
    this.chosen.addTo(this.map);
  }

  /** Moves the map only when what was chosen cannot be seen. */
  reveal() {
    const bounds = this.chosen?.getBounds();
    if (!bounds?.isValid() || this.map.getBounds().intersects(bounds)) return;
    this.map.fitBounds(bounds.pad(1), { maxZoom: this.map.getZoom() });
  }
}
