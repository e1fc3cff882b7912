import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from raster.correlation import displacement, likeness, structure


def texture(shape=(160, 160), seed=0, bands=2):
    """Smooth random ground with patches, so that it holds edges of several sizes."""
    rng = np.random.default_rng(seed)
    fine = ndimage.gaussian_filter(rng.normal(size=(bands, *shape)), (0, 1.5, 1.5))
    patches = ndimage.gaussian_filter(rng.normal(size=shape), 5) > 0
    return (100 + 200 * fine + 40 * patches).astype(np.float32)


def moved(image, dx_px, dy_px):
    """Content moved right and down by an independent route, a cubic spline."""
    return ndimage.shift(image, (0, dy_px, dx_px), order=3, mode="reflect").astype(np.float32)


def measured(pre, post, sensor="optical"):
    everywhere = np.ones(pre.shape[1:], bool)
    return displacement(
        structure(pre, everywhere, sensor=sensor), structure(post, everywhere, sensor=sensor)
    )


@settings(max_examples=25)
@given(dx_px=st.floats(-12, 12), dy_px=st.floats(-12, 12), seed=st.integers(0, 99))
def test_any_shift_up_to_twelve_pixels_is_found_within_a_tenth(dx_px, dy_px, seed):
    pre = texture((128, 128), seed)
    found = measured(pre, moved(pre, dx_px, dy_px))
    assert found.dx_px == pytest.approx(dx_px, abs=0.1)
    assert found.dy_px == pytest.approx(dy_px, abs=0.1)


@settings(max_examples=25)
@given(dx=st.integers(-12, 12), dy=st.integers(-12, 12))
def test_a_whole_pixel_shift_is_found_within_a_fiftieth(dx, dy):
    wide = texture((152, 152), 3)
    pre, post = wide[:, 12:140, 12:140], wide[:, 12 - dy : 140 - dy, 12 - dx : 140 - dx]
    found = measured(pre, post)
    assert (found.dx_px, found.dy_px) == pytest.approx((dx, dy), abs=0.02)


def test_gain_offset_and_reversed_contrast_do_not_move_the_peak():
    pre = texture()
    post = moved(pre, 2.4, -3.3)
    for changed in (post * 0.3 + 500, 1000 - post, post**2 / 100):
        found = measured(pre, changed)
        assert (found.dx_px, found.dy_px) == pytest.approx((2.4, -3.3), abs=0.1)


def test_speckle_is_overcome_in_radar_intensity():
    rng = np.random.default_rng(1)
    ground = np.exp(texture(bands=1) / 30)
    post = moved(ground, 3.6, 1.2).clip(1e-3)
    speckled = [clean * rng.gamma(4, 0.25, clean.shape) for clean in (ground, post)]
    found = measured(*(one.astype(np.float32) for one in speckled), sensor="sar")
    assert (found.dx_px, found.dy_px) == pytest.approx((3.6, 1.2), abs=0.25)


def test_decibels_are_not_taken_as_a_logarithm_again():
    decibels = (texture(bands=1) - 130) / 10
    everywhere = np.ones(decibels.shape[1:], bool)
    assert (decibels < 0).any()
    radar = structure(decibels, everywhere, sensor="sar")
    assert np.isfinite(radar).all()
    assert np.abs(radar).max() > 0.1


def test_unrelated_ground_and_stripes_are_indistinct():
    rng = np.random.default_rng(5)
    stripes = np.sin(np.arange(160) / 160 * 2 * np.pi * 20) * np.ones((2, 160, 1))
    noise = rng.normal(size=(2, 2, 160, 160)) * 0.05
    assert measured(texture(seed=1), texture(seed=2)).distinctness < 1.3
    assert measured(stripes + noise[0], stripes + noise[1]).distinctness < 1.3


def test_a_flat_window_gives_no_displacement():
    flat = np.full((1, 64, 64), 7, np.float32)
    assert measured(flat, flat) is None


def test_the_outline_of_missing_pixels_makes_no_edge():
    image = texture()
    valid = np.ones(image.shape[1:], bool)
    valid[40:90, 30:110] = False
    emptied = np.where(valid, image, 0)
    whole, holed = structure(image, np.ones_like(valid)), structure(emptied, valid)
    assert not holed[40:90, 30:110].any()
    far = ndimage.binary_erosion(valid, iterations=8)
    assert np.abs(holed[far] - whole[far]).max() < 0.1


def test_nothing_valid_has_no_structure():
    assert not structure(texture(), np.zeros((160, 160), bool)).any()


def test_likeness_is_one_for_equal_and_falls_for_unrelated_structure():
    everywhere = np.ones((160, 160), bool)
    one, two = structure(texture(seed=1), everywhere), structure(texture(seed=2), everywhere)
    assert likeness(one, one) == pytest.approx(1)
    assert abs(likeness(one, two)) < 0.1
    assert np.isnan(likeness(one, np.zeros_like(two)))
