"""Arguments of a tool from what a question says; only what it says, tools know the rest.

Knows the arguments each tool takes, no words.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from agent.planner.heard import Heard
from agent.planner.known import Known
from agent.planner.subjects import Subject

ABOUT = ("subject", "state", "place")
FILTER = ("subject", "state", "date", "min_area_m2", "max_area_m2")
COMMON = (*FILTER, "place", "layer", "relation", "distance_m")
TAKEN: Mapping[str, tuple[str, ...]] = {
    "detect_change": ABOUT,
    "count_objects": COMMON,
    "measure_area": (*COMMON, "unit"),
    "measure_share": (*COMMON, "of"),
    "measure_density": COMMON,
    "measure_length": (*COMMON, "unit"),
    "average_size": (*COMMON, "statistic"),
    "compare_dates": ("subject", "place", "quantity"),
    "compare_places": (*FILTER, "places", "quantity"),
    "rank_places": (*FILTER, "quantity", "among", "least"),
    "locate_change": COMMON,
    "find_largest": (*COMMON, "k", "rank", "smallest", "by"),
    "relate_to_layer": COMMON,
    "count_touched_features": ("subject", "state", "layer"),
    "list_transitions": ("subject",),
    "list_exclusions": ("place",),
    "list_cautions": ("place",),
    "write_caption": ("length",),
    "start_work": ("kind", "method", "thing", "place"),
    "write_report": ("format", "style"),
}
"""What each tool takes of a question; tools that are not here take nothing."""
INHERITING = frozenset(
    tool for tool, taken in TAKEN.items() if "subject" in taken or tool == "list_exclusions"
)
"""Tools whose answers a next question may lean on."""
MOST_COMPARED = 6
NEAR_M = 100.0
"""How near `near` is where the question names no distance; the answer says so."""


def given(heard: Heard, about: Subject) -> dict[str, Any]:
    """Every argument a question states, for whichever tool takes it."""
    said = heard.marks
    amounts = heard.amounts
    values: dict[str, Any] = {
        "subject": about.names[0] if about.names else None,
        "state": about.state or None,
        "place": heard.places[0] if heard.places else None,
        "places": list(heard.places[:MOST_COMPARED]) if len(heard.places) > 1 else None,
        "date": _date(heard),
        "min_area_m2": amounts.min_area_m2,
        "max_area_m2": amounts.max_area_m2,
        "unit": _unit(heard),
        "of": said.first("of"),
        "statistic": "median" if said.has("ask:median") else None,
        "quantity": quantity(heard),
        "k": amounts.k,
        "rank": amounts.rank or None,
        "smallest": True if said.has("ask:smallest") else None,
        "by": "growth" if said.has("by:growth") or _by_how_much(heard) else None,
        "least": True
        if said.has("rank:least") or (said.has("none:changed") and said.has("ask:rank"))
        else None,
        "among": _among(heard),
        "length": "paragraph" if said.has("ask:paragraph") else None,
        "format": said.first("format"),
        "style": said.first("style"),
        "method": said.first("method"),
    }
    values |= _nearness(heard)
    return {name: value for name, value in values.items() if value is not None}


def _by_how_much(heard: Heard) -> bool:
    """`Which was extended, and by how much`: the growth is asked for."""
    return heard.states == ("grown",) and heard.marks.has("by:howmuch")


def taken(tool: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those arguments that a tool takes."""
    return {name: values[name] for name in TAKEN.get(tool, ()) if name in values}


def sound(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that go together: states have no date, nearness needs a layer."""
    kept = dict(arguments)
    if kept.get("state") and "date" in kept:
        del kept["date"]
    if not kept.get("layer"):
        kept.pop("relation", None)
    if kept.get("relation") != "near":
        kept.pop("distance_m", None)
    return kept


def _date(heard: Heard) -> str | None:
    dates = heard.marks.values("date")
    if len(dates) == 1:
        return dates[0]
    years = {case.pre_on[:4]: "pre" for case in heard.known.cases if case.pre_on} | {
        case.post_on[:4]: "post" for case in heard.known.cases if case.post_on
    }
    named = [years[str(year)] for year in heard.amounts.years if str(year) in years]
    return named[0] if len(named) == 1 else None


def _unit(heard: Heard) -> str | None:
    """The unit of the answer: one that follows no number."""
    ends = {end for _, end in heard.amounts.spans}
    units = [
        mark.value for mark in heard.marks.marks if mark.kind == "unit" and mark.end not in ends
    ]
    wanted = [unit for unit in units if unit in {"ha", "m2", "km2", "m", "km", "%"}]
    return wanted[0] if wanted else None


def usual_quantity(names: Sequence[str], known: Known) -> str:
    """What a class is measured by: things that were counted by number, other change by area."""
    case = known.about(names[0] if names else "any")
    return "count" if case is None or case.kind == "count" else "area"


def quantity(heard: Heard) -> str | None:
    """What is wanted by name: an area or a number; None where neither is."""
    if heard.marks.has("ask:area", "ask:howmuch"):
        return "area"
    return "count" if heard.marks.has("ask:count") else None


def _among(heard: Heard) -> str | None:
    if heard.layer:
        return heard.layer
    if ranked := [place for place in heard.places if "/" in place]:
        return ranked[0].partition("/")[0]
    if heard.marks.has("rank:halves"):
        return "halves"
    return "areas" if heard.marks.has("rank:areas") and heard.known.areas else None


def _nearness(heard: Heard) -> dict[str, Any]:
    if not heard.layer:
        nearer = heard.amounts.distance_m
        return {"relation": "near", "distance_m": nearer} if nearer else {}
    relation = _relation(heard)
    if relation is None:
        return {"layer": heard.layer}
    distance = {"distance_m": heard.amounts.distance_m or NEAR_M} if relation == "near" else {}
    return {"layer": heard.layer, "relation": relation, **distance}


def _relation(heard: Heard) -> str | None:
    """How things lie to the layer; a distance in metres makes it nearness."""
    if heard.amounts.distance_m:
        return "near"
    said = heard.marks.values("relation")
    return next((one for one in ("outside", "near", "touches", "within") if one in said), None)
