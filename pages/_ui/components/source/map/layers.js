// Which layers there are, in which order and how they look: the page's wishes under the user's.

export const SIDES = ["left", "right", "both"];
const LOOKS = ["opacity", "visible"];

export class Layers {
  /** @param saved an earlier `state()`, or an empty object. */
  constructor(saved) {
    this.looks = new Map(Object.entries(saved.looks ?? {}));
    this.orders = { ...(saved.orders ?? {}) };
    this.specs = { left: [], right: [], both: [] };
    this.extras = {};
  }

  /** Takes the page's layers; where the page changed a look, the page wins. */
  update(message) {
    for (const side of SIDES) {
      const before = new Map(this.specs[side].map((spec) => [spec.key, spec]));
      this.specs[side] = message[side].map((layer) => ({ ...layer, key: `${side}/${layer.id}` }));
      for (const spec of this.specs[side]) this.forgetChanged(before.get(spec.key), spec);
    }
  }

  forgetChanged(before, now) {
    const look = this.looks.get(now.key);
    if (!before || !look) return;
    for (const name of LOOKS) if (before[name] !== now[name]) delete look[name];
  }

  /** Layers of a side with the user's look, bottom to top. */
  of(side) {
    const order = this.orders[side] ?? [];
    const known = this.specs[side].every(({ id }) => order.includes(id));
    const place = (spec) => (known ? order.indexOf(spec.id) : 0);
    const specs = [...this.specs[side]].sort((one, other) => place(one) - place(other));
    return specs.map((spec) => ({ ...spec, ...this.looks.get(spec.key) }));
  }

  look(key, fallback) {
    return { ...fallback, ...this.looks.get(key) };
  }

  setLook(key, change) {
    this.looks.set(key, { ...this.looks.get(key), ...change });
  }

  /** Moves a layer one place up (+1) or down (-1). */
  move(side, id, by) {
    const order = this.of(side).map((layer) => layer.id);
    const from = order.indexOf(id);
    const to = from + by;
    if (to < 0 || to >= order.length) return;
    [order[from], order[to]] = [order[to], order[from]];
    this.orders[side] = order;
  }

  hasBasemap(side) {
    return this.of(side).some(({ kind, visible, opacity }) => kind === "basemap" && visible && opacity > 0);
  }

  attributions(sides) {
    const seen = sides.flatMap((side) => this.of(side)).filter(({ visible }) => visible);
    return [...new Set(seen.map(({ attribution }) => attribution).filter(Boolean))];
  }

  state() {
    return { looks: Object.fromEntries(this.looks), orders: this.orders };
  }
}
