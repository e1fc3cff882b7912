"""How large a difference vector must be to count: the pair's own noise and the scene's contrast.

Works on differences in units of the scene's contrast. Knows nothing of bands, dates or tiles.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri

from inference.differencing.outlines import REACH_PX, at_half_maximum
from inference.differencing.smoothing import ValidMean, reach_px

MAX_SAMPLE = 200_000
ITERATIONS = 15
# Degrees of freedom per band of the t distribution; few, so that a fifth of change has little say.
HEAVY_TAIL = 0.25
MAD_TO_STD = 1.4826
LEAST_SCALE = 1e-12

# Differences below a twentieth of the contrast are never change: that is what rounding to whole
# digital numbers, a mild gamma and resampling leave between two pictures of the same thing.
FLOOR = 0.05
# A change is this many noise deviations long ...
NOISE_UNITS = 6.0
# ... or this many contrast deviations, whichever is less: where most of a scene changed, its
# differences no longer measure noise. Two unrelated pixels of a scene lie sqrt(2) apart.
CONTRAST_UNITS = 2.25
# White noise loses two thirds of its deviation from the fine to the coarse average, ground keeps
# most of its own. Below this ratio the differences hold no ground, only noise.
COARSE_SIGMA_PX = 3.0
LEAST_COARSE_RATIO = 0.5

# Lengths are averaged over the size of a small object, so that single noisy pixels do not count.
LENGTH_SIGMA_PX = 2.0
SCORE_HALO_PX = reach_px(LENGTH_SIGMA_PX) + REACH_PX
CALIBRATED_SCORE = 0.5
CALIBRATION = (
    "Scores are calibrated on the pair itself: 0.5 is six deviations of its noise, or 2.25 of "
    "the scene's contrast where less; so a pair without change needs no guess."
)

Floats = NDArray[np.float64]
Pixels = NDArray[np.float32]


@dataclass(frozen=True)
class NoiseModel:
    """What an unchanged pixel's difference vector looks like.

    Attributes:
        offset: (band,) centre of the unchanged differences.
        whitening: (band, band) factor that gives them unit covariance.
        unit: whitened length that counts as change.
        sigma: root mean square deviation per band, in units of the scene's contrast.
    """

    offset: Floats
    whitening: Floats
    unit: float
    sigma: float


def combine(matrix: Floats, bands: Pixels) -> Pixels:
    """Linear combinations (row of the matrix, row, col) float32 of bands (band, row, col).

    Summed band by band: a matrix product may round differently for another tile size.
    """
    out = np.empty((len(matrix), *bands.shape[1:]), dtype=np.float32)
    for combined, weights in zip(out, matrix.astype(np.float32), strict=True):
        np.multiply(bands[0], weights[0], out=combined)
        for band, weight in zip(bands[1:], weights[1:], strict=True):
            combined += band * weight
    return out


def length(model: NoiseModel, difference: Pixels) -> Pixels:
    """Whitened length (row, col) float32 of difference vectors (band, row, col)."""
    shift = (model.whitening @ model.offset).astype(np.float32)
    squares = np.zeros(difference.shape[1:], dtype=np.float32)
    for variate, constant in zip(combine(model.whitening, difference), shift, strict=True):
        variate -= constant
        variate *= variate
        squares += variate
    return np.sqrt(squares, out=squares)


def scores(model: NoiseModel, difference: Pixels, valid: NDArray[np.bool_]) -> Pixels:
    """Scores (row, col) of difference vectors (band, row, col): 0.5 where change begins.

    Vectors may reach `SCORE_HALO_PX` farther than what the scores are wanted for; NaN where not
    `valid`.
    """
    lengths = ValidMean(valid, sigma_px=LENGTH_SIGMA_PX)(length(model, difference))
    found = score(at_half_maximum(lengths, valid), model.unit)
    found[~valid] = np.nan
    return found


def score(distance: Pixels, unit: float) -> Pixels:
    """Score in 0..1 of a whitened length: 0.5 where it reaches `unit`, rising monotonically."""
    squares = np.square(distance / np.float32(unit))
    return np.asarray(squares / (1 + squares), dtype=np.float32)


def fit(fine: NDArray[np.floating], coarse: NDArray[np.floating]) -> NoiseModel:
    """Noise of a pair whose differences are mostly unchanged ground.

    The covariance is estimated with weights of a multivariate t distribution with few degrees of
    freedom (Maronna 1976) and scaled to the median length. Bands that vary together between the
    dates, as those of vegetation do, thereby count as one.

    Args:
        fine: (band, n) lightly smoothed differences in units of the scene's contrast.
        coarse: (band, n) the same, averaged over a wider neighbourhood.
    """
    vectors = _thin(fine)
    offset, covariance = _robust_covariance(vectors)
    covariance += FLOOR**2 * np.eye(len(covariance))
    sigma = float(np.sqrt(np.trace(covariance) / len(covariance)))
    whitening = np.linalg.cholesky(np.linalg.inv(covariance)).T
    unit = NOISE_UNITS
    if _spread(_thin(coarse)) >= LEAST_COARSE_RATIO * _spread(vectors):
        unit = min(NOISE_UNITS, CONTRAST_UNITS / sigma)
    return NoiseModel(offset, whitening, unit, sigma)


def in_variates(model: NoiseModel, variates: NDArray[np.floating], axes: Floats) -> NoiseModel:
    """The same unit of change for uncorrelated combinations of bands, each with its own noise.

    Args:
        model: noise of the band differences.
        variates: (variate, n) lightly smoothed differences of the combinations.
        axes: (variate, band) how bands combine; carries the floor over from bands to variates.
    """
    offset, covariance = _robust_covariance(_thin(variates))
    variance = np.diag(covariance) + FLOOR**2 * (axes**2).sum(axis=1)
    return replace(model, offset=offset, whitening=np.diag(1 / np.sqrt(variance)))


def _thin(vectors: NDArray[np.floating]) -> Floats:
    """An even stride of at most `MAX_SAMPLE` vectors, as float64."""
    step = max(1, -(-vectors.shape[1] // MAX_SAMPLE))
    return vectors[:, ::step].astype(np.float64)


def _spread(vectors: Floats) -> float:
    """Root mean square of the robust deviations of all bands."""
    centred = np.abs(vectors - np.median(vectors, axis=1, keepdims=True))
    return float(np.sqrt(np.mean((MAD_TO_STD * np.median(centred, axis=1)) ** 2)))


def _robust_covariance(vectors: Floats) -> tuple[Floats, Floats]:
    """Centre (band,) and covariance (band, band) of the bulk of the vectors."""
    bands = len(vectors)
    weights = np.ones(vectors.shape[1])
    for _ in range(ITERATIONS):
        centre = vectors @ weights / weights.sum()
        away = vectors - centre[:, None]
        covariance = (away * weights) @ away.T / weights.sum() + 1e-8 * np.eye(bands)
        squares = np.einsum("in,in->n", away, np.linalg.solve(covariance, away))
        scale = float(np.median(squares) / chdtri(_rank(covariance), 0.5))
        # Equal pictures have no scale at all.
        weights = 1 / (HEAVY_TAIL + squares / (bands * (scale if scale > LEAST_SCALE else 1.0)))
    return centre, covariance * scale


def _rank(covariance: Floats) -> int:
    """Number of independent bands: copies and bands without content do not count."""
    values = np.linalg.eigvalsh(covariance)
    return max(int(np.sum(values > 1e-6 * values[-1] + 2e-8)), 1)
