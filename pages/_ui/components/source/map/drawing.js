// Drawing tools on all maps at once: whichever map the user draws on, the shape goes to one place.

import L from "leaflet";
import { element } from "../shared/dom.js";
import { areaText, lengthText, lineLength, ringArea } from "./geodesy.js";
import { geometryOf } from "./shapes.js";

const DRAWN = { color: "#ffd84d", weight: 2.5, fillOpacity: 0.1 };
const MEASURED = { color: "#e83ea8", weight: 3, fillOpacity: 0.1, dashArray: "6 6" };
const BOXED = { color: "#5ce0b8", weight: 2.5, fillOpacity: 0.05 };
const CUT = { color: "#ff7ab8", weight: 3, fill: false };

/** tool -> how Geoman draws it; a tool without shape waits for clicks. */
export const TOOLS = {
  rectangle: { shape: "Rectangle", style: DRAWN, words: "Click two opposite corners of the rectangle." },
  polygon: { shape: "Polygon", style: DRAWN, words: "Click the corners; click the first one again or press Enter to finish." },
  edit: { words: "Drag the handles of the chosen area. Click another area to choose it." },
  move: { words: "Drag an area to move it." },
  delete: { words: "Click an area to delete it." },
  point_in: { form: "point", words: "Click what belongs to the object; with Shift, what does not." },
  point_out: { form: "point", words: "Click what does not belong to the object." },
  box: { form: "box", shape: "Rectangle", style: BOXED, words: "Click two opposite corners of a box around the object." },
  outline: { form: "outline", shape: "Polygon", style: BOXED, words: "Click along the edge of the object; click the first corner again or press Enter to finish." },
  reshape: { words: "Drag the handles of the outline; click one with the right button to remove it." },
  line: { form: "line", shape: "Line", style: CUT, words: "Click along the cut, from side to side; press Enter to finish." },
  distance: { shape: "Line", style: MEASURED, words: "Click along the line; press Enter to finish." },
  area_size: { shape: "Polygon", style: MEASURED, words: "Click the corners; press Enter to finish." },
};

export class Drawing {
  /** @param on {area(geometry), prompt(prompt, map), say(words), ended()} */
  constructor(maps, on) {
    Object.assign(this, { maps, on });
    this.tool = null;
    this.measured = new Map(maps.map((map) => [map, L.featureGroup([], { pmIgnore: true }).addTo(map)]));
    for (const map of maps) this.listen(map);
  }

  listen(map) {
    map.pm.setLang("en");
    map.pm.setGlobalOptions({
      snappable: false,
      tooltips: false,
      continueDrawing: false,
      allowSelfIntersection: false,
      markerEditable: false,
    });
    map.on("pm:create", ({ layer }) => this.onDrawn(map, layer));
    map.on("pm:drawstart", ({ workingLayer }) => this.onStart(map, workingLayer));
    map.on("click", (event) => this.onClick(map, event));
  }

  start(tool) {
    this.stop();
    this.tool = tool;
    const { shape, style, words } = TOOLS[tool];
    for (const map of this.maps) {
      map.getContainer().classList.toggle("gs-aim", tool.startsWith("point"));
      if (shape) {
        map.pm.enableDraw(shape, { templineStyle: style, hintlineStyle: { ...style, dashArray: "5 5" }, pathOptions: style });
      }
    }
    this.on.say(words);
  }

  stop() {
    if (!this.tool) return;
    this.tool = null;
    for (const map of this.maps) {
      map.getContainer().classList.remove("gs-aim");
      map.pm.disableDraw();
    }
    this.on.say("");
  }

  /** Finishes a line or polygon in progress, as a click on its last corner would. */
  finish() {
    for (const map of this.maps) {
      const draw = this.draw(map);
      if (draw?._layer?.getLatLngs?.().length > 1) draw._finishShape();
    }
  }

  /** Does at a place what a click there does, for those who use no pointer. */
  putAt(map, latlng) {
    map.fire("click", { latlng });
  }

  removeLastCorner() {
    for (const map of this.maps) {
      const draw = this.draw(map);
      if (draw?._layer?.getLatLngs?.().length > 0) draw._removeLastVertex?.();
    }
  }

  draw(map) {
    const shape = TOOLS[this.tool]?.shape;
    return shape && shape !== "Rectangle" ? map.pm.Draw[shape] : null;
  }

  onStart(map, working) {
    if (TOOLS[this.tool]?.style !== MEASURED) return;
    working.on("pm:vertexadded pm:vertexremoved", () => this.sayMeasure(working.getLatLngs()));
    const follow = ({ latlng }) => {
      const corners = working.getLatLngs();
      if (corners.length) this.sayMeasure([...corners, latlng]);
    };
    map.on("mousemove", follow);
    map.once("pm:drawend", () => map.off("mousemove", follow));
  }

  sayMeasure(latlngs) {
    this.on.say(this.measure(latlngs.map(({ lng, lat }) => [lng, lat])));
  }

  measure(positions) {
    if (this.tool === "distance") return `Length: ${lengthText(lineLength(positions))}`;
    const around = lengthText(lineLength([...positions, positions[0]]));
    return `Area: ${areaText(ringArea(positions))}, outline ${around}`;
  }

  onClick(map, { latlng: { lng, lat }, originalEvent }) {
    if (TOOLS[this.tool]?.form !== "point") return;
    const isInside = this.tool === "point_in" && !originalEvent?.shiftKey;
    this.on.prompt({ geometry: { type: "Point", coordinates: [lng, lat] }, label: Number(isInside), form: "point" }, map);
  }

  onDrawn(map, layer) {
    const tool = this.tool;
    const { form } = TOOLS[tool];
    const geometry = geometryOf(layer);
    layer.remove();
    if (tool === "distance" || tool === "area_size") this.keepMeasure(geometry);
    else {
      this.stop();
      if (form) this.on.prompt({ geometry, label: 1, form }, map);
      else this.on.area(geometry);
      this.on.ended();
    }
  }

  keepMeasure(geometry) {
    const positions = geometry.type === "LineString" ? geometry.coordinates : geometry.coordinates[0].slice(0, -1);
    const words = this.measure(positions);
    this.stop();
    for (const group of this.measured.values()) {
      const layer = L.geoJSON(geometry, { style: MEASURED, interactive: false, pane: "gs-areas", pmIgnore: true });
      layer.addTo(group);
      layer.getLayers()[0].bindTooltip(element("span", {}, words), { permanent: true, className: "gs-tip" });
    }
    this.on.ended();
    this.on.say(words);
  }

  get hasMeasures() {
    return [...this.measured.values()].some((group) => group.getLayers().length > 0);
  }

  clearMeasures() {
    for (const group of this.measured.values()) group.clearLayers();
    this.on.say("");
  }
}
