"""Weather, optics and gaps do what their names say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.nuisances import Look, blank, displace, expose, sample
from simulation.sensors import SENSORS, average, quantise, speckle

GREY = np.full((3, 64, 64), 0.1, np.float32)


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.mark.parametrize("looks", [1.0, 4.0, 12.0])
def test_speckle_has_the_asked_number_of_looks_and_keeps_the_mean(looks: float) -> None:
    flat = np.full((2, 300, 300), 0.05, np.float32)
    noisy = speckle(rng(), flat, looks)
    assert noisy.mean() == pytest.approx(0.05, rel=0.01)
    assert noisy.mean() ** 2 / noisy.var() == pytest.approx(looks, rel=0.04)


def test_speckle_is_independent_between_pixels_and_bands() -> None:
    noisy = speckle(rng(), np.ones((2, 200, 200), np.float32), 4.0) - 1
    assert abs(np.corrcoef(noisy[0].ravel(), noisy[1].ravel())[0, 1]) < 0.02
    assert abs(np.corrcoef(noisy[0, :, 1:].ravel(), noisy[0, :, :-1].ravel())[0, 1]) < 0.02


def test_the_plain_look_leaves_the_signal_alone() -> None:
    taken = expose(rng(), GREY, SENSORS["multispectral4"], Look())
    assert np.array_equal(taken.values, GREY)
    assert taken.valid.all()
    assert not taken.cloud.any()


def test_haze_brightens_dark_ground_most_in_the_blue() -> None:
    red, green, blue = expose(rng(), GREY, SENSORS["rgb"], Look(haze=0.3)).values.mean((1, 2))
    clear = expose(rng(), GREY, SENSORS["rgb"], Look()).values.mean()
    assert clear < red < green < blue


@given(share=st.floats(0.02, 0.6), seed=st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_nodata_wedge_takes_the_asked_share(share: float, seed: int) -> None:
    look = Look(nodata_share=share)
    valid = expose(np.random.default_rng(seed), GREY, SENSORS["rgb"], look).valid
    assert (~valid).mean() == pytest.approx(share, abs=0.03)


def test_clouds_cover_about_the_asked_share_and_are_marked() -> None:
    taken = expose(rng(), GREY, SENSORS["multispectral4"], Look(cloud_share=0.2))
    bright = taken.values[0] > 0.3
    assert 0.08 < bright.mean() < 0.25
    assert taken.cloud[bright].all()
    assert np.array_equal(taken.values[:, ~taken.cloud] > 0.2, np.zeros((3, (~taken.cloud).sum())))


def test_noise_has_the_asked_deviation() -> None:
    noisy = expose(rng(), GREY, SENSORS["multispectral4"], Look(noise=0.01)).values
    assert noisy.std() == pytest.approx(0.01, rel=0.05)


def test_blank_writes_nodata_only_where_nothing_was_observed() -> None:
    valid = np.zeros((64, 64), bool)
    valid[:, 10:] = True
    for name in ("rgb", "multispectral4", "sar"):
        stored = quantise(np.zeros((2, 64, 64), np.float32), SENSORS[name])
        assert np.array_equal(blank(stored, valid)[0] != 0, valid)


@given(dx=st.integers(-6, 6), dy=st.integers(-6, 6), seed=st.integers(0, 50))
@settings(max_examples=20, deadline=None)
def test_displacing_by_whole_pixels_is_rolling(dx: int, dy: int, seed: int) -> None:
    picture = np.random.default_rng(seed).random((2, 32, 40), np.float32)
    moved = displace(rng(), picture, (float(dx), float(dy)), 0.0)
    expected = np.roll(picture, (dy, dx), (1, 2))[:, 6:-6, 6:-6]
    assert np.allclose(moved[:, 6:-6, 6:-6], expected, atol=1e-5)


def test_average_keeps_the_mean_of_every_pixel() -> None:
    canvas = np.random.default_rng(2).random((2, 12, 16), np.float32)
    independent = canvas.reshape(2, 6, 2, 8, 2).mean((2, 4))
    assert np.allclose(average(canvas, 2), independent, atol=1e-6)


@given(value=st.floats(1e-5, 50))
@settings(max_examples=60)
def test_stored_radar_intensity_is_within_a_hundredth_of_a_decibel(value: float) -> None:
    stored = quantise(np.full((1, 1, 1), value, np.float32), SENSORS["sar"])
    assert abs(10 * np.log10(float(np.asarray(stored)[0, 0, 0]) / value)) < 0.002


def test_sampled_nuisances_vanish_at_strength_zero_and_vary_otherwise() -> None:
    calm = sample(rng(), is_radar=False, strength=0.0)
    taken = expose(rng(), GREY, SENSORS["rgb"], calm.post)
    plain = expose(rng(), GREY, SENSORS["rgb"], Look())
    assert np.allclose(taken.values, plain.values, atol=1e-6)
    assert calm.shift_px == (0.0, 0.0)
    wild = np.random.default_rng(9)
    assert sample(wild, is_radar=False) != sample(wild, is_radar=False)
