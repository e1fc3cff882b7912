"""What counts as the expected fact, argument or reason."""

from dataclasses import replace

import pytest

from agent.answer import Answered, ToolCall
from agent.evaluation.judge import fits, judge
from agent.evaluation.questions import Pattern, Question, patterns
from analysis.facts import Fact, with_id
from analysis.inquiry.case import Measured

FACT = with_id(
    Fact("", "excluded_area_post_nodata", 12.5, "m2", "any", "any", "North", "Measured.", 1.0, 1.0)
)
ANSWER = Answered(
    "?", "It was 12.5 m².", ((7, 14, FACT.id),), (Measured(FACT),),
    (ToolCall("list_exclusions", {"place": "North", "k": 3, "least": False}, (FACT.id,), 0.1),),
    "answer", refused=False, reason=None, model="m", language="en", seconds=0.1, frame={},
)  # fmt: skip
ASKED = Question("q", "g", "en", "s", "", "?", "list_exclusions", {}, (), "")


@pytest.mark.parametrize(
    "pattern",
    ["excluded_area_*|any||north|12.5", "*|||", "excluded_area_post_nodata||||12.5001", "|any"],
)
def test_patterns_fit_with_stars_empty_cells_and_rounded_values(pattern):
    assert fits(FACT, *patterns(pattern))


@pytest.mark.parametrize("pattern", ["valid_area", "*|building", "*||||13", "*||||many"])
def test_other_facts_do_not_fit(pattern):
    assert not fits(FACT, *patterns(pattern))


@pytest.mark.parametrize(
    ("arguments", "is_right"),
    [({"place": "north"}, True), ({"k": 3.0}, True), ({"least": False}, True), ({"k": 4}, False),
     ({"least": 0}, False), ({"other": None}, False)],
)  # fmt: skip
def test_arguments_that_matter_must_be_equal(arguments, is_right):
    verdict = judge(replace(ASKED, arguments=arguments), ANSWER)
    assert verdict.arguments is is_right
    assert verdict.is_right is is_right


@pytest.mark.parametrize(("tool", "is_right"), [
    ("list_cautions|list_exclusions", True), ("list_cautions|list_places", False)])  # fmt: skip
def test_one_of_several_tools_that_are_equally_right_is_enough(tool, is_right):
    assert judge(replace(ASKED, tool=tool), ANSWER).is_right is is_right


def test_a_fact_that_is_only_mentioned_by_a_tool_does_not_count():
    asked = replace(ASKED, facts=(Pattern("excluded_area_*"),))
    assert judge(asked, ANSWER).is_right
    assert not judge(asked, replace(ANSWER, citations=(), text="It was so.")).is_right


def test_an_invented_number_is_never_right():
    assert judge(ASKED, ANSWER).is_right
    verdict = judge(ASKED, replace(ANSWER, text="It was 13.5 m²."))
    assert (verdict.is_right, verdict.wrong) == (False, ("13.5 m²",))


def test_refusals_count_by_their_reason():
    asked = replace(ASKED, refusal="cause")
    refused = replace(ANSWER, refused=True, reason="cause", text="No.", citations=())
    assert judge(asked, refused).is_right
    assert not judge(asked, replace(refused, reason="unknown_class")).is_right
    assert not judge(asked, ANSWER).is_right
    assert not judge(ASKED, refused).is_right
