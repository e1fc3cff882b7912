"""The slider's middle lies between ground and things, and more of it never asks for less."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.counting.calibration import HIGHEST, LEAST_GROUND, Scale, kind_likeness

SHARE = st.floats(0.0, 1.0)


@given(st.floats(LEAST_GROUND, 0.9), SHARE, SHARE, SHARE)
def test_more_similarity_never_asks_for_less(ground, alike, one, other):
    scale = Scale(ground, alike)
    low, high = sorted((one, other))
    assert scale.least(low) <= scale.least(high) + 1e-9


@given(st.floats(LEAST_GROUND, 0.6), st.floats(0.6, 0.95))
def test_the_middle_lies_halfway(ground, alike):
    assert Scale(ground, alike).least(0.5) == pytest.approx((ground + alike) / 2)


def test_the_ends_are_below_the_ground_and_all_but_the_example():
    scale = Scale(0.3, 0.6)
    assert scale.least(0.0) < 0.3
    assert scale.least(1.0) == HIGHEST


def test_a_kind_is_as_alike_as_the_places_that_stand_out():
    places = [0.99, 0.8, 0.7, 0.75, 0.3, 0.29, 0.28]
    assert kind_likeness(0.2, sorted(places, reverse=True), 1) == pytest.approx(0.75)


def test_the_examples_themselves_do_not_count():
    places = [1.0, 1.0, 0.5, 0.45, 0.2]
    assert kind_likeness(0.2, places, 2) == pytest.approx(np.median([0.5, 0.45]))


def test_nothing_else_in_the_image_asks_for_the_example_itself():
    assert kind_likeness(0.2, [0.99], 1) == 1.0
    assert kind_likeness(0.2, [], 3) == 1.0


def test_places_below_the_ground_do_not_break_it():
    assert kind_likeness(0.6, [0.9, 0.4, 0.3], 1) == pytest.approx(0.4)
