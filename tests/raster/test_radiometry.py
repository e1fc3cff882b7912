import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raster import radiometry


def ground(bands=3, pixels=6000, seed=0):
    """Correlated bands (band, n) as a scene has them."""
    rng = np.random.default_rng(seed)
    brightness = rng.gamma(4.0, 20.0, pixels)
    return np.stack([brightness * (1 + 0.2 * b) + rng.normal(0, 8, pixels) for b in range(bands)])


@settings(max_examples=25)
@given(gain=st.floats(0.3, 3.0), offset=st.floats(-500, 500), bands=st.integers(1, 5))
def test_a_gain_and_an_offset_vanish(gain, offset, bands):
    pre = ground(bands)
    difference = radiometry.fit(pre, pre * gain + offset).difference(
        pre.astype(np.float32), (pre * gain + offset).astype(np.float32)
    )
    assert np.abs(difference).max() < 2e-3


@settings(max_examples=15)
@given(seed=st.integers(0, 1000), gain=st.floats(0.5, 2.0))
def test_swapping_the_dates_swaps_the_outputs(seed, gain):
    pre, post = ground(seed=seed), ground(seed=seed) * gain
    post[:, ::9] = ground(seed=seed + 1)[:, ::9]
    forth = radiometry.fit(pre, post)
    back = radiometry.fit(post, pre)
    for one, other in zip(forth.apply(pre, post), back.apply(post, pre)[::-1], strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_a_third_of_changed_pixels_does_not_bend_the_gain():
    pre = ground()
    post = pre * 1.5 + 20
    post[:, ::3] = 600 + ground(seed=5)[:, ::3]
    normalisation = radiometry.fit(pre, post)
    for before, after in zip(normalisation.pre, normalisation.post, strict=True):
        assert before.gain / after.gain == pytest.approx(1.5, rel=0.02)


def test_the_scene_has_unit_contrast_after_normalisation():
    pre = ground()
    normal_pre, normal_post = radiometry.fit(pre, pre * 2).apply(pre, pre * 2)
    np.testing.assert_allclose(normal_pre.std(axis=1), 1, rtol=0.02)
    np.testing.assert_allclose(normal_post.std(axis=1), 1, rtol=0.02)


def test_highlights_cut_off_at_255_are_no_difference():
    pre = np.clip(np.rint(ground()), 0, 255)
    post = np.clip(np.rint(pre * 1.4), 0, 255)
    assert (post == 255).mean() > 0.01
    difference = radiometry.fit(pre, post).difference(
        pre.astype(np.float32), post.astype(np.float32)
    )
    assert np.abs(difference).max() < 0.05


def test_piled_up_values_that_are_no_format_limit_are_kept():
    pre = np.where(np.arange(4000) % 10 == 0, 150.0, 100.0)[None]
    post = pre.copy()
    post[0, :40] = 220.0
    difference = radiometry.fit(pre, post).difference(pre, post)
    assert np.abs(difference[0, :40]).min() > 1


def test_a_gamma_is_matched_by_histogram():
    pre = np.clip(ground(), 1, 400)
    post = 400 * (pre / 400) ** 1.3
    normalisation = radiometry.fit(pre, post)
    assert normalisation.method == "histogram"
    assert np.abs(normalisation.difference(pre, post)).mean() < 0.01


def test_a_pure_gain_needs_no_curve():
    pre = np.rint(ground())
    assert radiometry.fit(pre, np.rint(pre * 1.2)).method == "invariant_pixels"


def test_curves_stay_monotone_outside_the_sample():
    pre = np.clip(ground(), 1, 400)
    normalisation = radiometry.fit(pre, 400 * (pre / 400) ** 1.3)
    ramp = np.linspace(-200, 900, 500)
    assert np.all(np.diff(normalisation.pre[0].apply(ramp)) > 0)


def test_flat_ground_with_one_new_object_keeps_the_object():
    pre = np.full((2, 1000), 100.0)
    post = pre.copy()
    post[:, :20] = 180.0
    difference = radiometry.fit(pre, post).difference(pre, post)
    assert np.abs(difference[:, 20:]).max() < 1e-5
    assert np.abs(difference[:, :20]).min() > 1


@pytest.mark.parametrize("copies", [1, 3])
def test_equal_and_constant_bands_do_no_harm(copies):
    band = ground(1)
    pre = np.concatenate([band] * copies + [np.full_like(band, 7.0)])
    normalisation = radiometry.fit(pre, pre * 1.1)
    difference = normalisation.difference(pre, pre * 1.1)
    assert np.isfinite(difference).all()
    assert np.abs(difference).max() < 1e-3
    assert normalisation.noise[-1] == 0


def test_pixels_that_are_not_finite_are_dropped():
    pre = ground()
    post = pre * 1.2
    spoilt = post.copy()
    spoilt[1, 10], spoilt[2, 11] = np.nan, np.inf
    keep = np.ones(pre.shape[1], bool)
    keep[[10, 11]] = False
    assert radiometry.fit(pre, spoilt) == radiometry.fit(pre[:, keep], post[:, keep])


def test_noise_is_the_deviation_of_the_difference():
    rng = np.random.default_rng(4)
    pre = ground(1, 40_000)
    post = pre + rng.normal(0, 6, pre.shape)
    normalisation = radiometry.fit(pre, post)
    assert normalisation.noise[0] == pytest.approx(6 / pre.std(), rel=0.08)
    assert normalisation.contrast[0] == pytest.approx(pre.std(), rel=0.05)


def test_a_large_sample_is_thinned_and_gives_the_same_answer_twice():
    pre = ground(2, 3 * radiometry.MAX_SAMPLE)
    post = pre * 1.3
    first = radiometry.fit(pre, post)
    assert first == radiometry.fit(pre, post)
    assert first.pre[0].gain / first.post[0].gain == pytest.approx(1.3, rel=1e-3)


def test_nothing_to_fit_on_is_refused():
    with pytest.raises(ValueError, match="no pixel"):
        radiometry.fit(np.full((2, 5), np.nan), np.ones((2, 5)))
    with pytest.raises(ValueError, match="band, n"):
        radiometry.fit(np.ones((2, 5)), np.ones((3, 5)))


def test_a_handful_of_pixels_is_enough():
    pre = np.array([[1.0, 2.0, 3.0]])
    assert np.abs(radiometry.fit(pre, pre + 5).difference(pre, pre + 5)).max() < 1e-5
