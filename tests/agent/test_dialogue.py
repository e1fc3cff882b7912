import copy
import json

import pytest

from agent.ask import ask
from agent.dialogue import MOST_TURNS, Dialogue
from errors import InputError
from tests.agent import cases


@pytest.fixture(scope="module")
def turn():
    return ask(cases.desk("suburb_both"), "How many new buildings are there?", Dialogue())


@pytest.fixture
def kept(turn):
    return json.loads(json.dumps(Dialogue((turn,)).to_json()))


def test_what_was_kept_is_what_was_said(turn, kept):
    assert Dialogue.from_json(kept) == Dialogue((turn,))


def test_an_empty_dialogue_can_be_kept_too():
    assert Dialogue.from_json(Dialogue().to_json()) == Dialogue()


def test_only_the_last_turns_are_kept(turn):
    dialogue = Dialogue((turn,) * MOST_TURNS).with_turn(turn)
    assert len(dialogue.turns) == MOST_TURNS


def test_facts_of_results_that_are_gone_are_not_remembered(turn):
    dialogue = Dialogue((turn,))
    run = turn.facts[0].case
    assert dialogue.facts({run}) == turn.facts
    assert dialogue.facts({"another"}) == ()


def _value(entry):
    entry["turns"][0]["facts"][0]["fact"]["value"] = 42


def _run(entry):
    entry["turns"][0]["facts"][0]["fact"]["value"] = float("nan")


def _cites(entry):
    entry["turns"][0]["citations"][0][2] = "0" * 16


def _beyond(entry):
    entry["turns"][0]["citations"][0][1] = 10**6


def _backwards(entry):
    entry["turns"][0]["citations"] = entry["turns"][0]["citations"][::-1]


def _long(entry):
    entry["turns"][0]["text"] = "x" * 10**6


def _many(entry):
    entry["turns"] *= MOST_TURNS + 1


def _reason(entry):
    entry["turns"][0]["reason"] = "because"


def _missing(entry):
    del entry["turns"][0]["text"]


def _frame(entry):
    entry["turns"][0]["frame"] = "none"


@pytest.mark.parametrize(
    "spoil",
    [_value, _run, _cites, _beyond, _backwards, _long, _many, _reason, _missing, _frame],
)
def test_a_dialogue_that_somebody_changed_is_refused_in_one_sentence(spoil, kept):
    spoilt = copy.deepcopy(kept)
    spoil(spoilt)
    with pytest.raises(InputError, match="cannot be read") as caught:
        Dialogue.from_json(spoilt)
    assert caught.value.hint


@pytest.mark.parametrize("entry", [None, [], "x", 5, {}, {"turns": None}, {"turns": {}}])
def test_what_is_no_dialogue_is_refused(entry):
    with pytest.raises(InputError):
        Dialogue.from_json(entry)
