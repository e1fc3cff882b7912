"""Change vector analysis: how far the normalised bands of a pixel moved, in units of the noise.

Knows nothing of what the change is; the direction of the vectors is available on request.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference.detectors.base import CHANGED, Card, Sample, TileScores
from inference.differencing import noise
from inference.differencing.smoothing import ValidMean, observed, reach_px
from raster import radiometry
from raster.align import PairBlock

VECTOR_SIGMA_PX = 1.0

CARD = Card(
    name="cva",
    title="Change vector analysis",
    summary=(
        "Flags ground whose brightness or colour moved farther than the pair's own noise and "
        "seasonal variation; ignores gain, offset and haze that affect the whole scene."
    ),
    source=(
        "Malila (1980), Change vector analysis; normalisation after Canty and Nielsen (2008); "
        "whitened by the covariance of the differences after Schaum and Stocker (1997)."
    ),
    sensors=("optical",),
    min_bands=1,
    gsd_range_m=(0.1, 1000.0),
    classes=(CHANGED,),
    threshold="fixed",
    threshold_reason=noise.CALIBRATION,
    fixed_threshold=noise.CALIBRATED_SCORE,
    halo_px=reach_px(VECTOR_SIGMA_PX) + noise.SCORE_HALO_PX,
    limits=(
        "A change of one kind over more than a tenth of the scene raises the bar for itself.",
        "Ploughed fields, clouds and their shadows, low and high water are change to it.",
        "Objects narrower than three pixels lose much of their score.",
    ),
)


@dataclass(frozen=True)
class Params:
    """What `fit` learned of the pair.

    Attributes:
        normalisation: transfers of both dates to comparable units.
        noise: what unchanged difference vectors look like.
    """

    normalisation: radiometry.Normalisation
    noise: noise.NoiseModel


def fit(sample: Sample) -> Params:
    """Normalisation and noise of the pair.

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
    fine, coarse = [], []
    for block, mask in pairs:
        vectors = _vectors(normalisation, block, mask)
        average = ValidMean(mask, sigma_px=noise.COARSE_SIGMA_PX)
        fine.append(vectors[:, mask])
        coarse.append(np.stack([average(band)[mask] for band in vectors]))
    model = noise.fit(np.concatenate(fine, axis=1), np.concatenate(coarse, axis=1))
    return Params(normalisation, model)


def predict(params: Params, block: PairBlock) -> TileScores:
    """Scores of every pixel: 0.5 where the averaged vector length reaches the pair's unit."""
    valid = observed(block)
    scores = noise.scores(params.noise, _vectors(params.normalisation, block, valid), valid)
    return TileScores(scores, np.full(valid.shape, CHANGED.code, dtype=np.uint8))


def directions(params: Params, block: PairBlock) -> NDArray[np.float32]:
    """Change vectors (band, row, col): post minus pre in standard deviations of the scene.

    Their sign tells brighter (+) from darker (-) in each band; NaN where not observed.
    """
    valid = observed(block)
    vectors = _vectors(params.normalisation, block, valid)
    vectors[:, ~valid] = np.nan
    return vectors


def _vectors(
    normalisation: radiometry.Normalisation, block: PairBlock, valid: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Lightly smoothed normalised differences (band, row, col)."""
    average = ValidMean(valid, sigma_px=VECTOR_SIGMA_PX)
    difference = normalisation.difference(block.pre, block.post)
    for band in difference:
        band[...] = average(band)
    return difference
