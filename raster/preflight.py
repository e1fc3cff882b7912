"""May these two scenes be compared? Findings in plain words and a verdict: go, warn or refuse.

Measures on a bounded sample, so that it takes seconds on any size. Knows nothing of detectors.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from rasterio.windows import Window

from errors import GsdMismatchError, NoOverlapError, RasterError
from progress import Watcher
from raster import aoi as areas
from raster import radiometric_checks
from raster.align import UNWATCHED, AlignedPair, ResidualShift, align
from raster.aoi import Aoi
from raster.findings import Finding, Severity, Verdict, verdict
from raster.lattice import MAX_GSD_RATIO, gsd_ratio, is_same_lattice, overlap_share
from raster.pair_sample import FEW_PIXELS, PairSample, draw
from raster.pairing import common_bands
from raster.scene import Scene
from raster.tiling import grow

# Objects seen by one date only as a mixed pixel are missed or take a wrong area.
GSD_CAUTION = 1.5
GSD_INFO = 1.05
# Less than this of the smaller scene in common: probably not the files that were meant.
OVERLAP_CAUTION_PCT = 25.0
OVERLAP_INFO_PCT = 95.0
# Fewer pixels along a side hold no object with a shape.
MIN_SIDE_PX = 16
# How far around a small AOI the values of both dates are compared.
AROUND_PX = 512
# Two months: crops, leaves and shadows differ by then in most climates.
SEASON_CAUTION_DAYS = 60
# Any leap year, so that 29 February exists.
LEAP_YEAR = 2000
LEAP_YEAR_DAYS = 366
# Uncorrected, half a pixel draws a line of false change along every edge.
SHIFT_CAUTION_PX = 0.5
# About the accuracy of the measurement.
SHIFT_NONE_PX = 0.1
# A georeference off by this much is worth a question to the supplier even when corrected.
SHIFT_LARGE_PX = 5.0
SHIFT_AGREEMENT = 0.5
_ORDER: dict[Severity, int] = {"refuse": 0, "caution": 1, "info": 2}


@dataclass(frozen=True)
class Preflight:
    """Whether and how two scenes can be compared.

    Attributes:
        verdict: go, warn or refuse.
        findings: refusals first, then cautions, then information.
        shift_px: length of the residual shift; None if it could not be measured.
        shift_m: likewise in metres.
        overlap_pct: share of the smaller footprint that both scenes cover.
        gsd_ratio: how many times coarser the coarser scene is (>= 1).
        valid_pct: share of the overlap or AOI that is observed at both dates, by a sample.
        pair: the pair on its common grid, cropped to the AOI's window; None if refused earlier.
        aoi: the AOI clipped to the overlap; None if none was given or the pair was refused.
        overlap: the pair on the whole overlap, before it was cropped to the AOI.
        window: the AOI's window on the grid of `overlap`; all of it without an AOI.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    shift_px: float | None
    shift_m: float | None
    overlap_pct: float
    gsd_ratio: float
    valid_pct: float
    pair: AlignedPair | None = None
    aoi: Aoi | None = None
    overlap: AlignedPair | None = None
    window: Window | None = None

    def as_json(self) -> dict[str, Any]:
        """The object that `preflight --json` prints."""
        return {
            "verdict": self.verdict,
            "findings": [asdict(finding) for finding in self.findings],
            "shift_px": self.shift_px,
            "shift_m": self.shift_m,
            "overlap_pct": self.overlap_pct,
            "gsd_ratio": self.gsd_ratio,
            "valid_pct": self.valid_pct,
        }


def inspect(
    pre: Scene, post: Scene, *, aoi: Aoi | None = None, watcher: Watcher = UNWATCHED
) -> Preflight:
    """Everything that should be known before the dates are compared.

    A pair without overlap, with ground sizes too far apart or without common bands is refused by
    a finding, not by an error.

    Raises:
        OutsideSceneError: the AOI misses the overlap.
        CancelledError: the watcher asked to stop.
    """
    ratio, overlap_pct = gsd_ratio(pre.grid, post.grid), 100 * overlap_share(pre.grid, post.grid)
    told = [*_carried(pre, post), *_dates(pre, post), *_dtypes(pre, post)]
    told += [*_gsd(pre, post, ratio), *_overlap(overlap_pct), *_bands(pre, post)]
    if verdict(tuple(told)) == "refuse":
        return _preflight(told, overlap_pct, ratio)
    try:
        pair = align(pre, post, watcher=watcher.part(0.0, 0.7))
    except (NoOverlapError, GsdMismatchError) as error:
        told.append(_refusal(error))
        return _preflight(told, overlap_pct, ratio)
    told += [*_resampled(pair), _shift(pair.shift)]
    overlap, window = pair, pair.grid.window
    if aoi is not None:
        aoi, window = areas.clip(aoi, overlap.grid)
        pair = overlap.crop(window)
        told += aoi.findings
    sample = draw(pair, aoi, watcher=watcher.part(0.7, 0.9))
    around = _around(overlap, window, sample, watcher.part(0.9, 1.0))
    told += [*_size(overlap), *radiometric_checks.check(pair, sample, around=around)]
    found = _preflight(
        told, overlap_pct, ratio, valid_pct=100 * sample.valid_share, pair=pair, aoi=aoi
    )
    return replace(found, overlap=overlap, window=window)


