// What the user made: areas and prompts, with a way back. Shapes are never changed in place, so a
// snapshot is a reference. A store outlives the map that shows it: Streamlit takes a map off the
// page and puts it back as it likes, and what was pointed at meanwhile must not be lost.

import { tidy } from "./geojson.js";

const MAX_STEPS = 100;
const stores = new Map();

/** The store of the map with this key; a new one begins with what the page knows. */
export function storeOf({ key, ...data }) {
  if (!stores.has(key)) stores.set(key, new Store(data));
  return stores.get(key);
}

export class Store {
  constructor({ start, areas_version: version, prompts_version: promptsVersion, prompts_taken: taken }) {
    const { areas, prompts, active_area: active } = start;
    this.areas = areas.features.map(fromFeature);
    this.prompts = prompts.features.map(fromPrompt);
    this.active = this.areas.some(({ id }) => id === active) ? active : null;
    // Which pushes of the page these go back to.
    Object.assign(this, { version, promptsVersion });
    this.last = Math.max(taken, ...this.prompts.map(({ number }) => number));
    this.steps = [];
    this.listener = () => {};
  }

  /** Only the latest listener is told: it is the map that is on the page now. */
  onChange(listener) {
    this.listener = listener;
  }

  /** Whether the user made something of which the page does not know in `start`. */
  isAhead(start) {
    const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
    const known = new Store({ start, prompts_taken: 0 });
    return !isSame(this.promptsJson(), known.promptsJson()) || !isSame(this.areasJson(), known.areasJson());
  }

  area(id) {
    return this.areas.find((one) => one.id === id);
  }

  /** Adds areas and makes the last one active. */
  add(shapes) {
    const made = [...this.areas];
    for (const { geometry, name } of shapes) {
      made.push({ id: newId(), name: name || freeName(made), geometry: tidy(geometry) });
    }
    this.change({ areas: made, active: made.at(-1).id });
  }

  reshape(id, geometry) {
    const next = tidy(geometry);
    const area = this.area(id);
    if (!area || JSON.stringify(area.geometry) === JSON.stringify(next)) return;
    this.change({ areas: this.areas.map((one) => (one === area ? { ...one, geometry: next } : one)), active: id });
  }

  rename(id, name) {
    this.change({ areas: this.areas.map((one) => (one.id === id ? { ...one, name } : one)) });
  }

  remove(id) {
    const areas = this.areas.filter((one) => one.id !== id);
    this.change({ areas, active: this.active === id ? null : this.active });
  }

  activate(id) {
    if (this.active === id) return;
    this.active = id;
    this.tell();
  }

  /** @param isOneOfEach a box, an outline or a cut takes the place of the former one. */
  addPrompt({ geometry, label, form, side }, isOneOfEach) {
    const isReplaced = (one) => isOneOfEach && form !== "point" && one.form === form;
    const kept = this.prompts.filter((one) => !isReplaced(one));
    this.last += 1;
    this.change({ prompts: [...kept, { geometry: tidy(geometry), label, form, side, number: this.last }] });
  }

  reshapePrompt(prompt, geometry) {
    const next = tidy(geometry);
    if (JSON.stringify(prompt.geometry) === JSON.stringify(next)) return;
    this.change({ prompts: this.prompts.map((one) => (one === prompt ? { ...one, geometry: next } : one)) });
  }

  removePrompt(prompt) {
    this.change({ prompts: this.prompts.filter((one) => one !== prompt) });
  }

  clearPrompts() {
    this.change({ prompts: [] });
  }

  get canUndo() {
    return this.steps.length > 0;
  }

  undo() {
    const before = this.steps.pop();
    if (!before) return;
    Object.assign(this, before);
    this.tell();
  }

  /** Areas from the page; the way back stays open, so a push loses nothing. */
  replace(collection, version) {
    this.version = version;
    this.change({ areas: collection.features.map(fromFeature), active: null });
  }

  /**
   * Prompts from the page; the way back stays open here too.
   *
   * @param taken number of the last prompt that the page has done with: later ones stay.
   */
  replacePrompts(collection, version, taken) {
    const later = this.prompts.filter(({ number }) => number > taken);
    this.promptsVersion = version;
    this.last = Math.max(this.last, taken);
    this.change({ prompts: [...collection.features.map(fromPrompt), ...later] });
  }

  change(next) {
    this.steps.push({ areas: this.areas, prompts: this.prompts, active: this.active });
    this.steps = this.steps.slice(-MAX_STEPS);
    Object.assign(this, next);
    this.tell();
  }

  tell() {
    this.listener();
  }

  areasJson() {
    return collection(this.areas.map(({ id, name, geometry }) => feature(geometry, { id, name })));
  }

  promptsJson() {
    return collection(this.prompts.map(({ geometry, ...about }) => feature(geometry, about)));
  }
}

// Only these two properties are taken: whatever else a file carried stays outside.
function fromFeature({ geometry, properties }) {
  return { id: String(properties?.id || newId()), name: String(properties?.name ?? ""), geometry };
}

function fromPrompt({ geometry, properties: { label, form, side, number = 0 } }) {
  return { geometry, label, form, side, number };
}

const feature = (geometry, properties) => ({ type: "Feature", properties, geometry });
const collection = (features) => ({ type: "FeatureCollection", features });

// Not `randomUUID`: browsers keep that from pages served without TLS.
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function freeName(areas) {
  const taken = new Set(areas.map(({ name }) => name));
  let number = areas.length + 1;
  while (taken.has(`Area ${number}`)) number += 1;
  return `Area ${number}`;
}
