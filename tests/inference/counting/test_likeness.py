import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.counting.likeness import likeness
from inference.counting.second_look import ALIKE
from raster.chip import Chip
from tests.pictures import picture
from tests.scenes import ground

REGION = np.zeros((60, 64), bool)
REGION[8:-8, 8:-8] = True


def chip(seed=0, *, shift=(0, 0), gain=1.0, offset=0.0, valid=None):
    image = np.roll(ground((60, 64), seed=seed), shift, axis=(1, 2)) * gain + offset
    seen = picture(image, valid=valid)
    return seen.read(seen.grid.window)


def test_a_place_is_wholly_like_itself():
    assert likeness(chip(), chip(), REGION) == pytest.approx(1, abs=1e-3)


@given(st.floats(0.5, 1.3), st.floats(-25, 25))
def test_exposure_does_not_matter(gain, offset):
    assert likeness(chip(), chip(gain=gain, offset=offset), REGION) > 0.93


@given(st.integers(-2, 2), st.integers(-2, 2))
def test_a_shift_of_two_pixels_does_not_matter(down, right):
    assert likeness(chip(), chip(shift=(down, right)), REGION) > 0.99


def test_other_ground_is_not_alike():
    # Their blocks lie on one lattice, so that some of their edges coincide.
    assert max(likeness(chip(0), chip(seed), REGION) for seed in range(1, 12)) < ALIKE


def test_the_dates_may_be_swapped():
    one, two = chip(0), chip(0, gain=0.8, shift=(1, 0))
    assert likeness(one, two, REGION) == pytest.approx(likeness(two, one, REGION), abs=0.02)


def test_only_what_both_dates_observed_is_compared():
    valid = np.ones((60, 64), bool)
    valid[:, 32:] = False
    assert likeness(chip(), chip(valid=valid), REGION) > 0.9


def test_nothing_observed_or_nothing_to_see_is_not_alike():
    assert likeness(chip(), chip(valid=np.zeros((60, 64), bool)), REGION) == 0
    assert likeness(chip(), chip(), np.zeros((60, 64), bool)) == 0
    flat = Chip(np.full((3, 60, 64), 90, np.uint8), np.ones((60, 64), bool), chip().grid)
    assert likeness(flat, flat, REGION) == 0
