// Numbers as text for people. Knows nothing of files or the page.

const UNITS = [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"]];

/** Bytes with three digits that count and the unit a file manager shows. */
export function bytes(count) {
  const [factor, unit] = UNITS.find(([least]) => count >= least) ?? [1, "bytes"];
  return `${Number((count / factor).toPrecision(3))} ${unit}`;
}

/** Whole percent; 100 only when nothing is missing. */
export function percent(part, whole) {
  return part >= whole ? 100 : Math.floor((99.999 * part) / whole);
}

/** "12 MB/s, 3 min left", or nothing while the speed is unknown. */
export function pace(bytesPerSecond, missing) {
  if (!(bytesPerSecond > 0)) return "";
  return `${bytes(bytesPerSecond)}/s, ${duration(missing / bytesPerSecond)} left`;
}

function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
