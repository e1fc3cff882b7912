import pytest

from agent.languages.speech import speech
from agent.planner import amounts, marks, tokens


def found(question, tag="en"):
    text = tokens.read(question, marks.vocabulary(tag)).text
    return amounts.find(marks.find(text, tag, {}), speech(tag))


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [("larger than 150 m2", 150, None), ("smaller than 0.5 ha", None, 5000),
     ("between 100 and 200 m2", 100, 200), ("at least 1,200 m2", 1200, None),
     ("over 2 square kilometres", 2e6, None), ("how many", None, None)],
)  # fmt: skip
def test_sizes_are_read_in_square_metres(question, low, high):
    assert (found(question).min_area_m2, found(question).max_area_m2) == (low, high)


def test_german_numbers_have_their_own_marks():
    assert found("größer als 1.200,5 m²", "de").min_area_m2 == 1200.5


@pytest.mark.parametrize(("question", "metres"), [("within 50 m", 50), ("within 0.1 km", 100)])
def test_distances_are_read_in_metres(question, metres):
    assert found(question).distance_m == metres


@pytest.mark.parametrize(
    ("question", "k", "rank"),
    [("the five largest", 5, 0), ("top 3", 3, 0), ("the second largest", None, 2),
     ("in the first image", None, 0), ("buildings in the northern third", None, 0)],
)  # fmt: skip
def test_how_many_of_a_list_and_which_of_it(question, k, rank):
    assert (found(question).k, found(question).rank) == (k, rank)


def test_years_are_no_amounts():
    assert found("changes in 2010").years == (2010,)
    assert found("larger than 2010 m2").years == ()


@pytest.mark.parametrize(
    "question",
    ["built area 2024, in square metres", "vegetation loss northern half, m2", "2023, in hectares"],
)
def test_a_unit_that_is_wished_for_is_no_size(question):
    assert found(question).min_area_m2 is None


def test_a_size_without_a_unit_is_in_square_metres():
    assert found("those bigger than 200").min_area_m2 == 200
    assert found("more than 200 of them").min_area_m2 is None
