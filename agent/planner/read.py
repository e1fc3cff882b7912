"""From a question to a frame: which tool with which arguments, or which refusal.

Deterministic, from words and the dialogue before; measures nothing and never fails.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.planner import follow, intents, slots
from agent.planner.frame import Frame
from agent.planner.heard import Heard, hear
from agent.planner.known import Known
from agent.planner.subjects import Subject, opposite, subject

MOST_CHARS = 2000
LEAST_UNDERSTOOD = 0.66
ANSWER_WITHOUT_RESULT = frozenset(
    {"start_work", "check_work", "cancel_work", "refuse", "decline", "language"}
)
NEAREST: Mapping[str, str] = {
    "cause": "detect_change", "not_observable": "detect_change", "outside_dates": "describe_pair",
    "outside_area": "describe_pair", "unknown_class": "list_transitions",
    "unknown_place": "list_places",
}  # fmt: skip
"""The tool whose answer comes nearest to what cannot be answered."""
FALLING = frozenset({"vanished", "decrease", "shrunk"})
RISING = frozenset({"appeared", "increase", "grown"})


def read(question: str, before: Sequence[Frame], known: Known) -> Frame:
    """What a question asks.

    Args:
        question: as asked; untrusted text.
        before: frames of the dialogue so far, oldest first.
        known: what the results may be asked about.
    """
    tag = before[-1].language if before else ""
    if len(question) > MOST_CHARS:
        return Frame("refuse", language=tag or "en", reason="too_long")
    heard = hear(question, known, tag_before=tag)
    if heard.is_foreign:
        return Frame("refuse", language=tag or "en", reason="language")
    frame = _both(heard, before) or _understood(heard, before)
    if not known.cases and frame.intent not in ANSWER_WITHOUT_RESULT:
        frame = Frame("refuse", reason="no_result", meant=(frame.tool, frame.arguments))
    return replace(frame, language=heard.tag)


def _both(heard: Heard, before: Sequence[Frame]) -> Frame | None:
    """Two questions in one sentence, if each can be answered: `how many, and where?`."""
    second = [mark.start for mark in heard.marks.marks if mark.concept == "follow:second"]
    if not second or not heard.marks.text[: second[0]].strip():
        return None
    text = heard.marks.text
    tag = heard.tag
    first = _understood(hear(text[: second[0]], heard.known, tag_before=tag), before)
    if first.reason or first.tool not in slots.INHERITING:
        return None
    next_one = _understood(hear(text[second[0] :], heard.known, tag_before=tag), [first])
    if next_one.reason or next_one.tool not in slots.INHERITING:
        return None
    return replace(first, then=(*first.then, *next_one.calls))


def _understood(heard: Heard, before: Sequence[Frame]) -> Frame:
    about = subject(heard)
    intent = intents.decide(_concepts(heard, about))
    if intent.startswith("refuse:"):
        return _refused(intent.removeprefix("refuse:"), heard, about)
    own = _frame(intent, heard, about, before) if intent else None
    found = _unknown_layer(own, heard) or follow.continued(own, heard, about, before)
    return found or _lost(heard)


def _unknown_layer(own: Frame | None, heard: Heard) -> Frame | None:
    """A refusal where it names a river or a road and there is no such layer."""
    concepts = [mark for mark in heard.marks.marks if mark.kind == "layer" and mark.value != "any"]
    is_known = heard.layer or heard.marks.has("feature:", "layername:", "area:")
    if not concepts or is_known or (own and own.tool not in slots.INHERITING):
        return None
    word = heard.marks.text[concepts[0].start : concepts[0].end]
    meant = (own.tool, own.arguments) if own else ("", {})
    if heard.marks.has("relation:") or heard.things:
        return Frame("refuse", "list_places", reason="unknown_place", about=word, meant=meant)
    return Frame("refuse", "list_transitions", reason="unknown_class", about=word, meant=meant)


def _frame(intent: str, heard: Heard, about: Subject, before: Sequence[Frame]) -> Frame:
    """The frame of a question that says by itself what it wants."""
    if intent in {"yes", "no"}:
        return follow.decided(intent, before)
    if intent == "help":
        return Frame("help", "list_results")
    if intent == "start_work":
        return _work(heard)
    if intent == "calculate":
        return _sum(heard, about)
    if intent == "explain_fact":
        return follow.explained(before)
    values = slots.given(heard, about)
    return _adjusted(Frame(intent, intent, slots.taken(intent, values)), heard, about)


def _adjusted(frame: Frame, heard: Heard, about: Subject) -> Frame:
    """Small differences between tools: defaults that follow from what was asked."""
    arguments = dict(frame.arguments)
    counted = bool(about.names) and about.names[0] in heard.known.counted
    if frame.tool == "write_caption":
        arguments.setdefault("length", "short")
    if frame.tool == "measure_share":
        arguments.setdefault("of", _whole(heard, about, arguments))
    if frame.tool in {"count_objects", "average_size"} and counted and not about.state:
        arguments.setdefault("date", "post")
    if frame.tool == "measure_area" and counted and not about.state:
        arguments.setdefault("date", "post")
    if "quantity" in slots.TAKEN.get(frame.tool, ()):
        arguments.setdefault("quantity", slots.usual_quantity(about.names, heard.known))
    if not about.names and heard.states == ("changed",):
        arguments |= _of_change(heard.known, frame.tool)
    unit = str(slots.given(heard, about).get("unit", ""))
    then = _both_ways(frame, arguments, about)
    if frame.tool == "count_touched_features" and not heard.marks.has("ask:count"):
        named = slots.taken("rank_places", slots.given(heard, about))
        quantity = {"quantity": slots.usual_quantity(about.names, heard.known)}
        then = (*then, ("rank_places", quantity | named | {"among": heard.layer}))
    return replace(frame, arguments=arguments, then=then, unit=unit)


def _of_change(known: Known, tool: str) -> dict[str, Any]:
    """What `changed` means where things were counted: a comparison, if there is one, or a state."""
    first = known.cases[0] if known.cases else None
    if first is None or first.kind != "count" or "state" not in slots.TAKEN.get(tool, ()):
        return {}
    other = next((case.id for case in known.cases if case.kind == "comparison"), "")
    return {"result": other} if other else {"state": "changed"}


def _both_ways(
    frame: Frame, arguments: dict[str, Any], about: Subject
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """A second call where a word means a class of gain and one of loss."""
    if len(about.names) < 2 or frame.tool in {"list_transitions", "compare_dates"}:
        return ()
    if "subject" not in slots.TAKEN.get(frame.tool, ()):
        return ()
    return ((frame.tool, {**arguments, "subject": about.names[1]}),)


def _whole(heard: Heard, about: Subject, arguments: Mapping[str, Any]) -> str:
    counted = bool(about.names) and about.names[0] in heard.known.counted
    return "objects" if counted else "valid"


def _work(heard: Heard) -> Frame:
    """A plan for work."""
    said = heard.marks
    kinds = [kind for kind in ("segment", "count", "compare") if said.has(f"work:{kind}")]
    kind = kinds[0] if kinds else "count" if heard.things else "compare"
    arguments: dict[str, Any] = {"kind": kind}
    if method := said.first("method"):
        arguments["method"] = method
    if kind == "count" and heard.things:
        arguments["thing"] = heard.things[0]
    elif kind == "count" and heard.unknown:
        arguments["thing"] = heard.unknown[0].concept
    named = [mark.value for mark in said.marks if mark.kind == "area"]
    if named:
        arguments["place"] = named[0]
    return Frame("start_work", "start_work", arguments)


def _sum(heard: Heard, about: Subject) -> Frame:
    """Two counts and what is done with them."""
    first, second = heard.states[:2]
    place = {"place": heard.places[0]} if heard.places else {}
    named = {"subject": about.names[0]} if about.names else {}
    calls = [("count_objects", {**named, "state": state, **place}) for state in (first, second)]
    turned = [opposite(name, state, heard.known) for name in about.names[:1]
              for state in (first, second)]  # fmt: skip
    if len(turned) == 2 and all(turned):
        calls = [("measure_area", {"subject": name, **place}) for name in turned]
    operation = heard.marks.first("calc") or "sum"
    last = ("calculate", {"operation": operation, "facts": ["@1", "@2"]})
    return Frame("calculate", calls[0][0], calls[0][1], (calls[1], last))


def _refused(reason: str, heard: Heard, about: Subject) -> Frame:
    """A refusal with the call whose answer comes nearest."""
    if reason in NEAREST and heard.understood < LEAST_UNDERSTOOD:
        return Frame("refuse", reason="unsupported")
    tool = NEAREST.get(reason, "")
    values = slots.given(heard, about) if tool == "detect_change" and about.names else {}
    arguments = slots.taken(tool, values)
    if len(about.names) > 1 or (about.names and about.names[0] not in heard.known.classes):
        arguments = {}
    told = slots.taken("detect_change", slots.given(heard, about))
    meant = ("detect_change", told) if about.names or about.state else ("", {})
    return Frame("refuse", tool, arguments, reason=reason, meant=meant)  # type: ignore[arg-type]


def _lost(heard: Heard) -> Frame:
    """What to say to a question that leads to no tool."""
    if heard.understood < LEAST_UNDERSTOOD:
        return Frame("refuse", reason="unsupported")
    is_about = heard.marks.has("ask:", "state:", "place:", "thing:", "follow:") or heard.layer
    return Frame("refuse", reason="ambiguous" if is_about else "unsupported")


def _concepts(heard: Heard, about: Subject) -> frozenset[str]:
    """Concepts a question says, and what follows from them."""
    said = {mark.concept for mark in heard.marks.marks}
    flags = {
        "has:thing": heard.marks.has("thing:", "class:"),
        "has:thing_named": about.is_named,
        "has:state": bool(heard.states),
        "has:two_states": len([one for one in heard.states if one != "changed"]) > 1,
        "has:place": bool(heard.places) and heard.places != ("aoi",),
        "has:two_places": len(heard.places) > 1,
        "has:layer": heard.layer is not None,
        "has:rank": bool(heard.amounts.rank),
        "has:k": heard.amounts.k is not None and heard.marks.has("ask:top"),
        "is:layer_counted": _counts_layer(heard),
        "is:short": heard.is_short,
        "is:counted": bool(about.names) and about.names[0] in heard.known.counted,
        "is:two_way": _is_two_way(heard),
        "has:opposites": bool(RISING & {*heard.states}) and bool(FALLING & {*heard.states}),
        "is:other_year": _has_other_year(heard),
        "is:unknown_thing": _is_unknown_thing(heard, about),
    }
    return frozenset(said | {name for name, holds in flags.items() if holds})


def _is_two_way(heard: Heard) -> bool:
    """Whether it asks for more or less of something."""
    said = heard.marks
    has_both_dates = said.has("date:pre") and said.has("date:post")
    return bool({"increase", "decrease"} & {*heard.states}) or has_both_dates


def _counts_layer(heard: Heard) -> bool:
    """Whether the features of a layer are what is asked for: `how many parcels`."""
    cues = {"ask:count", "ask:rank", "ask:touched", "ask:share"}
    said = [mark for mark in heard.marks.marks if mark.concept in cues]
    # `Which district` holds the layer itself; behind the others it follows.
    starts = [mark.start if mark.concept == "ask:rank" else mark.end + 1 for mark in said]
    layers = [mark for mark in heard.marks.marks if mark.kind in {"layer", "layername"}]
    text = heard.marks.text
    return any(
        len(text[start : layer.start].split()) <= 2 and start <= layer.start
        for start in starts
        for layer in layers
    )


def _has_other_year(heard: Heard) -> bool:
    """Whether it names a year of neither date, where both are known."""
    case = heard.known.cases[0] if heard.known.cases else None
    if case is None or not (case.pre_on and case.post_on):
        return False
    years = {int(case.pre_on[:4]), int(case.post_on[:4])}
    return any(year not in years for year in heard.amounts.years)


def _is_unknown_thing(heard: Heard, about: Subject) -> bool:
    """Whether it names a thing that no result has counted."""
    is_counted = bool(about.names) and about.names[0] in heard.known.counted
    return (bool(heard.things) or bool(heard.unknown)) and not is_counted
