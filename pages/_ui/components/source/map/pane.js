// One Leaflet map with its panes: what lies in them is drawn by others.

import L from "leaflet";
import "@geoman-io/leaflet-geoman-free";

// Vertex handles are drawn as markers by the hundred: no tab stop without a name for each.
L.Marker.mergeOptions({ keyboard: false });

// Bottom to top; tiles lie at 200 in Leaflet, markers at 600.
const PANES = { "gs-left": 200, "gs-right": 210, "gs-both": 250, "gs-objects": 410, "gs-chosen": 415, "gs-areas": 420, "gs-prompts": 620 };

export function makeMap(container) {
  const map = L.map(container, {
    zoomControl: false,
    attributionControl: false,
    minZoom: 1,
    maxZoom: 24,
    zoomSnap: 0.5,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 90,
    doubleClickZoom: true,
    keyboardPanDelta: 90,
    // The workspace watches its own size; Leaflet's watch ends only after the map is gone.
    trackResize: false,
  });
  map.setView([0, 0], 2, { animate: false });
  for (const [name, zIndex] of Object.entries(PANES)) {
    map.createPane(name).style.zIndex = zIndex;
  }
  map.getPane("gs-chosen").style.pointerEvents = "none";
  L.control.scale({ imperial: false, maxWidth: 120, position: "bottomleft" }).addTo(map);
  return map;
}

/** Ties maps together: one view, and on each a mark where the pointer is on another. */
export class Tie {
  constructor(maps) {
    this.maps = maps;
    this.active = false;
    this.busy = false;
    this.marks = new Map(maps.map((map) => [map, makeMark()]));
    for (const map of maps) {
      map.on("move", () => this.follow(map, { animate: false }));
      map.on("zoomanim", ({ center, zoom }) => this.follow(map, { animate: true }, center, zoom));
      map.on("mousemove", ({ latlng }) => this.mark(map, latlng));
      map.on("mouseout", () => this.unmark());
    }
  }

  setActive(active) {
    this.active = active;
    if (!active) this.unmark();
    else this.follow(this.maps[0], { animate: false });
  }

  follow(source, options, center = source.getCenter(), zoom = source.getZoom()) {
    if (!this.active || this.busy) return;
    this.busy = true;
    for (const map of this.maps) if (map !== source) map.setView(center, zoom, options);
    this.busy = false;
  }

  mark(source, latlng) {
    if (!this.active) return;
    for (const map of this.maps) {
      const mark = this.marks.get(map);
      if (map === source) mark.remove();
      else mark.setLatLng(latlng).addTo(map);
    }
  }

  unmark() {
    for (const mark of this.marks.values()) mark.remove();
  }
}

function makeMark() {
  const icon = L.divIcon({ className: "gs-cross", iconSize: [21, 21] });
  return L.marker([0, 0], { icon, interactive: false, pmIgnore: true, zIndexOffset: 1000 });
}
