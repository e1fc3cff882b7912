// One map workspace per place on the page: it is kept over reruns, and only what differs is changed.

import { adopt, keepTyping } from "../shared/dom.js";
import { markTheme } from "../shared/theme.js";
import { Drawing, TOOLS } from "./drawing.js";
import { Face, middleOf } from "./face.js";
import { Refusal, boundsOf, readFile, rectangle, stretched } from "./geojson.js";
import { Layers } from "./layers.js";
import { Panel } from "./panel.js";
import { Scenery } from "./scenery.js";
import { storeOf } from "./store.js";
import css from "./style.js";
import { toLatLngBounds } from "./tiles.js";
import { Toolbar } from "./toolbar.js";

const CALM_MS = 500;
const WIDE_PX = 900;
const CLOSEST_ZOOM = 22;
const SHAPING = ["edit", "move", "delete", "reshape"];
const INPUT = ["pointerdown", "keydown"];
const WITH_CORNERS = ["polygon", "outline", "line", "distance", "area_size"];

export class Workspace {
  constructor(root, { data }) {
    adopt(root, css);
    this.begin(data);
    this.build(root, data.height_px);
    this.listen();
    // A place to look at can be taken only once the map has a size: it may start in a hidden tab.
    this.wanted = { view: data.start.view, fit: data.fit };
    this.place();
  }

  begin(data) {
    const { start, selected } = data;
    this.message = null;
    this.mode = start.mode;
    this.clicks = start.clicks;
    this.clicked = start.selected;
    this.selected = selected;
    this.layers = new Layers(start.layers);
    this.store = storeOf(data);
    this.tool = null;
    this.isPlaced = false;
    // Until somebody does, the map takes its first place anew whenever it gets another size.
    this.isTouched = false;
    this.isQuiet = false;
    // Whether its user turned to something else on the page.
    this.isLeft = false;
  }

  build(root, heightPx) {
    this.toolbar = new Toolbar({
      mode: (mode) => this.setMode(mode),
      tool: (tool) => this.setTool(tool === this.tool ? null : tool),
      act: (name) => this.act(name),
    });
    this.panel = new Panel(this.panelActions());
    this.face = new Face(this.toolbar.node, this.panel.node, {
      finish: () => this.drawing.finish(),
      back: () => this.drawing.removeLastCorner(),
      cancel: () => this.setTool(null),
      retry: () => this.retry(),
      file: (file) => this.importFile(file),
    });
    this.node = this.face.node;
    this.face.setHeight(heightPx);
    root.append(this.node);
    keepTyping(this.node);
    this.isPanelOpen = this.node.clientWidth === 0 || this.node.clientWidth >= WIDE_PX;
    this.scenery = new Scenery(this.face.frames, this.layers, this.mapActions());
    this.map = this.scenery.left;
    this.drawing = new Drawing(this.scenery.maps, {
      area: (geometry) => this.store.add([{ geometry }]),
      prompt: (prompt, map) => this.addPrompt(prompt, map),
      say: (words) => this.face.say(words),
      ended: () => this.takeTool(this.restingTool),
    });
  }

  mapActions() {
    return {
      unreachable: (layer) => this.face.showTrouble(layer),
      choose: (id) => this.choose(id),
      activate: (id) => this.store.activate(id),
      reshape: (id, geometry) => this.store.reshape(id, geometry),
      remove: (id) => this.store.remove(id),
      removePrompt: (prompt) => this.store.removePrompt(prompt),
      reshapePrompt: (prompt, geometry) => this.store.reshapePrompt(prompt, geometry),
    };
  }

  panelActions() {
    return {
      look: (key, change, isDone) => {
        this.layers.setLook(key, change);
        this.showLayers({ keep: !isDone });
        this.emit();
      },
      order: (side, id, by) => {
        this.layers.move(side, id, by);
        this.showLayers();
        this.emit();
      },
      rename: (id, name) => this.store.rename(id, name),
      activate: (id) => this.store.activate(id),
      remove: (id) => this.store.remove(id),
      zoom: (id) => this.zoomTo(boundsOf(this.store.area(id).geometry)),
      bounds: (values, asNew) => this.takeBounds(values, asNew),
    };
  }

  listen() {
    this.store.onChange(() => {
      this.showShapes();
      this.showTools();
      if (!this.isQuiet) this.emit({ now: true });
    });
    for (const map of this.scenery.maps) {
      map.on("click", () => !this.tool && this.choose(null));
      map.on("mousemove", ({ latlng }) => this.face.showPosition(latlng));
      map.on("mouseout", () => this.face.showPosition(map.getCenter(), "Centre "));
    }
    this.map.on("moveend", () => this.onMoved());
    this.node.addEventListener("keydown", (event) => this.onKey(event));
    this.watcher = new ResizeObserver(() => {
      this.scenery.resize();
      if (!this.isTouched) this.place();
    });
    this.watcher.observe(this.face.maps);
    this.listenToHands();
  }

