import pytest

from agent.planner.heard import hear
from agent.planner.read import read
from tests.agent.planner.askable import SUBURB


def told(question):
    heard = hear(question, SUBURB)
    return [heard.marks.text[start:end].strip() for start, end in heard.told]


def test_a_sentence_before_the_question_only_tells_something():
    said = "I work for the Red Crescent. How many new buildings are there?"
    assert told(said) == ["i work for the red crescent"]
    assert read(said, (), SUBURB).tool == "count_objects"


@pytest.mark.parametrize(
    "question",
    ["How many buildings are new? Where are they?", "Count the new buildings. In the north only.",
     "How many new buildings are there in Lindenau?", "The area is fine."],
)  # fmt: skip
def test_a_sentence_that_wants_something_and_the_last_one_are_never_left_out(question):
    assert told(question) == []


def test_a_matter_that_is_only_told_refuses_nothing():
    said = "The owner claims that nothing happened. How many buildings are gone?"
    assert read(said, (), SUBURB).reason is None
