"""Corrections by hand: records that stand beside what the model found and are applied on top of it.

Everything in them comes from outside and is checked here. Knows nothing of matching, users' rights
or where the corrections are kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
import shapely
from pyproj import Transformer
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import split as cut_by

from analysis.ledger import Date, Found, Look, Verdict
from analysis.pairs import INSIDE
from analysis.things import CERTAIN, Thing, drawn, shapes_of
from errors import InputError
from raster.text import clean

Kind = Literal["accept", "reject", "redraw", "split", "merge", "add"]
Source = Literal["model", "analyst"]
Decision = Literal["none", "accepted", "rejected", "redrawn", "split", "merged", "added"]

KINDS: tuple[Kind, ...] = ("accept", "reject", "redraw", "split", "merge", "add")
DATES: tuple[Date, ...] = ("pre", "post")
MAX_VERTICES = 5_000
MAX_PARTS = 50
MAX_MERGED = 50
MAX_EDITS = 10_000
NAME_CHARS = 80
DRAW_AGAIN = "Draw it again inside the area that was counted."
RELOAD = "Reload the page; another correction may have replaced it."


@dataclass(frozen=True)
class Edit:
    """One correction; shapes are in WGS 84 (lon, lat).

    Attributes:
        kind: what was done.
        things: ids it is about: one, several for `merge`, none for `add`.
        dates: where it holds: the dates of an `add`; the one date of an `accept` or `reject`,
            or none for every date the thing stands at.
        shapes: the new outline of `redraw` and `add`; the parts of `split`, or one line across.
        by: who did it; untrusted text, cleaned.
        at_utc: when, ISO 8601.
        source: whose outline `shapes` is: drawn by the analyst, or by a model the analyst asked.
    """

    kind: Kind
    things: tuple[int, ...] = ()
    dates: tuple[Date, ...] = ()
    shapes: tuple[BaseGeometry, ...] = ()
    by: str = ""
    at_utc: str = ""
    source: Source = "analyst"

    def as_json(self) -> dict[str, Any]:
        """The correction as plain JSON; `read` gives it back."""
        return {
            "kind": self.kind,
            "things": list(self.things),
            "dates": list(self.dates),
            "shapes": [shapely.geometry.mapping(one) for one in self.shapes],
            "by": self.by,
            "at_utc": self.at_utc,
            "source": self.source,
        }


@dataclass(frozen=True)
class Edited:
    """What was found, after the corrections.

    Attributes:
        found: the things of both dates as they stand now.
        decisions: by id, what was decided last; ids nobody looked at are missing.
        drawn: ids of things whose outline was drawn by hand.
        rejected: things that are none, with the date they were found at.
    """

    found: Found
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    drawn: frozenset[int] = frozenset()
    rejected: tuple[tuple[Date, Thing], ...] = ()


def read(entry: Any, *, by: str = "", at_utc: str = "") -> Edit:
    """A correction from outside, checked by itself; who and when come from the caller, if given.

    Raises:
        InputError: it is no correction, or its shapes cannot be used.
    """
    if not isinstance(entry, Mapping) or entry.get("kind") not in KINDS:
        msg = "This is not a correction this program knows."
        raise InputError(msg, hint=f"Kinds: {', '.join(KINDS)}.")
    edit = Edit(
        entry["kind"],
        tuple(_id(one) for one in _list(entry, "things", MAX_MERGED)),
        tuple(_date(one) for one in _list(entry, "dates", len(DATES))),
        tuple(_shape(one) for one in _list(entry, "shapes", MAX_PARTS)),
        clean(by or str(entry.get("by", "")), limit=NAME_CHARS),
        clean(at_utc or str(entry.get("at_utc", "")), limit=NAME_CHARS),
        "model" if entry.get("source") == "model" else "analyst",
    )
    _check_form(edit)
    return edit


def apply(edits: Sequence[Edit], found: Found, *, within: BaseGeometry | None = None) -> Edited:
    """What was found, with the corrections in their order.

    New things get ids that were never used before; the same corrections give the same ids, and a
    further one changes none of them.

    Args:
        edits: the corrections.
        found: what the counter found.
        within: area that was counted, in WGS 84; new outlines have their middle in it.

    Raises:
        InputError: a correction names a thing that is not there, or its outline lies elsewhere.
    """
    desk = _Desk(found, within)
    for edit in edits:
        _STEPS[edit.kind](desk, edit)
    return desk.result()


# Reading.


def _list(entry: Mapping[str, Any], name: str, most: int) -> list[Any]:
    found = entry.get(name) or []
    if not isinstance(found, list | tuple) or len(found) > most:
        msg = f"The {name!r} of a correction must be a list of at most {most}."
        raise InputError(msg, hint="Make several smaller corrections.")
    return list(found)


def _id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**31:
        msg = f"The number of a thing cannot be {clean(repr(value), limit=40)}."
        raise InputError(msg, hint=RELOAD)
    return value


def _date(value: Any) -> Date:
    if value not in DATES:
        msg = f"The date of a correction cannot be {clean(repr(value), limit=40)}."
        raise InputError(msg, hint="Use 'pre' or 'post'.")
    found: Date = value
    return found


def _shape(value: Any) -> BaseGeometry:
    """A polygon or line with an extent and finite places on the Earth, mended if it crosses."""
    try:
        with np.errstate(invalid="ignore"):  # NaN is refused below
            found: BaseGeometry = shapely.force_2d(shape(value))
        xy = shapely.get_coordinates(found)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        msg = "The outline of a correction is not a GeoJSON polygon or line."
        raise InputError(msg, hint=DRAW_AGAIN) from error
    if found.geom_type not in {"Polygon", "MultiPolygon", "LineString"}:
        msg = "The outline of a correction is neither a polygon nor a line."
        raise InputError(msg, hint=DRAW_AGAIN)
    if len(xy) > MAX_VERTICES:
        msg = f"The outline has {len(xy)} corners; the limit is {MAX_VERTICES}."
        raise InputError(msg, hint="Draw it with fewer corners.")
    is_on_earth = len(xy) and (np.abs(xy) <= (180.0, 90.0)).all()  # NaN compares false
    if not is_on_earth:
        msg = "The outline has a corner that is not on the Earth."
        raise InputError(msg, hint="Give longitude and latitude in degrees.")
    return found if found.geom_type == "LineString" else _polygon(found)


def _polygon(geometry: BaseGeometry) -> BaseGeometry:
    """The same area as a valid polygon."""
    mended = geometry if geometry.is_valid else shapely.make_valid(geometry, method="structure")
    parts = [
        one for one in shapely.get_parts(mended) if one.geom_type == "Polygon" and one.area > 0
    ]
    if not parts:
        msg = "The outline has no area."
        raise InputError(msg, hint="Draw it with at least three corners.")
    outline: BaseGeometry = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    return outline


def _check_form(edit: Edit) -> None:
    """Refuse a correction with the wrong number of things, dates or shapes."""
    things, dates, shapes = len(edit.things), len(edit.dates), len(edit.shapes)
    lines = sum(one.geom_type == "LineString" for one in edit.shapes)
    is_right = {
        "accept": things == 1 and dates <= 1 and not shapes,
        "reject": things == 1 and dates <= 1 and not shapes,
        "redraw": things == 1 and not dates and shapes == 1 and not lines,
        "split": things == 1 and not dates and (lines == shapes == 1 or (shapes > 1 and not lines)),
        "merge": things > 1 and things == len(set(edit.things)) and not dates and not shapes,
        "add": not things and dates == len(set(edit.dates)) > 0 and shapes == 1 and not lines,
    }
    if not is_right[edit.kind]:
        msg = f"A correction of the kind {edit.kind!r} cannot be made of this."
        raise InputError(msg, hint=_FORMS[edit.kind])


_FORMS: Mapping[Kind, str] = {
    "accept": "It names one thing and at most one date.",
    "reject": "It names one thing and at most one date.",
    "redraw": "It names one thing and gives its new outline.",
    "split": "It names one thing and gives a line across it, or its parts.",
    "merge": "It names at least two things.",
    "add": "It names one or both dates and gives an outline.",
}


# Applying.


class _Desk:
    """The things while corrections are applied, one after the other."""

    def __init__(self, found: Found, within: BaseGeometry | None) -> None:
        """Lay out what was found; `within` is the counted area in WGS 84."""
        self.grid = found.grid
        self._within = within
        self.sides: dict[Date, dict[int, Thing]] = {
            "pre": {one.id: one for one in found.pre},
            "post": {one.id: one for one in found.post},
        }
        self.looks = dict(found.looks)
        self.decisions: dict[int, Decision] = {}
        self.drawn: set[int] = set()
        self.rejected: list[tuple[Date, Thing]] = []
        self._judged_after: dict[int, int] = {}
        self.next_id = max((*self.sides["pre"], *self.sides["post"]), default=0) + 1

    def result(self) -> Edited:
        """What stands now."""
        self._heed_rejections()
        pre, post = (tuple(side.values()) for side in self.sides.values())
        found = Found(self.grid, pre, post, self.looks)
        return Edited(found, self.decisions, frozenset(self.drawn), tuple(self.rejected))

    def date_of(self, number: int) -> Date:
        """The date a thing was outlined at.

        Raises:
            InputError: there is no such thing.
        """
        for date, side in self.sides.items():
            if number in side:
                return date
        msg = f"There is no thing number {number} in this result."
        raise InputError(msg, hint=RELOAD)

    def take(self, number: int) -> Thing:
        """A thing, which is here no longer."""
        return self.sides[self.date_of(number)].pop(number)

    def put(
        self, date: Date, shapes: Sequence[BaseGeometry], decision: Decision, source: Source
    ) -> list[int]:
        """Ids of new things with these outlines in the CRS of the grid."""
        fresh = drawn(shapes, self.grid.crs, first_id=self.next_id)
        self.next_id += len(fresh)
        for thing in fresh:
            self.keep(date, thing, decision, source)
        return [thing.id for thing in fresh]

    def keep(self, date: Date, thing: Thing, decision: Decision, source: Source) -> None:
        """Lay down a thing with an outline that is not the counter's."""
        self.sides[date][thing.id] = thing
        self.drawn -= {thing.id}
        self.drawn |= {thing.id} if source == "analyst" else set()
        self.decisions[thing.id] = decision

    def judge(self, number: int, verdict: Verdict) -> None:
        """The verdict on the other date of a thing, given by a person: certain either way."""
        certain = CERTAIN if verdict == "present" else 0.0
        self.looks[number] = Look(certain, certain, verdict)
        self._judged_after[number] = len(self.rejected)

    def _heed_rejections(self) -> None:
        """Tell things of the other date in the place of a rejected one that nothing stood there.

        A person's later verdict on such a thing counts more.
        """
        for date, side in self.sides.items():
            turned_down = [
                (order, thing)
                for order, (other, thing) in enumerate(self.rejected, start=1)
                if other != date
            ]
            for order, number in _in_place_of(turned_down, list(side.values())):
                if order > self._judged_after.get(number, 0):
                    self.judge(number, "absent")

    def placed(self, lonlat: BaseGeometry) -> BaseGeometry:
        """A WGS 84 polygon with its middle in the counted area, in the CRS of the grid.

        Raises:
            InputError: it lies elsewhere.
        """
        within = self._within
        if within is not None and not within.is_empty and not within.covers(lonlat.centroid):
            raise _outside()
        return _polygon(self.on_grid(lonlat))

    def on_grid(self, lonlat: BaseGeometry) -> BaseGeometry:
        """A WGS 84 shape in the CRS of the grid."""
        move = self._to_grid
        moved: BaseGeometry = shapely.transform(
            lonlat, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
        )
        if not np.isfinite(shapely.get_coordinates(moved)).all():
            raise _outside()
        return moved

    @cached_property
    def _to_grid(self) -> Transformer:
        return Transformer.from_crs("EPSG:4326", self.grid.crs.to_wkt(), always_xy=True)


