"""Leaning roofs stay the same buildings."""

import numpy as np

from inference.training.change.leaning import lean
from tests.inference.training.change.village import ROOF, chip, ground


def test_leaning_moves_roofs_with_their_labels_and_keeps_their_number() -> None:
    place = ground()
    before = place.buildings.copy()
    lean(np.random.default_rng(1), place)
    assert set(np.unique(place.buildings)) == set(np.unique(before))
    assert not np.array_equal(place.buildings, before)
    assert np.median(place.image[place.buildings > 0]) > ROOF - 10


def test_walls_show_where_roofs_left_their_feet() -> None:
    place, before = ground(), chip().buildings > 0
    lean(np.random.default_rng(1), place)
    left = before & (place.buildings == 0)
    assert left.any()
    assert place.image[left].mean() < ROOF - 20
    assert place.image[left].std() > 2
