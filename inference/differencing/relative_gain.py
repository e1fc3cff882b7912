"""Gain and offset between the dates of each band, found on the ground that did not change.

Keeps the physical zero and the units of one of the dates, which ratios of bands need and the unit
variance of `raster/radiometry.py` does not. Knows nothing of what the bands show.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_PIXELS = 100_000
ROUNDS = 12
KEEP_DEVIATIONS = 2.5


@dataclass(frozen=True)
class BandMatch:
    """Linear map of one band of each date into a common radiometry, that of one of the dates.

    Attributes:
        pre_gain: factor on pre values.
        pre_offset: added to pre after the factor.
        post_gain: factor on post values.
        post_offset: added to post after the factor.
    """

    pre_gain: float
    pre_offset: float
    post_gain: float
    post_offset: float

    def pre(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Pre values in the common radiometry."""
        return values * np.float32(self.pre_gain) + np.float32(self.pre_offset)

    def post(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Post values in the common radiometry."""
        return values * np.float32(self.post_gain) + np.float32(self.post_offset)


def match_bands(pre: NDArray[np.float32], post: NDArray[np.float32]) -> tuple[BandMatch, ...]:
    """Maps that bring both dates (band, n) to the radiometry of the date with the darker shadows.

    Pixels far from a common line in any band are dropped and the line is refitted, as in
    no-change regression (Elvidge et al. 1995, PERS 61:1255); the line is the reduced major axis,
    which treats both dates alike: swapped dates give the mirrored maps.
    """
    stride = max(pre.shape[1] // MAX_PIXELS, 1)
    one, two = pre[:, ::stride].astype(np.float64), post[:, ::stride].astype(np.float64)
    finite = np.isfinite(one).all(axis=0) & np.isfinite(two).all(axis=0)
    one, two = one[:, finite], two[:, finite]
    if one.shape[1] == 0:
        return tuple(BandMatch(1, 0, 1, 0) for _band in pre)
    gains, offsets = _lines(one, two)
    lines = [(float(gain), float(offset)) for gain, offset in zip(gains, offsets, strict=True)]
    dark_pre, dark_post = (float(np.percentile(date, 1, axis=1).mean()) for date in (one, two))
    if dark_pre <= dark_post:
        return tuple(BandMatch(1, 0, 1 / gain, -offset / gain) for gain, offset in lines)
    return tuple(BandMatch(gain, offset, 1, 0) for gain, offset in lines)


def _lines(
    pre: NDArray[np.float64], post: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Gain and offset of each band such that post = gain * pre + offset on unchanged ground."""
    spread = np.percentile(post, 75, axis=1) - np.percentile(post, 25, axis=1)
    base = np.percentile(pre, 75, axis=1) - np.percentile(pre, 25, axis=1)
    gains = _ratio(spread, base)
    offsets = np.median(post, axis=1) - gains * np.median(pre, axis=1)
    for _round in range(ROUNDS):
        kept = _unchanged(pre, post, gains, offsets)
        if kept.sum() < 16:
            break
        gains = _ratio(post[:, kept].std(axis=1), pre[:, kept].std(axis=1))
        offsets = post[:, kept].mean(axis=1) - gains * pre[:, kept].mean(axis=1)
    return gains, offsets


def _unchanged(
    pre: NDArray[np.float64],
    post: NDArray[np.float64],
    gains: NDArray[np.float64],
    offsets: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Pixels (n,) that lie near the line in every band."""
    distance = np.abs(post - gains[:, None] * pre - offsets[:, None])
    distance /= np.sqrt(gains[:, None])
    limit = KEEP_DEVIATIONS * 1.4826 * np.median(distance, axis=1, keepdims=True)
    return np.asarray((distance <= np.maximum(limit, 1e-9)).all(axis=0), dtype=np.bool_)


def _ratio(numerator: NDArray[np.float64], denominator: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gain, 1 where a band is constant at a date, within what sensors differ by."""
    sound = (numerator > 0) & (denominator > 0)
    ratio = np.where(sound, numerator, 1) / np.where(sound, denominator, 1)
    return np.clip(ratio, 0.05, 20)
