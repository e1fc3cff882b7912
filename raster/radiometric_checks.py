"""What the sampled values of a pair give away: gaps, saturation, clouds, offsets, copies.

Every threshold is named here with its reason. Knows nothing of grids or dates.
"""

import numpy as np
from numpy.typing import NDArray

from raster.align import AlignedPair
from raster.findings import Finding, Severity
from raster.pair_sample import PairSample
from raster.scene import Scene

# A tenth lost to one date moves shares and counts visibly; what both dates lack is the shape of
# the scenes. Below a thousandth it is a ragged edge.
NODATA_CAUTION = 0.10
NODATA_INFO = 0.001
# Roofs and foam saturate a few pixels; whole surfaces mean that brightening there is unseen.
SATURATION_CAUTION = 0.05
SATURATION_INFO = 0.005
# New bright roofs rarely cover more of a scene; clouds usually do.
CLOUD_CAUTION = 0.02
# Below 5 m single building sites and roofs cover that much; only more looks like a cloud.
FINE_GSD_M = 5.0
CLOUD_CAUTION_FINE = 0.10
CLOUD_SIGMAS = 3.0
CLOUD_FLATNESS = 0.3
CLOUD_PERCENTILE = 99
# Sentinel-2 products since baseline 04.00 (January 2022) carry +1000 DN in every band.
BASELINE_OFFSET_DN = 1000.0
BASELINE_TOLERANCE_DN = 300.0
# Medians farther apart than the spread of either date: haze, another product level or exposure.
DISTANCE_CAUTION = 1.5
DISTANCE_INFO = 0.75
SIGMA_PER_IQR = 1 / 1.349
# The values of one date are this many times the other's: another unit or bit depth.
SCALE_CAUTION = 8.0
MIN_VALUES = 16

Values = NDArray[np.float32]


def check(
    pair: AlignedPair, sample: PairSample, *, around: PairSample | None = None
) -> tuple[Finding, ...]:
    """All findings about the values of a pair.

    Args:
        pair: what was sampled.
        sample: pixels of the AOI; tells what was observed.
        around: pixels of the AOI and its surroundings, for everything else, when the AOI alone
            holds too few; a single roof is flat without being a placeholder.
    """
    found = _nodata(sample)
    if any(finding.severity == "refuse" for finding in found):
        return tuple(found)
    sample = around or sample
    flat = _constant(sample)
    if flat:
        return (*found, *flat)
    copies = _identical(pair, sample)
    if copies:
        return (*found, *copies)
    found += [*_saturation(pair, sample), *_clouds(pair, sample)]
    offset = _offset(pair, sample)
    return (*found, *(offset or _scale(sample) or _distance(sample)))


def _nodata(sample: PairSample) -> list[Finding]:
    """Missing pixels of each date, and refusal where nothing is left."""
    seen_px = int(sample.valid.sum())
    if 0 < seen_px < MIN_VALUES:
        what = "Only 1 pixel was" if seen_px == 1 else f"Only {seen_px} pixels were"
        message = f"{what} observed at both dates; at least {MIN_VALUES} are needed."
        remedy = "Choose a larger area."
        return [Finding("few_pixels", "refuse", message, remedy, float(seen_px), "px")]
    if not seen_px:
        return [
            Finding(
                "nodata_share", "refuse",
                "No pixel of the overlap or area of interest was observed at both dates.",
                "Choose another area, or check the nodata value of both files.", 100.0, "%",
            )
        ]  # fmt: skip
    found = []
    seen = (sample.pre_valid, sample.post_valid)
    for date, valid, other in (("pre", *seen), ("post", *seen[::-1])):
        share, lost = 1 - float(valid.mean()), float((other & ~valid).mean())
        if share >= NODATA_INFO:
            severity: Severity = "caution" if lost >= NODATA_CAUTION else "info"
            message = f"{_percent(share)} of the area was not observed at the {date} date."
            found.append(
                Finding("nodata_share", severity, message, _NODATA_REMEDY, 100 * share, "%")
            )
    return found


_NODATA_REMEDY = "Shares refer to the observed ground only; missing ground is reported beside them."


