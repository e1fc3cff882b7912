import numpy as np
import pytest

from raster import stretch
from raster.bands import Band

RGB = [Band(1, "b", "blue"), Band(2, "g", "green"), Band(3, "r", "red"), Band(4, "n", "nir")]


def test_bands_are_shown_by_role() -> None:
    assert stretch.display_bands(RGB) == (2, 1, 0)
    infrared = [Band(1, "g", "green"), Band(2, "r", "red"), Band(3, "n", "nir")]
    assert stretch.display_bands(infrared) == (2, 1, 0)
    assert stretch.display_bands([Band(1, "VV", "vv"), Band(2, "VH", "vh")]) == (0,)
    assert stretch.display_bands([Band(n, "x") for n in range(1, 5)]) == (0, 1, 2)
    assert stretch.display_bands([Band(1, "x")]) == (0,)


def test_both_dates_share_one_stretch() -> None:
    pre = np.linspace(0, 100, 1001, dtype="float32")[None]
    post = np.linspace(100, 200, 1001, dtype="float32")[None]
    look = stretch.joint(pre, post, [Band(1, "x")], "optical")
    assert look.low[0] == pytest.approx(4, abs=0.2)
    assert look.high[0] == pytest.approx(196, abs=0.2)
    same = np.full((1, 2, 2), 100, "float32")
    grey = look.apply(same, np.ones((2, 2), bool))
    assert grey.shape == (2, 2, 3)
    assert (grey == 128).all() or (grey == 127).all()


def test_what_was_not_observed_is_neutral_grey() -> None:
    data = np.random.default_rng(0).uniform(0, 1, (4, 5, 6)).astype("float32")
    valid = np.ones((5, 6), bool)
    valid[2, 3] = False
    pixels = data[:, valid]
    picture = stretch.joint(pixels, pixels, RGB, "optical").apply(data, valid)
    assert (picture[2, 3] == stretch.NOT_OBSERVED_GREY).all()
    assert picture.dtype == np.uint8
    red = data[2][valid]
    brightest = np.flatnonzero(red == red.max())
    assert (picture[valid][brightest, 0] == 255).all()


def test_radar_intensity_is_shown_in_decibels_and_decibels_are_left_alone() -> None:
    intensity = 10 ** np.linspace(-3, 1, 1001, dtype="float32")[None]
    linear = stretch.joint(intensity, intensity, [Band(1, "VV", "vv")], "sar")
    assert linear.is_db
    assert linear.low[0] == pytest.approx(-30 + 40 * 0.02, abs=0.1)
    decibels = 10 * np.log10(intensity)
    logged = stretch.joint(decibels, decibels, [Band(1, "VV", "vv")], "sar")
    assert not logged.is_db
    picture = linear.apply(np.zeros((1, 2, 2), "float32"), np.ones((2, 2), bool))
    assert (picture == 0).all()


@pytest.mark.parametrize("count", [0, 1, 500])
def test_constant_or_missing_pixels_give_a_stretch_without_warnings(count: int) -> None:
    pixels = np.full((1, count), 7, "float32")
    look = stretch.joint(pixels, pixels, [Band(1, "x")], "optical")
    assert look.high[0] > look.low[0]
    look.apply(np.full((1, 3, 3), 7, "float32"), np.ones((3, 3), bool))
