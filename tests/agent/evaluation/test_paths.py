"""A part of the project's questions by every path: numbers are facts, whoever answers."""

import logging
from functools import cache
from pathlib import Path

import pytest

from agent.ask import BROKEN, INSTEAD
from agent.evaluation.questions import read, sample
from agent.evaluation.run import scores
from tests.agent import paths
from tests.agent.well_read import LIES, knows
from wording.slots import numbers_in

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("serves")]
QUESTIONS = Path(__file__).parents[1] / "questions.csv"
EVERY = 20


@pytest.fixture(params=paths.PROVIDERS)
def provider(request):
    return request.param


@cache
def asked():
    return sample(read(QUESTIONS), EVERY)


@cache
def offline():
    return paths.offline(asked())


def by_model(provider, character):
    return paths.by_model(provider, character, asked(), offline())


def wrong(found):
    return [(one.question.id, one.answered.text, one.answered.notice) for one in found.scored
            if not one.verdict.is_right]  # fmt: skip


def test_an_honest_model_that_calls_the_right_tools_gives_right_answers_by_itself(provider):
    found = by_model(provider, "honest")
    assert scores(found.scored).faithful_pct == 100
    both = zip(found.scored, offline().scored, strict=True)
    known = [one for one, ours in both if knows(ours)]
    assert len(known) > 0.97 * len(found.scored)
    total = scores(known)
    assert total.accuracy_pct >= 97, wrong(found)
    assert total.own_pct >= 99, wrong(found)
    assert total.refusal_precision_pct == total.refusal_recall_pct == 100


def test_of_a_lying_model_no_word_is_shown_and_the_planner_says_that_it_answered(provider, caplog):
    caplog.set_level(logging.ERROR)
    found = by_model(provider, "lying")
    assert scores(found.scored).faithful_pct == 100
    for one, ours in zip(found.scored, offline().scored, strict=True):
        turn = one.answered
        if turn.notice.endswith(INSTEAD):
            assert turn.text == ours.answered.text
        else:
            found_facts = any(call.facts for call in turn.calls)
            assert turn.plan or turn.files or not found_facts, turn
            assert turn.text == ours.answered.text or not numbers_in(turn.text), turn
        assert turn.text != BROKEN
    assert not caplog.records


def test_the_lies_are_lies():
    fact = {"handle": "f1", "region": "aoi", "state": "appeared"}
    assert len({lie(fact) for lie in LIES}) == len(LIES)
