import numpy as np
import pytest

from inference.segmentation.pointing import box_around, connected, middle, points_inside
from inference.segmenters.base import Prompt

ELL = ((0.0, 0.0), (30.0, 0.0), (30.0, 4.0), (4.0, 4.0), (4.0, 40.0), (0.0, 40.0))
SQUARE = ((10.0, 20.0), (30.0, 20.0), (30.0, 40.0), (10.0, 40.0))


def test_the_middle_of_a_square_is_its_middle():
    assert middle(SQUARE) == pytest.approx((20, 30), abs=1)


def test_the_middle_of_a_bent_outline_lies_within_it():
    x, y = middle(ELL)
    assert 0 < x < 5
    assert 0 < y < 5


def test_an_outline_beyond_the_picture_has_a_middle_too():
    moved = tuple((x - 500.0, y - 100.0) for x, y in SQUARE)
    assert middle(moved) == pytest.approx((-480, -70), abs=1)


def test_an_outline_without_an_area_gives_a_place_on_it():
    assert middle(((5.0, 5.0), (5.0, 5.0), (5.0, 5.0))) == pytest.approx((5, 5), abs=1)


def test_points_and_box_that_were_drawn_win_over_an_outline():
    prompt = Prompt(inside=((1.0, 2.0),), box=(0.0, 0.0, 5.0, 5.0), polygon=SQUARE)
    assert points_inside(prompt) == ((1.0, 2.0),)
    assert box_around(prompt) == (0.0, 0.0, 5.0, 5.0)


def test_an_outline_stands_for_its_middle_and_its_box():
    prompt = Prompt(polygon=SQUARE)
    assert points_inside(prompt) == (middle(SQUARE),)
    assert box_around(prompt) == (10.0, 20.0, 30.0, 40.0)


def test_a_click_has_no_box():
    assert box_around(Prompt(inside=((1.0, 2.0),))) is None


def two_parts():
    mask = np.zeros((20, 20), bool)
    mask[2:5, 2:5] = True
    mask[10:18, 10:18] = True
    return mask


def test_the_part_that_was_clicked_is_the_thing_even_if_another_is_larger():
    found = connected(two_parts(), ((3.5, 3.5),))
    assert found.sum() == 9
    assert found[3, 3]


def test_without_a_click_on_any_part_the_largest_is_the_thing():
    assert connected(two_parts(), ()).sum() == 64
    assert connected(two_parts(), ((7.5, 7.5), (-3.0, 90.0))).sum() == 64


def test_pixels_that_touch_by_a_corner_are_two_things():
    assert connected(np.eye(4, dtype=bool), ((2.5, 2.5),)).sum() == 1


def test_an_empty_mask_is_no_thing():
    assert connected(np.zeros((5, 5), bool), ((1.0, 1.0),)) is None
