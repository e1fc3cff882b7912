import numpy as np
import pytest

from benchmarks.accuracy.measuring import borrowed, measure
from benchmarks.accuracy.sets import LabelledSet
from services.labelled_pairs import find_pairs
from tests.scenes import ground, with_houses, write, write_pair

HOUSES = [(30, 40, 14, 20), (90, 120, 18, 12)]
SHAPE = (160, 180)
TRUTH = with_houses(np.zeros((1, *SHAPE)), HOUSES) > 0


@pytest.fixture
def houses(tmp_path):
    """A set of one pair in which two houses were built."""
    image = ground(SHAPE)
    write_pair(tmp_path / "one", image, with_houses(image, HOUSES))
    write(tmp_path / "one" / "label.tif", TRUTH * 255)
    return LabelledSet("houses", "changed", tuple(find_pairs(tmp_path)))


def test_a_pair_is_scored(houses):
    (row,) = measure("cva", houses).scored
    assert row.counts.true_positive > 0.8 * TRUTH.sum()
    assert row.objects.reference == 2


def test_a_detector_that_refuses_says_why(houses):
    found = measure("index_difference", houses)
    assert not found.scored
    assert found.refused[0][0] == "one"
    assert found.refused[0][1].endswith(".")


def test_auto_takes_the_scores_of_what_it_chooses(houses):
    known = {name: measure(name, houses) for name in ("cva", "changenet", "log_ratio")}
    found = borrowed(houses, known)
    assert found.detector == "auto"
    assert found.scored == known["changenet"].scored


def test_auto_is_measured_where_its_choice_was_not(houses):
    assert borrowed(houses, {"log_ratio": measure("log_ratio", houses)}) is None
