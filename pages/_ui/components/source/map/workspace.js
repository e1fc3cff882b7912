// One map workspace per place on the page: it is kept over reruns, and only what differs is changed.

import { adopt, element, keepTyping } from "../shared/dom.js";
import { markTheme } from "../shared/theme.js";
import { Drawing, TOOLS } from "./drawing.js";
import { positionText } from "./geodesy.js";
import { Refusal, boundsOf, readFile, rectangle, stretched } from "./geojson.js";
import { Layers } from "./layers.js";
import { Objects } from "./objects.js";
import { Panel } from "./panel.js";
import { Tie, makeMap } from "./pane.js";
import { Shapes } from "./shapes.js";
import { Stack } from "./stack.js";
import { Store } from "./store.js";
import css from "./style.js";
import { Swipe } from "./swipe.js";
import { toLatLngBounds } from "./tiles.js";
import { Toolbar } from "./toolbar.js";

const CALM_MS = 500;
const WIDE_PX = 900;
const OBJECTS = "extra/objects";
const AREAS = "extra/areas";
const GRID = "extra/grid";

export class Workspace {
  constructor(root, { data }) {
    adopt(root, css);
    this.start(data.start, data);
    this.build(root, data);
    this.listen();
    this.firstView(data);
  }

  start(start, data) {
    this.message = null;
    this.mode = start.mode;
    this.version = data.areas_version;
    this.clicks = start.clicks;
    this.clicked = start.selected;
    this.selected = data.selected;
    this.layers = new Layers(start.layers);
    this.store = new Store(start);
    this.tool = null;
    this.quiet = false;
  }

  build(root, data) {
    this.toolbar = new Toolbar({ mode: (mode) => this.setMode(mode), tool: (tool) => this.setTool(tool), act: (name) => this.act(name) });
    this.panel = new Panel(this.panelActions());
    this.frames = ["left", "right"].map((side) => this.makeFrame(side));
    this.picker = element("input", { type: "file", accept: ".geojson,.json,application/geo+json,application/json", hidden: true, "aria-label": "GeoJSON file", "data-testid": "gs-import", onchange: () => this.importFile() });
    this.notice = element("p", { class: "notice", role: "status", "data-testid": "gs-notice" });
    this.unreachable = element("p", { class: "notice", role: "status", hidden: true, "data-testid": "gs-unreachable" });
    this.words = element("p", { class: "words", role: "status", "data-testid": "gs-words" });
    this.steps = this.makeSteps();
    this.position = element("span", { class: "position", "data-testid": "gs-position" });
    this.attribution = element("span", { class: "attribution", "data-testid": "gs-attribution" });
    this.bar = element("div", { class: "bar" }, this.words, this.steps);
    this.maps = element("div", { class: "maps" }, ...this.frames.map(({ node }) => node), this.bar);
    this.body = element("div", { class: "body" }, this.maps, this.panel.node);
    const foot = element("div", { class: "foot" }, this.position, this.attribution);
    this.node = element("div", { class: "workspace", "data-testid": "gs-map" }, this.toolbar.node, this.notice, this.unreachable, this.body, foot, this.picker);
    this.node.style.setProperty("--map-height", `${data.height_px}px`);
    root.append(this.node);
    keepTyping(this.node);
    this.isPanelOpen = this.node.clientWidth === 0 || this.node.clientWidth >= WIDE_PX;
    this.makeMaps();
  }

  makeFrame(side) {
    const map = element("div", { class: "map", "data-testid": `gs-map-${side}` });
    const title = element("span", { class: "title" });
    const other = element("span", { class: "title other" });
    return { side, map, title, other, node: element("div", { class: "frame" }, map, title, other) };
  }

  makeSteps() {
    const step = (name, words, run) => element("button", { type: "button", class: "word", "data-testid": `gs-step-${name}`, onclick: run }, words);
    return element("span", { class: "steps" },
      step("finish", "Finish", () => this.drawing.finish()),
      step("back", "Remove last corner", () => this.drawing.removeLastCorner()),
      step("cancel", "Stop", () => this.setTool(null)));
  }

