"""Turns of a dialogue that do something with the answers before: the next one, which of the two.

Knows concepts and frames, no words of a language.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from agent.planner import result_turns, slots
from agent.planner.frame import Call, Frame
from agent.planner.heard import Heard
from agent.planner.subjects import Subject

MOST_RANK = 20
BRIEF_WORDS = 8
MEASURED = frozenset({"count_objects", "detect_change", "measure_area", "relate_to_layer"})
BY_QUANTITY = frozenset({"compare_places", "rank_places", "compare_dates"})
Turn = Callable[[Heard, Frame, Sequence[Frame]], Frame | None]


def turned(heard: Heard, about: Subject, before: Sequence[Frame]) -> Frame | None:
    """The frame of a turn that names nothing itself; None where it is no such turn.

    Args:
        heard: the question.
        about: what it names.
        before: frames of the dialogue, oldest first.
    """
    if not before or about.is_named or heard.unknown:
        return None
    last = before[-1]
    turns = GROWING if heard.states else TURNS
    return next((found for turn in turns if (found := turn(heard, last, before))), None)


def _next(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """The one that follows in a list by size."""
    is_brief = len(heard.marks.text.split()) <= BRIEF_WORDS
    is_asked = heard.marks.has("follow:next") and is_brief and not heard.layer
    if not is_asked or last.tool != "find_largest" or heard.places:
        return None
    shown = int(last.arguments.get("rank") or last.arguments.get("k") or 1)
    kept = {name: value for name, value in last.arguments.items() if name not in {"k", "rank"}}
    if shown >= MOST_RANK:
        return None
    return replace(last, arguments={**kept, "rank": shown + 1})


def _other_half(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`And the other half?`: the one across from it."""
    across = OPPOSITE.get(str(last.arguments.get("place", "")))
    if across is None or heard.places or not heard.marks.has("follow:other"):
        return None
    return replace(last, arguments={**last.arguments, "place": across})


def _which_two(heard: Heard, last: Frame, before: Sequence[Frame]) -> Frame | None:
    """The two places that were asked about last, side by side."""
    if not heard.marks.has("ask:which_two") or len(heard.places) > 1:
        return None
    if last.tool == "compare_places":
        return last
    asked = [str(one.arguments.get("place", "aoi")) for one in before if one.tool in MEASURED]
    places = list(dict.fromkeys(reversed(asked)))[:2][::-1]
    if len(places) < 2 or "aoi" in places or last.tool not in MEASURED:
        return None
    kept = slots.taken("compare_places", last.arguments)
    names = [str(kept["subject"])] if "subject" in kept else []
    usual = slots.usual_quantity(names, heard.known)
    quantity = "area" if last.tool == "measure_area" else usual
    arguments = {**kept, "places": places, "quantity": quantity}
    return Frame("compare_places", "compare_places", arguments)


