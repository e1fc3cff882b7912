"""Edits of a ground keep its labels true."""

import numpy as np
import pytest

from inference.training.change.ground import insert, remove, shadow_of
from inference.training.change.roofs import roofs_of, turned
from tests.inference.training.change.village import GROUND, HOUSE_PX, ROOF, chip, ground


def test_a_removed_house_leaves_ground_and_no_label() -> None:
    place = ground()
    where = place.buildings == 5
    others = (place.buildings > 0) & ~where
    before = place.image.copy()
    assert remove(np.random.default_rng(0), place, 5)
    assert not place.buildings[where].any()
    assert place.image[where].mean() < GROUND + 15
    assert np.array_equal(place.image[others], before[others])


def test_a_house_without_free_ground_around_stays() -> None:
    place = ground(houses=1)
    place.seen[:] = False
    assert not remove(np.random.default_rng(0), place, 1)
    assert (place.buildings == 1).sum() == HOUSE_PX**2


@pytest.mark.parametrize("seed", range(5))
def test_a_new_house_is_labelled_where_it_is_seen_and_touches_no_other(seed: int) -> None:
    rng = np.random.default_rng(seed)
    place, roofs = ground(houses=3), roofs_of(chip())
    before = place.buildings.copy()
    assert insert(rng, place, roofs[0], angle_deg=float(rng.uniform(0, 90)))
    new = (place.buildings > 0) & (before == 0)
    assert np.array_equal(place.buildings[before > 0], before[before > 0])
    assert 0.6 < new.sum() / HOUSE_PX**2 < 1.6
    assert place.image[new].mean() > ROOF - 60


def test_no_house_is_set_down_where_there_is_no_room() -> None:
    place = ground(houses=1)
    place.seen[:] = False
    before = place.image.copy()
    assert not insert(np.random.default_rng(0), place, roofs_of(chip())[0], angle_deg=0)
    assert np.array_equal(place.image, before)


def test_a_shadow_falls_away_from_the_sun_by_the_height() -> None:
    place = ground(houses=1)
    foot = place.buildings == 1
    shade = shadow_of(place, foot, height_m=6.0)
    rows, cols = np.nonzero(shade)
    assert not (shade & foot).any()
    # (1, 0.5) metres a metre: 12 pixels to the right and 6 down.
    assert cols.max() - np.nonzero(foot)[1].max() == 12
    assert rows.max() - np.nonzero(foot)[0].max() == 6


def test_roofs_turn_and_scale_with_their_outline() -> None:
    roof = roofs_of(chip())[0]
    picture, soft = turned(np.random.default_rng(0), roof, 0.5, 30.0)
    assert picture.shape[:2] == soft.shape
    scale = np.sqrt((soft > 0.5).sum()) / HOUSE_PX
    assert 0.82 < scale < 1.24
    assert picture[soft > 0.99].min() > ROOF - 5
