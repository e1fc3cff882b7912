// Layers of tiles and pictures for Leaflet, careful with servers that do not answer.

import L from "leaflet";

const TIRED_AFTER = 8;

/**
 * Tiles that stop asking a server which does not answer, and fire `unreachable`. With the option
 * `careful` they ask for one tile first: a server out of reach costs one failed request and not one
 * for every tile in view.
 */
const CarefulTiles = L.TileLayer.extend({
  initialize(url, options) {
    L.TileLayer.prototype.initialize.call(this, url, options);
    this._server = options.careful ? "unknown" : "reachable";
    this._held = [];
    this._failures = 0;
    this.on("tileload", this._onAnswer, this);
    this.on("tileerror", this._onFailure, this);
    this.on("tileloadstart", ({ tile }) => placeFlat(tile));
  },

  createTile(coords, done) {
    const tile = document.createElement("img");
    tile.alt = "";
    // Public map servers ask to be told which site shows their tiles; nothing else of the address is.
    if (this.options.careful) tile.referrerPolicy = "origin";
    const load = () => {
      tile.onload = L.bind(this._tileOnLoad, this, done, tile);
      tile.onerror = L.bind(this._tileOnError, this, done, tile);
      tile.src = this.getTileUrl(coords);
    };
    if (this._server === "asked") this._held.push(load);
    else if (this._server === "unreachable") queueMicrotask(() => done(null, tile));
    else {
      if (this._server === "unknown") this._server = "asked";
      load();
    }
    return tile;
  },

  retry() {
    this._server = "unknown";
    this._failures = 0;
    this.redraw();
  },

  isReachable() {
    return this._server !== "unreachable";
  },

  _onAnswer({ tile }) {
    if (this._server === "unreachable" || !tile.src) return;
    this._failures = 0;
    this._server = "reachable";
    this._held.splice(0).forEach((load) => load());
  },

  _onFailure() {
    this._failures += 1;
    if (this._server === "reachable" && this._failures < TIRED_AFTER) return;
    if (this._server === "unreachable") return;
    this._server = "unreachable";
    this._held = [];
    this.fire("unreachable");
  },
});

const STEPS_DEG = [45, 30, 20, 10, 5, 2, 1];
const FINEST_DEG = 0.00001;
const LINES_PX = 110;
const WORDS_PX = { x: 80, y: 16 };

/**
 * Places a tile without a third dimension: Chrome draws tiles that have one each on its own, and at
 * the edges of scaled ones what lies below shines through as a line (Leaflet's issue 3575).
 */
function placeFlat(tile) {
  const { x, y } = L.DomUtil.getPosition(tile);
  tile.style.transform = `translate(${x}px, ${y}px)`;
}

/** Lines of equal longitude and latitude with their values: a map where there is no other. */
export const Graticule = L.GridLayer.extend({
  options: { noWrap: true, pane: "tilePane", color: "#808080", updateWhenZooming: false },

  createTile(coords) {
    const size = this.getTileSize();
    const ratio = window.devicePixelRatio || 1;
    const tile = document.createElement("canvas");
    tile.width = size.x * ratio;
    tile.height = size.y * ratio;
    const pen = tile.getContext("2d");
    pen.scale(ratio, ratio);
    this._draw(pen, coords, size);
    return tile;
  },

  _draw(pen, coords, size) {
    const step = stepFor(coords.z);
    const corner = coords.scaleBy(size);
    const map = this._map;
    const southEast = map.unproject(corner.add(size), coords.z);
    // Values reach over the edge of a tile: each tile draws its part of its neighbours' too.
    const around = map.unproject(corner.subtract([WORDS_PX.x, WORDS_PX.y]), coords.z);
    const below = map.unproject(corner.add(size).add([0, WORDS_PX.y]), coords.z);
    const meridians = multiples(around.lng, southEast.lng, step);
    const parallels = multiples(below.lat, around.lat, step);
    const x = (longitude) => map.project([0, longitude], coords.z).x - corner.x;
    const y = (latitude) => map.project([latitude, 0], coords.z).y - corner.y;
    pen.strokeStyle = this.options.color;
    pen.fillStyle = this.options.color;
    pen.font = "11px system-ui, sans-serif";
    pen.globalAlpha = 0.55;
    for (const longitude of meridians) line(pen, x(longitude), 0, x(longitude), size.y);
    for (const latitude of parallels) line(pen, 0, y(latitude), size.x, y(latitude));
    pen.globalAlpha = 1;
    for (const longitude of meridians) {
      for (const latitude of parallels) {
        pen.fillText(degrees(latitude, step, "NS"), x(longitude) + 4, y(latitude) - 4);
        pen.fillText(degrees(longitude, step, "EW"), x(longitude) + 4, y(latitude) + 12);
      }
    }
  },
});

function line(pen, x1, y1, x2, y2) {
  pen.beginPath();
  pen.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  pen.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
  pen.stroke();
}

function stepFor(zoom) {
  const wanted = (360 * LINES_PX) / (256 * 2 ** zoom);
  let step = STEPS_DEG[0];
  for (let scale = 1; scale >= FINEST_DEG; scale /= 10) {
    for (const one of scale === 1 ? STEPS_DEG : [5 * scale, 2 * scale, scale]) {
      if (one < wanted) return step;
      step = one;
    }
  }
  return step;
}

function multiples(from, to, step) {
  const found = [];
  for (let count = Math.ceil(from / step - 1e-9); count * step <= to + 1e-9; count += 1) found.push(count * step);
  return found;
}

function degrees(value, step, [plus, minus]) {
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const sign = Math.abs(value) < step / 2 ? "" : ` ${value < 0 ? minus : plus}`;
  return `${Math.abs(value).toFixed(decimals)}\u00b0${sign}`;
}

/** A Leaflet layer for one entry of the page's message. */
export function makeLayer(spec, pane) {
  const bounds = spec.bounds ? toLatLngBounds(spec.bounds) : undefined;
  if (spec.form === "image") {
    return L.imageOverlay(spec.url, bounds, { pane, opacity: spec.opacity, alt: "", pmIgnore: true });
  }
  return new CarefulTiles(spec.url, {
    pane,
    bounds,
    opacity: spec.opacity,
    minZoom: spec.min_zoom,
    maxZoom: Math.max(spec.max_zoom, spec.max_native_zoom),
    maxNativeZoom: spec.max_native_zoom,
    careful: spec.kind === "basemap",
    noWrap: true,
    pmIgnore: true,
  });
}

export function toLatLngBounds([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

/** What has to be made anew when it changes; opacity and order do not. */
export function identity(spec) {
  const { opacity, visible, title, attribution, ...rest } = spec;
  return JSON.stringify(rest);
}
