"""Damage is labelled where it shows, and what is left of a roof stays a building."""

import numpy as np
import pytest

from inference.training.change import damage
from tests.inference.training.change.village import chip, ground


@pytest.mark.parametrize("seed", range(8))
def test_only_buildings_are_damaged_and_each_pixel_that_lost_its_roof_is_named(seed: int) -> None:
    place, before = ground(), chip().buildings > 0
    where = damage.strike(np.random.default_rng(seed), place)
    assert not (where & ~before).any()
    assert not (before & ~place.is_roof & ~where).any()
    assert not (place.is_roof & ~before).any()


def test_rubble_is_no_building_and_looks_like_neither_roof_nor_ground(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(damage, "RAZED", 1.0)
    monkeypatch.setattr(damage, "SHARES", (1.0, 0.0, 0.0))
    place, before = ground(), chip().buildings > 0
    where = damage.strike(np.random.default_rng(0), place)
    assert np.array_equal(where, before)
    assert not place.is_roof.any()
    assert place.image[before].std() > 20


def test_a_torn_roof_is_still_a_building(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damage, "RAZED", 1.0)
    monkeypatch.setattr(damage, "SHARES", (0.0, 0.0, 1.0))
    place, before = ground(), chip().buildings
    where = damage.strike(np.random.default_rng(0), place)
    assert np.array_equal(place.buildings, before)
    hit = [number for number in range(1, 10) if where[before == number].any()]
    assert len(hit) == 9
    assert np.abs(place.image - chip().image)[where].mean() > 10
