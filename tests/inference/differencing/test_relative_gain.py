import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.differencing.relative_gain import match_bands


def _values(bands=3, count=4000, seed=0):
    return np.random.default_rng(seed).gamma(4, 200, (bands, count)).astype(np.float32)


@given(gain=st.floats(0.3, 3), offset=st.floats(-100, 1500))
def test_a_gain_and_an_offset_between_the_dates_are_undone(gain, offset):
    pre = _values()
    post = (pre * gain + offset).astype(np.float32)
    for band, match in enumerate(match_bands(pre, post)):
        np.testing.assert_allclose(match.pre(pre[band]), match.post(post[band]), rtol=1e-3, atol=1)


def test_the_offset_goes_where_the_shadows_are_darker():
    pre = _values()
    post = pre + 1000
    for match in match_bands(pre, post):
        assert (match.pre_gain, match.pre_offset) == (1, 0)
        assert match.post_offset == pytest.approx(-1000, abs=1)
    for match in match_bands(post, pre):
        assert (match.post_gain, match.post_offset) == (1, 0)
        assert match.pre_offset == pytest.approx(-1000, abs=1)


def test_swapped_dates_give_the_mirrored_maps():
    pre = _values()
    post = pre * 1.2 + 90 + np.random.default_rng(1).normal(0, 20, pre.shape)
    post = post.astype(np.float32)
    for one, two in zip(match_bands(pre, post), match_bands(post, pre), strict=True):
        assert one.pre_gain == pytest.approx(two.post_gain, rel=1e-6)
        assert one.pre_offset == pytest.approx(two.post_offset, abs=1e-6)
        assert one.post_gain == pytest.approx(two.pre_gain, rel=1e-6)
        assert one.post_offset == pytest.approx(two.pre_offset, abs=1e-3)


def test_a_quarter_of_changed_ground_does_not_bend_the_line():
    pre = _values()
    post = 0.8 * pre + 40
    post[:, :1000] = np.array([[3000], [10], [2500]])
    for match in match_bands(pre, post.astype(np.float32)):
        ratio = match.post_gain / match.pre_gain
        assert ratio == pytest.approx(1 / 0.8, rel=0.02)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_hardly_any_pixel_gives_a_finite_map(count):
    for match in match_bands(_values(count=count), _values(count=count, seed=1)):
        assert np.isfinite([match.pre_gain, match.pre_offset, match.post_gain]).all()


def test_constant_bands_and_values_that_are_not_finite_are_survived():
    pre, post = _values(), _values()
    pre[0], post[1, :50] = 7, np.nan
    for match in match_bands(pre, post):
        assert np.isfinite([match.pre_gain, match.pre_offset, match.post_gain]).all()
