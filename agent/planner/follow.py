"""Questions that lean on the one before: what they leave out is taken from there.

`And in the north?` keeps tool, class and state and changes the place. Knows no words of a language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.planner import replies, slots, unknown
from agent.planner.frame import Frame
from agent.planner.heard import Heard
from agent.planner.subjects import Subject, opposite

RANKED = "find_largest"
NARROWING = frozenset({"min_area_m2", "max_area_m2", "layer"})
OF_BOTH_DATES = frozenset({"compare_dates", "detect_change", "list_transitions"})
MOST_BARE = 7
"""Words of a question that is about nothing: `how many are there of them?`."""
AREAS = frozenset({"measure_area", "find_largest", "average_size", "locate_change"})


def continued(
    own: Frame | None, heard: Heard, about: Subject, before: Sequence[Frame]
) -> Frame | None:
    """The frame with what it leaves out taken from the dialogue.

    Args:
        own: what the question says by itself; None where it names no tool.
        heard: the question.
        about: what it names.
        before: frames of the dialogue, oldest first.

    Returns:
        None where nothing can be made of it.
    """
    last = replies.last_of(before)
    if own is None and last is not None:
        unclear = unknown.unclear_turn(last, heard)
        if not unclear and heard.marks.has("work:count"):
            return _counting(last, heard)
        return unclear or _again(last, heard, about)
    if own is None:
        return _by_itself(heard, about)
    unclear = unknown.unclear(own, heard, about)
    if unclear:
        return unclear
    if last is not None and _is_of_features(last, heard):
        return replace(last, arguments={**last.arguments, **slots.taken(last.tool, own.arguments)})
    is_same = last is not None and heard.marks.has("follow:same") and not about.is_named
    if last is not None and is_same and own.tool == "list_transitions":
        return _again(last, heard, about) or own
    if last is None or own.tool not in slots.INHERITING or not _leans(heard, about):
        is_clear = last is not None or not _is_bare(own, heard, about)
        return replace(own, arguments=slots.sound(own.arguments)) if is_clear else _ambiguous(own)
    if _asks_number_of(own, last, heard):
        own = replace(own, intent="count_objects", tool="count_objects")
    leaning = replace(own, arguments=_inherited(own, last, heard, about))
    if leaning.tool == "count_objects" and leaning.arguments.get("relation"):
        return replace(leaning, intent="relate_to_layer", tool="relate_to_layer")
    return leaning


def _asks_number_of(own: Frame, last: Frame, heard: Heard) -> bool:
    """`And how much in the north?` of things that were counted asks for their number."""
    is_area = heard.marks.has("ask:area", "unit:") or own.tool != "measure_area"
    is_number = last.tool in {"count_objects", "detect_change", "relate_to_layer"}
    return is_number and not is_area and last.arguments.get("subject") in heard.known.counted


def _is_of_features(last: Frame, heard: Heard) -> bool:
    """`On how many was something torn down?` of parcels that were counted."""
    is_asked = heard.marks.has("follow:on_how_many") and not heard.layer
    return is_asked and last.tool == "count_touched_features"


def _leans(heard: Heard, about: Subject) -> bool:
    """Whether a question names nothing itself, or points back."""
    is_whole = about.is_named or _any_change(heard) or heard.states == ("changed",)
    is_whole = is_whole or heard.marks.has("ask:caption")
    return not is_whole or _is_per(heard) or heard.marks.has("follow:those", "follow:same")


def _is_per(heard: Heard) -> bool:
    """Whether it asks for the mean one of those before: `average per building?`."""
    return heard.marks.has("ask:each_of") and not heard.states and heard.is_short


def _any_change(heard: Heard) -> bool:
    """Whether it asks for change of any kind; `patches` are those of the question before."""
    pieces = {mark.start for mark in heard.marks.marks if mark.kind == "piece"}
    wholes = {mark.start for mark in heard.marks.marks if mark.concept == "thing:any"}
    return bool(wholes - pieces)


def _inherited(own: Frame, last: Frame, heard: Heard, about: Subject) -> dict[str, Any]:
    """Own arguments, and those of the last frame that the tool takes and nothing replaces."""
    kept = slots.taken(own.tool, last.arguments)
    is_other = about.is_named and not _is_per(heard)
    replaced = {"subject", "state"} if is_other else {"state"} if heard.states else set()
    kept = {name: value for name, value in kept.items() if name not in replaced}
    if own.tool == RANKED:
        kept = {name: value for name, value in kept.items() if name not in {"k", "rank"}}
    if own.tool == "compare_places" or heard.layer:
        kept.pop("place", None)
    new = _turned(last, heard, own.arguments)
    if "quantity" in kept and slots.quantity(heard) is None:
        new = {name: value for name, value in new.items() if name != "quantity"}
    return slots.sound(_resized(kept, new))


def _resized(kept: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Both together; a new limit of size replaces the old ones."""
    limits = {"min_area_m2", "max_area_m2"}
    old = {
        name: value for name, value in kept.items() if not (limits & new.keys() and name in limits)
    }
    return {**old, **new}


