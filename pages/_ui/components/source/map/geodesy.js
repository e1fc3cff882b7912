// Lengths and areas on the WGS 84 ellipsoid, for positions as [longitude, latitude] in degrees.

const A_M = 6378137;
const F = 1 / 298.257223563;
const B_M = A_M * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const MEAN_RADIUS_M = 6371008.8;

const radians = (degrees) => (degrees * Math.PI) / 180;

/** Metres between two positions (Vincenty 1975, inverse; near antipodes on the mean sphere). */
export function distance([lon1, lat1], [lon2, lat2]) {
  const l = radians(lon2 - lon1);
  const u1 = Math.atan((1 - F) * Math.tan(radians(lat1)));
  const u2 = Math.atan((1 - F) * Math.tan(radians(lat2)));
  const [su1, cu1, su2, cu2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = l;
  for (let round = 0; round < 100; round += 1) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
    const ss = Math.hypot(cu2 * sl, cu1 * su2 - su1 * cu2 * cl);
    if (ss === 0) return 0;
    const cs = su1 * su2 + cu1 * cu2 * cl;
    const sigma = Math.atan2(ss, cs);
    const sa = (cu1 * cu2 * sl) / ss;
    const ca2 = 1 - sa * sa;
    const cm = ca2 === 0 ? 0 : cs - (2 * su1 * su2) / ca2;
    const c = (F / 16) * ca2 * (4 + F * (4 - 3 * ca2));
    const before = lambda;
    lambda =
      l + (1 - c) * F * sa * (sigma + c * ss * (cm + c * cs * (2 * cm * cm - 1)));
    if (Math.abs(lambda - before) < 1e-12) return vincentyLength(ca2, ss, cs, cm, sigma);
  }
  return greatCircle([lon1, lat1], [lon2, lat2]);
}

function vincentyLength(ca2, ss, cs, cm, sigma) {
  const u = (ca2 * (A_M * A_M - B_M * B_M)) / (B_M * B_M);
  const a = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
  const b = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
  const third = (b / 6) * cm * (4 * ss * ss - 3) * (4 * cm * cm - 3);
  const delta = b * ss * (cm + (b / 4) * (cs * (2 * cm * cm - 1) - third));
  return B_M * a * (sigma - delta);
}

function greatCircle([lon1, lat1], [lon2, lat2]) {
  const half = Math.sin(radians(lat2 - lat1) / 2) ** 2;
  const side = Math.cos(radians(lat1)) * Math.cos(radians(lat2));
  return 2 * MEAN_RADIUS_M * Math.asin(Math.sqrt(half + side * Math.sin(radians(lon2 - lon1) / 2) ** 2));
}

export function lineLength(positions) {
  let sum = 0;
  for (let at = 1; at < positions.length; at += 1) sum += distance(positions[at - 1], positions[at]);
  return sum;
}

// Authalic latitude (Snyder 1987, USGS Professional Paper 1395, equations 3-11 to 3-13): the latitude
// on the sphere of equal area, on which the excess of a polygon is its area.
const q = (s) => (1 - E2) * (s / (1 - E2 * s * s) - Math.log((1 - E * s) / (1 + E * s)) / (2 * E));
const QP = q(1);
const R2_M2 = (A_M * A_M * QP) / 2;

function authalic(latitude) {
  const ratio = q(Math.sin(radians(latitude))) / QP;
  return Math.asin(Math.max(-1, Math.min(1, ratio)));
}

/** Square metres in a ring, whichever way round it goes; the ring may be open or closed. */
export function ringArea(ring) {
  let excess = 0;
  for (let at = 0; at < ring.length; at += 1) {
    const [lon1, lat1] = ring[at];
    const [lon2, lat2] = ring[(at + 1) % ring.length];
    const t = Math.tan(radians(lon2 - lon1) / 2);
    const [p, s] = [Math.tan(authalic(lat1) / 2), Math.tan(authalic(lat2) / 2)];
    excess += 2 * Math.atan2(t * (p + s), 1 + p * s);
  }
  return Math.abs(excess) * R2_M2;
}

/** Square metres of a GeoJSON Polygon or MultiPolygon; holes do not count. */
export function geometryArea({ type, coordinates }) {
  const polygons = type === "MultiPolygon" ? coordinates : [coordinates];
  return polygons.reduce((sum, [outer, ...holes]) => {
    return sum + ringArea(outer) - holes.reduce((part, hole) => part + ringArea(hole), 0);
  }, 0);
}

const three = (value) => Number(value.toPrecision(3)).toLocaleString("en-GB");

export function areaText(m2) {
  if (m2 < 10_000) return `${three(m2)} m\u00b2`;
  if (m2 < 1_000_000) return `${three(m2 / 10_000)} ha`;
  return `${three(m2 / 1_000_000)} km\u00b2`;
}

export function lengthText(m) {
  return m < 1000 ? `${three(m)} m` : `${three(m / 1000)} km`;
}

export function positionText(latitude, longitude) {
  const part = (value, [plus, minus]) => `${Math.abs(value).toFixed(5)}\u00b0 ${value < 0 ? minus : plus}`;
  return `${part(latitude, "NS")}, ${part(longitude, "EW")}`;
}