def _constant(sample: PairSample) -> list[Finding]:
    pre, post = sample.both
    return [
        Finding(
            "constant_image", "refuse",
            f"Every sampled pixel of {date} has the same value, {float(values.flat[0]):g}.",
            "Check that the file holds the image and not a mask or a placeholder.",
        )
        for date, values in (("pre", pre), ("post", post))
        if (values == values[:, :1]).all()
    ]  # fmt: skip


def _identical(pair: AlignedPair, sample: PairSample) -> list[Finding]:
    pre, post = sample.both
    if not np.array_equal(pre, post):
        return []
    same_file = {path.resolve() for path in pair.pre.paths} == {
        path.resolve() for path in pair.post.paths
    }
    what = "Pre and post are the same file" if same_file else "All sampled pixels are equal"
    message = f"{what}, so no change can be found."
    return [Finding("identical_files", "caution", message, "Check that post is the later image.")]


def _saturation(pair: AlignedPair, sample: PairSample) -> list[Finding]:
    """Pixels at the end of the range of an integer type in any band, where both are observed."""
    found = []
    for date, scene, values in _dates(pair, sample):
        dtype = np.dtype(scene.dtype)
        if dtype.kind not in "ui":
            continue
        share = float((values >= np.iinfo(dtype).max).any(axis=0).mean())
        if share >= SATURATION_INFO:
            severity: Severity = "caution" if share >= SATURATION_CAUTION else "info"
            message = (
                f"{_percent(share)} of {date} is saturated (at {np.iinfo(dtype).max}, the largest "
                "value of its type)."
            )
            remedy = "Differences inside saturated areas are lost; use the unstretched product."
            found.append(Finding("saturation_share", severity, message, remedy, 100 * share, "%"))
    return found


def _clouds(pair: AlignedPair, sample: PairSample) -> list[Finding]:
    """Bright, colourless pixels that are much brighter than at the other date (optical only)."""
    visible = visible_positions(pair)
    if pair.pre.sensor != "optical" or len(visible) < 3:
        return []
    pre, post = (values[visible] for values in sample.both)
    is_fine = pair.grid.gsd_m <= FINE_GSD_M * 1.01
    least = CLOUD_CAUTION_FINE if is_fine else CLOUD_CAUTION
    found = []
    for date, here, there in (("pre", pre, post), ("post", post, pre)):
        share = cloud_bright_share(here, there)
        if share >= least:
            message = (
                f"{_percent(share)} of {date} is white and much brighter than at the other date: "
                "cloud, snow or new bright ground."
            )
            remedy = "Look at both images; draw the area around clouds or take a clear date."
            found.append(
                Finding("cloud_bright_share", "caution", message, remedy, 100 * share, "%")
            )
    return found


def cloud_bright_share(here: Values, there: Values) -> float:
    """Share (0..1) of pixels that are white and brighter than before and than anything before.

    Bare fields and roads are white and may be new, but the other date has some of them too; a
    cloud outshines the brightest hundredth of a clear date.

    Args:
        here: (band, n) visible bands of the date in question.
        there: likewise of the other date.
    """
    brightness = _standardised(here.mean(axis=0))
    other = _standardised(there.mean(axis=0))
    level = np.maximum(here.mean(axis=0), 1e-9)
    is_white = (here.max(axis=0) - here.min(axis=0)) <= CLOUD_FLATNESS * level
    is_bright = (brightness > CLOUD_SIGMAS) & (brightness - other > CLOUD_SIGMAS)
    is_bright &= brightness >= np.percentile(other, CLOUD_PERCENTILE)
    return float((is_white & is_bright).mean())


def visible_positions(pair: AlignedPair) -> list[int]:
    """Positions of red, green and blue among the common bands; without roles the first three."""
    roles = [band.role for band in pair.bands]
    tagged = [at for at, role in enumerate(roles) if role in {"red", "green", "blue"}]
    if tagged or any(roles):
        return tagged
    return list(range(min(len(roles), 3)))


