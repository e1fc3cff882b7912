import pytest

from agent.planner.frame import Frame
from agent.planner.read import read
from tests.agent.planner.askable import SUBURB


@pytest.mark.parametrize("question", ["How do you know?", "Woher weißt du das?"])
def test_before_any_number_was_told_how_do_you_know_asks_for_the_method(question):
    assert read(question, (), SUBURB).tool == "describe_method"


def test_after_a_number_it_asks_for_that_number():
    first = read("How many buildings are new?", (), SUBURB)
    assert read("How do you know?", (first,), SUBURB).intent == "explain_fact"


@pytest.mark.parametrize("question", ["wie weit ist das?", "how far is that?", "status?"])
def test_after_work_was_begun_how_far_asks_for_its_standing(question):
    begun = Frame("start_work", "start_work", {"kind": "count", "thing": "tree"})
    assert read(question, (begun,), SUBURB).tool == "check_work"


def test_a_thing_that_is_set_aside_is_not_what_is_asked_for():
    assert "subject" not in read("Count the changes, not the buildings", (), SUBURB).arguments


def test_of_three_places_each_is_compared():
    frame = read("new buildings: north, south and Old Town compared", (), SUBURB)
    named = {place for _, arguments in frame.calls for place in arguments["places"]}
    assert named == {"north", "south", "Old Town"}


def test_a_distance_away_is_not_removed():
    frame = read("Gebäude, die höchstens 50 m vom Fluss entfernt liegen", (), SUBURB)
    assert frame.arguments.get("state") is None
    assert frame.arguments["distance_m"] == 50
