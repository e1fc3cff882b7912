import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis import accuracy
from analysis.accuracy import Confusion, ObjectMatch

HAND = Confusion(true_positive=40, false_positive=10, false_negative=20, true_negative=30)


def test_ratios_of_a_hand_worked_table():
    assert accuracy.precision(HAND) == pytest.approx(0.8)
    assert accuracy.recall(HAND) == pytest.approx(2 / 3)
    assert accuracy.f1(HAND) == pytest.approx(8 / 11)
    assert accuracy.iou(HAND) == pytest.approx(4 / 7)
    assert accuracy.flagged_share(HAND) == pytest.approx(0.5)
    # Agreement 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; kappa = 0.2 / 0.5.
    assert accuracy.kappa(HAND) == pytest.approx(0.4)


def test_what_is_not_defined_is_none_not_zero():
    nothing = Confusion(true_negative=9)
    for ratio in (accuracy.precision, accuracy.recall, accuracy.f1, accuracy.iou, accuracy.kappa):
        assert ratio(nothing) is None
    assert accuracy.flagged_share(nothing) == 0
    assert accuracy.flagged_share(Confusion()) is None
    assert accuracy.kappa(Confusion()) is None


def test_missing_every_change_is_a_recall_of_zero():
    missed = Confusion(false_negative=5, true_negative=5)
    assert (accuracy.recall(missed), accuracy.f1(missed)) == (0, 0)


def test_counts_come_from_the_four_cases_and_unobserved_pixels_are_left_out():
    codes = np.array([[1, 2, 0, 0, 255, 255]], np.uint8)
    changed = np.array([[True, False, True, False, True, False]])
    assert accuracy.confusion(codes, changed) == Confusion(1, 1, 1, 1)


def test_shapes_must_agree():
    with pytest.raises(ValueError, match="one shape"):
        accuracy.confusion(np.zeros((2, 2), np.uint8), np.zeros((2, 3), bool))


def test_labels_of_one_bit_and_of_eight_bits_are_both_read():
    assert accuracy.is_changed(np.array([0, 1], np.uint8)).tolist() == [False, True]
    assert accuracy.is_changed(np.array([0, 1, 127, 128, 255])).tolist() == [0, 0, 0, 1, 1]


@settings(max_examples=30)
@given(
    codes=arrays(np.uint8, (2, 6, 6), elements=st.sampled_from([0, 1, 7, 255])),
    changed=arrays(np.bool_, (2, 6, 6)),
)
def test_pooling_adds_the_counts_of_all_pixels(codes, changed):
    each = [accuracy.confusion(codes[i], changed[i]) for i in range(2)]
    pooled = accuracy.confusion(codes.reshape(12, 6), changed.reshape(12, 6))
    assert each[0] + each[1] == pooled
    assert pooled.total == np.sum(codes != 255)


def blocks(*corners, side=4, shape=(30, 30)):
    out = np.zeros(shape, bool)
    for row, col in corners:
        out[row : row + side, col : col + side] = True
    return out


def test_an_object_moved_by_half_its_width_is_found_and_by_three_quarters_is_not():
    # IoU of 4 x 4 blocks moved by two columns is 8 / 24, by three columns 4 / 28.
    near = accuracy.match_objects(blocks((0, 2)), blocks((0, 0)))
    far = accuracy.match_objects(blocks((0, 3)), blocks((0, 0)))
    assert (near, far) == (ObjectMatch(1, 1, 1), ObjectMatch(0, 1, 1))


def test_one_object_over_two_is_paired_once():
    flagged = np.zeros((10, 20), bool)
    flagged[0:4, 0:9] = True
    changed = np.zeros((10, 20), bool)
    changed[0:4, 0:4] = changed[0:4, 5:9] = True
    match = accuracy.match_objects(flagged, changed)
    assert match == ObjectMatch(1, 1, 2)
    assert accuracy.object_precision(match) == 1
    assert accuracy.object_recall(match) == 0.5


def test_as_many_pairs_as_possible_are_made():
    # The left object could take either reference; the right one only the second.
    flagged = np.zeros((1, 40), bool)
    changed = np.zeros((1, 40), bool)
    changed[0, 0:5] = changed[0, 6:16] = True
    flagged[0, 0:11] = flagged[0, 12:16] = True
    match = accuracy.match_objects(flagged, changed)
    assert match == ObjectMatch(2, 2, 2)


def test_objects_that_touch_at_a_corner_are_one():
    assert accuracy.match_objects(np.eye(5, dtype=bool), np.eye(5, dtype=bool)).predicted == 1


def test_nothing_to_match_is_undefined():
    match = accuracy.match_objects(np.zeros((3, 3), bool), np.zeros((3, 3), bool))
    assert accuracy.object_precision(match) is None
    assert match + ObjectMatch(1, 2, 3) == ObjectMatch(1, 2, 3)


def test_object_f1_is_the_harmonic_mean_of_precision_and_recall():
    # 3 of 6 and 3 of 4.
    assert accuracy.object_f1(ObjectMatch(3, 6, 4)) == pytest.approx(2 * 0.5 * 0.75 / 1.25)
    assert accuracy.object_f1(ObjectMatch(0, 0, 0)) is None


def test_pooling_adds_what_is_known():
    assert accuracy.pooled([ObjectMatch(1, 2, 3), None, ObjectMatch(1, 1, 1)]) == ObjectMatch(
        2, 3, 4
    )
    assert accuracy.pooled([None]) is None