def _offset(pair: AlignedPair, sample: PairSample) -> list[Finding]:
    """A step of about 1000 DN in all bands, and what the products declare about it."""
    measured_dn = common_offset_dn(*sample.both) if _holds_reflectance_dn(pair) else None
    declared = (pair.pre.offset_dn or 0.0, pair.post.offset_dn or 0.0)
    if measured_dn is None and declared[0] == declared[1]:
        return []
    if measured_dn is None:
        message = (
            f"The products declare different offsets (pre {declared[0]:g} DN, post {declared[1]:g} "
            "DN), but the values do not show the step; it was probably removed already."
        )
        return [Finding("radiometric_offset", "info", message, "", declared[1] - declared[0], "DN")]
    told = (
        " The products declare it."
        if np.sign(declared[0] - declared[1]) == np.sign(measured_dn)
        else ""
    )
    message = (
        f"Post is about {measured_dn:+.0f} DN off from pre in every band, as between Sentinel-2 "
        f"products before and after baseline 04.00.{told}"
    )
    return [Finding("radiometric_offset", "caution", message, _OFFSET_REMEDY, measured_dn, "DN")]


_OFFSET_REMEDY = (
    "Detectors that normalise the dates are not affected; band indices and fixed thresholds are: "
    "subtract the offset from the newer product first."
)


def _holds_reflectance_dn(pair: AlignedPair) -> bool:
    return pair.pre.sensor == "optical" and all(
        np.dtype(scene.dtype).kind in "ui" and np.dtype(scene.dtype).itemsize == 2
        for scene in (pair.pre, pair.post)
    )


def common_offset_dn(pre: Values, post: Values) -> float | None:
    """The step between the dates if it is about 1000 DN in all bands, else None.

    Dark pixels and medians must both have moved: dark pixels alone move with haze, medians alone
    with season.
    """
    dark = np.percentile(post, 2, axis=1) - np.percentile(pre, 2, axis=1)
    middle = np.median(post, axis=1) - np.median(pre, axis=1)
    step = float(np.median(dark))
    is_step = abs(abs(step) - BASELINE_OFFSET_DN) <= BASELINE_TOLERANCE_DN
    is_common = bool((np.abs(dark - step) <= BASELINE_TOLERANCE_DN).all())
    is_shared = abs(float(np.median(middle)) - step) <= 2 * BASELINE_TOLERANCE_DN
    return step if is_step and is_common and is_shared else None


def _scale(sample: PairSample) -> list[Finding]:
    """Values many times larger at one date: another unit, bit depth or product level."""
    middle = [max(float(np.median(np.abs(values))), 1e-9) for values in sample.both]
    ratio = max(middle) / min(middle)
    if ratio < SCALE_CAUTION or min(middle) <= 1e-9:
        return []
    larger = "post" if middle[1] > middle[0] else "pre"
    message = f"Values of {larger} are about {ratio:.3g} times those of the other date."
    remedy = "The files hold other units or bit depths; use one product level for both dates."
    return [Finding("bit_depth", "caution", message, remedy, ratio, "1")]


def _distance(sample: PairSample) -> list[Finding]:
    distance = radiometric_distance(*sample.both)
    if distance < DISTANCE_INFO:
        return []
    severity: Severity = "caution" if distance >= DISTANCE_CAUTION else "info"
    message = (
        f"Typical values of the dates differ by {distance:.1f} times their spread within the scene."
    )
    remedy = (
        "Expected after a change of season, haze, exposure or product level; look at both images. "
        "Most detectors even out what differs everywhere and may miss a change of most of the area."
    )
    return [Finding("radiometric_distance", severity, message, remedy, distance, "1")]


def radiometric_distance(pre: Values, post: Values) -> float:
    """Median over bands of the difference of medians over the larger robust spread (>= 0)."""
    quartiles = [np.percentile(values, (25, 50, 75), axis=1) for values in (pre, post)]
    spread = np.maximum(*(SIGMA_PER_IQR * (q[2] - q[0]) for q in quartiles))
    return float(np.median(np.abs(quartiles[1][1] - quartiles[0][1]) / np.maximum(spread, 1e-9)))


def _standardised(values: Values) -> Values:
    """Distance from the median in robust standard deviations."""
    low, middle, high = np.percentile(values, (25, 50, 75))
    spread = max(float(high - low) * SIGMA_PER_IQR, float(values.std()) / 10, 1e-9)
    return (values - np.float32(middle)) / np.float32(spread)


def _dates(pair: AlignedPair, sample: PairSample) -> list[tuple[str, Scene, Values]]:
    pre, post = sample.both
    return [("pre", pair.pre, pre), ("post", pair.post, post)]


def _percent(share: float) -> str:
    """A share as people read it: two digits."""
    return f"{100 * share:.2g} %" if share < 0.995 else "100 %"
