import pytest

from agent.planner.asides import barred
from agent.planner.heard import hear
from agent.planner.read import read
from tests.agent.planner.askable import SUBURB


def aside(question):
    """What is told beside the point."""
    heard = hear(question, SUBURB)
    return {heard.marks.text[mark.start : mark.end] for mark in barred(heard)}


def test_what_is_told_before_a_question_is_no_part_of_it():
    said = "My grandma lives in Old Town, how many new buildings are there?"
    assert aside(said) == {"lives"}
    assert read(said, (), SUBURB).tool == "count_objects"


@pytest.mark.parametrize(
    "question",
    ["How many people live in the new buildings?",
     "What did the demolition cost, and how many houses are gone?",
     "How many new buildings are there, and who lives in them?",
     "How many new buildings are there, people?"],
)  # fmt: skip
def test_what_is_asked_is_never_taken_for_an_aside(question):
    assert aside(question) == set()


def test_a_sentence_of_one_clause_has_no_asides():
    assert aside("how many of the new buildings are occupied") == set()
