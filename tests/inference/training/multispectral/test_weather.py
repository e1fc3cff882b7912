"""Nuisances change pixels, never what is true, and spare what is built."""

import numpy as np
import pytest

from inference.training.multispectral import weather
from inference.training.multispectral.canvas import Canvas
from inference.training.multispectral.weather import displace, photograph, turn_over
from tests.inference.training.multispectral.ground import place

SIDE = 96


def canvas(seed: int = 0) -> Canvas:
    ground = Canvas.of(np.random.default_rng(seed), place(seed), SIDE)
    ground.built[1, 70:80, 70:80] = True
    ground.changed[70:80, 70:80] = True
    return ground


@pytest.mark.parametrize("seed", range(6))
def test_other_crops_never_grow_on_what_is_built(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weather, "TURNED", 1.0)
    monkeypatch.setattr(weather, "PATCHED", 1.0)
    ground = canvas()
    before = ground.dates.copy()
    turn_over(np.random.default_rng(seed), ground)
    assert np.array_equal(ground.dates[:, :, ground.stands], before[:, :, ground.stands])
    assert not np.array_equal(ground.dates, before)
    assert (ground.dates >= 0).all()


@pytest.mark.parametrize("step", [turn_over, photograph])
def test_labels_stay_as_they_are(step, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weather, "CLOUDED", 0.0)
    ground, same = canvas(), canvas()
    step(np.random.default_rng(1), ground)
    assert not np.array_equal(ground.dates, same.dates)
    for name in ("built", "changed", "seen"):
        assert np.array_equal(getattr(ground, name), getattr(same, name))


def test_the_later_date_moves_by_a_pixel_at_most() -> None:
    moves = []
    for seed in range(30):
        ground = canvas()
        ground.dates[1] = 0
        ground.dates[1, :, 40, 40] = 1
        before = ground.dates[0].copy()
        displace(np.random.default_rng(seed), ground)
        assert np.array_equal(ground.dates[0], before)
        weight = ground.dates[1, 0]
        rows, cols = np.mgrid[:SIDE, :SIDE]
        at = [float((axis * weight).sum() / weight.sum()) - 40 for axis in (rows, cols)]
        moves.append(np.abs(at).max())
    assert max(moves) <= 1.01
    assert max(moves) > 0.3


def test_clouds_take_the_label_of_the_changes_they_hide_and_of_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weather, "CLOUDED", 1.0)
    lost = 0
    for seed in range(20):
        ground, same = canvas(), canvas()
        photograph(np.random.default_rng(seed), ground)
        assert np.array_equal(ground.built, same.built)
        assert np.array_equal(ground.changed, same.changed)
        assert (ground.seen | ground.changed).all()
        lost += int((~ground.seen).sum())
    assert 0 < lost < 20 * int(canvas().changed.sum())


def test_clouds_brighten_and_their_shadows_darken() -> None:
    ground = canvas()
    pixels = np.full((6, SIDE, SIDE), 0.15, np.float32)
    weather._cloud(np.random.default_rng(2), ground, pixels)
    assert pixels.max() > 0.5
    assert 0 < pixels.min() < 0.12


def test_haze_lifts_blue_more_than_infrared() -> None:
    lifted = np.zeros(6)
    for seed in range(10):
        pixels = np.full((6, 64, 64), 0.05, np.float32)
        weather._haze(np.random.default_rng(seed), pixels)
        lifted += pixels.mean(axis=(1, 2)) - 0.05
    assert (np.diff(lifted) < 0).all()


def test_coarse_infrared_has_less_detail_than_the_rest() -> None:
    rng = np.random.default_rng(0)
    noise = rng.uniform(0, 1, (1, 64, 64)).astype(np.float32)
    pixels = np.repeat(noise, 6, axis=0)
    weather._blur(rng, pixels, 0.1, is_coarse=True)
    detail = pixels.std(axis=(1, 2))
    assert detail[4:].max() < 0.7 * detail[:4].min()


def test_covers_differ_each_time_and_are_reflectances() -> None:
    rng = np.random.default_rng(0)
    found = np.array([weather.cover(rng) for _cover in range(60)])
    assert (found > 0).all()
    assert found.max() < 1.5
    assert len(np.unique(found[:, 0])) == 60
