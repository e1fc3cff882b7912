"""Relative normalisation: pre and post of one pair brought to comparable radiometric units.

Estimated once per pair from a bounded sample. Knows nothing of tiles, filters or detectors.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from raster.invariance import invariant_weights

MAX_SAMPLE = 200_000
MAD_TO_STD = 1.4826
# Linear transfer is preferred unless histogram matching halves the residual: matching whole
# histograms also absorbs real change when a cover class grows.
HISTOGRAM_GAIN = 0.5
LEAST_HELD_OUT = 100
# A linear residual below this share of the contrast is rounding; no curve is needed to explain it.
GOOD_RESIDUAL = 0.01
# Quantiles at which histograms are matched, denser towards both tails.
SHARES = np.sin(np.linspace(0, np.pi / 2, 129)) ** 2
# How far curves continue as straight lines beyond the sample, in units of the contrast.
FAR = 1000.0
# A date is called saturated where at least this share lies exactly on a limit of its number format.
SATURATED_SHARE = 0.001
UPPER_LIMITS = (1.0, 255.0, 1023.0, 2047.0, 4095.0, 10000.0, 16383.0, 32767.0, 65535.0)

Floats = NDArray[np.float64]
Pixels = NDArray[np.float32]
Method = Literal["invariant_pixels", "histogram"]


@dataclass(frozen=True)
class BandTransfer:
    """How one band of one date becomes comparable: linear or by a curve, then clipped.

    Attributes:
        gain: factor on the value.
        offset: added after the factor.
        low: least normalised value both dates can express; lower ones are clipped to it.
        high: likewise the greatest.
        curve: knots (values of the date, normalised values), strictly increasing in the first,
            used instead of gain and offset; empty for a linear transfer.
    """

    gain: float
    offset: float
    low: float = -np.inf
    high: float = np.inf
    curve: tuple[tuple[float, ...], tuple[float, ...]] | tuple[()] = ()

    def apply(self, values: NDArray[np.floating]) -> Pixels:
        """Normalised float32 values of any shape."""
        if self.curve:
            out = np.interp(values, self.curve[0], self.curve[1]).astype(np.float32)
        else:
            out = values * np.float32(self.gain)
            out += np.float32(self.offset)
        if np.isfinite(self.low) or np.isfinite(self.high):
            np.clip(out, np.float32(self.low), np.float32(self.high), out=out)
        return np.asarray(out, dtype=np.float32)


@dataclass(frozen=True)
class Normalisation:
    """Transfers of both dates to units in which the scene has a standard deviation of about 1.

    Swapping the dates swaps `pre` and `post` and nothing else.

    Attributes:
        method: how the transfers were found.
        pre: one transfer per band.
        post: likewise.
        noise: robust standard deviation of post minus pre per band, in normalised units; 0 for a
            band without content.
        contrast: standard deviation of the scene per band in file units, mean of both dates.
        invariant_share: share of the sample (0..1) that the transfers were estimated from.
    """

    method: Method
    pre: tuple[BandTransfer, ...]
    post: tuple[BandTransfer, ...]
    noise: tuple[float, ...]
    contrast: tuple[float, ...]
    invariant_share: float

    def apply(self, pre: Pixels, post: Pixels) -> tuple[Pixels, Pixels]:
        """Normalised pre and post, float32, of the shapes (band, ...) that came in."""
        return _transfer(self.pre, pre), _transfer(self.post, post)

    def difference(self, pre: Pixels, post: Pixels) -> Pixels:
        """Normalised post minus normalised pre, float32 (band, ...)."""
        normal_pre, normal_post = self.apply(pre, post)
        return np.subtract(normal_post, normal_pre, out=normal_post)


def fit(pre: NDArray[np.floating], post: NDArray[np.floating]) -> Normalisation:
    """Transfers that make unchanged ground equal at both dates.

    Two candidates compete: standardising each date by the mean and standard deviation of
    pseudo-invariant pixels (no-change probability of IR-MAD, Nielsen 2007, used for normalisation
    by Canty and Nielsen 2008), and matching both histograms to their mean. Each is fitted on one
    half of the sample and judged by the residual on the invariant pixels of the other half.

    Args:
        pre: (band, n) valid pixels of pre; pixels that are not finite are dropped.
        post: (band, n) the same pixels of post.

    Raises:
        ValueError: the shapes differ or no finite pixel is left.
    """
    before, after = _thin(pre, post)
    free = _unsaturated(before, after)
    weights = invariant_weights(before[:, free], after[:, free])
    method = _better(before[:, free], after[:, free], weights)
    linked = _fit_transfers(before[:, free], after[:, free], weights, method)
    pre_bands, post_bands = _limited(linked, before, after)
    noise = _robust_std(_transfer(post_bands, after) - _transfer(pre_bands, before))
    contrast = (before.std(axis=1) + after.std(axis=1)) / 2
    share = float(np.sum(weights > 0) / free.size)
    return Normalisation(
        method, pre_bands, post_bands, tuple(noise.tolist()), tuple(contrast.tolist()), share
    )


def _thin(pre: NDArray[np.floating], post: NDArray[np.floating]) -> tuple[Floats, Floats]:
    """An even stride through the finite pixels, at most `MAX_SAMPLE`, as float64."""
    if pre.shape != post.shape or pre.ndim != 2:
        msg = f"pre and post must both be (band, n), got {pre.shape!r} and {post.shape!r}"
        raise ValueError(msg)
    step = max(1, -(-pre.shape[1] // MAX_SAMPLE))
    before, after = pre[:, ::step].astype(np.float64), post[:, ::step].astype(np.float64)
    finite = np.isfinite(before).all(axis=0) & np.isfinite(after).all(axis=0)
    if not finite.any():
        msg = "the sample holds no pixel that is finite at both dates"
        raise ValueError(msg)
    return before[:, finite], after[:, finite]


def _unsaturated(before: Floats, after: Floats) -> NDArray[np.bool_]:
    """Pixels (n,) that no band of either date cuts off; all of them if none is left."""
    free = np.ones(before.shape[1], dtype=np.bool_)
    for values in (*before, *after):
        for limit in _saturation(values):
            if limit is not None:
                free &= values != limit
    return free if free.any() else np.ones_like(free)


def _better(before: Floats, after: Floats, weights: Floats) -> Method:
    """The method with the smaller residual on pixels it was not fitted on."""
    train, test = slice(0, None, 2), slice(1, None, 2)
    if before.shape[1] < 2 * LEAST_HELD_OUT or not (weights[train] > 0).any():
        return "invariant_pixels"
    methods: tuple[Method, Method] = ("invariant_pixels", "histogram")
    linear, matched = (
        _residual(
            before[:, test],
            after[:, test],
            _fit_transfers(before[:, train], after[:, train], weights[train], method),
        )
        for method in methods
    )
    is_better = matched < HISTOGRAM_GAIN * linear and linear > GOOD_RESIDUAL
    return "histogram" if is_better else "invariant_pixels"


Transfers = tuple[tuple[BandTransfer, ...], tuple[BandTransfer, ...]]


def _residual(before: Floats, after: Floats, transfers: Transfers) -> float:
    """Root mean square of the normalised difference of the nine tenths that fit best.

    Not of the invariant pixels alone: those were chosen by a linear model and would acquit it.
    """
    pre_bands, post_bands = transfers
    squares = ((_transfer(post_bands, after) - _transfer(pre_bands, before)) ** 2).mean(axis=0)
    return float(np.sqrt(squares[squares <= np.quantile(squares, 0.9)].mean()))


def _fit_transfers(before: Floats, after: Floats, weights: Floats, method: Method) -> Transfers:
    """Transfers of all bands of pre and of post."""
    if weights.sum() <= 0:
        weights = np.ones_like(weights)
    fit_band = _linear if method == "invariant_pixels" else _matched
    pairs = [fit_band(x, y, weights) for x, y in zip(before, after, strict=True)]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)


def _linear(x: Floats, y: Floats, weights: Floats) -> tuple[BandTransfer, BandTransfer]:
    """Equal weighted mean and spread at both dates (the reduced major axis, symmetric in x, y)."""
    mean_x, spread_x = _moments(x, weights)
    mean_y, spread_y = _moments(y, weights)
    scene_x, scene_y = float(x.std()), float(y.std())
    if max(scene_x, scene_y) <= 0:
        return BandTransfer(0.0, 0.0), BandTransfer(0.0, 0.0)
    tiny = 1e-6 * max(scene_x, scene_y)
    if min(spread_x, spread_y) <= tiny:
        # Flat ground tells nothing of the gain, so both dates keep their common unit.
        mean_x, mean_y = float(np.median(x)), float(np.median(y))
        spread_x = spread_y = max(scene_x, scene_y)
    # Of all units, the one in which the scene as a whole has a standard deviation of 1.
    unit = (scene_x / spread_x + scene_y / spread_y) / 2
    gain_x, gain_y = 1 / (spread_x * unit), 1 / (spread_y * unit)
    return BandTransfer(gain_x, -mean_x * gain_x), BandTransfer(gain_y, -mean_y * gain_y)


def _matched(x: Floats, y: Floats, weights: Floats) -> tuple[BandTransfer, BandTransfer]:
    """Both histograms matched to the mean of their quantile functions."""
    linear_x, linear_y = _linear(x, y, weights)
    if linear_x.gain == 0:
        return linear_x, linear_y
    knots_x, knots_y = np.quantile(x, SHARES), np.quantile(y, SHARES)
    target = (linear_x.apply(knots_x) + linear_y.apply(knots_y)).astype(np.float64) / 2
    return _curve(knots_x, target, linear_x), _curve(knots_y, target, linear_y)


def _curve(knots: Floats, target: Floats, linear: BandTransfer) -> BandTransfer:
    """A transfer through the knots, continued with the linear gain outside the sample."""
    values, inverse = np.unique(knots, return_inverse=True)
    levels = np.bincount(inverse, weights=target) / np.bincount(inverse)
    reach = FAR / linear.gain
    values = np.concatenate([[values[0] - reach], values, [values[-1] + reach]])
    levels = np.concatenate([[levels[0] - FAR], levels, [levels[-1] + FAR]])
    curve = tuple(values.tolist()), tuple(levels.tolist())
    return BandTransfer(linear.gain, linear.offset, curve=curve)


def _limited(linked: Transfers, before: Floats, after: Floats) -> Transfers:
    """The transfers limited to what both dates can express, where one of them is saturated.

    A date at the limit of its number format says only "at least this"; without the limit a mere
    gain would turn every highlight into change.
    """
    limited = [_limit(*rows) for rows in zip(*linked, before, after, strict=True)]
    return tuple(pair[0] for pair in limited), tuple(pair[1] for pair in limited)


def _limit(
    pre: BandTransfer, post: BandTransfer, x: Floats, y: Floats
) -> tuple[BandTransfer, BandTransfer]:
    edges = [(transfer, *_saturation(values)) for transfer, values in ((pre, x), (post, y))]
    lows = [float(t.apply(np.array([low]))[0]) for t, low, _high in edges if low is not None]
    highs = [float(t.apply(np.array([high]))[0]) for t, _low, high in edges if high is not None]
    low, high = max(lows, default=-np.inf), min(highs, default=np.inf)
    if low >= high:
        return pre, post
    return replace(pre, low=low, high=high), replace(post, low=low, high=high)


def _saturation(values: Floats) -> tuple[float | None, float | None]:
    """The lower and upper format limit at which the values pile up, or None."""
    lowest, highest = float(values.min()), float(values.max())
    piles_low = lowest == 0 and SATURATED_SHARE <= np.mean(values == lowest) <= 0.5
    piles_high = highest in UPPER_LIMITS and SATURATED_SHARE <= np.mean(values == highest) <= 0.5
    return lowest if piles_low else None, highest if piles_high else None


def _moments(values: Floats, weights: Floats) -> tuple[float, float]:
    """Weighted mean and standard deviation."""
    mean = float(np.average(values, weights=weights))
    return mean, float(np.sqrt(np.average((values - mean) ** 2, weights=weights)))


def _robust_std(values: NDArray[np.floating]) -> Floats:
    """Standard deviation along the last axis by the median absolute deviation."""
    centred = values - np.median(values, axis=-1, keepdims=True)
    return np.asarray(MAD_TO_STD * np.median(np.abs(centred), axis=-1), dtype=np.float64)


def _transfer(bands: tuple[BandTransfer, ...], values: NDArray[np.floating]) -> Pixels:
    """All bands transferred, float32 (band, ...)."""
    out = np.empty(values.shape, dtype=np.float32)
    for band, transfer in enumerate(bands):
        out[band] = transfer.apply(values[band])
    return out
