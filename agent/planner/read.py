"""From a question to a frame: which tool with which arguments, or which refusal.

Deterministic, from words and the dialogue before; measures nothing and never fails.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.planner import follow, intents, limits, slots, turns
from agent.planner.frame import Frame
from agent.planner.heard import Heard, hear
from agent.planner.known import Known
from agent.planner.subjects import Subject, opposite, subject

MOST_CHARS = 2000
LISTED = 10
"""How many things are listed where no number was named."""
LEAST_UNDERSTOOD = 0.66
ANSWER_WITHOUT_RESULT = frozenset(
    {"start_work", "check_work", "cancel_work", "refuse", "decline", "language"}
)
UNRUN = frozenset({"ambiguous", "unknown_class", "unknown_place"})
"""Reasons that say less than that nothing was run yet."""
NEAREST: Mapping[str, str] = {
    "cause": "detect_change", "not_observable": "detect_change", "outside_dates": "describe_pair",
    "outside_area": "describe_pair", "unknown_class": "list_transitions",
    "unknown_place": "list_places",
}  # fmt: skip
"""The tool whose answer comes nearest to what cannot be answered."""
BESIDE = frozenset({"layer", "layername", "feature", "area"})
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
    frame = _both(heard, before) or limits.kept(_understood(heard, before), heard)
    if not known.cases and (frame.intent not in ANSWER_WITHOUT_RESULT or frame.reason in UNRUN):
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
    turned = turns.turned(heard, about, before)
    if turned:
        return turned
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
    if intent == "list_transitions" and heard.places not in {(), ("aoi",)}:
        # The table tells the whole area only.
        intent = "compare_dates" if _is_counted(heard, about) else "detect_change"
    if intent == "measure_area" and values.get("unit") == "%":
        intent = "measure_share"
    return _adjusted(Frame(intent, intent, slots.taken(intent, values)), heard, about)


def _adjusted(frame: Frame, heard: Heard, about: Subject) -> Frame:
    """Small differences between tools: defaults that follow from what was asked."""
    arguments = dict(frame.arguments)
    counted = _is_counted(heard, about)
    if frame.tool == "write_caption":
        arguments.setdefault("length", "short")
    if frame.tool == "measure_share":
        arguments["of"] = _whole(heard, about, arguments)
        if counted and arguments["of"] == "valid" and not about.state:
            arguments.setdefault("date", "post")
    if frame.tool in {"count_objects", "average_size"} and counted and not about.state:
        arguments.setdefault("date", "post")
    if frame.tool == "measure_area" and counted and not about.state:
        arguments.setdefault("date", "post")
    if frame.tool == "find_largest" and heard.marks.has("ask:each"):
        arguments.setdefault("k", LISTED)
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


def _is_counted(heard: Heard, about: Subject) -> bool:
    return bool(about.names) and about.names[0] in heard.known.counted


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
    counted = _is_counted(heard, about)
    if counted and about.state and arguments.get("place") and _is_attribute(heard):
        return "change"
    return heard.marks.first("of") or ("objects" if counted else "valid")


def _is_attribute(heard: Heard) -> bool:
    """`Of the new buildings ... lie`: the state belongs to the whole, the place to the part."""
    marks = heard.marks.marks
    compound = any("+" in mark.value for mark in marks if mark.kind == "thing")
    states = [mark.end for mark in marks if mark.kind == "state"]
    things = [mark.start for mark in marks if mark.kind in {"thing", "class"}]
    is_before = any(thing - 1 == state for thing in things for state in states)
    return (is_before or compound) and heard.marks.has("verb:lie")


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
    is_lost = heard.understood < LEAST_UNDERSTOOD and not heard.amounts.years
    if reason in NEAREST and is_lost:
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
        "has:feature": any("/" in place for place in heard.places),
        "has:layer": heard.layer is not None,
        "has:rank": bool(heard.amounts.rank),
        "has:k": heard.amounts.k is not None and heard.marks.has("ask:top"),
        "is:near": _is_near(heard),
        "is:beyond": _is_beyond(heard),
        "is:all_but": _is_all_but(heard),
        "is:farther": _is_farther(heard),
        "is:unmeasured": heard.marks.has("size:than") and not heard.amounts.spans,
        "is:both_years": len({*heard.amounts.years}) > 1,
        "has:size": bool(heard.amounts.min_area_m2 or heard.amounts.max_area_m2),
        "is:layer_with": _has_with(heard),
        "is:layer_counted": _counts_layer(heard),
        "is:short": heard.is_short,
        "is:counted": _is_counted(heard, about),
        "is:two_way": _is_two_way(heard),
        "has:opposites": bool(RISING & {*heard.states}) and bool(FALLING & {*heard.states}),
        "is:other_year": _has_other_year(heard),
        "is:unknown_thing": _is_unknown_thing(heard, about),
    }
    return frozenset(said | {name for name, holds in flags.items() if holds})


def _has_with(heard: Heard) -> bool:
    """Whether it asks for features that hold something: `parcels with new buildings`."""
    links = {mark.start for mark in heard.marks.marks if mark.concept == "link:with"}
    layers = [mark for mark in heard.marks.marks if mark.kind in {"layer", "layername"}]
    return any(layer.end + 1 in links for layer in layers)


def _is_near(heard: Heard) -> bool:
    """Whether it asks how things lie to a layer."""
    said = ("relation:near", "relation:touches", "relation:outside", "ask:nearest")
    return heard.marks.has(*said) or bool(heard.amounts.distance_m)


def _is_beyond(heard: Heard) -> bool:
    """Whether it asks for a side of a layer or a named place: `north of the river`."""
    marks = heard.marks.marks
    sides = [mark.end for mark in marks if mark.kind == "place" and mark.value != "aoi"]
    others = [mark.start for mark in marks if mark.kind in BESIDE]
    links = {(mark.start, mark.end) for mark in marks if mark.kind == "link"}
    return any((side + 1, other - 1) in links for side in sides for other in others)


def _is_all_but(heard: Heard) -> bool:
    """Whether it asks for all but a place, which no tool measures."""
    is_outside = heard.marks.has("relation:outside") and bool(heard.places) and not heard.layer
    return heard.marks.has("relation:except") or is_outside


def _is_farther(heard: Heard) -> bool:
    """Whether it asks for what lies beyond a distance, which no tool measures."""
    if not heard.amounts.distance_m:
        return False
    limits = [mark.value for mark in heard.marks.marks if mark.kind == "limit"]
    return heard.marks.has("relation:outside") or "least" in limits


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
    return (bool(heard.things) or bool(heard.unknown)) and not _is_counted(heard, about)