def _others(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`How many do not?`: the things that do not lie so."""
    is_asked = heard.marks.has("follow:not") and heard.marks.has("ask:count", "ask:howmuch")
    if not is_asked or heard.places or heard.layer:
        return None
    if last.arguments.get("relation") not in {"touches", "within"}:
        return Frame("refuse", reason="unsupported")
    return replace(last, arguments={**last.arguments, "relation": "outside"})


def _calculated(heard: Heard, last: Frame, before: Sequence[Frame]) -> Frame | None:
    """`Subtract the second from the first`: the last two numbers."""
    operation = heard.marks.first("calc")
    if last.intent == "calculate" and operation and not (heard.places or heard.layer):
        *calls, (tool, arguments) = last.then
        return replace(last, then=(*calls, (tool, {**arguments, "operation": operation})))
    measured = [one for one in before if one.tool in MEASURED and not one.then]
    if operation is None or heard.places or heard.layer or len(measured) < 2:
        return None
    calls = [_measuring(one) for one in measured[-2:]]
    if calls[0] == calls[1]:
        return None
    facts = ["@1", "@2"]
    if operation == "difference" and heard.amounts.rank == 1:
        # What is taken away is said first: `the first from the second`.
        facts.reverse()
    end = ("calculate", {"operation": operation, "facts": facts})
    return Frame("calculate", calls[0][0], calls[0][1], (calls[1], end))


def _measuring(frame: Frame) -> Call:
    is_plain = frame.tool == "detect_change" and frame.arguments.get("state")
    return ("count_objects" if is_plain else frame.tool), dict(frame.arguments)


def _by_quantity(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`By area instead`: the same comparison by another quantity."""
    if last.tool not in BY_QUANTITY or heard.places or heard.layer:
        return None
    said = heard.marks
    is_aside = said.has("ask:largest", "ask:smallest", "ask:share", "ask:where", "ask:pair")
    if is_aside or heard.amounts.spans:
        return None
    # What is set aside stands behind: `by footprint instead of number`.
    found = [mark.concept for mark in said.marks if mark.concept in QUANTITIES]
    if not found:
        return None
    return replace(last, arguments={**last.arguments, "quantity": QUANTITIES[found[0]]}, then=())


def _other_end(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`Fewest first`: the same places from the other end."""
    is_ranking = last.tool == "rank_places" and heard.marks.has("rank:least", "rank:most")
    if not is_ranking or heard.places or heard.layer or heard.marks.has("rank:halves"):
        return None
    return replace(last, arguments={**last.arguments, "least": heard.marks.has("rank:least")})


def _its_place(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`Where is it?` of the largest: the same once more, which tells where it lies."""
    is_one = last.tool == "find_largest" and heard.is_short and heard.marks.has("follow:those")
    return last if is_one and heard.marks.has("ask:where") and not heard.places else None


def _its_size(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`How big is it in hectares?` of the largest: the same once more, in that unit."""
    said = heard.marks
    is_aside = said.has("ask:share", "ask:average", "ask:median")
    is_asked = said.has("follow:those") and said.has("ask:area") and not is_aside
    if last.tool != "find_largest" or not is_asked or heard.places or heard.layer:
        return None
    return replace(last, unit=str(said.first("unit") or last.unit))


def _grown(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`Growth since then?` of things that were counted: both dates."""
    subject = last.arguments.get("subject")
    is_growth = {*heard.states} <= {"increase", "decrease"} and subject in heard.known.counted
    is_asked = heard.marks.has("ask:count", "ask:area", "ask:largest", "ask:where", "ask:share")
    if not is_growth or is_asked or last.tool == "find_largest":
        return None
    values: dict[str, Any] = {"subject": subject}
    place = heard.places[0] if heard.places else last.arguments.get("place")
    quantity = "area" if last.tool == "measure_area" else "count"
    values |= {"quantity": quantity} | ({"place": place} if place else {})
    return Frame("compare_dates", "compare_dates", values)


def _its_growth(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`By how much did it grow?` of the one that grew most: the same once more."""
    is_asked = heard.marks.has("by:howmuch", "ask:howmuch") and not (heard.places or heard.layer)
    is_growth = {*heard.states} <= {"increase", "grown"}
    if not (is_asked and is_growth):
        return None
    if last.arguments.get("by") == "growth":
        return last
    if last.arguments.get("state") != "grown":
        return None
    return Frame(
        "find_largest", "find_largest", slots.taken("find_largest", last.arguments) | GROWTH
    )


def _whole(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`Out of how many?`: all of those of which some were told."""
    if not heard.marks.has("follow:whole") or heard.places or heard.layer:
        return None
    if last.tool == "count_touched_features":
        return last
    if last.tool not in {"count_objects", "detect_change", "relate_to_layer"}:
        return None
    kept: dict[str, Any] = slots.taken("count_objects", last.arguments)
    kept = {name: value for name, value in kept.items() if name in {"subject", "place"}}
    if not kept.get("subject") or "state" not in last.arguments:
        return None
    date = "pre" if last.arguments["state"] in {"vanished", "kept", "grown", "shrunk"} else "post"
    return Frame("count_objects", "count_objects", {**kept, "date": date})


def _second(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`And the runner-up?` of ranked places: the ranking once more, which tells those behind."""
    is_asked = heard.marks.has("follow:next", "nth:") or bool(heard.amounts.rank)
    is_ranking = last.tool == "rank_places" and not (heard.places or heard.layer)
    return last if is_asked and is_ranking else None


def _other_side(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`And below?` after a least size: the same limit from its other side."""
    limit = heard.marks.first("limit")
    turned = LIMITS.get(limit or "")
    if turned is None or heard.amounts.spans or heard.places or heard.layer:
        return None
    old, new = turned
    arguments = dict(last.arguments)
    if old not in arguments or new in arguments or not heard.is_short:
        return None
    arguments[new] = arguments.pop(old)
    return replace(last, arguments=arguments)


def _other_number(heard: Heard, last: Frame, _before: Sequence[Frame]) -> Frame | None:
    """`Make that 40` after a limit: the same with another number in the same unit."""
    limits = [name for name in ("distance_m", *LIMITED) if name in last.arguments]
    numbers = heard.amounts.bare
    is_brief = len(heard.marks.text.split()) <= BRIEF_WORDS
    if not limits or not numbers or not is_brief or heard.places or heard.layer:
        return None
    if heard.marks.has("unit:", "ask:"):
        return None
    if len(numbers) == 2 and limits[0] in LIMITED:
        kept = {name: value for name, value in last.arguments.items() if name not in LIMITED}
        both = dict(zip(LIMITED, sorted(numbers), strict=True))
        return replace(last, arguments={**kept, **both})
    if len(limits) != 1 or len(numbers) != 1 or heard.marks.has("limit:"):
        return None
    return replace(last, arguments={**last.arguments, limits[0]: numbers[0]})


GROWTH = {"by": "growth"}
LIMITED = ("min_area_m2", "max_area_m2")
LIMITS = {
    "most": ("min_area_m2", "max_area_m2"),
    "least": ("max_area_m2", "min_area_m2"),
}
QUANTITIES = {
    "by:area": "area", "ask:area": "area", "ask:howmuch": "area",
    "by:number": "count", "ask:count": "count",
}  # fmt: skip
OPPOSITE = {
    "northern half": "southern half", "southern half": "northern half",
    "western half": "eastern half", "eastern half": "western half",
}  # fmt: skip
TURNS: tuple[Turn, ...] = (
    result_turns.standing, result_turns.share_left_out, result_turns.longer, _next, _other_half,
    _which_two, _others, _calculated, _other_end, _by_quantity, _its_place, _its_size, _other_side,
    _other_number, _whole, _second, result_turns.same_unit,
)  # fmt: skip
GROWING: tuple[Turn, ...] = (_its_growth, _grown, _which_two)
