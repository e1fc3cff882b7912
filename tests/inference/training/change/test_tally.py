"""Counting is exact, and rules are chosen on a mix with few changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from inference.training.change.tally import (
    PREVALENCE,
    Answer,
    Rule,
    Tally,
    best_rule,
    count,
    mask,
    mixed,
)

EVERYTHING = Rule(0.5, 0.0)


def answer(score: np.ndarray, truth: np.ndarray, gsd_m: float = 1.0) -> Answer:
    return Answer(score.astype(np.float32), truth > 0, np.ones(truth.shape, bool), gsd_m)


def block(row: int, col: int, side: int, value: float = 1.0) -> np.ndarray:
    out = np.zeros((40, 40))
    out[row : row + side, col : col + side] = value
    return out


@given(arrays.arrays(bool, (6, 7)), arrays.arrays(bool, (6, 7)), arrays.arrays(bool, (6, 7)))
def test_every_seen_pixel_is_counted_once(
    said: np.ndarray, true: np.ndarray, seen: np.ndarray
) -> None:
    tally = count([Answer(said.astype(np.float32), true, seen, 1.0)], EVERYTHING)
    assert tally.pixels == seen.sum()
    assert tally.hits + tally.missed == (true & seen).sum()
    assert tally.hits + tally.false == (said & seen).sum()


def test_figures_are_those_of_the_definitions() -> None:
    tally = count([answer(block(0, 0, 10), block(0, 5, 10))], EVERYTHING)
    assert (tally.hits, tally.false, tally.missed) == (50, 50, 50)
    assert tally.precision == tally.recall == tally.f1 == 0.5
    assert tally.flagged == 100 / 1600
    assert Tally().f1 == Tally().precision == Tally().flagged == 0


def test_small_blobs_are_dropped_by_their_size_on_the_ground() -> None:
    found = answer(block(2, 2, 3) + block(20, 20, 6), block(20, 20, 6), gsd_m=2.0)
    assert mask(found, Rule(0.5, 36.0)).sum() == 9 + 36
    assert mask(found, Rule(0.5, 36.5)).sum() == 36


def test_calm_pairs_are_weighed_to_the_prevalence_of_the_mix() -> None:
    busy = answer(block(0, 0, 20), block(0, 0, 20))
    still = answer(block(0, 0, 4), block(0, 0, 0))
    total = mixed([busy, still], EVERYTHING)
    assert (total.hits + total.missed) / total.pixels == pytest.approx(PREVALENCE)
    assert total.false == pytest.approx(16 * (400 / PREVALENCE - 1600) / 1600)


@given(st.sampled_from([0.3, 0.5, 0.7, 0.9]))
def test_the_best_rule_parts_changes_from_false_alarms(level: float) -> None:
    busy = answer(block(0, 0, 20, level + 0.05), block(0, 0, 20))
    still = answer(block(0, 0, 30, level - 0.05), block(0, 0, 0))
    rule = best_rule([busy, still])
    assert rule.threshold == pytest.approx(level)
    assert mixed([busy, still], rule).f1 == 1.0


def test_of_rules_as_good_as_each_other_the_one_with_fewer_false_alarms_is_taken() -> None:
    busy = answer(block(0, 0, 30), block(0, 0, 30))
    speck = answer(block(8, 8, 3, 0.35), block(0, 0, 0))
    rules = best_rule([busy, speck]), best_rule([busy, answer(block(0, 0, 0), block(0, 0, 0))])
    assert count([speck], rules[0]).false == 0
    assert rules[1].threshold == 0.3


@pytest.mark.parametrize(("weak_px", "is_quiet"), [(8, True), (20, False)])
def test_quiet_is_worth_a_little_of_f1_and_no_more(weak_px: int, is_quiet: bool) -> None:
    true = block(0, 0, 30)
    busy = answer(true - 0.5 * block(0, 0, weak_px), true, gsd_m=4.0)
    still = answer(block(8, 8, 2, 0.55), block(0, 0, 0), gsd_m=4.0)
    rule = best_rule([busy, still])
    assert (count([still], rule).false == 0) == is_quiet
    assert (mixed([busy, still], rule).f1 < 0.97) == is_quiet
