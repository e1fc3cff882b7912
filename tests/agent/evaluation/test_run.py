"""The runner: offline, by an honest and by a lying model over HTTP, and what the scores mean."""

import json
from contextlib import contextmanager

import pytest
from pydantic import SecretStr

from agent.endpoint import Endpoint
from agent.evaluation.questions import Pattern, Question
from agent.evaluation.run import evaluate, scores
from agent.evaluation.tables import table, to_json
from agent.models import choice
from errors import InputError
from progress import Watcher
from tests.agent import brains, cases
from tests.agent.servers import serving


def asked(name, query, *, follows="", tool="", arguments=None, facts=(), refusal=""):
    return Question(name, "small", "en", "suburb_count", follows, query, tool, arguments or {},
                    facts, refusal)  # fmt: skip


NEW = asked(
    "new", "How many new buildings are there?", tool="count_objects",
    arguments={"subject": "building", "state": "appeared"},
    facts=(Pattern("objects_appeared", "building", "", "aoi", "8"),),
)  # fmt: skip
NORTH = asked(
    "north", "And in the north?", follows="new", tool="count_objects",
    arguments={"place": "north"}, facts=(Pattern("objects_appeared", region="north"),),
)  # fmt: skip
WHY = asked("why", "Why were they built?", refusal="cause")
WRONG = asked("wrong", "How many buildings vanished?", tool="count_objects",
              facts=(Pattern("objects_vanished", value="99"),))  # fmt: skip


def desks():
    return {"suburb_count": lambda: cases.desk("suburb_count")}


def by_name(evaluation):
    return {one.question.id: one for one in evaluation.scored}


@contextmanager
def model_of(brain):
    with serving("openai", brain) as server:
        endpoint = Endpoint("openai", "fake-model", server.url, SecretStr("k"), timeout_s=30.0)
        model = choice(endpoint)
        try:
            yield model
        finally:
            model.connection.close()


def test_offline_answers_are_asked_in_their_dialogues_and_judged():
    found = evaluate([NEW, NORTH, WHY, WRONG], cases=desks())
    each = by_name(found)
    assert found.model == "offline planner"
    assert each["new"].verdict.is_right
    assert (each["north"].verdict.tool, each["north"].verdict.facts) == (True, True)
    assert each["why"].verdict.reason is True
    assert (each["wrong"].verdict.tool, each["wrong"].verdict.facts) == (True, False)
    total = scores(found.scored)
    assert (total.questions, total.accuracy_pct, total.faithful_pct) == (4, 75, 100)
    assert (total.refusal_precision_pct, total.refusal_recall_pct) == (100, 100)
    assert 0 < total.median_s <= total.p95_s


@pytest.mark.usefixtures("serves")
def test_an_honest_model_is_scored_the_same_way():
    with model_of(brains.honest) as model:
        found = evaluate([NEW], cases=desks(), model=model)
    (one,) = found.scored
    assert (found.model, one.answered.model, one.verdict.is_right) == (
        "fake-model", "fake-model", True,
    )  # fmt: skip
    assert scores(found.scored).own_pct == 100


@pytest.mark.usefixtures("serves")
def test_a_lying_model_never_shows_its_number():
    lies = brains.insisting("{%s} buildings and twelve more.", "99 buildings.", "Dozens.")
    with model_of(lies) as model:
        found = evaluate([NEW], cases=desks(), model=model)
    (one,) = found.scored
    assert one.answered.model == "offline planner"
    assert scores(found.scored).faithful_pct == 100
    assert scores(found.scored).own_pct == 0
    assert one.verdict.is_right


def test_refusals_that_were_not_due_cost_precision_and_missing_ones_recall():
    too_much = asked("people", "How many people live there?", tool="count_objects")
    too_little = asked("count", NEW.query, refusal="not_observable")
    total = scores(evaluate([too_much, too_little, WHY], cases=desks()).scored)
    assert total.refusal_precision_pct == 50
    assert total.refusal_recall_pct == 50


def test_the_table_has_a_row_for_all_and_for_each_part():
    found = evaluate([NEW, WHY], cases=desks())
    text = table(found)
    for name in ("**all**", "group small", "language en", "type count_objects", "type refusal"):
        assert f"| {name} |" in text
    widths = {line.count("|") for line in text.splitlines() if line.startswith("|")}
    assert widths == {13}


def test_the_json_has_every_answer():
    content = json.loads(json.dumps(to_json(evaluate([NEW, WHY], cases=desks()))))
    assert [one["id"] for one in content["answers"]] == ["new", "why"]
    assert content["scores"]["questions"] == 2
    assert content["answers"][0]["calls"][0]["tool"] == "count_objects"


def test_a_scene_that_is_not_there_is_named():
    with pytest.raises(InputError, match="suburb_count"):
        evaluate([NEW], cases={})


def test_how_far_it_is_can_be_watched():
    heard = []
    evaluate([NEW, NORTH], cases=desks(), watcher=Watcher(lambda *told: heard.append(told)))
    assert [share for share, _words in heard] == [0.0, 0.5]