def _again(last: Frame, heard: Heard, about: Subject) -> Frame | None:
    """The last question with what is new put in its place."""
    values = slots.given(heard, about)
    if values.get("place") == "aoi" and last.arguments.get("place", "aoi") == "aoi":
        del values["place"]
    if values.keys() - {"of", "date"} == {"unit"}:
        return _in_unit(last, str(values["unit"]), heard)
    if values.keys() - {"of"} == {"date"} and last.tool in OF_BOTH_DATES and heard.known.counted:
        return _at_date(last, str(values["date"]))
    is_beside = heard.marks.has("ask:compare_places") and last.arguments.get("place")
    if is_beside and len(heard.places) == 1 and last.tool != "compare_places":
        return _beside(last, heard, values)
    if len(heard.places) > 1 or (last.tool == "compare_places" and values.get("place")):
        return _compared(last, heard, values)
    if last.tool == "detect_change" and values.keys() & NARROWING:
        # What came and went is told of all things; a limit asks for the number of some.
        last = replace(last, intent="count_objects", tool="count_objects")
    new = slots.taken(last.tool, _turned(last, heard, values))
    if not new and not heard.marks.has("follow:same"):
        return None
    if last.intent == "calculate" and last.then and new.keys() == {"place"}:
        return _calls_at(last, new["place"])
    kept = dict(last.arguments)
    if about.is_named and "state" not in new and heard.things and _is_directed(new):
        kept.pop("state", None)
    return replace(last, arguments=slots.sound(_resized(kept, new)), then=())


def _at_date(last: Frame, date: str) -> Frame:
    """`And in the later one?` after both dates: the number at that one."""
    kept: dict[str, Any] = slots.taken("count_objects", last.arguments)
    kept = {name: value for name, value in kept.items() if name in {"subject", "place"}}
    return Frame("count_objects", "count_objects", {**kept, "date": date})


def _calls_at(last: Frame, place: str) -> Frame:
    """The same sum of another place."""
    then = tuple(
        (tool, arguments if tool == "calculate" else {**arguments, "place": place})
        for tool, arguments in last.then
    )
    return replace(last, arguments={**last.arguments, "place": place}, then=then)


def _turned(last: Frame, heard: Heard, values: dict[str, Any]) -> dict[str, Any]:
    """`And gained?` after a loss is about the class of the gain."""
    before = str(last.arguments.get("subject", ""))
    if "subject" in values or not heard.states or not _is_directed(last.arguments):
        return values
    turned = opposite(before, heard.states[0], heard.known)
    kept = {name: value for name, value in values.items() if name != "state"}
    return {**kept, "subject": turned} if turned else values


def _counting(last: Frame, heard: Heard) -> Frame:
    """`Count them`: from a result that has counted such things, else a plan for it."""
    thing = heard.things[0] if heard.things else str(last.arguments.get("subject", ""))
    if thing in heard.known.counted:
        return Frame("count_objects", "count_objects", last.arguments)
    return Frame(
        "start_work", "start_work", {"kind": "count", **({"thing": thing} if thing else {})}
    )


def _is_directed(arguments: dict[str, Any]) -> bool:
    """Whether the class holds its direction in its name."""
    return str(arguments.get("subject", "")).endswith(("_gain", "_loss", "_increase", "_decrease"))


