"""Questions without a model: the planner through the whole of the agent."""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from agent import ask as module
from agent.ask import BROKEN, ask
from agent.dialogue import Dialogue
from agent.run import PROMPT
from tests.agent import cases

NEW = "How many new buildings are there?"


def talk(desk, *questions):
    """The turns of a dialogue."""
    dialogue = Dialogue()
    for question in questions:
        dialogue = dialogue.with_turn(ask(desk, question, dialogue))
    return dialogue


def uncited(turn):
    """The answer without its cited pieces and without what stands in quotes."""
    text = turn.text
    for start, end, _ in reversed(turn.citations):
        text = text[:start] + text[end:]
    return re.sub("“[^”]*”|„[^“]*“", "", text)


def test_every_number_of_an_answer_is_a_fact_of_the_result(desk):
    turn = ask(desk, NEW, Dialogue())
    assert (turn.model, turn.refused, turn.notice) == ("offline planner", False, "")
    assert "8" in [turn.text[start:end] for start, end, _ in turn.citations]
    assert not any(char.isdigit() for char in uncited(turn))
    known = {fact.id for case in desk.cases for fact in case.facts}
    assert {cited for _, _, cited in turn.citations} <= known
    assert turn.calls[0].tool == "count_objects"
    assert turn.seconds > 0


def test_a_dialogue_leans_on_what_was_asked_before(desk):
    first, second, third = talk(desk, NEW, "and in the north?", "and in hectares?").turns
    assert first.calls[0].arguments["state"] == second.calls[0].arguments["state"] == "appeared"
    assert second.calls[0].arguments["place"] == "north"
    assert "ha" in third.text


def test_a_dialogue_goes_on_after_it_was_kept_and_read_again(desk):
    kept = json.loads(json.dumps(talk(desk, NEW).to_json()))
    turn = ask(cases.desk("suburb_both"), "and in the north?", Dialogue.from_json(kept))
    assert turn.calls[0].arguments["place"] == "north"


def test_a_frame_that_cannot_be_read_any_more_is_left_out(desk):
    first = replace(ask(desk, NEW, Dialogue()), frame={"intent": 5, "then": "x"})
    assert ask(desk, NEW, Dialogue((first,))).text != BROKEN


def test_an_answer_is_in_the_language_of_the_question(desk):
    turn = ask(desk, "Wie viele neue Gebäude gibt es?", Dialogue())
    assert turn.language == "de"
    assert "Gebäude" in turn.text


def test_a_question_of_any_length_is_answered_in_a_sentence(desk):
    turn = ask(desk, "how many " * 2500, Dialogue())
    assert (turn.refused, turn.reason) == (True, "too_long")
    assert len(turn.question) <= 2000


@pytest.mark.parametrize("question", ["", " ", "\x00\u202e", "?" * 50, "{f1}", "42", "🏠" * 100])
def test_no_question_is_an_error(question, desk):
    turn = ask(desk, question, Dialogue())
    assert turn.text
    assert turn.text != BROKEN
    assert not any(char.isdigit() for char in uncited(turn))


def test_before_any_result_a_question_is_answered_by_what_could_be_run():
    turn = ask(cases.desk("nothing_run"), NEW, Dialogue())
    assert (turn.refused, turn.reason) == (True, "no_result")
    assert not turn.citations


def test_a_fault_of_ours_is_said_and_not_raised(desk, monkeypatch, caplog):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(module, "offline", fail)
    turn = ask(desk, NEW, Dialogue())
    assert (turn.text, turn.refused, turn.facts) == (BROKEN, True, ())
    assert "ZeroDivisionError" in caplog.text


def test_a_stop_is_heeded_before_anything_is_done(desk):
    stop = threading.Event()
    stop.set()
    assert ask(desk, NEW, Dialogue(), stop=stop).intent == "stopped"


def test_events_tell_which_tools_are_at_work(desk):
    heard = []
    ask(desk, NEW, Dialogue(), on_event=heard.append)
    assert [(one.kind, one.tool) for one in heard] == [
        ("tool_started", "count_objects"), ("tool_ended", "count_objects")
    ]  # fmt: skip


def test_twenty_users_at_once_are_all_answered():
    scenes = ["suburb_count", "suburb_changed", "fields_index", "unchanged"] * 5
    for scene in set(scenes):
        cases.desk(scene)
    with ThreadPoolExecutor(20) as pool:
        turns = list(
            pool.map(lambda one: ask(cases.desk(one), "What changed?", Dialogue()), scenes)
        )
    alone = {
        scene: ask(cases.desk(scene), "What changed?", Dialogue()).text for scene in set(scenes)
    }
    assert [turn.text for turn in turns] == [alone[scene] for scene in scenes]


def test_the_instructions_of_models_hold_no_text_from_outside():
    assert "{" not in re.sub(r"`[^`]*`", "", PROMPT.read_text(encoding="utf-8"))
