"""Nuisances alter pictures, and labels move with the picture they belong to."""

import numpy as np
import pytest

from inference.training.change import nuisances
from inference.training.change.nuisances import misplaced, spoilt
from inference.training.change.pairs import Pair, calm, either
from tests.inference.training.change.village import GROUND, ROOF, chip


def still() -> Pair:
    """The same picture twice."""
    made = chip()
    nothing = np.zeros(made.seen.shape, bool)
    return Pair(made.image, made.image.copy(), made.buildings, made.buildings.copy(),
                nothing, nothing, made.seen, made.gsd_m)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_labels_of_the_later_date_move_with_its_picture(seed: int) -> None:
    pair = misplaced(np.random.default_rng(seed), still())
    light = pair.post.mean(axis=2)
    middle = (ROOF + GROUND) / 2
    inner = np.s_[20:-20, 20:-20]
    differs = (light[inner] > middle) != (pair.buildings_post[inner] > 0)
    assert differs.mean() < 0.01
    assert not np.array_equal(pair.post, still().post)
    assert np.array_equal(pair.pre, still().pre)
    assert not (pair.gone | pair.came).any()


def test_what_came_moves_and_what_went_stays() -> None:
    whole = either(chip(houses=9), chip(houses=3))
    moved = misplaced(np.random.default_rng(1), whole)
    assert np.array_equal(moved.gone, whole.gone)
    back = misplaced(np.random.default_rng(1), whole.swapped())
    assert back.came.any()
    assert not np.array_equal(back.came, whole.gone)
    assert 0.9 < back.came.sum() / whole.gone.sum() < 1.1


@pytest.mark.parametrize("seed", range(6))
def test_no_nuisance_makes_or_hides_a_change(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nuisances, "MISPLACED", 0.0)
    pair = calm(np.random.default_rng(seed), chip())
    after = spoilt(np.random.default_rng(seed), pair)
    assert np.array_equal(after.buildings_pre, pair.buildings_pre)
    assert np.array_equal(after.gone, pair.gone)
    assert after.pre.dtype == np.uint8
    assert not np.array_equal(after.pre, pair.pre)


def test_seasons_turn_plants_and_leave_roofs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MISPLACED", "NOISY", "PACKED", "STRETCHED"):
        monkeypatch.setattr(nuisances, name, 0.0)
    monkeypatch.setattr(nuisances, "blurred", lambda _rng, image: image)
    pair = still()
    plants = np.zeros(pair.seen.shape, bool)
    plants[:30] = True
    pair.pre[plants] = (60, 120, 50)
    after = spoilt(np.random.default_rng(0), pair, seasonal=1.0)
    change = np.abs(after.pre.astype(int) - pair.pre).max(axis=2)
    assert change[:20].mean() > 15
    assert change[pair.buildings_pre > 0].max() < 10
