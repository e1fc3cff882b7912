// Keeps the layers of one pane of one map as they are wanted, changing only what differs.

import { Graticule, identity, makeLayer } from "./tiles.js";

export class Stack {
  constructor(map, pane, onReach) {
    Object.assign(this, { map, pane, onReach });
    this.shown = new Map();
    this.graticule = null;
  }

  /** @param wanted layers bottom to top, those that are visible. */
  show(wanted, { graticule = false, color } = {}) {
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, { layer }] of this.shown) {
      if (!keys.has(key)) {
        layer.remove();
        this.shown.delete(key);
      }
    }
    wanted.forEach((spec, at) => this.showOne(spec, at + 1));
    this.showGraticule(graticule, color);
  }

  showOne(spec, zIndex) {
    const wanted = identity(spec);
    const now = this.shown.get(spec.key);
    if (now?.identity === wanted) {
      now.layer.setOpacity(spec.opacity).setZIndex(zIndex);
      return;
    }
    const layer = makeLayer(spec, this.pane);
    layer.on("unreachable", () => this.onReach(spec));
    this.shown.set(spec.key, { identity: wanted, layer });
    // The former picture stays until the new one is there: no flash while a slider moves.
    if (now) this.leaveWhenLoaded(now.layer, layer);
    layer.addTo(this.map).setZIndex(zIndex);
  }

  leaveWhenLoaded(former, next) {
    const leave = () => former.remove();
    next.once("load", leave);
    next.once("error unreachable remove", leave);
  }

  showGraticule(wanted, color) {
    if (this.graticule && (!wanted || this.graticule.options.color !== color)) {
      this.graticule.remove();
      this.graticule = null;
    }
    if (wanted && !this.graticule) {
      this.graticule = new Graticule({ pane: this.pane, color, zIndex: 0, pmIgnore: true }).addTo(this.map);
    }
  }

  retry() {
    for (const { layer } of this.shown.values()) if (layer.isReachable?.() === false) layer.retry();
  }
}
