import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter

from inference.differencing.smoothing import ValidMean, observed, reach_px
from raster.align import PairBlock


def _noise(shape=(60, 70), seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def test_the_inside_of_a_full_image_equals_scipys_gaussian():
    image = _noise()
    mean = ValidMean(np.ones(image.shape, bool), sigma_px=2.0)(image)
    expected = gaussian_filter(image.astype(float), 2.0, truncate=3.0)
    np.testing.assert_allclose(mean[6:-6, 6:-6], expected[6:-6, 6:-6], atol=1e-5)


@given(value=st.floats(-1e4, 1e4, width=32), seed=st.integers(0, 50), sigma=st.floats(0.5, 4))
def test_a_constant_stays_constant_whatever_is_valid(value, seed, sigma):
    valid = np.random.default_rng(seed).random((20, 24)) < 0.5
    mean = ValidMean(valid, sigma_px=sigma)(np.full(valid.shape, value, np.float32))
    np.testing.assert_allclose(mean[valid], value, rtol=1e-4, atol=1e-4)


def test_invalid_pixels_do_not_matter_even_when_they_are_nan():
    valid = np.ones((40, 40), bool)
    valid[10:20, 10:20] = False
    image = _noise((40, 40))
    poisoned = np.where(valid, image, np.float32(np.nan))
    mean = ValidMean(valid, sigma_px=2.0)
    np.testing.assert_array_equal(mean(image), mean(poisoned))


@given(top=st.integers(0, 30), left=st.integers(0, 40), sigma=st.sampled_from([0.7, 1.0, 3.0, 5.0]))
def test_a_tile_with_its_reach_gives_the_same_bits_as_the_whole(top, left, sigma):
    image, valid = _noise((90, 101)), _noise((90, 101), seed=1) > -1
    reach = reach_px(sigma)
    whole = ValidMean(valid, sigma_px=sigma)(image)
    rows = slice(max(top - reach, 0), top + 23 + reach)
    cols = slice(max(left - reach, 0), left + 17 + reach)
    part = ValidMean(valid[rows, cols], sigma_px=sigma)(np.ascontiguousarray(image[rows, cols]))
    inner = part[top - rows.start :, left - cols.start :][:23, :17]
    np.testing.assert_array_equal(inner, whole[top : top + 23, left : left + 17])


@pytest.mark.parametrize(("sigma", "reach"), [(0.7, 3), (1.0, 3), (3.0, 9), (5.0, 15)])
def test_a_pixel_reaches_exactly_as_far_as_promised(sigma, reach):
    image = np.zeros((1, 61), np.float32)
    image[0, 30] = 1
    mean = ValidMean(np.ones(image.shape, bool), sigma_px=sigma)(image)
    assert reach_px(sigma) == reach
    assert np.flatnonzero(mean[0]).tolist() == list(range(30 - reach, 30 + reach + 1))


def test_a_value_that_is_not_finite_is_not_observed():
    pre, post = np.ones((2, 1, 4), np.float32), np.ones((2, 1, 4), np.float32)
    pre[1, 0, 1], post[0, 0, 2] = np.nan, np.inf
    valid = np.array([[True, True, True, False]])
    block = PairBlock(pre, post, np.ones((1, 4), bool), valid)
    assert observed(block).tolist() == [[True, False, False, False]]
