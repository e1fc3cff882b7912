// Areas as GeoJSON: reading a stranger's file, and small questions about shapes.

const MAX_BYTES = 5_000_000;
const MAX_POSITIONS = 50_000;
const MAX_AREAS = 500;
const MAX_NAME = 80;
const LONGITUDE_LATITUDE = /(CRS:?84|OGC:1.3:CRS84|EPSG:{1,2}4326)$/i;
const DECIMALS = 1e8; // about a millimetre on the ground

/** A sentence for the user. */
export class Refusal extends Error {}

/** [{name, geometry}] of a GeoJSON file. Throws `Refusal`. */
export async function readFile(file) {
  if (file.size > MAX_BYTES) {
    throw new Refusal(`This file has ${megabytes(file.size)} MB; ${megabytes(MAX_BYTES)} MB can be imported. Simplify the outlines or leave features out.`);
  }
  return parse(await file.text());
}

function megabytes(bytes) {
  return (bytes / 1_000_000).toFixed(bytes % 1_000_000 ? 1 : 0);
}

export function parse(text) {
  let content;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Refusal("This file is not GeoJSON: it cannot be read as JSON. Export it as GeoJSON again.");
  }
  const crs = content?.crs?.properties?.name;
  if (crs !== undefined && !LONGITUDE_LATITUDE.test(String(crs))) throw new Refusal(NOT_DEGREES);
  const found = polygonsOf(content);
  if (!found.length) {
    throw new Refusal("There is no polygon in this file. An area has to be a Polygon or a MultiPolygon.");
  }
  if (found.length > MAX_AREAS) {
    throw new Refusal(`This file has ${found.length} polygons; ${MAX_AREAS} can be imported. Join them into a MultiPolygon.`);
  }
  const vertices = found.reduce((sum, one) => sum + vertexCount(one.geometry), 0);
  if (vertices > MAX_POSITIONS) {
    throw new Refusal(`The outlines have ${vertices.toLocaleString("en-GB")} vertices; ${MAX_POSITIONS.toLocaleString("en-GB")} can be imported. Simplify the outlines.`);
  }
  return found;
}

const NOT_DEGREES =
  "The coordinates in this file are not longitudes and latitudes. Save it in WGS 84 (EPSG:4326) and import it again.";

function polygonsOf(content, name = "") {
  if (content === null || typeof content !== "object") return [];
  const { type } = content;
  if (type === "FeatureCollection" && Array.isArray(content.features)) {
    return content.features.flatMap((one) => polygonsOf(one));
  }
  if (type === "Feature") return polygonsOf(content.geometry, nameOf(content.properties));
  if (type === "GeometryCollection" && Array.isArray(content.geometries)) {
    return content.geometries.flatMap((one) => polygonsOf(one, name));
  }
  if (type === "Polygon") return [{ name, geometry: { type, coordinates: polygon(content.coordinates) } }];
  if (type === "MultiPolygon" && Array.isArray(content.coordinates) && content.coordinates.length) {
    return [{ name, geometry: { type, coordinates: content.coordinates.map(polygon) } }];
  }
  return [];
}

function nameOf(properties) {
  const name = properties?.name ?? properties?.title ?? "";
  return ["string", "number"].includes(typeof name) ? cleanName(String(name)) : "";
}

/** One line, not too long, without control characters. */
export function cleanName(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim().slice(0, MAX_NAME);
}

function polygon(rings) {
  if (!Array.isArray(rings) || !rings.length) throw new Refusal(BROKEN);
  return rings.map(ring);
}

const BROKEN = "An outline in this file is broken: each ring needs at least three corners. Repair it and import it again.";

function ring(positions) {
  if (!Array.isArray(positions)) throw new Refusal(BROKEN);
  const read = positions.map(position);
  const [first, last] = [read[0], read.at(-1)];
  if (first && (first[0] !== last[0] || first[1] !== last[1])) read.push([...first]);
  if (read.length < 4) throw new Refusal(BROKEN);
  return read;
}

function position(pair) {
  if (!Array.isArray(pair) || !Number.isFinite(pair[0]) || !Number.isFinite(pair[1])) {
    throw new Refusal("A coordinate in this file is not a number. Export it as GeoJSON again.");
  }
  const [longitude, latitude] = pair;
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) throw new Refusal(NOT_DEGREES);
  return rounded([longitude, latitude]);
}

function rounded(pair) {
  return pair.map((value) => Math.round(value * DECIMALS) / DECIMALS);
}

/** The same geometry with rounded coordinates within the world, two numbers each. */
export function tidy({ type, coordinates }) {
  const clip = (value, limit) => Math.max(-limit, Math.min(limit, value));
  const walk = (part) =>
    typeof part[0] === "number" ? rounded([clip(part[0], 180), clip(part[1], 90)]) : part.map(walk);
  return { type, coordinates: walk(coordinates) };
}

export function vertexCount({ coordinates }) {
  const count = (part) => (typeof part[0] === "number" ? 1 : part.reduce((sum, one) => sum + count(one), 0));
  return count(coordinates);
}

/** [west, south, east, north] */
export function boundsOf({ coordinates }) {
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  const walk = (part) => {
    if (typeof part[0] !== "number") {
      part.forEach(walk);
      return;
    }
    bounds[0] = Math.min(bounds[0], part[0]);
    bounds[1] = Math.min(bounds[1], part[1]);
    bounds[2] = Math.max(bounds[2], part[0]);
    bounds[3] = Math.max(bounds[3], part[1]);
  };
  walk(coordinates);
  return bounds;
}

export function rectangle([west, south, east, north]) {
  const corners = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: "Polygon", coordinates: [corners.map(rounded)] };
}

export function isRectangle(geometry) {
  if (geometry.type !== "Polygon" || geometry.coordinates.length !== 1) return false;
  const corners = geometry.coordinates[0];
  if (corners.length !== 5) return false;
  const [west, south, east, north] = boundsOf(geometry);
  const seen = new Set(corners.map(([x, y]) => `${x} ${y}`));
  return [[west, south], [east, south], [east, north], [west, north]].every(([x, y]) => seen.has(`${x} ${y}`));
}

/** The geometry stretched so that its bounds become `wanted`. */
export function stretched(geometry, wanted) {
  const [west, south, east, north] = boundsOf(geometry);
  const across = (wanted[2] - wanted[0]) / (east - west || 1);
  const up = (wanted[3] - wanted[1]) / (north - south || 1);
  const walk = (part) =>
    typeof part[0] === "number"
      ? [wanted[0] + (part[0] - west) * across, wanted[1] + (part[1] - south) * up]
      : part.map(walk);
  return tidy({ type: geometry.type, coordinates: walk(geometry.coordinates) });
}

/** The bounds a user typed, or a `Refusal` that says what is wrong with them. */
export function checkedBounds([west, south, east, north]) {
  if (![west, south, east, north].every(Number.isFinite)) {
    throw new Refusal("Each of the four bounds has to be a number of degrees, such as 12.345.");
  }
  if (Math.abs(west) > 180 || Math.abs(east) > 180) {
    throw new Refusal("West and east have to lie between -180 and 180 degrees.");
  }
  if (Math.abs(south) > 90 || Math.abs(north) > 90) {
    throw new Refusal("South and north have to lie between -90 and 90 degrees.");
  }
  if (west >= east) throw new Refusal("West has to be smaller than east.");
  if (south >= north) throw new Refusal("South has to be smaller than north.");
  return [west, south, east, north];
}
