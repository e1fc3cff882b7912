"""What follows from what a question says: that it is short, counted, farther than a distance.

Knows what is heard and what may be asked about; the rules of `intents` decide by it.
"""

import re

from agent.planner import asides
from agent.planner.heard import Heard
from agent.planner.marks import Mark
from agent.planner.subjects import Subject

LINK_CHARS = 4
"""Between a size and its limit stands at most a short word: `footprint of more than`."""
MOST_BETWEEN = 3
"""Words between a quantity and the features it is of: `of the insured parcels`."""
BESIDE = frozenset({"layer", "layername", "feature", "area"})
FALLING = frozenset({"vanished", "decrease", "shrunk"})
RISING = frozenset({"appeared", "increase", "grown"})


def concepts(heard: Heard, about: Subject) -> frozenset[str]:
    """Concepts a question says, and what follows from them."""
    ends = {end + 1 for _, end in heard.amounts.spans}
    aside = asides.barred(heard)
    # `200 m2 of footprint` is a size and asks for none.
    heard_marks = (mark for mark in heard.marks.marks if mark not in aside)
    said = {
        mark.concept
        for mark in heard_marks
        if not (mark.concept == "ask:area" and (mark.start in ends or _is_limited(mark, heard)))
        and not _is_of_layer(mark, heard)
    }
    if "ask:confirm" in said and (about.is_named or heard.states or heard.marks.has("thing:any")):
        # `Nothing changed there. Is that true?` asks for what was claimed.
        said = said - {"ask:sure", "ask:yes"} | {"ask:yesno"}
    flags = {
        "has:thing": heard.marks.has("thing:", "class:"),
        "has:thing_named": about.is_named,
        "has:state": bool(heard.states),
        "is:about_ground": not heard.known.has_plan and _is_about_ground(heard),
        "has:grown": heard.states == ("grown",),
        "has:three_states": len([one for one in heard.states if one != "changed"]) > 2,
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
        "is:measured": (about.is_named or bool(heard.states)) and _asks_number(heard),
        "is:restated": heard.is_restated,
        "is:first_run": not heard.known.cases,
        "is:unmeasured": heard.marks.has("size:than") and not heard.amounts.spans,
        "is:both_years": len({*heard.amounts.years}) > 1,
        "has:size": bool(heard.amounts.min_area_m2 or heard.amounts.max_area_m2),
        "is:layer_with": _has_with(heard),
        "is:layer_counted": _counts_layer(heard),
        "is:short": heard.is_short,
        "is:counted": is_counted(heard, about),
        "is:two_way": _is_two_way(heard),
        "has:opposites": bool(RISING & {*heard.states}) and bool(FALLING & {*heard.states}),
        "is:other_year": _has_other_year(heard),
        "is:unknown_thing": _is_unknown_thing(heard, about),
    }
    return frozenset(said | {name for name, holds in flags.items() if holds})


def _is_limited(size: Mark, heard: Heard) -> bool:
    """Whether a size is a limit and not asked for: `with a footprint above 200 m2`."""
    starts = {start for start, _ in heard.amounts.spans}
    limits = [one for one in heard.marks.marks if one.kind == "limit" and one.end + 1 in starts]
    return any(0 <= one.start - size.end <= LINK_CHARS for one in limits)


def _is_of_layer(matter: Mark, heard: Heard) -> bool:
    """Whether it tells what the user's own features are: `insured parcels`."""
    is_matter = matter.concept in {"no:not_observable", "no:unseen"}
    words = heard.marks.text[matter.start : matter.end]
    layers = {one.start for one in heard.marks.marks if one.kind in {"layer", "layername"}}
    is_participle = re.fullmatch(heard.speech.grammar.participle, words) is not None
    return is_matter and is_participle and heard.layer is not None and matter.end + 1 in layers


def _is_about_ground(heard: Heard) -> bool:
    """Whether it names things or a place, so that a `status` is theirs and not that of a job."""
    return bool(heard.places) or heard.marks.has("thing:", "class:")


def _asks_number(heard: Heard) -> bool:
    """Whether it wants a number, so that a word about other matters is small talk."""
    return heard.marks.has("ask:count", "ask:area", "ask:share", "ask:howmuch", "unit:")


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
    """Whether it asks for what lies beyond a distance."""
    if not heard.amounts.distance_m:
        return False
    # `30 m from the river` is no limit: that stands before its number.
    starts = {start - 1 for start, _ in heard.amounts.spans}
    least = {mark.end for mark in heard.marks.marks if mark.concept == "limit:least"}
    most = {mark.end for mark in heard.marks.marks if mark.concept == "limit:most"}
    if most & starts:
        return False
    return heard.marks.has("relation:outside") or bool(least & starts)


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
        len(text[start : layer.start].split()) <= MOST_BETWEEN and start <= layer.start
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
    counting = [mark.start for mark in heard.marks.marks if mark.concept == "work:count"]
    begun = min(counting, default=0)
    is_named = any(word.start > begun for word in heard.unknown)
    return (bool(heard.things) or is_named) and not is_counted(heard, about)


def is_counted(heard: Heard, about: Subject) -> bool:
    """Whether what it names was counted one by one."""
    return bool(about.names) and about.names[0] in heard.known.counted
