"""What the marks on the map ask for: one thing, by points, a box, an outline or a word.

Knows the map's marks and the form of a request; nothing of segmenters or jobs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pages._ui.map_records import GeoJson

Position = tuple[float, float]


@dataclass(frozen=True)
class Marks:
    """Everything that is marked for one thing, in longitude and latitude.

    Attributes:
        inside: points on the thing.
        outside: points beside it.
        box: west, south, east, north; empty for none.
        polygon: corners of a rough outline; empty for none.
        text: what it is, for segmenters that read.
    """

    inside: tuple[Position, ...] = ()
    outside: tuple[Position, ...] = ()
    box: tuple[float, ...] = ()
    polygon: tuple[Position, ...] = ()
    text: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether they point at something."""
        return bool(self.inside or self.box or self.polygon or self.text)

    def request(self) -> dict[str, Any]:
        """As a job is told; what is not marked is left out."""
        given: dict[str, Any] = {
            "inside": [list(one) for one in self.inside],
            "outside": [list(one) for one in self.outside],
            "box": list(self.box),
            "polygon": [list(one) for one in self.polygon],
            "text": self.text,
        }
        return {name: value for name, value in given.items() if value}


def marks_of(prompts: GeoJson, *, side: str = "left", text: str = "") -> Marks:
    """The marks of one date; of several boxes or outlines the last one counts."""
    features = [one for one in prompts["features"] if one["properties"]["side"] == side]
    boxes, outlines = list(_rings(features, "box")), list(_rings(features, "outline"))
    return Marks(
        inside=tuple(_points(features, 1)),
        outside=tuple(_points(features, 0)),
        box=bounds(boxes[-1]) if boxes else (),
        polygon=outlines[-1][:-1] if outlines else (),
        text=text.strip(),
    )


def line_of(prompts: GeoJson) -> tuple[Position, ...]:
    """The line drawn last; empty without any."""
    lines = [one for one in prompts["features"] if one["properties"]["form"] == "line"]
    return tuple(_pairs(lines[-1]["geometry"]["coordinates"])) if lines else ()


def boxes_of(prompts: GeoJson) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Every box with the side it was drawn on, in the order they were drawn."""
    boxes = [one for one in prompts["features"] if one["properties"]["form"] == "box"]
    return tuple(
        (str(one["properties"]["side"]), bounds(tuple(_pairs(one["geometry"]["coordinates"][0]))))
        for one in boxes
    )


def bounds(ring: tuple[Position, ...]) -> tuple[float, ...]:
    """West, south, east, north of a ring."""
    lons, lats = zip(*ring, strict=True)
    return (min(lons), min(lats), max(lons), max(lats))


def _points(features: list[Any], label: int) -> Iterator[Position]:
    for one in features:
        about = one["properties"]
        if about["form"] == "point" and about["label"] == label:
            yield from _pairs([one["geometry"]["coordinates"]])


def _rings(features: list[Any], form: str) -> Iterator[tuple[Position, ...]]:
    for one in features:
        if one["properties"]["form"] == form:
            yield tuple(_pairs(one["geometry"]["coordinates"][0]))


def _pairs(positions: list[Any]) -> Iterator[Position]:
    return ((float(lon), float(lat)) for lon, lat in positions)