def _outside() -> InputError:
    msg = "The outline lies outside the area that was counted."
    return InputError(msg, hint=DRAW_AGAIN)


def _in_place_of(
    gone: Sequence[tuple[int, Thing]], side: Sequence[Thing]
) -> Iterator[tuple[int, int]]:
    """The number of each of `gone` with the id of each thing of a date that is in its place."""
    if not gone or not side:
        return
    shapes, outlines = shapes_of(side), shapes_of([thing for _order, thing in gone])
    of_gone, at = shapely.STRtree(shapes).query(outlines, predicate="intersects")
    pair = outlines[of_gone], shapes[at]
    shared = shapely.area(shapely.intersection(*pair))
    smaller = np.minimum(*(shapely.area(one) for one in pair))
    for one, other in zip(*(found[shared >= INSIDE * smaller] for found in (of_gone, at)),
                          strict=True):  # fmt: skip
        yield gone[one][0], side[other].id


def _is_about_other(desk: _Desk, edit: Edit) -> bool:
    """Whether a verdict is on the other date than the one the thing was outlined at."""
    return bool(edit.dates) and edit.dates[0] != desk.date_of(edit.things[0])


def _accept(desk: _Desk, edit: Edit) -> None:
    """Confirm a thing; at the other date than its own: it stands there as well."""
    number = edit.things[0]
    desk.date_of(number)
    if _is_about_other(desk, edit):
        desk.judge(number, "present")
    desk.decisions[number] = "accepted"