def _around(
    overlap: AlignedPair, window: Window, sample: PairSample, watcher: Watcher
) -> PairSample | None:
    """A sample of a small AOI's surroundings; None where the AOI says enough by itself."""
    if sample.valid.size >= FEW_PIXELS:
        return None
    wider = grow(window, AROUND_PX // 2, overlap.grid.shape)
    return draw(overlap.crop(wider), None, watcher=watcher)


def _preflight(
    told: list[Finding],
    overlap_pct: float,
    ratio: float,
    *,
    valid_pct: float = 0.0,
    pair: AlignedPair | None = None,
    aoi: Aoi | None = None,
) -> Preflight:
    findings = tuple(sorted(told, key=lambda finding: _ORDER[finding.severity]))
    is_measured = pair is not None and _is_measured(pair.shift)
    return Preflight(
        verdict(findings),
        findings,
        pair.shift.length_px if pair and is_measured else None,
        pair.shift.length_m if pair and is_measured else None,
        overlap_pct,
        ratio,
        valid_pct,
        pair,
        aoi,
    )


def _carried(pre: Scene, post: Scene) -> list[Finding]:
    """What was noticed on opening, said once if it holds for both dates."""
    shared = [finding for finding in pre.findings if finding in post.findings]
    told = [_of("Both dates", finding) for finding in shared]
    for name, scene in (("Pre", pre), ("Post", post)):
        told += [_of(name, finding) for finding in scene.findings if finding not in shared]
    return told


def _of(whose: str, finding: Finding) -> Finding:
    return Finding(
        finding.code,
        finding.severity,
        f"{whose}: {finding.message}",
        finding.remedy,
        finding.value,
        finding.unit,
    )


def _dates(pre: Scene, post: Scene) -> list[Finding]:
    if pre.acquired_on is None or post.acquired_on is None:
        unknown = [name for name, scene in (("pre", pre), ("post", post)) if not scene.acquired_on]
        verb = "date of {} is" if len(unknown) == 1 else "dates of {} are"
        message = f"The acquisition {verb.format(' and '.join(unknown))} unknown."
        remedy = "Put each date into its file's name (YYYYMMDD) or tag TIFFTAG_DATETIME."
        return [Finding("unknown_date", "info", message, remedy)]
    days = (post.acquired_on - pre.acquired_on).days
    if days == 0:
        message = f"Both scenes are dated {pre.acquired_on.isoformat()}."
        remedy = "Check the dates; two images of one day rarely show a change."
        return [Finding("equal_dates", "caution", message, remedy, 0.0, "d")]
    return _order(pre.acquired_on, post.acquired_on, days) + _season(pre, post)


def _order(pre_on: date, post_on: date, days: int) -> list[Finding]:
    if days > 0:
        return []
    message = f"Post ({post_on.isoformat()}) is earlier than pre ({pre_on.isoformat()})."
    remedy = "Swap the files, or read appeared as vanished."
    return [Finding("date_order", "caution", message, remedy, float(days), "d")]


def season_gap_days(one: date, two: date) -> int:
    """Days between two dates within the year (0..183), whatever the years."""
    apart = abs((one.replace(year=LEAP_YEAR) - two.replace(year=LEAP_YEAR)).days)
    return min(apart, LEAP_YEAR_DAYS - apart)


def _season(pre: Scene, post: Scene) -> list[Finding]:
    if pre.sensor != "optical" or not (pre.acquired_on and post.acquired_on):
        return []
    days = season_gap_days(pre.acquired_on, post.acquired_on)
    if days <= SEASON_CAUTION_DAYS:
        return []
    message = (
        f"The dates are {days} days of the year apart "
        f"({_day(pre.acquired_on)} and {_day(post.acquired_on)})."
    )
    remedy = "Vegetation, shadows and water levels differ by season; prefer dates of one season."
    return [Finding("season_gap", "caution", message, remedy, float(days), "d")]


def _day(on: date) -> str:
    return f"{on.day} {on.strftime('%B')}"


def _dtypes(pre: Scene, post: Scene) -> list[Finding]:
    if pre.dtype == post.dtype:
        return []
    one, two = np.dtype(pre.dtype), np.dtype(post.dtype)
    severity: Severity = "info" if one.itemsize == two.itemsize else "caution"
    message = f"Pre holds {pre.dtype} and post {post.dtype} values, so their units may differ."
    remedy = "Use one product level; only detectors that normalise the dates can be trusted here."
    return [Finding("dtype_mismatch", severity, message, remedy)]


def _gsd(pre: Scene, post: Scene, ratio: float) -> list[Finding]:
    if ratio <= GSD_INFO:
        return []
    severity: Severity = "caution" if ratio > GSD_CAUTION else "info"
    severity = "refuse" if ratio > MAX_GSD_RATIO else severity
    message = (
        f"A pixel is {pre.grid.gsd_m:.3g} m in pre and {post.grid.gsd_m:.3g} m in post "
        f"(ratio {ratio:.2g})."
    )
    remedy = {
        "info": "",
        "caution": "Both are read at the coarser size; objects of a few pixels are unreliable.",
        "refuse": f"Choose scenes whose ground sizes differ by less than {MAX_GSD_RATIO:g} times.",
    }[severity]
    return [Finding("gsd_ratio", severity, message, remedy, ratio, "1")]


def _overlap(overlap_pct: float) -> list[Finding]:
    if overlap_pct == 0:
        return [
            Finding(
                "no_overlap", "refuse", "Pre and post do not share ground.",
                "Choose two scenes of one place and check that their CRS tags are right.", 0.0, "%",
            )
        ]  # fmt: skip
    if overlap_pct >= OVERLAP_INFO_PCT:
        return []
    severity: Severity = "caution" if overlap_pct < OVERLAP_CAUTION_PCT else "info"
    message = f"Only {overlap_pct:.2g} % of the smaller scene is covered by both."
    remedy = "Only the common part is compared."
    return [Finding("small_overlap", severity, message, remedy, overlap_pct, "%")]


def _bands(pre: Scene, post: Scene) -> list[Finding]:
    if pre.sensor != post.sensor:
        message = "One scene is optical and the other is radar; their values cannot be compared."
        return [Finding("sensor_mismatch", "refuse", message, "Choose two scenes of one kind.")]
    try:
        _matched, findings = common_bands(pre, post)
    except RasterError as error:
        return [Finding("band_mismatch", "refuse", error.message, error.hint)]
    return list(findings)


def _refusal(error: NoOverlapError | GsdMismatchError) -> Finding:
    code = "no_overlap" if isinstance(error, NoOverlapError) else "gsd_ratio"
    return Finding(code, "refuse", error.message, error.hint)


def _resampled(pair: AlignedPair) -> list[Finding]:
    moved = [
        f"{name} ({scene.grid.gsd_m:.3g} m)"
        for name, scene in (("pre", pair.pre), ("post", pair.post))
        if not is_same_lattice(pair.grid, scene.grid)
    ]
    if not moved:
        return []
    message = (
        f"Resampled to the common grid of {pair.grid.gsd_m:.3g} m "
        f"({_crs_name(pair)}): {' and '.join(moved)}."
    )
    return [Finding("resampled", "info", message)]


def _crs_name(pair: AlignedPair) -> str:
    authority = pair.grid.crs.to_authority()
    return ":".join(authority) if authority else "a CRS without a code"


def _size(pair: AlignedPair) -> list[Finding]:
    side = min(pair.grid.shape)
    if side >= MIN_SIDE_PX:
        return []
    height, width = pair.grid.shape
    message = f"The common area has only {height} x {width} pixels."
    remedy = f"Choose an area of at least {MIN_SIDE_PX} pixels to every side."
    return [Finding("tiny_overlap", "refuse", message, remedy, float(side), "px")]


def _shift(shift: ResidualShift) -> Finding:
    """The residual shift: corrected, small, uncertain or not measurable."""
    if not _is_measured(shift):
        message = "The shift between the dates could not be measured (no texture, or too small)."
        return Finding("residual_shift", "info", message, _LOOK_AT_EDGES)
    size = f"{shift.length_px:.2f} px ({shift.length_m:.2g} m)"
    if shift.agreement < SHIFT_AGREEMENT:
        message = (
            f"The shift between the dates is uncertain: only {100 * shift.agreement:.0f} % of "
            f"{shift.windows} windows agree. Nothing was corrected."
        )
        return Finding("residual_shift", "caution", message, _LOOK_AT_EDGES, shift.length_px, "px")
    if shift.is_applied:
        severity: Severity = "caution" if shift.length_px > SHIFT_LARGE_PX else "info"
        message = (
            f"Post lay {size} off pre and was moved onto it; "
            f"{100 * shift.agreement:.0f} % of {shift.windows} windows agree."
        )
        remedy = "Check the georeference of both files." if severity == "caution" else ""
        return Finding("residual_shift", severity, message, remedy, shift.length_px, "px")
    return _uncorrected(shift, size)


def _uncorrected(shift: ResidualShift, size: str) -> Finding:
    severity: Severity = "caution" if shift.length_px >= SHIFT_CAUTION_PX else "info"
    message = f"Post lies {size} off pre; a correction did not make the dates more alike."
    remedy = _LOOK_AT_EDGES if severity == "caution" else ""
    if shift.length_px < SHIFT_CAUTION_PX:
        message = f"Post lies {size} off pre, too little to correct without blurring it more."
    if shift.length_px < SHIFT_NONE_PX:
        message = f"The dates lie on each other to within {SHIFT_NONE_PX:g} px."
    return Finding("residual_shift", severity, message, remedy, shift.length_px, "px")


def _is_measured(shift: ResidualShift) -> bool:
    """Whether any windows agreed on a shift, right or wrong."""
    return shift.agreement > 0


_LOOK_AT_EDGES = "Swipe between the dates and see whether roads and shores lie on each other."
