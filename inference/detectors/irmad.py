"""IR-MAD: combinations of bands that agree best between the dates, and where they disagree.

Knows nothing of what the change is, and needs no common units between the dates.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference.detectors.base import CHANGED, Card, Sample, TileScores
from inference.differencing import noise
from inference.differencing.smoothing import ValidMean, observed, reach_px
from raster import invariance, radiometry
from raster.align import PairBlock

VARIATE_SIGMA_PX = 1.0
MAX_SAMPLE = 200_000
LEAST_CONTRAST = 1e-5

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
    threshold_reason=noise.CALIBRATION,
    fixed_threshold=noise.CALIBRATED_SCORE,
    halo_px=reach_px(VARIATE_SIGMA_PX) + noise.SCORE_HALO_PX,
    limits=(
        "A change of one kind over more than a tenth of the scene raises the bar for itself.",
        "Where most of the scene changed, the dates have nothing in common to be compared by.",
        "Ploughed fields, clouds and their shadows, low and high water are change to it.",
    ),
)


@dataclass(frozen=True)
class Params:
    """What `fit` learned of the pair.

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
    normalisation = radiometry.fit(
        _joined([block.pre for block in sample.blocks], valid),
        _joined([block.post for block in sample.blocks], valid),
    )
    smoothed = [_smoothed(normalisation, block, mask) for block, mask in pairs]
    axes = _axes(
        _joined([pre for pre, _ in smoothed], valid), _joined([post for _, post in smoothed], valid)
    )
    differences = [post - pre for pre, post in smoothed]
    coarse = [
        _average(bands, mask, noise.COARSE_SIGMA_PX)
        for bands, mask in zip(differences, valid, strict=True)
    ]
    model = noise.fit(_joined(differences, valid), _joined(coarse, valid))
    variates = _joined(
        [_variates(normalisation, axes, block, mask) for block, mask in pairs], valid
    )
    middle = (axes[0] + axes[1]) / 2
    return Params(normalisation, *axes, noise.in_variates(model, variates, middle))


def predict(params: Params, block: PairBlock) -> TileScores:
    """Scores of every pixel: 0.5 where the averaged variate length reaches the pair's unit."""
    valid = observed(block)
    axes = params.pre_axes, params.post_axes, params.constant
    scores = noise.scores(params.noise, _variates(params.normalisation, axes, block, valid), valid)
    return TileScores(scores, np.full(valid.shape, CHANGED.code, dtype=np.uint8))


Axes = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def _joined(blocks: list[Bands], valid: list[NDArray[np.bool_]]) -> Bands:
    """Valid pixels (band, n) of all blocks."""
    return np.concatenate([b[:, mask] for b, mask in zip(blocks, valid, strict=True)], axis=1)


def _axes(pre: Bands, post: Bands) -> Axes:
    """Canonical combinations of both dates, and the constant of their difference.

    The bands themselves where a band has no content at one date: nothing correlates with it.
    """
    if min(pre.std(axis=1).min(), post.std(axis=1).min()) <= LEAST_CONTRAST:
        return np.eye(len(pre)), np.eye(len(pre)), np.zeros(len(pre))
    step = max(1, -(-pre.shape[1] // MAX_SAMPLE))
    pair = invariance.reweighted(
        pre[:, ::step].astype(np.float64), post[:, ::step].astype(np.float64)
    )
    pre_axes, post_axes = pair.pre_axes.T, pair.post_axes.T
    return pre_axes, post_axes, post_axes @ pair.post_mean - pre_axes @ pair.pre_mean


def _average(bands: Bands, valid: NDArray[np.bool_], sigma_px: float) -> Bands:
    """Valid averages (band, row, col) of all bands."""
    average = ValidMean(valid, sigma_px=sigma_px)
    return np.stack([average(band) for band in bands])


def _smoothed(
    normalisation: radiometry.Normalisation, block: PairBlock, valid: NDArray[np.bool_]
) -> tuple[Bands, Bands]:
    """Lightly smoothed normalised pre and post."""
    pre, post = normalisation.apply(block.pre, block.post)
    return _average(pre, valid, VARIATE_SIGMA_PX), _average(post, valid, VARIATE_SIGMA_PX)


def _variates(
    normalisation: radiometry.Normalisation,
    axes: Axes,
    block: PairBlock,
    valid: NDArray[np.bool_],
) -> Bands:
    """Lightly smoothed differences of the canonical variates (variate, row, col)."""
    pre_axes, post_axes, constant = axes
    pre, post = normalisation.apply(block.pre, block.post)
    difference = noise.combine(post_axes, post)
    difference -= noise.combine(pre_axes, pre)
    difference -= constant.astype(np.float32)[:, None, None]
    return _average(difference, valid, VARIATE_SIGMA_PX)
