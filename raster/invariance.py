"""Which pixels of a pair did not change: iteratively re-weighted multivariate alteration detection.

Works on plain samples (band, n). Knows nothing of tiles, scores or thresholds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri

from raster.chi_square import survival

MAX_ITERATIONS = 30
CONVERGED = 1e-3
# First a few steps that shed change, then steps that keep the size of the unchanged group.
NARROWING_STEPS = 5
# Below this no-change probability a pixel is not used for normalisation at all.
LEAST_PROBABILITY = 0.1
# Share of a band's variance added on the diagonal, so that equal or constant bands can be inverted.
RIDGE = 1e-6
LEAST_VARIANCE = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CanonicalPair:
    """Linear combinations of the bands of both dates that correlate as much as possible.

    Attributes:
        pre_mean: (band,) weighted mean of pre.
        post_mean: likewise of post.
        pre_axes: (band, variate) columns of canonical vectors of pre, unit variance.
        post_axes: likewise of post.
        correlation: (variate,) canonical correlations, 0..1.
        weights: (n,) no-change probability of each pixel of the sample.
    """

    pre_mean: Floats
    post_mean: Floats
    pre_axes: Floats
    post_axes: Floats
    correlation: Floats
    weights: Floats


def invariant_weights(pre: Floats, post: Floats) -> Floats:
    """No-change probability per pixel (n,), 0 below `LEAST_PROBABILITY`.

    Bands without content at either date are left out. All pixels weigh 1 where nothing can be
    told (no band has content) or where no pixel looks unchanged.
    """
    has_content = (pre.std(axis=1) > 0) & (post.std(axis=1) > 0)
    if not has_content.any() or pre.shape[1] < 2 * pre.shape[0] + 2:
        return np.ones(pre.shape[1])
    weights = reweighted(pre[has_content], post[has_content]).weights
    weights = np.where(weights >= LEAST_PROBABILITY, weights, 0.0)
    return weights if weights.sum() > 0 else np.ones(pre.shape[1])


def reweighted(pre: Floats, post: Floats) -> CanonicalPair:
    """IR-MAD: canonical variates of both dates, re-estimated on pixels that look unchanged.

    Source: A. A. Nielsen (2007), The regularized iteratively reweighted MAD method for change
    detection in multi- and hyperspectral data, IEEE Trans. Image Processing 16(2).

    Args:
        pre: (band, n) sample of pre.
        post: (band, n) the same pixels of post.
    """
    pair = _canonical(pre, post, np.ones(pre.shape[1]), shrinkage=1.0)
    for _ in range(NARROWING_STEPS):
        pair = _canonical(pre, post, pair.weights, shrinkage=1.0)
    shrinkage = _shrinkage(len(pre))
    for _ in range(MAX_ITERATIONS):
        following = _canonical(pre, post, pair.weights, shrinkage=shrinkage)
        moved = np.abs(following.correlation - pair.correlation).max()
        pair = following
        if moved < CONVERGED:
            break
    return pair


def _shrinkage(bands: int) -> float:
    """By how much weighting normal variates with their no-change probability shrinks variance.

    Without this correction every step narrows the unchanged group, until it holds only the
    few per cent of the scene that agree best (often water) and the gain is theirs alone.
    """
    probability = (np.arange(2000) + 0.5) / 2000
    squares = chdtri(bands, probability)
    return float((probability * squares).mean() / (bands * probability.mean()))


def _canonical(pre: Floats, post: Floats, weights: Floats, *, shrinkage: float) -> CanonicalPair:
    """Weighted canonical correlation analysis and the no-change probability it implies."""
    total = weights.sum()
    pre_mean, post_mean = pre @ weights / total, post @ weights / total
    x, y = pre - pre_mean[:, None], post - post_mean[:, None]
    root_x = _inverse_root((x * weights) @ x.T / total)
    root_y = _inverse_root((y * weights) @ y.T / total)
    left, correlation, right = np.linalg.svd(root_x @ ((x * weights) @ y.T / total) @ root_y)
    correlation = np.clip(correlation, 0.0, 1.0)
    pre_axes, post_axes = root_x @ left, root_y @ right.T
    variates = pre_axes.T @ x - post_axes.T @ y
    variance = np.maximum(2 * (1 - correlation) / shrinkage, LEAST_VARIANCE)
    squares = (variates**2 / variance[:, None]).sum(axis=0)
    # A tiny probability keeps the next weighted moments defined when nothing looks unchanged.
    probability = survival(len(pre), squares) + 1e-12
    return CanonicalPair(pre_mean, post_mean, pre_axes, post_axes, correlation, probability)


def _inverse_root(covariance: Floats) -> Floats:
    """Symmetric inverse square root, ridged."""
    scale = float(np.trace(covariance)) / len(covariance) or 1.0
    values, vectors = np.linalg.eigh(covariance / scale + RIDGE * np.eye(len(covariance)))
    root = (vectors / np.sqrt(values)) @ vectors.T / np.sqrt(scale)
    return np.asarray(root, dtype=np.float64)