  makeMaps() {
    const maps = this.frames.map(({ map }) => makeMap(map));
    [this.left, this.right] = maps;
    this.all = maps;
    this.tie = new Tie(maps);
    this.swipe = new Swipe(this.left, this.frames[0].node);
    this.stacks = {
      left: new Stack(this.left, "gs-left", (spec) => this.onUnreachable(spec)),
      swiped: new Stack(this.left, "gs-right", (spec) => this.onUnreachable(spec)),
      right: new Stack(this.right, "gs-right", (spec) => this.onUnreachable(spec)),
      both: maps.map((map) => new Stack(map, "gs-both", (spec) => this.onUnreachable(spec))),
    };
    this.objects = maps.map((map) => new Objects(map, (id) => this.choose(id)));
    this.shapes = maps.map((map) => new Shapes(map, {
      activate: (id) => this.store.activate(id),
      reshape: (id, geometry) => this.store.reshape(id, geometry),
      remove: (id) => this.store.remove(id),
      removePrompt: (prompt) => this.store.removePrompt(prompt),
    }));
    this.drawing = new Drawing(maps, {
      area: (geometry) => this.store.add([{ geometry }]),
      box: (geometry) => this.store.addPrompt(geometry, 1),
      point: (geometry, label) => this.store.addPrompt(geometry, label),
      say: (words) => this.say(words),
      ended: () => this.setTool(null, { silent: true }),
    });
  }

  panelActions() {
    return {
      look: (key, change, done) => {
        this.layers.setLook(key, change);
        this.showLayers({ rebuild: done });
        this.emit();
      },
      order: (side, id, by) => {
        this.layers.move(side, id, by);
        this.showLayers({ rebuild: true });
        this.emit();
      },
      rename: (id, name) => this.store.rename(id, name),
      activate: (id) => this.store.activate(id),
      remove: (id) => this.store.remove(id),
      zoom: (id) => this.zoomTo(boundsOf(this.store.areas.find((area) => area.id === id).geometry)),
      bounds: (values, asNew) => this.takeBounds(values, asNew),
    };
  }

  listen() {
    this.store.onChange(() => {
      this.showShapes();
      this.showToolbar();
      if (!this.quiet) this.emit({ now: true });
    });
    for (const map of this.all) {
      map.on("click", () => !this.tool && this.choose(null));
      map.on("mousemove", ({ latlng }) => this.showPosition(latlng));
      map.on("mouseout", () => this.showPosition(map.getCenter(), "Centre "));
    }
    this.left.on("moveend", () => this.onMoved());
    this.node.addEventListener("keydown", (event) => this.onKey(event));
    this.watcher = new ResizeObserver(() => this.onResize());
    this.watcher.observe(this.maps);
  }