def _reject(desk: _Desk, edit: Edit) -> None:
    """Take a thing away; at the other date than its own: it does not stand there."""
    number = edit.things[0]
    if _is_about_other(desk, edit):
        desk.judge(number, "absent")
        desk.decisions[number] = "accepted"
        return
    date = desk.date_of(number)
    desk.rejected.append((date, desk.take(number)))
    desk.decisions[number] = "rejected"


def _redraw(desk: _Desk, edit: Edit) -> None:
    number = edit.things[0]
    date = desk.date_of(number)
    outline = desk.placed(edit.shapes[0])
    (fresh,) = drawn([outline], desk.grid.crs, first_id=number)
    desk.keep(date, fresh, "redrawn", edit.source)


def _split(desk: _Desk, edit: Edit) -> None:
    number = edit.things[0]
    date = desk.date_of(number)
    whole = desk.sides[date][number]
    is_line = edit.shapes[0].geom_type == "LineString"
    pieces: list[BaseGeometry] = (
        _cut(whole, desk.on_grid(edit.shapes[0]))
        if is_line
        else [desk.placed(one) for one in edit.shapes]
    )
    desk.take(number)
    _inherit(desk, number, desk.put(date, pieces, "split", edit.source))


def _merge(desk: _Desk, edit: Edit) -> None:
    dates = {desk.date_of(number) for number in edit.things}
    if len(dates) > 1:
        msg = "Things of two dates cannot become one."
        raise InputError(msg, hint="Choose things of one date.")
    things = [desk.take(number) for number in edit.things]
    joined = _polygon(shapely.union_all([one.polygon for one in things]))
    _inherit(desk, edit.things[0], desk.put(dates.pop(), [joined], "merged", edit.source))


