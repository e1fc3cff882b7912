// What both maps show in each mode: the layers of each date, the objects, the areas.

import { Objects } from "./objects.js";
import { Tie, makeMap } from "./pane.js";
import { Shapes } from "./shapes.js";
import { Stack } from "./stack.js";
import { Swipe } from "./swipe.js";

const OBJECTS = "extra/objects";
const AREAS = "extra/areas";
const GRID = "extra/grid";
const GRID_COLOURS = { light: "#5b6a6e", dark: "#9fb0b4" };

export class Scenery {
  /** @param on {unreachable(spec), choose(id), and what `Shapes` asks for} */
  constructor(frames, layers, on) {
    this.layers = layers;
    this.maps = frames.map(({ map }) => makeMap(map));
    [this.left, this.right] = this.maps;
    this.tie = new Tie(this.maps);
    this.swipe = new Swipe(this.left, frames[0].node);
    const stack = (map, pane) => new Stack(map, pane, on.unreachable);
    // In mode `swipe` both dates lie on the first map, each clipped at the divider.
    this.stacks = {
      left: stack(this.left, "gs-left"),
      swiped: stack(this.left, "gs-right"),
      right: stack(this.right, "gs-right"),
      both: this.maps.map((map) => stack(map, "gs-both")),
    };
    this.objects = this.maps.map((map) => new Objects(map, on.choose));
    this.shapes = this.maps.map((map) => new Shapes(map, on));
  }

  setMode(mode) {
    this.mode = mode;
    this.swipe.setActive(mode === "swipe");
    this.resize();
    this.tie.setActive(mode === "dual");
  }

  resize() {
    for (const map of this.maps) map.invalidateSize({ animate: false });
    this.swipe.clip();
  }

  get isDual() {
    return this.mode === "dual";
  }

  /** Sides whose layers can be seen. */
  get sides() {
    return this.mode === "single" ? ["left", "both"] : ["left", "right", "both"];
  }

  showLayers(theme) {
    const { left, swiped, right, both } = this.stacks;
    const show = (stack, side, wanted) => {
      const layers = wanted ? this.layers.of(side).filter(({ visible }) => visible) : [];
      const graticule = wanted && side !== "both" && this.hasGrid(side);
      stack.show(layers, { graticule, color: GRID_COLOURS[theme] });
    };
    show(left, "left", true);
    show(swiped, "right", this.mode === "swipe");
    show(right, "right", this.isDual);
    show(both[0], "both", true);
    show(both[1], "both", this.isDual);
  }

  /** Lines of the graticule: where the user wants them, or else where there is no background map. */
  hasGrid(side) {
    return this.layers.look(GRID, { visible: !this.layers.hasBasemap(side) }).visible;
  }

  look(key) {
    return this.layers.look(key, { visible: true, opacity: 1 });
  }

  showObjects(collection, legend, chosen) {
    const text = JSON.stringify([collection, legend, this.look(OBJECTS), this.mode]);
    if (text === this.objectsText) return;
    this.objectsText = text;
    this.objects.forEach((one, at) => {
      one.show(at === 0 || this.isDual ? this.objectsOf(collection, at) : null, legend, this.look(OBJECTS));
      one.highlight(chosen);
    });
  }

  /** What stands at one date only is shown where that date is; in `swipe` the later date counts. */
  objectsOf(collection, at) {
    const side = at === 0 && this.mode !== "swipe" ? "left" : "right";
    const features = collection?.features.filter(({ properties }) => !properties.side || properties.side === side);
    return features && { ...collection, features };
  }

  /** The date that is seen at a place of a map. */
  sideAt(map, latlng) {
    if (this.mode === "swipe") return this.swipe.isRight(map.latLngToContainerPoint(latlng)) ? "right" : "left";
    return map === this.right ? "right" : "left";
  }

  highlight(ids, { reveal }) {
    for (const one of this.objects) one.highlight(ids);
    if (reveal) this.objects[0].reveal();
  }

  showShapes(store, tool) {
    const look = this.look(AREAS);
    this.shapes[0].show(store, tool, look, this.isDual ? "left" : null);
    if (this.isDual) this.shapes[1].show(store, tool, look, "right");
  }

  setObjectsLive(live) {
    for (const one of this.objects) one.setInteractive(live);
  }

  retry() {
    const { left, swiped, right, both } = this.stacks;
    for (const stack of [left, swiped, right, ...both]) stack.retry();
  }

  /** The list of layers, from the top down. */
  sections({ left, right, objects }, hasObjects) {
    const top = (side) => this.layers.of(side).reverse();
    const grid = this.sides.some((side) => side !== "both" && this.hasGrid(side));
    const above = [
      ...(hasObjects ? [{ key: OBJECTS, title: objects, ...this.look(OBJECTS) }] : []),
      { key: AREAS, title: "Areas", ...this.look(AREAS) },
      ...top("both"),
      { key: GRID, title: "Degree grid", visible: grid },
    ];
    const isSingle = this.mode === "single";
    return [
      { title: "Above the scenes", side: "both", layers: above },
      { title: isSingle ? "Layers" : left || "Left", side: "left", layers: top("left") },
      { title: right || "Right", side: "right", layers: isSingle ? [] : top("right") },
    ].filter(({ layers }) => layers.length);
  }

  destroy() {
    this.tie.setActive(false);
    for (const map of this.maps) map.remove();
  }
}
