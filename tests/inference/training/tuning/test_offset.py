import cv2
import numpy as np
import pytest

from inference.training.tuning import offset
from tests import tuning
from tests.inference.training.tuning.grounds import ground


def place(right_px, down_px):
    """The houses of the small place, labelled so far off."""
    truth = np.roll(tuning.changed(), (down_px, right_px), (0, 1))
    made = ground(tuning.SHAPE)
    shown = np.stack([one.transpose(1, 2, 0).clip(0, 255) for one in tuning.pictures()])
    made.codes[:] = 16 * truth + 32
    made.pictures[:] = shown.astype(np.uint8)
    return made


@pytest.mark.parametrize(("right_px", "down_px"), [(12, 0), (-20, 9), (5, -30)])
def test_shifted_labels_are_found_with_the_way_back(right_px, down_px):
    found = offset.find(place(right_px, down_px))
    assert found.is_clear
    assert found.right_m == pytest.approx(-0.5 * right_px, abs=0.5)
    assert found.down_m == pytest.approx(-0.5 * down_px, abs=0.5)


def test_labels_in_their_place_are_left_alone():
    found = offset.find(place(0, 0))
    assert not found.is_clear
    assert abs(found.right_m) <= 0.5
    assert abs(found.down_m) <= 0.5


def test_a_shift_of_a_pixel_is_within_what_hands_draw():
    assert not offset.find(place(1, 0)).is_clear


def test_outlines_drawn_too_large_are_not_called_shifted():
    made = place(0, 0)
    square = np.ones((9, 9), np.uint8)
    made.codes[:] = 16 * cv2.dilate(tuning.changed().astype(np.uint8), square) + 32
    assert not offset.find(made).is_clear


def test_too_few_outlines_say_nothing():
    assert not offset.find(ground(boxes=((50, 50, 6, 6),))).is_clear
