"""From a question to a frame: which tool with which arguments, or which refusal.

Deterministic, from words and the dialogue before; measures nothing and never fails.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.planner import follow, intents, limits, plans, replies, slots, turns, unknown
from agent.planner.concepts import concepts, is_counted
from agent.planner.frame import Call, Frame
from agent.planner.heard import Heard, hear
from agent.planner.known import Known
from agent.planner.subjects import Subject, subject

MOST_CHARS = 2000
LISTED = 10
"""How many things are listed where no number was named."""
LEAST_UNDERSTOOD = 0.66
ANSWER_WITHOUT_RESULT = frozenset(
    {"start_work", "check_work", "cancel_work", "refuse", "decline", "language", "help"}
)
UNRUN = frozenset({"ambiguous", "unknown_class", "unknown_place"})
"""Reasons that say less than that nothing was run yet."""
NEAREST: Mapping[str, str] = {
    "cause": "detect_change", "not_observable": "detect_change", "outside_dates": "describe_pair",
    "outside_area": "describe_pair", "unknown_class": "list_transitions",
    "unknown_place": "list_places",
}  # fmt: skip
"""The tool whose answer comes nearest to what cannot be answered."""
OF_ONE_DATE = frozenset({"count_objects", "average_size", "measure_area"})


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
    is_same = next_one.calls == first.calls
    if next_one.reason or next_one.tool not in slots.INHERITING or is_same:
        return None
    return replace(first, then=(*first.then, *next_one.calls))


def _understood(heard: Heard, before: Sequence[Frame]) -> Frame:
    about = subject(heard)
    intent = intents.decide(concepts(heard, about))
    if intent.startswith("refuse:"):
        return _refused(intent.removeprefix("refuse:"), heard, about)
    turned = turns.turned(heard, about, before)
    if turned:
        return turned
    own = _frame(intent, heard, about, before) if intent else None
    found = _unknown_layer(own, heard) or follow.continued(own, heard, about, before)
    return found or _told(heard, about) or replies.repeated(heard, before) or _lost(heard)


def _told(heard: Heard, about: Subject) -> Frame | None:
    """What changed of the things it names, where what is wanted of them was not understood."""
    says = about.is_named or heard.states or heard.marks.has("thing:any", "class:")
    if not says or not heard.known.cases:
        return None
    return Frame(
        "detect_change", "detect_change", slots.taken("detect_change", slots.given(heard, about))
    )


def _unknown_layer(own: Frame | None, heard: Heard) -> Frame | None:
    """A refusal where it names a river or a road and there is no such layer."""
    named = [mark for mark in heard.marks.marks if mark.kind == "layer" and mark.value != "any"]
    is_known = heard.layer or heard.marks.has("feature:", "layername:", "area:")
    if not named or is_known or (own and own.tool not in slots.INHERITING):
        return None
    word = heard.marks.text[named[0].start : named[0].end]
    if own and (place := unknown.named_place(heard)):
        return unknown.unknown_place(own, place)
    meant = (own.tool, own.arguments) if own else ("", {})
    before = heard.marks.text[: named[0].start].split()
    cues = heard.speech.grammar.place_cues
    if heard.marks.has("relation:") or {*before[-2:]} & cues:
        return Frame("refuse", "list_places", reason="unknown_place", about=word, meant=meant)
    return Frame("refuse", "list_transitions", reason="unknown_class", about=word, meant=meant)


def _frame(intent: str, heard: Heard, about: Subject, before: Sequence[Frame]) -> Frame:
    """The frame of a question that says by itself what it wants."""
    is_begun = any(one.tool == "start_work" for one in before)
    if intent == "yes" and not is_begun and heard.marks.has("work:", "method:"):
        return plans.begun(heard)
    if intent in {"yes", "no"}:
        return replies.decided(intent, before)
    if intent == "help":
        return Frame("help", "list_results" if heard.known.cases else "")
    if intent == "start_work":
        return plans.begun(heard)
    if intent == "calculate":
        return plans.summed(heard, about)
    if intent == "farther":
        return plans.farther(heard, about)
    if intent == "explain_fact":
        return replies.explained(before)
    values = slots.given(heard, about)
    if intent == "list_transitions" and heard.places not in {(), ("aoi",)}:
        # The table tells the whole area only.
        intent = "compare_dates" if is_counted(heard, about) else "detect_change"
    if intent == "measure_area" and values.get("unit") == "%":
        intent = "measure_share"
    return _adjusted(Frame(intent, intent, slots.taken(intent, values)), heard, about)


def _adjusted(frame: Frame, heard: Heard, about: Subject) -> Frame:
    """Small differences between tools: defaults that follow from what was asked."""
    arguments = dict(frame.arguments)
    counted = is_counted(heard, about)
    if frame.tool == "write_caption":
        arguments.setdefault("length", "short")
    if frame.tool == "measure_share":
        arguments["of"] = _whole(heard, about, arguments)
        if counted and arguments["of"] == "valid" and not about.state:
            arguments.setdefault("date", "post")
    if frame.tool in OF_ONE_DATE and counted and not about.state:
        arguments.setdefault("date", "post")
    if frame.tool == "find_largest" and heard.marks.has("ask:each"):
        arguments.setdefault("k", LISTED)
    if "quantity" in slots.TAKEN.get(frame.tool, ()):
        arguments.setdefault("quantity", slots.usual_quantity(about.names, heard.known))
    if not about.names and heard.states == ("changed",):
        arguments |= _of_change(heard.known, frame.tool)
    if not heard.known.counted:
        # Only of what was counted is it known how much stood at one date.
        arguments.pop("date", None)
    unit = str(slots.given(heard, about).get("unit", ""))
    return _and_further(replace(frame, arguments=arguments, unit=unit), heard, about)


def _and_further(frame: Frame, heard: Heard, about: Subject) -> Frame:
    """The frame with the further calls that its tool needs to tell all that was asked."""
    arguments = dict(frame.arguments)
    then = _both_ways(frame, arguments, about)
    if frame.tool == "compare_places" and not then:
        arguments, then = _by_twos(arguments)
    if frame.tool == "count_touched_features" and not heard.marks.has("ask:count"):
        named = slots.taken("rank_places", slots.given(heard, about))
        quantity = {"quantity": slots.usual_quantity(about.names, heard.known)}
        then = (*then, ("rank_places", quantity | named | {"among": heard.layer}))
    return replace(frame, arguments=arguments, then=then)


def _by_twos(arguments: dict[str, Any]) -> tuple[dict[str, Any], tuple[Call, ...]]:
    """Two places are compared at once; each further one with the first."""
    first, *others = arguments.get("places", [""])
    pairs = [{**arguments, "places": [first, other]} for other in others] or [arguments]
    return pairs[0], tuple(("compare_places", pair) for pair in pairs[1:])


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
    counted = is_counted(heard, about)
    if counted and about.state and arguments.get("place") and _is_attribute(heard):
        return "change"
    part = about.state or arguments.keys() & {"place", "layer", "min_area_m2", "max_area_m2"}
    if counted and not part:
        # All things are all of the things: what is asked for is the ground they cover.
        return "valid"
    return heard.marks.first("of") or ("objects" if counted else "valid")


def _is_attribute(heard: Heard) -> bool:
    """`Of the new buildings ... lie`: the state belongs to the whole, the place to the part."""
    marks = heard.marks.marks
    compound = any("+" in mark.value for mark in marks if mark.kind == "thing")
    states = [mark.end for mark in marks if mark.kind == "state"]
    things = [mark.start for mark in marks if mark.kind in {"thing", "class"}]
    is_before = any(thing - 1 == state for thing in things for state in states)
    return (is_before or compound) and heard.marks.has("verb:lie")


def _refused(reason: str, heard: Heard, about: Subject) -> Frame:
    """A refusal with the call whose answer comes nearest."""
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
