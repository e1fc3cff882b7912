"""Whether a plan keeps every limit a question states: its places, layers, sizes and distances.

A plan that drops one would answer another question. Knows frames and marks, no words.
"""

from typing import Any

from agent.planner import slots
from agent.planner.frame import Frame
from agent.planner.heard import Heard

MEASURED = slots.INHERITING | {"write_caption", "calculate"}


def kept(frame: Frame, heard: Heard) -> Frame:
    """The frame, or a refusal where it leaves out a limit that was stated."""
    if frame.reason or frame.tool not in MEASURED:
        return frame
    called = [arguments for _, arguments in frame.calls]
    if all(any(_holds(one, limit) for one in called) for limit in _stated(heard)):
        return frame
    meant = (frame.tool, frame.arguments)
    return Frame("refuse", reason="unsupported", unit=frame.unit, meant=meant)


def _stated(heard: Heard) -> list[tuple[str, Any]]:
    """Limits of a question, as (kind, value)."""
    amounts = heard.amounts
    sizes = (amounts.min_area_m2, amounts.max_area_m2)
    limits: list[tuple[str, Any]] = [("place", one) for one in heard.places if one != "aoi"]
    limits += [("layer", heard.layer)] if heard.layer else []
    limits += [("size", size) for size in sizes if size is not None]
    return limits + ([("distance_m", amounts.distance_m)] if amounts.distance_m else [])


def _holds(arguments: dict[str, Any], limit: tuple[str, Any]) -> bool:
    kind, value = limit
    if kind == "place":
        is_ranked = value.partition("/")[0] == arguments.get("among")
        return bool(is_ranked) or value in (arguments.get("place"), *arguments.get("places", ()))
    if kind == "layer":
        places = (str(arguments.get("place", "")), *map(str, arguments.get("places", ())))
        is_part = any(place.startswith(f"{value}/") for place in places)
        return is_part or value in (arguments.get("layer"), arguments.get("among"))
    if kind == "size":
        return value in (arguments.get("min_area_m2"), arguments.get("max_area_m2"))
    return bool(value == arguments.get(kind))
