"""Outlines of a count as SVG paths, one per state, in pixels of the area that was counted.

Knows nothing of pages or colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from exports.page.placement import Placement, place

if TYPE_CHECKING:
    from analysis.ledger import Date, Entry, Ledger
    from analysis.things import Thing
    from raster.grid import Grid

DATES = ("pre", "post")
DRAWN_FIRST = ("kept", "not assessed")
SIDE = 1000.0
"""Width of the drawing in its own units."""


@dataclass(frozen=True)
class Drawing:
    """What is drawn and how it lies on the ground.

    Attributes:
        width: of the drawing, in its own units.
        height: likewise; in proportion on the ground.
        paths: state and path of all its outlines; what changed lies on top.
        placement: scale and north.
    """

    width: float
    height: float
    paths: tuple[tuple[str, str], ...]
    placement: Placement


def draw(ledger: Ledger, area: Grid) -> Drawing:
    """Every entry at the later date where it stands then, else at the earlier one."""
    pre, post = ledger.by_id
    shown: dict[str, list[Thing]] = {}
    for entry in sorted(ledger.entries, key=_is_on_top):
        things = [post[one] for one in entry.post] or [pre[one] for one in entry.pre]
        shown.setdefault(entry.state, []).extend(things)
    return _drawing(shown, area)


def draw_date(ledger: Ledger, area: Grid, date: Date) -> Drawing:
    """Every entry that stands at one date, as far as it touches the area."""
    by_id = ledger.by_id[DATES.index(date)]
    frame = shapely.box(*area.bounds)
    shown: dict[str, list[Thing]] = {}
    for entry in sorted(ledger.entries, key=_is_on_top):
        things = [by_id[one] for one in (entry.pre if date == "pre" else entry.post)]
        seen = [thing for thing in things if thing.polygon.intersects(frame)]
        shown.setdefault(entry.state, []).extend(seen)
    return _drawing({state: things for state, things in shown.items() if things}, area)


def _drawing(shown: Mapping[str, Sequence[Thing]], area: Grid) -> Drawing:
    placement = place(area)
    height = SIDE / placement.aspect
    scale = (SIDE / area.width, height / area.height)
    paths = tuple((state, _path(things, area, scale)) for state, things in shown.items())
    return Drawing(SIDE, height, paths, placement)


def _is_on_top(entry: Entry) -> bool:
    return entry.state not in DRAWN_FIRST


def _path(things: Sequence[Thing], area: Grid, scale: tuple[float, float]) -> str:
    """The rings of all outlines as one path."""
    rings = shapely.get_rings(shapely.get_parts([thing.polygon for thing in things]))
    return "".join(_ring(shapely.get_coordinates(ring), area, scale) for ring in rings)


def _ring(xy: np.ndarray[tuple[int, ...], np.dtype[np.float64]], area: Grid,
          scale: tuple[float, float]) -> str:  # fmt: skip
    back, transform = ~area.transform, area.transform
    turn = np.array([[back.a, back.d], [back.b, back.e]])
    at = (xy[:-1] - (transform.c, transform.f)) @ turn * scale
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at) + "Z"