def _add(desk: _Desk, edit: Edit) -> None:
    """A thing at one date, or at both: then the other date is known to show it."""
    own: Date = edit.dates[0] if len(edit.dates) == 1 else "pre"
    (number,) = desk.put(own, [desk.placed(edit.shapes[0])], "added", edit.source)
    desk.judge(number, "present" if len(edit.dates) > 1 else "absent")


def _inherit(desk: _Desk, old: int, fresh: Sequence[int]) -> None:
    """What the other date shows at a place, for the things that take the place of another."""
    if old in desk.looks:
        desk.looks |= dict.fromkeys(fresh, desk.looks[old])


_STEPS: Mapping[Kind, Callable[[_Desk, Edit], None]] = {
    "accept": _accept, "reject": _reject, "redraw": _redraw, "split": _split, "merge": _merge,
    "add": _add,
}  # fmt: skip


def _cut(whole: Thing, line: BaseGeometry) -> list[BaseGeometry]:
    """The pieces of a thing on either side of a line, largest first.

    Raises:
        InputError: the line does not cross it.
    """
    pieces = [
        piece
        for part in shapely.get_parts(whole.polygon)
        for piece in cut_by(part, line).geoms
        if piece.geom_type == "Polygon" and piece.area > 0
    ]
    if len(pieces) <= shapely.get_num_geometries(whole.polygon):
        msg = "The line does not cut this outline in two."
        raise InputError(msg, hint="Draw it from outside to outside, right across the thing.")
    if len(pieces) > MAX_PARTS:
        msg = f"The line cuts this outline into {len(pieces)} parts; the limit is {MAX_PARTS}."
        raise InputError(msg, hint="Draw a simpler line.")
    return sorted(pieces, key=lambda piece: -piece.area)
