import numpy as np
import pytest
from scipy.linalg import eigh
from scipy.stats import chi2, kstest

from raster import invariance


def dates(changed=0, bands=3, pixels=20_000, seed=0):
    rng = np.random.default_rng(seed)
    mixing = rng.normal(size=(bands, bands))
    pre = mixing @ rng.normal(size=(bands, pixels))
    post = rng.normal(size=(bands, bands)) @ pre + 0.3 * rng.normal(size=(bands, pixels))
    post[:, :changed] += 25
    return pre, post


def test_canonical_correlations_agree_with_the_eigenvalue_route():
    pre, post = dates()
    joint = np.cov(np.vstack([pre, post]))
    xx, yy, xy = joint[:3, :3], joint[3:, 3:], joint[:3, 3:]
    expected = np.sqrt(eigh(xy @ np.linalg.solve(yy, xy.T), xx, eigvals_only=True))[::-1]
    pair = invariance._canonical(pre, post, np.ones(pre.shape[1]), shrinkage=1.0)
    np.testing.assert_allclose(pair.correlation, expected, rtol=1e-4)


def test_no_change_probability_is_uniform_where_nothing_changed():
    pre, post = dates()
    pair = invariance._canonical(pre, post, np.ones(pre.shape[1]), shrinkage=1.0)
    assert kstest(pair.weights, "uniform").statistic < 0.02


def test_the_probability_is_the_upper_tail_of_chi_square():
    pre, post = dates()
    pair = invariance._canonical(pre, post, np.ones(pre.shape[1]), shrinkage=1.0)
    variates = pair.pre_axes.T @ (pre - pair.pre_mean[:, None])
    variates -= pair.post_axes.T @ (post - pair.post_mean[:, None])
    squares = (variates**2 / (2 * (1 - pair.correlation))[:, None]).sum(axis=0)
    np.testing.assert_allclose(pair.weights, chi2.sf(squares, 3), atol=1e-9)


def test_changed_pixels_lose_their_weight():
    pre, post = dates(changed=4000)
    weights = invariance.invariant_weights(pre, post)
    assert np.mean(weights[:4000] > 0) < 0.02
    assert (weights[4000:] > 0).mean() == pytest.approx(0.9, abs=0.03)


@pytest.mark.parametrize("bands", [1, 4])
def test_re_weighting_does_not_narrow_an_unchanged_group(bands):
    pair = invariance.reweighted(*dates(bands=bands))
    assert kstest(pair.weights, "uniform").statistic < 0.02


def test_swapping_the_dates_keeps_the_weights():
    pre, post = dates(changed=2000)
    np.testing.assert_allclose(
        invariance.invariant_weights(pre, post), invariance.invariant_weights(post, pre), atol=1e-6
    )


@pytest.mark.parametrize("content", ["identical", "constant", "one pixel", "one date constant"])
def test_degenerate_samples_give_finite_weights(content):
    pre, post = dates(pixels=500)
    if content == "identical":
        post = pre
    if content == "constant":
        pre, post = np.ones((3, 500)), np.ones((3, 500))
    if content == "one pixel":
        pre, post = pre[:, :1], post[:, :1]
    if content == "one date constant":
        pre = np.ones((3, 500))
    weights = invariance.invariant_weights(pre, post)
    assert np.isfinite(weights).all()
    assert weights.sum() > 0
