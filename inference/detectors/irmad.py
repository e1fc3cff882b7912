"""IR-MAD: combinations of bands that agree best between the dates, and where they disagree.

Knows nothing of what the change is, and needs no common units between the dates.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference import noise
from inference.detectors.base import CHANGED, Card, Sample, TileScores
from inference.smoothing import ValidMean, observed, reach_px
from raster import invariance, radiometry
from raster.align import PairBlock

VARIATE_SIGMA_PX = 1.0
LENGTH_SIGMA_PX = 2.0
MAX_SAMPLE = 200_000

Bands = NDArray[np.float32]

CARD = Card(
    name="irmad",
    title="Iteratively re-weighted multivariate alteration detection",
    summary=(
        "Flags ground whose bands no longer relate to each other as they do where nothing changed; "
        "ignores any gain and offset of each band, whatever the sensor's units."
    ),
    source="Nielsen (2007), IEEE Transactions on Image Processing 16(2), 463-478.",
    sensors=("optical",),
    min_bands=2,
    gsd_range_m=(0.1, 1000.0),
    classes=(CHANGED,),
    threshold="fixed",
    threshold_reason=(
        "Scores are calibrated on the pair itself: 0.5 is six deviations of its noise, or 2.25 of "
        "the scene's contrast where less; so a pair without change needs no guess."
    ),
    fixed_threshold=0.5,
    halo_px=reach_px(VARIATE_SIGMA_PX) + reach_px(LENGTH_SIGMA_PX),
    limits=(
        "Where most of the scene changed, the dates have nothing in common to be compared by.",
        "Ploughed fields, clouds and their shadows, low and high water are change to it.",
    ),
)


@dataclass(frozen=True)
class Params:
    """What `fit` learned of the pair; variates are in units of the scene's contrast.

    Attributes:
        normalisation: limits of saturated dates and, where needed, a curve for gamma.
        pre_axes: (variate, band) combinations of normalised pre.
        post_axes: likewise of post.
        constant: (variate,) subtracted from their difference.
        noise: what unchanged differences look like.
    """

    normalisation: radiometry.Normalisation
    pre_axes: NDArray[np.float64]
    post_axes: NDArray[np.float64]
    constant: NDArray[np.float64]
    noise: noise.NoiseModel


def fit(sample: Sample) -> Params:
    """Canonical variates and noise of the pair.

    Raises:
        UnsuitableSceneError: no pixel of the sample was observed at both dates.
    """
    valid = [observed(block) for block in sample.blocks]
    if not any(mask.any() for mask in valid):
        raise UnsuitableSceneError(
            "No pixel was observed at both dates.",
            hint="Choose scenes or an area of interest that both dates cover.",
        )
    pairs = list(zip(sample.blocks, valid, strict=True))
    pre = np.concatenate([block.pre[:, mask] for block, mask in pairs], axis=1)
    post = np.concatenate([block.post[:, mask] for block, mask in pairs], axis=1)
    normalisation = radiometry.fit(pre, post)
    axes = _axes([_smoothed(normalisation, block, mask) for block, mask in pairs], valid)
    fine, coarse = [], []
    for block, mask in pairs:
        variates = _variates(normalisation, axes, block, mask)
        average = ValidMean(mask, sigma_px=noise.COARSE_SIGMA_PX)
        fine.append(variates[:, mask])
        coarse.append(np.stack([average(band)[mask] for band in variates]))
    model = noise.fit(np.concatenate(fine, axis=1), np.concatenate(coarse, axis=1))
    return Params(normalisation, *axes, model)


def predict(params: Params, block: PairBlock) -> TileScores:
    """Scores of every pixel: 0.5 where the averaged variate length reaches the pair's unit."""
    valid = observed(block)
    axes = params.pre_axes, params.post_axes, params.constant
    lengths = noise.length(params.noise, _variates(params.normalisation, axes, block, valid))
    lengths = ValidMean(valid, sigma_px=LENGTH_SIGMA_PX)(lengths)
    scores = noise.score(lengths, params.noise.unit)
    scores[~valid] = np.nan
    return TileScores(scores, np.full(valid.shape, CHANGED.code, dtype=np.uint8))


Axes = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def _axes(smoothed: list[tuple[Bands, Bands]], valid: list[NDArray[np.bool_]]) -> Axes:
    """Canonical combinations of both dates, scaled to a scene contrast of 1."""
    masked = list(zip(smoothed, valid, strict=True))
    before = _thin(np.concatenate([pair[0][:, mask] for pair, mask in masked], axis=1))
    after = _thin(np.concatenate([pair[1][:, mask] for pair, mask in masked], axis=1))
    pair = invariance.reweighted(before, after)
    pre_axes, post_axes = pair.pre_axes.T, pair.post_axes.T
    # Back from variates of unit variance to bands of unit contrast, the same way for both dates.
    back = np.linalg.pinv((pre_axes + post_axes) / 2, rcond=1e-2)
    pre_axes, post_axes = back @ pre_axes, back @ post_axes
    return pre_axes, post_axes, post_axes @ pair.post_mean - pre_axes @ pair.pre_mean


def _thin(pixels: Bands) -> NDArray[np.float64]:
    """An even stride of at most `MAX_SAMPLE` pixels, as float64."""
    return pixels[:, :: max(1, -(-pixels.shape[1] // MAX_SAMPLE))].astype(np.float64)


def _smoothed(
    normalisation: radiometry.Normalisation, block: PairBlock, valid: NDArray[np.bool_]
) -> tuple[Bands, Bands]:
    """Lightly smoothed normalised pre and post."""
    average = ValidMean(valid, sigma_px=VARIATE_SIGMA_PX)
    dates = normalisation.apply(block.pre, block.post)
    for bands in dates:
        for band in bands:
            band[...] = average(band)
    return dates


def _variates(
    normalisation: radiometry.Normalisation,
    axes: Axes,
    block: PairBlock,
    valid: NDArray[np.bool_],
) -> Bands:
    """Lightly smoothed differences of the canonical variates (variate, row, col)."""
    pre_axes, post_axes, constant = (axis.astype(np.float32) for axis in axes)
    pre, post = normalisation.apply(block.pre, block.post)
    difference = np.tensordot(post_axes, post, axes=1) - np.tensordot(pre_axes, pre, axes=1)
    average = ValidMean(valid, sigma_px=VARIATE_SIGMA_PX)
    for variate, offset in zip(difference, constant, strict=True):
        variate -= offset
        variate[...] = average(variate)
    return difference