  /**
   * After a click elsewhere, which may lead to another page, nothing is told of where the map is:
   * Streamlit takes word from a page that is being left for a wish to see it again, and shows none.
   */
  listenToHands() {
    this.life = new AbortController();
    const options = { capture: true, passive: true, signal: this.life.signal };
    const leave = (event) => (this.isLeft ||= !event.composedPath().includes(this.node));
    for (const name of INPUT) window.addEventListener(name, leave, options);
    for (const name of [...INPUT, "wheel"]) {
      this.node.addEventListener(name, () => this.touch(), options);
    }
  }

  touch() {
    this.isTouched = true;
    this.isLeft = false;
  }

  onMoved() {
    this.face.showPosition(this.map.getCenter(), "Centre ");
    if (!this.isPlaced) return;
    this.panel.offer(middleOf(this.map));
    // Where the map began is nothing the page need be told: telling it runs the page once more.
    if (this.isTouched) this.emit();
  }

  onKey(event) {
    const isTyping = event.target.matches("input, textarea");
    const isOnMap = !event.target.matches("button, input, .divider");
    if (event.key === "Escape" && this.tool) this.setTool(null);
    else if (event.key === "Enter" && this.tool && isOnMap) this.drawing.finish();
    else if (event.key === " " && this.isAiming && isOnMap) this.putAtCentre(event.target);
    else if (event.key === "z" && (event.ctrlKey || event.metaKey) && !isTyping) this.store.undo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What a click in the middle of the map that has the focus would do. */
  putAtCentre(node) {
    const map = this.scenery.maps.find((one) => one.getContainer() === node);
    if (map) this.drawing.putAt(map, map.getCenter());
  }

  addPrompt(prompt, map) {
    const [west, south, east, north] = boundsOf(prompt.geometry);
    const side = this.scenery.sideAt(map, [(south + north) / 2, (west + east) / 2]);
    this.store.addPrompt({ ...prompt, side }, this.message.one_of_each);
  }

  place() {
    const { x, y } = this.map.getSize();
    if (!x || !y) return;
    const { view, fit } = this.wanted;
    if (view) this.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else if (fit) this.map.fitBounds(toLatLngBounds(fit), { animate: false });
    this.isPlaced = true;
    this.panel.offer(middleOf(this.map));
  }

  /** Takes what the page wants shown now. */
  update({ data, setStateValue }) {
    const before = this.message;
    this.message = data;
    this.send = setStateValue;
    markTheme(this.node);
    this.face.setHeight(data.height_px);
    this.layers.update(data);
    if (before) this.takeWishes(before, data);
    this.takePushes(data, { isNew: !before });
    this.showAll();
    if (before?.tool !== data.tool) this.setTool(this.restingTool);
    if (JSON.stringify(before?.selected) !== JSON.stringify(data.selected)) this.highlight(data.selected);
  }

  takeWishes(before, data) {
    if (before.mode !== data.mode) this.mode = data.mode;
    if (!data.fit || JSON.stringify(before.fit) === JSON.stringify(data.fit)) return;
    this.zoomTo(data.fit);
    this.emit({ now: true });
  }

  /** Takes over what the page put there, and tells it what it does not know of yet. */
  takePushes({ start, areas_version: version, prompts_version: promptsVersion, prompts_taken: taken }, { isNew }) {
    const isAreasPush = this.store.version !== version;
    const isPromptsPush = this.store.promptsVersion !== promptsVersion;
    this.isQuiet = true;
    if (isAreasPush) this.store.replace(start.areas, version);
    if (isPromptsPush) this.store.replacePrompts(start.prompts, promptsVersion, taken);
    this.isQuiet = false;
    if ((isNew || isPromptsPush) && this.store.isAhead(start)) this.emit({ now: true });
  }

  showAll() {
    const { notice, left_title: left, right_title: right, objects_title: objects, legend } = this.message;
    this.titles = { left, right, objects };
    this.face.showNotice(notice);
    this.face.showLegend(legend);
    this.showMode();
    this.showLayers();
    this.panel.showLegend(legend);
    this.showShapes();
    this.showTools();
  }

  showMode() {
    this.face.showMode(this.mode, this.titles, this.isPanelOpen);
    this.scenery.setMode(this.mode);
  }

  showLayers({ keep = false } = {}) {
    const { objects, legend } = this.message;
    this.scenery.showLayers(this.node.dataset.theme);
    this.scenery.showObjects(objects, legend, this.selected);
    this.scenery.showShapes(this.store, this.shapeTool);
    this.face.showAttributions(this.layers.attributions(this.scenery.sides));
    this.panel.showLayers(this.scenery.sections(this.titles, Boolean(objects)), { keep });
  }

  showShapes() {
    this.scenery.showShapes(this.store, this.shapeTool);
    this.panel.showAreas(this.store.areas, this.store.active, this.message.tools.includes("area"));
  }

  /** The tool that is in the hand while the user has taken none: the page's choice. */
  get restingTool() {
    return this.message.tool || null;
  }

  get isAiming() {
    return Boolean(this.tool) && !this.shapeTool;
  }

  get shapeTool() {
    return SHAPING.includes(this.tool) ? this.tool : null;
  }

  showTools() {
    this.toolbar.show({
      mode: this.mode,
      modes: this.message.right.length > 0,
      tool: this.tool,
      tools: this.message.tools,
      forms: this.message.prompt_forms,
      canUndo: this.store.canUndo,
      hasPrompts: this.store.prompts.length > 0,
      hasMeasures: this.drawing.hasMeasures,
      panel: this.isPanelOpen,
    });
    this.face.showSteps({
      isActive: Boolean(this.tool),
      hasCorners: WITH_CORNERS.includes(this.tool),
      isAiming: this.isAiming,
    });
    this.scenery.setObjectsLive(!this.tool);
  }

  setMode(mode) {
    this.setTool(null);
    this.mode = mode;
    this.showAll();
    this.setTool(this.restingTool);
    this.emit({ now: true });
  }

  setTool(tool) {
    this.drawing.stop();
    this.takeTool(tool);
  }

  takeTool(tool) {
    this.tool = tool;
    this.face.say("");
    if (SHAPING.includes(tool)) this.startShaping(tool);
    else if (tool) this.drawing.start(tool);
    this.showShapes();
    this.showTools();
  }

  startShaping(tool) {
    const { areas, active, prompts } = this.store;
    const isMissing = tool === "reshape" ? !prompts.some(({ form }) => form === "outline") : !areas.length;
    if (isMissing) {
      this.tool = null;
      this.face.say(`There is no ${tool === "reshape" ? "outline" : "area"} yet: draw one first.`);
      return;
    }
    if (tool === "edit" && !active) this.store.activate(areas.at(-1).id);
    this.face.say(TOOLS[tool].words);
  }

  act(name) {
    const acts = {
      zoom_in: () => this.map.zoomIn(),
      zoom_out: () => this.map.zoomOut(),
      fit: () => this.fitAll(),
      import: () => this.face.picker.click(),
      choose: () => this.setTool(null),
      undo: () => this.store.undo(),
      clear_prompts: () => this.store.clearPrompts(),
      clear_measures: () => this.drawing.clearMeasures(),
      panel: () => {
        this.isPanelOpen = !this.isPanelOpen;
        this.showMode();
      },
    };
    acts[name]();
    this.showTools();
  }

  fitAll() {
    const layers = ["left", "right", "both"].flatMap((side) => this.layers.of(side));
    const shapes = this.store.areas.map(({ geometry }) => boundsOf(geometry));
    this.zoomTo(...[this.message.fit, ...layers.map(({ bounds }) => bounds), ...shapes].filter(Boolean));
  }

  /** Shows the whole of some bounds. */
  zoomTo(...all) {
    this.isTouched = true;
    if (!all.length) return;
    const whole = all.map(toLatLngBounds).reduce((sum, one) => sum.extend(one));
    this.map.fitBounds(whole, { padding: [20, 20], maxZoom: CLOSEST_ZOOM });
  }

  takeBounds(values, asNew) {
    const area = this.store.area(this.store.active);
    if (asNew || !area) this.store.add([{ geometry: rectangle(values) }]);
    else this.store.reshape(area.id, stretched(area.geometry, values));
    if (!this.map.getBounds().intersects(toLatLngBounds(values))) this.zoomTo(values);
  }

  async importFile(file) {
    try {
      const shapes = await readFile(file);
      this.store.add(shapes);
      this.face.say(shapes.length === 1 ? "One area was imported." : `${shapes.length} areas were imported.`);
      this.zoomTo(...shapes.map(({ geometry }) => boundsOf(geometry)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.face.say(error.message);
    }
  }

  /** An object was clicked, or with null the map beside all of them. */
  choose(id) {
    if (id === null && this.clicked === null && !this.selected.length) return;
    this.clicked = id;
    this.clicks += 1;
    this.highlight(id === null ? [] : [id], { reveal: false });
    this.emit({ now: true });
  }

  highlight(ids, { reveal = true } = {}) {
    this.selected = ids;
    this.scenery.highlight(ids, { reveal });
  }

  retry() {
    this.face.hideTrouble();
    this.scenery.retry();
  }

  /** Tells the page: at once what it is of use for, and after a calm moment where the map is. */
  emit({ now = false } = {}) {
    clearTimeout(this.timer);
    if (now) this.tell();
    else this.timer = setTimeout(() => this.isLeft || this.tell(), CALM_MS);
  }

  tell() {
    const value = this.value();
    const text = JSON.stringify(value);
    if (text === this.told) return;
    this.told = text;
    this.send("value", value);
  }

  value() {
    const { lat, lng } = this.map.getCenter();
    return {
      view: this.isPlaced ? { lat, lon: lng, zoom: this.map.getZoom() } : null,
      areas: this.store.areasJson(),
      active_area: this.store.active,
      selected: this.clicked,
      clicks: this.clicks,
      prompts: this.store.promptsJson(),
      mode: this.mode,
      layers: this.layers.state(),
      version: this.store.version,
      prompts_version: this.store.promptsVersion,
    };
  }

  destroy() {
    clearTimeout(this.timer);
    this.life.abort();
    this.watcher.disconnect();
    this.drawing.stop();
    this.scenery.destroy();
    this.node.remove();
  }
}