def _in_unit(last: Frame, unit: str, heard: Heard) -> Frame:
    """The same in another unit: areas of what was counted, shares as percentages."""
    if unit == "%":
        if last.tool == "compare_dates":
            return replace(last, unit=unit)
        taken = slots.taken("measure_share", last.arguments)
        is_counted = last.arguments.get("subject") in heard.known.counted
        by_number = is_counted or last.tool in {"count_objects", "relate_to_layer"}
        of = "objects" if by_number and last.tool != "measure_area" else "valid"
        return Frame("measure_share", "measure_share", {"of": of} | taken, unit=unit)
    if last.tool in AREAS - {"measure_area"} or last.arguments.get("quantity") == "area":
        return replace(last, unit=unit)
    taken = slots.taken("measure_area", last.arguments)
    return Frame("measure_area", "measure_area", {**taken, "unit": unit}, unit=unit)


def _beside(last: Frame, heard: Heard, values: dict[str, Any]) -> Frame | None:
    """`Versus Harbour?`: the place of the last question and this one."""
    places = {"places": [str(last.arguments["place"]), heard.places[0]]}
    return _compared(replace(last, arguments={**last.arguments, **places}), heard, values)


def _compared(last: Frame, heard: Heard, values: dict[str, Any]) -> Frame | None:
    """Another pair of places."""
    places = list(heard.places[:2])
    if len(places) < 2:
        others = [one for one in last.arguments.get("places", []) if one not in places]
        places = [*others[:1], *places]
    if len(places) < 2:
        return None
    kept = slots.taken("compare_places", {**last.arguments, **values})
    names = [str(kept["subject"])] if "subject" in kept else []
    kept.setdefault("quantity", slots.usual_quantity(names, heard.known))
    return Frame("compare_places", "compare_places", {**kept, "places": places})


def _by_itself(heard: Heard, about: Subject) -> Frame | None:
    """A question without a verb that names a thing, a state or a layer: is there any?"""
    values = slots.given(heard, about)
    if place := unknown.named_place(heard):
        frame = Frame("detect_change", "detect_change", slots.taken("detect_change", values))
        return unknown.unknown_place(frame, place)
    if heard.understood < unknown.LEAST_UNDERSTOOD and not (about.is_named or heard.states):
        return None
    if (
        heard.layer
        and values.get("relation")
        and (about.is_named or heard.states or unknown.names_anything(heard))
    ):
        return Frame("relate_to_layer", "relate_to_layer", slots.taken("relate_to_layer", values))
    if about.is_named or heard.states or (unknown.names_anything(heard) and not heard.unknown):
        tool = _usual_tool(heard, about, values)
        unit = str(values.get("unit", ""))
        frame = Frame(tool, tool, slots.sound(slots.taken(tool, values)), unit=unit)
        return unknown.unclear(frame, heard, about) or frame
    frame = Frame("detect_change", "detect_change", slots.taken("detect_change", values))
    is_sentence = heard.marks.has("ask:yesno") or len(heard.marks.text.split()) > MOST_BARE
    is_told = bool(heard.places) and is_sentence
    return unknown.unclear(frame, heard, about) or (frame if is_told else None)


def _usual_tool(heard: Heard, about: Subject, values: Mapping[str, Any]) -> str:
    """What a thing that is only named is asked for: its area, number, or whether it is there."""
    counted = bool(about.names) and about.names[0] in heard.known.counted
    if values.get("unit") in {"m2", "ha", "km2"}:
        return "measure_area"
    if values.get("unit") == "%":
        return "measure_share"
    if heard.amounts.min_area_m2 or heard.amounts.max_area_m2:
        return "count_objects"
    return (
        "count_objects" if counted and values.get("date") and not about.state else "detect_change"
    )


def _is_bare(own: Frame, heard: Heard, about: Subject) -> bool:
    """Whether it is about nothing that can be found: `how many?` as the first question."""
    says = (
        about.is_named
        or heard.states
        or unknown.names_anything(heard)
        or heard.places
        or heard.layer
    )
    is_bare = not (
        says or heard.marks.has("date:", "ask:touched", "ask:largest", "of:change", "of:valid")
    )
    is_bare = is_bare and len(heard.marks.text.split()) <= MOST_BARE
    return own.tool in {"count_objects", "measure_area", "average_size"} and is_bare


def _ambiguous(own: Frame) -> Frame:
    return Frame("refuse", reason="ambiguous", meant=(own.tool, own.arguments))
