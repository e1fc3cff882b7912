"""What a language model is shown: the question, what may be asked about, and what tools told.

Everything from outside is data, quoted and cut to length. Knows no model.
"""

import json
from collections.abc import Sequence
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, TextPart, UserPromptPart

from agent.answer import Answered
from agent.desk import Desk, FactBook
from agent.support import ONLY
from agent.tools.base import Told
from analysis.facts import Fact
from analysis.inquiry.case import Measured
from raster.text import clean
from wording import quantities

MOST_FACTS = 40
MOST_NAMES = 60
NAME_CHARS = 60
QUOTED_CHARS = 400
HISTORY_TURNS = 6
QUESTION_CHARS = 2000
ANSWER_CHARS = 1500


def prompt(question: str, desk: Desk) -> str:
    """The question of a user, after what the results may be asked about."""
    data = json.dumps(_askable(desk), ensure_ascii=False)
    asked = json.dumps(clean(question, limit=QUESTION_CHARS), ensure_ascii=False)
    return f"Data: {data}\nQuestion: {asked}"


def history(turns: Sequence[Answered], book: FactBook) -> list[ModelMessage]:
    """The last turns as messages, made anew from what was shown, with the facts they cited."""
    messages: list[ModelMessage] = []
    for turn in turns[-HISTORY_TURNS:]:
        asked = json.dumps(clean(turn.question, limit=QUESTION_CHARS), ensure_ascii=False)
        cited = tuple(one for one in turn.facts if book.get(one.fact.id) is not None)
        shown = {"answer": clean(turn.text, limit=ANSWER_CHARS), "facts": facts(cited, book)}
        messages.append(ModelRequest(parts=[UserPromptPart(f"Question: {asked}")]))
        content = json.dumps(shown, ensure_ascii=False)
        messages.append(ModelResponse(parts=[TextPart(content)]))
    return messages


def told(result: Told, book: FactBook) -> dict[str, Any]:
    """What a tool told."""
    shown: dict[str, Any] = {"facts": facts(result.facts, book)}
    if result.refusal:
        refusal = result.refusal
        shown["refused"] = {
            "reason": refusal.reason, "about": _name(refusal.about),
            "nearest": [_name(name) for name in refusal.nearest], "try": refusal.alternative,
        }  # fmt: skip
    if result.plan:
        plan = result.plan
        shown["plan"] = {"summary": _name(plan.summary), "standing": plan.standing,
                         "needs_yes": plan.needs_yes}  # fmt: skip
    if result.notes:
        shown["notes"] = list(result.notes)
    if result.quoted:
        shown["quoted"] = [clean(one, limit=QUOTED_CHARS) for one in result.quoted[:MOST_NAMES]]
    if result.reading:
        shown["reading"] = result.reading
    if result.files:
        shown["files_written"] = True
    return shown


def facts(measured: Sequence[Measured], book: FactBook) -> list[dict[str, Any]]:
    """Facts with the handles they are cited by."""
    handles = book.add(measured)
    return [
        _fact(handle, one.fact) for handle, one in zip(handles, measured[:MOST_FACTS], strict=False)
    ]


def _fact(handle: str, fact: Fact) -> dict[str, Any]:
    shown = {
        "handle": handle, "name": fact.name, "value": quantities.text(fact.value, fact.unit),
        "class": _name(fact.change_class), "state": fact.state, "region": _name(fact.region),
    }  # fmt: skip
    _, only, limits = fact.method.partition(ONLY)
    return shown | ({"only": clean(limits)} if only else {})


def _askable(desk: Desk) -> dict[str, Any]:
    """Classes, places and layers of the results."""
    results = [
        {"id": case.id, "kind": case.kind, "title": _name(case.title),
         "classes": [_name(kind.name) for kind in case.kinds]}
        for case in desk.cases
    ]  # fmt: skip
    places = dict.fromkeys(
        _name(place.name)
        for case in desk.cases
        for place in case.places
        if place.origin in {"area", "feature"}
    )
    layers = dict.fromkeys(_name(layer.name) for case in desk.cases for layer in case.layers)
    return {"results": results, "areas and features": list(places)[:MOST_NAMES],
            "layers": list(layers)[:MOST_NAMES]}  # fmt: skip


def _name(untrusted: str) -> str:
    return clean(untrusted, limit=NAME_CHARS)
