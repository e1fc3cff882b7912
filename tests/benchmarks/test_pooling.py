import numpy as np
import pytest

from analysis import accuracy
from analysis.accuracy import Confusion
from benchmarks.accuracy import pooling
from services.evaluate import Scored


def scored(flagged_px, valid_px, counts=None):
    return Scored("p", "cva", counts, None, flagged_px, valid_px, 0.5, 1.0)


def test_false_alarms_are_pooled_over_pixels_and_the_worst_pair_is_named():
    alarms = pooling.false_alarms([scored(10, 100), scored(0, 900)])
    assert (alarms.pooled, alarms.worst) == (0.01, 0.1)


def test_no_pair_gives_no_false_alarms():
    assert pooling.false_alarms([]) is None


def test_the_interval_of_equal_pairs_is_a_point():
    # 2 * 6 / (2 * 6 + 3 + 1)
    assert pooling.f1_interval([Confusion(6, 3, 1, 90)] * 4) == pytest.approx((0.75, 0.75))


def test_the_interval_of_two_pairs_spans_both_of_them():
    # Of four equally likely draws one holds the good pair twice and one the bad pair twice.
    low, high = pooling.f1_interval([Confusion(10, 0, 0, 90), Confusion(0, 5, 5, 90)])
    assert (low, high) == (0.0, 1.0)


def test_the_interval_holds_the_pooled_figure_and_narrows_with_more_pairs():
    rng = np.random.default_rng(1)
    pairs = [Confusion(*map(int, rng.integers(20, 80, 3)), 1000) for _each in range(64)]
    few, many = pooling.f1_interval(pairs[:8]), pooling.f1_interval(pairs)
    assert many[0] < accuracy.f1(accuracy.pooled(pairs)) < many[1]
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize(
    "counts", [[], [Confusion(1, 0, 0, 9)], [Confusion(1, 0, 0, 9), Confusion(0, 0, 0, 10)]]
)
def test_there_is_no_interval_where_a_draw_may_be_undefined(counts):
    assert pooling.f1_interval(counts) is None


def test_false_positives_are_a_share_of_the_unchanged_ground():
    assert pooling.false_positive_share(Confusion(50, 2, 10, 38)) == 0.05
    assert pooling.false_positive_share(Confusion(5, 0, 5, 0)) is None
