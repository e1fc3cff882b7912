"""Distractors alter the ground and never a building or a label."""

import numpy as np
import pytest

from inference.training.change.distractors import (
    ALL,
    SHARES,
    Distractor,
    scatter,
    shadows_elsewhere,
)
from tests.inference.training.change.village import chip, ground


@pytest.mark.parametrize("distractor", ALL, ids=lambda one: one.__name__)
def test_each_changes_ground_and_leaves_labels(distractor: Distractor) -> None:
    touched = 0
    for seed in range(6):
        place = ground()
        distractor(np.random.default_rng(seed), place)
        differs = np.abs(place.image - chip().image).max(axis=2) > 8
        touched += int(differs.any())
        assert np.array_equal(place.buildings, chip().buildings)
    assert touched >= 3


def test_many_of_all_kinds_stay_within_eight_bits() -> None:
    place = ground()
    scatter(np.random.default_rng(0), place, 20)
    assert place.image.min() >= 0
    assert place.image.max() <= 255
    assert np.array_equal(place.buildings, chip().buildings)


def test_shares_are_those_of_all_kinds() -> None:
    assert len(SHARES) == len(ALL)
    assert sum(SHARES) == pytest.approx(1)


def test_shadows_fall_elsewhere_and_the_sun_stays_for_what_comes_after() -> None:
    place = ground()
    sun, before = place.sun, place.image.copy()
    shadows_elsewhere(np.random.default_rng(4), place)
    darker = (before - place.image).max(axis=2) > 10
    assert darker[place.buildings == 0].any()
    assert place.sun == sun
    assert np.array_equal(place.buildings, chip().buildings)
