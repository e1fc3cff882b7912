import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.count_accuracy import count_error, detection, guesses

COUNTS = st.lists(st.integers(0, 50), min_size=1, max_size=20)


def test_errors_of_a_worked_example():
    found = count_error([3, 5, 0], [4, 3, 0])
    assert found.images == 3
    assert found.mae == 1
    assert found.rmse == pytest.approx((5 / 3) ** 0.5)
    assert found.bias == pytest.approx(1 / 3)
    assert found.exact_share == pytest.approx(1 / 3)
    assert found.relative == pytest.approx(3 / 7)


@given(COUNTS)
def test_right_counts_have_no_error(true):
    found = count_error(true, true)
    assert (found.mae, found.rmse, found.bias, found.exact_share) == (0, 0, 0, 1)


@given(COUNTS)
def test_guessing_none_errs_by_the_counts_and_the_mean_has_no_bias(true):
    none, average = guesses(true)
    assert none.mae == pytest.approx(np.mean(true))
    assert none.relative == (1 if any(true) else None)
    assert average.bias == pytest.approx(0, abs=1e-9)
    assert average.rmse <= none.rmse + 1e-9


@pytest.mark.parametrize(("counted", "true"), [([], []), ([1], [1, 2])])
def test_counts_must_belong_to_images(counted, true):
    with pytest.raises(ValueError, match="one count for each"):
        count_error(counted, true)


def test_a_thing_is_found_once_and_by_the_surest():
    overlaps = np.array([[0.9, 0.0], [0.8, 0.0], [0.0, 0.4]])
    found = detection(np.array([0.5, 0.9, 0.7]), overlaps)
    assert found.precision == pytest.approx(1 / 3)
    assert found.recall == 0.5
    assert found.average_precision == 0.5


def test_a_surer_false_find_costs_average_precision():
    overlaps = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    first = detection(np.array([0.9, 0.8, 0.7]), overlaps)
    last = detection(np.array([0.1, 0.8, 0.7]), overlaps)
    assert first.recall == last.recall == 1
    assert first.average_precision == pytest.approx(2 / 3)
    assert last.average_precision == 1


def test_nothing_found_and_nothing_there():
    nothing = detection(np.zeros(0), np.zeros((0, 3)))
    assert (nothing.precision, nothing.recall, nothing.average_precision) == (None, 0, 0)
    empty = detection(np.array([0.5]), np.zeros((1, 0)))
    assert (empty.precision, empty.recall, empty.average_precision) == (0, None, None)