  onMoved() {
    const centre = this.left.getCenter();
    this.showPosition(centre, "Centre ");
    const box = this.left.getBounds().pad(-0.25);
    this.panel.offer([box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((edge) => Number(edge.toFixed(4))));
    if (this.isPlaced) this.emit();
  }

  onResize() {
    for (const map of this.all) map.invalidateSize({ animate: false });
    if (!this.isPlaced) this.place();
    this.swipe.clip();
  }

  onKey(event) {
    const isTyping = event.target.matches("input, textarea");
    if (event.key === "Escape" && this.tool) this.setTool(null);
    else if (event.key === "Enter" && this.tool && !event.target.matches("button, input")) this.drawing.finish();
    else if (event.key === "z" && (event.ctrlKey || event.metaKey) && !isTyping) this.store.undo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // A place to look at can be taken only once the map has a size: it may start in a hidden tab.
  firstView(data) {
    this.wanted = { view: data.start.view, fit: data.fit };
    this.isPlaced = false;
    this.place();
  }

  place() {
    const { x, y } = this.left.getSize();
    if (!x || !y) return;
    const { view, fit } = this.wanted;
    if (view) this.left.setView([view.lat, view.lon], view.zoom, { animate: false });
    else if (fit) this.left.fitBounds(toLatLngBounds(fit), { animate: false });
    this.isPlaced = true;
  }

  /** Takes what the page wants shown now. */
  update({ data, setStateValue }) {
    const before = this.message;
    this.message = data;
    this.send = setStateValue;
    markTheme(this.node);
    this.node.style.setProperty("--map-height", `${data.height_px}px`);
    if (before) this.takeChanges(before, data);
    this.layers.update(data);
    this.noteObjects(data);
    this.showAll();
    if (JSON.stringify(before?.selected) !== JSON.stringify(data.selected)) this.highlight(data.selected);
  }

  takeChanges(before, data) {
    if (before.mode !== data.mode) this.mode = data.mode;
    if (before.areas_version !== data.areas_version) this.takeAreas(data);
    if (data.fit && JSON.stringify(before.fit) !== JSON.stringify(data.fit)) this.zoomTo(data.fit);
  }

  takeAreas(data) {
    this.version = data.areas_version;
    this.quiet = true;
    this.store.replace(data.start.areas);
    this.quiet = false;
  }

  noteObjects({ objects, legend }) {
    const text = JSON.stringify([objects, legend]);
    this.objectsAreStale = text !== this.objectsText;
    this.objectsText = text;
  }

  showAll() {
    const { notice, left_title: left, right_title: right } = this.message;
    this.notice.textContent = notice;
    this.notice.hidden = !notice;
    this.titles = { left, right };
    this.showMode();
    this.showLayers({ rebuild: true });
    this.panel.showLegend(this.message.legend);
    this.showShapes();
    this.showToolbar();
  }

  showMode() {
    const { left, right } = this.titles;
    this.node.dataset.mode = this.mode;
    this.frames[1].node.hidden = this.mode !== "dual";
    this.label(this.frames[0].title, left);
    this.label(this.frames[0].other, this.mode === "swipe" ? right : "");
    this.label(this.frames[1].title, right);
    this.label(this.frames[1].other, "");
    const both = this.mode === "swipe" ? [left, right].filter(Boolean).join(" and ") : left;
    this.frames[0].map.setAttribute("aria-label", `Map${both ? `: ${both}` : ""}`);
    this.frames[1].map.setAttribute("aria-label", `Map${right ? `: ${right}` : ""}`);
    for (const { map } of this.frames) map.setAttribute("role", "region");
    this.panel.node.hidden = !this.isPanelOpen;
    this.swipe.setActive(this.mode === "swipe");
    this.onResize();
    this.tie.setActive(this.mode === "dual");
  }

  label(node, words) {
    node.textContent = words;
    node.hidden = !words;
  }

  showLayers({ rebuild = false } = {}) {
    const visible = (side) => this.layers.of(side).filter((layer) => layer.visible);
    const isDual = this.mode === "dual";
    const isSwipe = this.mode === "swipe";
    this.stacks.left.show(visible("left"), this.ground("left"));
    this.stacks.swiped.show(isSwipe ? visible("right") : [], isSwipe ? this.ground("right") : {});
    this.stacks.right.show(isDual ? visible("right") : [], isDual ? this.ground("right") : {});
    this.stacks.both[0].show(visible("both"));
    this.stacks.both[1].show(isDual ? visible("both") : []);
    this.showObjects();
    this.shapes.forEach((one, at) => (at === 0 || isDual) && one.show(this.store, this.shapeTool(), this.look(AREAS)));
    this.label(this.attribution, this.layers.attributions(this.sides()).join(" \u00b7 "));
    if (rebuild) this.panel.showLayers(this.sections());
  }

  sides() {
    return this.mode === "single" ? ["left", "both"] : ["left", "right", "both"];
  }

  look(key) {
    return this.layers.look(key, { visible: true, opacity: 1 });
  }

  /** Lines of the graticule where the user wants them or where there is no background map. */
  ground(side) {
    const { visible } = this.layers.look(GRID, { visible: !this.layers.hasBasemap(side) });
    const color = this.node.dataset.theme === "dark" ? "#9fb0b4" : "#5b6a6e";
    return { graticule: visible, color };
  }

  sections() {
    const { left, right } = this.titles;
    const top = (side) => this.layers.of(side).reverse();
    const grid = this.sides().some((side) => side !== "both" && this.ground(side).graticule);
    const extras = [
      ...(this.message.objects ? [{ key: OBJECTS, title: "Changed objects", ...this.look(OBJECTS) }] : []),
      { key: AREAS, title: "Areas", ...this.look(AREAS) },
      { key: GRID, title: "Degree grid", visible: grid },
    ];
    return [
      { title: this.mode === "single" ? "Layers" : left || "Left", side: "left", layers: top("left") },
      ...(this.mode === "single" ? [] : [{ title: right || "Right", side: "right", layers: top("right") }]),
      { title: "Above the scenes", side: "both", layers: [...extras.slice(0, -1), ...top("both"), ...extras.slice(-1)] },
    ].filter(({ layers }) => layers.length);
  }

  showObjects() {
    const look = this.look(OBJECTS);
    const wanted = JSON.stringify([look, this.mode === "dual"]);
    if (this.objectsAreStale || wanted !== this.objectsLook) {
      this.objects.forEach((one, at) => one.show(at === 0 || this.mode === "dual" ? this.message.objects : null, this.message.legend, look));
      this.highlight(this.selected, { reveal: false });
    }
    this.objectsLook = wanted;
    this.objectsAreStale = false;
  }

  showShapes() {
    const isDual = this.mode === "dual";
    this.shapes.forEach((one, at) => (at === 0 || isDual) && one.show(this.store, this.shapeTool(), this.look(AREAS)));
    this.panel.showAreas(this.store.areas, this.store.active, this.message.tools.includes("area"));
  }

  shapeTool() {
    return ["edit", "move", "delete"].includes(this.tool) ? this.tool : null;
  }

  showToolbar() {
    const isDrawing = Boolean(this.tool);
    this.toolbar.show({
      mode: this.mode,
      modes: this.message.right.length > 0,
      tool: this.tool,
      tools: this.message.tools,
      canUndo: this.store.canUndo,
      hasPrompts: this.store.prompts.length > 0,
      hasMeasures: this.drawing.hasMeasures,
      panel: this.isPanelOpen,
    });
    this.steps.hidden = !isDrawing;
    this.showBar();
    const hasCorners = ["polygon", "distance", "area_size"].includes(this.tool);
    this.steps.children[0].hidden = !hasCorners;
    this.steps.children[1].hidden = !hasCorners;
    const isAiming = isDrawing && !this.shapeTool();
    for (const { map } of this.frames) map.classList.toggle("gs-drawing", isAiming);
    for (const one of this.objects) one.setInteractive(!isDrawing);
  }

  showPosition({ lat, lng }, before = "") {
    this.position.textContent = `${before}${positionText(lat, lng)}`;
  }

  say(words) {
    this.words.textContent = words;
    this.showBar();
  }

  // Hidden from sight only: an announcement needs its place in the document before its words.
  showBar() {
    this.bar.classList.toggle("empty", !this.words.textContent && this.steps.hidden);
  }

  setMode(mode) {
    this.setTool(null);
    this.mode = mode;
    this.showAll();
    this.emit({ now: true });
  }

  setTool(tool, { silent = false } = {}) {
    const next = tool === this.tool ? null : tool;
    if (!silent) this.drawing.stop();
    this.tool = next;
    if (next) this.startTool(next);
    this.showShapes();
    this.showToolbar();
  }

  startTool(tool) {
    const areas = this.store.areas;
    if (tool === "edit" && !this.store.active && areas.length) this.store.activate(areas.at(-1).id);
    if (this.shapeTool() && !areas.length) {
      this.tool = null;
      this.say("There is no area yet: draw one first.");
    } else if (this.shapeTool()) this.say(TOOLS[tool].words);
    else this.drawing.start(tool);
  }

  act(name) {
    const acts = {
      zoom_in: () => this.left.zoomIn(),
      zoom_out: () => this.left.zoomOut(),
      fit: () => this.fitAll(),
      import: () => this.picker.click(),
      undo: () => this.store.undo(),
      clear_prompts: () => this.store.clearPrompts(),
      clear_measures: () => this.drawing.clearMeasures(),
      panel: () => {
        this.isPanelOpen = !this.isPanelOpen;
        this.showMode();
      },
    };
    acts[name]();
    this.showToolbar();
  }

  fitAll() {
    const shapes = this.store.areas.map(({ geometry }) => boundsOf(geometry));
    const layers = ["left", "right", "both"].flatMap((side) => this.layers.of(side)).map(({ bounds }) => bounds);
    const all = [this.message.fit, ...shapes, ...layers].filter(Boolean);
    if (all.length) this.zoomTo(all.reduce((sum, one) => [Math.min(sum[0], one[0]), Math.min(sum[1], one[1]), Math.max(sum[2], one[2]), Math.max(sum[3], one[3])]));
  }

  zoomTo(bounds) {
    this.left.fitBounds(toLatLngBounds(bounds), { padding: [20, 20], maxZoom: 20 });
  }

  takeBounds(values, asNew) {
    const { active, areas } = this.store;
    const area = areas.find(({ id }) => id === active);
    if (asNew || !area) this.store.add([{ geometry: rectangle(values) }]);
    else this.store.reshape(area.id, stretched(area.geometry, values));
    if (!this.left.getBounds().intersects(toLatLngBounds(values))) this.zoomTo(values);
  }

  async importFile() {
    const [file] = this.picker.files;
    if (!file) return;
    try {
      const shapes = await readFile(file);
      this.store.add(shapes);
      this.say(shapes.length === 1 ? "One area was imported." : `${shapes.length} areas were imported.`);
      this.fitShapes(shapes);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.say(error.message);
    } finally {
      this.picker.value = "";
    }
  }

  fitShapes(shapes) {
    const all = shapes.map(({ geometry }) => toLatLngBounds(boundsOf(geometry)));
    this.left.fitBounds(all.reduce((sum, one) => sum.extend(one)), { padding: [20, 20], maxZoom: 20 });
  }

  choose(id) {
    if (id === null && this.clicked === null && !this.selected.length) return;
    this.clicked = id;
    this.clicks += 1;
    this.highlight(id === null ? [] : [id], { reveal: false });
    this.emit({ now: true });
  }

  highlight(ids, { reveal = true } = {}) {
    this.selected = ids;
    this.objects.forEach((one) => one.highlight(ids));
    if (reveal) this.objects[0].reveal();
  }

  onUnreachable({ title, kind }) {
    const words = kind === "basemap"
      ? "The background map could not be reached. Your own scenes are not affected."
      : `The tiles of ${title} could not be loaded. Reload the page if this stays so.`;
    const again = element("button", { type: "button", class: "word", onclick: () => this.retry() }, "Try again");
    this.unreachable.replaceChildren(words, " ", again);
    this.unreachable.hidden = false;
  }

  retry() {
    this.unreachable.hidden = true;
    const { left, swiped, right, both } = this.stacks;
    for (const stack of [left, swiped, right, ...both]) stack.retry();
  }

  /** Tells the page: at once what it is of use for, and after a calm moment where the map is. */
  emit({ now = false } = {}) {
    clearTimeout(this.timer);
    if (now) this.tell();
    else this.timer = setTimeout(() => this.tell(), CALM_MS);
  }

  tell() {
    const value = this.value();
    const text = JSON.stringify(value);
    if (text === this.told) return;
    this.told = text;
    this.send("value", value);
  }

  value() {
    const { lat, lng } = this.left.getCenter();
    return {
      view: this.isPlaced ? { lat, lon: lng, zoom: this.left.getZoom() } : null,
      areas: this.store.areasJson(),
      active_area: this.store.active,
      selected: this.clicked,
      clicks: this.clicks,
      prompts: this.store.promptsJson(),
      mode: this.mode,
      layers: this.layers.state(),
      version: this.version,
    };
  }

  destroy() {
    clearTimeout(this.timer);
    this.watcher.disconnect();
    this.tie.setActive(false);
    for (const map of this.all) map.remove();
    this.node.remove();
  }
}
