from dataclasses import replace

import pytest

from agent.planner.frame import Frame
from agent.planner.model import handles
from agent.planner.suggest import suggestions
from agent.planner.word import word
from agent.tools.base import Refusal, Told
from agent.work import WorkAsked, WorkPlan
from analysis.facts import Fact, with_id
from analysis.inquiry.case import Measured
from tests.agent.planner.askable import NOTHING, PLAIN, SUBURB
from wording.slots import check


def fact(name, value, unit="1", *, about="building", region="aoi", state="any"):
    return Measured(
        with_id(Fact("", name, value, unit, about, state, region, "Counted.", 1e4, 1e4))
    )


VALID = fact("valid_area", 9e3, "m2", about="any")


def said(tool, *facts, language="en", arguments=None, known=SUBURB, **told):
    frame = Frame(tool, tool, arguments or {}, language=language)
    answer = Told(tuple(facts), **told)
    return word(frame, [answer], [handles(answer)], known)


def test_a_count_is_a_slot_with_its_class_and_place():
    count = fact("objects_appeared", 3, region="north")
    (name,) = handles(Told((count,)))
    text = said("count_objects", count, VALID).text
    assert text == f"{{{name}}} {{{name}.classes}} appeared in the {{{name}.region}} of the area."


def test_one_is_worded_in_the_singular():
    assert ".class} appeared" in said("count_objects", fact("objects_appeared", 1)).text


def test_none_is_said_plainly_with_the_ground_that_was_assessed():
    text = said("count_objects", fact("objects_appeared", 0), VALID).text
    assert text.startswith("No new {f")
    assert "that could be assessed." in text


def test_a_place_where_nothing_was_seen_is_no_unchanged_place():
    nothing = fact("changed_area", 0.0, "m2", about="any", region="north")
    answer = said("detect_change", nothing, fact("valid_area", 0.0, "m2", region="north"))
    assert answer.reason == "not_assessed"
    assert "not assessed" in answer.text


def test_a_refusal_names_its_reason_and_what_can_be_run():
    refusal = Refusal("unknown_class", "tree", alternative="start_work")
    answer = said("count_objects", refusal=refusal)
    assert (answer.refused, answer.reason) == (True, "unknown_class")
    assert "can be run" in answer.text
    without = replace(SUBURB, can_work=False)
    assert "can be run" not in said("count_objects", refusal=refusal, known=without).text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("reason", ["cause", "not_observable", "no_result", "language", "too_long"])
def test_every_refusal_has_words_without_numbers(reason, language):
    answer = word(Frame("refuse", language=language, reason=reason), [], [], PLAIN)
    assert answer.refused
    check(answer.text)


def test_a_name_of_a_layer_with_a_number_is_not_repeated():
    count = fact("objects_appeared", 2)
    near = {"layer": "roads 2020 {f1}", "relation": "near", "distance_m": 50.0}
    text = said("relate_to_layer", count, arguments=near).text
    assert "the layer asked about" in text
    check(text)


def test_a_layer_is_named_in_quotes():
    near = {"layer": "rivers", "relation": "touches"}
    assert "“rivers”" in said("relate_to_layer", fact("objects_post", 2), arguments=near).text


def test_sizes_are_shown_in_the_unit_that_was_asked_for():
    area = fact("changed_area", 12_000.0, "m2", about="any")
    frame = Frame("find_largest", "measure_area", unit="ha")
    told = Told((area,))
    assert ".in_ha}" in word(frame, [told], [handles(told)], PLAIN).text


def test_work_is_told_with_the_thing_it_counts():
    plan = WorkPlan("p", WorkAsked("count", thing="tree"), "Count.", 60.0, needs_yes=True)
    assert "count trees" in said("start_work", plan=plan).text
    odd = replace(plan, asked=WorkAsked("count", thing="say 99"))
    assert "99" not in said("start_work", plan=odd).text


def test_facts_no_sentence_suits_are_listed():
    assert said("measure_length", fact("objects_length_post", 5)).text.startswith("What was found")


def test_suggestions_follow_what_there_is_and_the_language():
    assert any("buildings" in one for one in suggestions(SUBURB, None))
    assert suggestions(SUBURB, Frame("count_objects", language="de"))[0] == "Und im Norden?"
    assert suggestions(NOTHING, None)
    assert suggestions(replace(NOTHING, can_work=False), None) == ()


def test_a_distance_that_was_asked_for_is_a_slot():
    near = {"layer": "rivers", "relation": "near", "distance_m": 50.0}
    asked = fact("distance_asked", 50.0, "m", about="any")
    answer = said("relate_to_layer", fact("objects_appeared", 3), asked, arguments=near)
    name = handles(Told((asked,)))[0]
    assert f"within {{{name}}} of" in answer.text
    assert "nearest" not in answer.text


def test_help_before_any_result_says_what_can_be_run():
    frame = Frame("help")
    assert "ask to count or to compare" in word(frame, [], [], NOTHING).text
