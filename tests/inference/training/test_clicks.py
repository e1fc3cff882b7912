"""Prompts are where a user would put them, and corrections hit the worst error."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.training import clicks
from inference.training.clicks import (
    Wish,
    box_of,
    corrected,
    depth,
    jittered,
    point_at,
    surest_click,
    wish,
)
from inference.training.pools import KINDS, MOST_THINGS, UNSEEN


def block(top: int, left: int, bottom: int, right: int, size: int = 60) -> np.ndarray:
    mask = np.zeros((size, size), bool)
    mask[top:bottom, left:right] = True
    return mask


def labelled(*kinds: str) -> tuple[np.ndarray, np.ndarray]:
    """Blocks of 10 x 10 pixels side by side, one of each kind."""
    labels, table = np.zeros((60, 60), np.uint16), np.zeros(MOST_THINGS, np.uint8)
    for number, kind in enumerate(kinds, 1):
        labels[20:30, 12 * number : 12 * number + 10] = number
        table[number] = KINDS.index(kind) + 1
    return labels, table


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_clicks_inside_hit_the_thing_and_clicks_outside_miss_it(seed: int) -> None:
    labels, _kinds = labelled("building", "tree")
    truth = labels == 1
    asked = point_at(np.random.default_rng(seed), truth, labels)
    assert asked.inside or asked.box
    assert all(truth[int(y), int(x)] for x, y in asked.inside)
    assert not any(truth[int(y), int(x)] for x, y in asked.outside)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_drawn_box_is_off_by_no_more_than_eight_percent_and_a_pixel(seed: int) -> None:
    exact = np.array([10.0, 20.0, 50.0, 30.0])
    off = np.abs(np.array(jittered(np.random.default_rng(seed), tuple(exact))) - exact)
    assert (off <= 0.08 * np.array([40, 10, 40, 10]) + 1).all()


def test_most_first_clicks_are_well_inside() -> None:
    truth = block(10, 10, 50, 50)
    rng = np.random.default_rng(0)
    deep = depth(truth)
    depths = [
        deep[int(y), int(x)] for x, y in (clicks.first_click(rng, truth) for _i in range(200))
    ]
    assert 0.6 < np.mean(np.array(depths) >= deep.max() / 2) < 0.95


def test_the_surest_click_of_a_square_is_its_middle() -> None:
    assert surest_click(block(10, 20, 31, 41)) == (30.5, 20.5)


def test_a_box_encloses_its_mask_exactly() -> None:
    assert box_of(block(4, 7, 9, 20)) == (7.0, 4.0, 20.0, 9.0)


def test_a_missed_part_gets_a_click_inside_and_a_wrong_part_one_outside() -> None:
    truth, seen = block(10, 10, 30, 30), np.ones((60, 60), bool)
    asked = Wish(truth, ((12.5, 12.5),))
    missed = corrected(asked, block(10, 10, 30, 14), seen)
    assert len(missed.inside) == 2
    assert truth[int(missed.inside[1][1]), int(missed.inside[1][0])]
    wrong = corrected(asked, truth | block(35, 35, 55, 55), seen)
    assert len(wrong.outside) == 1
    assert 35 <= wrong.outside[0][0] < 55


def test_a_right_answer_and_errors_that_were_not_observed_get_no_correction() -> None:
    truth = block(10, 10, 30, 30)
    asked = Wish(truth, ((12.5, 12.5),))
    seen = np.ones((60, 60), bool)
    assert corrected(asked, truth, seen) is asked
    assert corrected(asked, truth | block(35, 35, 55, 55), ~block(35, 35, 55, 55)) is asked


def test_a_thing_in_two_pieces_is_meant_whole_unless_it_is_ground() -> None:
    labels, table = np.zeros((60, 60), np.uint16), np.zeros(MOST_THINGS, np.uint8)
    labels[5:20, 5:20] = labels[40:55, 40:55] = 1
    for kind, pixels in (("building", 450), ("water", 225)):
        table[1] = KINDS.index(kind) + 1
        asked = wish(np.random.default_rng(1), labels, table)
        assert asked is not None
        assert asked.truth.sum() == pixels


def test_kinds_are_asked_for_by_their_weight() -> None:
    labels, table = labelled("building", "lawn")
    rng = np.random.default_rng(2)
    hits = [wish(rng, labels, table).truth[25, 15] for _i in range(150)]
    weight = clicks.WEIGHTS["building"] / (clicks.WEIGHTS["building"] + clicks.WEIGHTS["lawn"])
    assert np.mean(hits) == pytest.approx(weight, abs=0.08)


def test_where_nothing_is_large_enough_nothing_is_asked_for() -> None:
    labels, table = labelled("building")
    labels[labels == 1] = 0
    labels[:] = np.where(np.arange(60) < 30, UNSEEN, labels)
    labels[40:43, 40:43] = 1
    assert wish(np.random.default_rng(0), labels, table) is None
