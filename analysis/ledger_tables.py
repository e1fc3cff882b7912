"""The ledger as tables: its entries, and the things of each date with what is known of them.

Knows columns; knows nothing of files or pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from analysis.edits import DATES, Decision, Edited, Source
from analysis.ledger import Date, Entry, Found, Ledger, Look
from analysis.right_angles import squared
from analysis.things import Thing
from raster.grid import Grid

Basis = Literal["outlined", "second look", "replaced"]

ENTRY_COLUMNS = (
    "id", "class", "state", "area_m2", "perimeter_m", "score", "votes", "lon", "lat",
    "pre_area_m2", "post_area_m2", "overlap", "distance_m", "second_look", "pre_things",
    "post_things", "decision", "source",
)  # fmt: skip
THING_COLUMNS = (
    "id", "class", "entry", "state", "basis", "area_m2", "perimeter_m", "length_m", "score",
    "lon", "lat", "look_support", "look_likeness", "look_verdict", "decision", "source",
)  # fmt: skip
REJECTED_COLUMNS = ("id", "class", "date", "area_m2", "score", "decision")
REGULAR_COLUMNS = ("id", "class", "date", "entry", "state", "area_m2", "score")
NO_DECISION: Decision = "none"


def entries(ledger: Ledger, edited: Edited, *, thing: str) -> gpd.GeoDataFrame:
    """One row per entry with `ENTRY_COLUMNS`, in the CRS of the grid.

    Geometry, area, perimeter and place are those of the later date where the thing stands then,
    else of the earlier one; `pre_things` and `post_things` are ids with commas between them.
    """
    pre, post = ledger.by_id
    rows = []
    for entry in ledger.entries:
        shown = [post[one] for one in entry.post] or [pre[one] for one in entry.pre]
        rows.append(_entry_row(entry, shown, edited) | {"class": thing})
    return _frame(rows, ENTRY_COLUMNS, ledger)


def things(ledger: Ledger, edited: Edited, date: Date, *, thing: str) -> gpd.GeoDataFrame:
    """One row per thing of a date with `THING_COLUMNS`, those that parts stand for included."""
    side, outlined = _sides(ledger, edited, date)
    known = {one.id for one in outlined}
    entry_of = {
        number: entry
        for entry in ledger.entries
        for number in (entry.pre if date == "pre" else entry.post)
    }
    rows = [
        _thing_row(one, edited)
        | _standing(entry_of[one.id], "outlined" if one.id in known else "second look")
        | {"class": thing}
        for one in side
    ]
    rows += [
        _thing_row(one, edited) | _standing(None, "replaced") | {"class": thing}
        for one in ledger.replaced
        if one.id in known
    ]
    return _frame(rows, THING_COLUMNS, ledger)


def rejected(ledger: Ledger, edited: Edited, *, thing: str) -> gpd.GeoDataFrame:
    """One row per outline that people turned down, with `REJECTED_COLUMNS`."""
    rows = [
        {
            "id": one.id, "class": thing, "date": date, "area_m2": one.area_m2,
            "score": one.score, "decision": "rejected", "geometry": one.polygon,
        }
        for date, one in edited.rejected
    ]  # fmt: skip
    return _frame(rows, REJECTED_COLUMNS, ledger)


def regular(ledger: Ledger, edited: Edited, *, thing: str) -> gpd.GeoDataFrame:
    """One row per outline of either date that has right angles, with `REGULAR_COLUMNS`.

    The outlines are the squared ones; `id`, `date` and `entry` lead to the originals, whose areas
    these are. Cost: about a millisecond an outline.
    """
    rows = [
        {**row, "class": thing, "date": date}
        for date in DATES
        for row in things(ledger, edited, date, thing=thing).to_dict("records")
        if row["basis"] == "outlined"
    ]
    originals = np.array([row["geometry"] for row in rows], object)
    pairs = zip(rows, squared(originals, ledger.grid), strict=True)
    kept = [row | {"geometry": shape} for row, shape in pairs if shape is not None]
    return _frame(kept, REGULAR_COLUMNS, ledger)


def read(grid: Grid, pre: Iterable[Mapping[str, Any]], post: Iterable[Mapping[str, Any]]) -> Found:
    """What was found before it was matched, from the rows of `things` of both dates."""
    sides = [[row for row in rows if row["basis"] != "second look"] for rows in (pre, post)]
    looks = {
        int(row["id"]): Look(
            float(row["look_support"]), float(row["look_likeness"]), row["look_verdict"]
        )
        for rows in sides
        for row in rows
        if row["look_verdict"]
    }
    pre_things, post_things = (tuple(map(_thing, rows)) for rows in sides)
    return Found(grid, pre_things, post_things, looks)


def source_of(number: int, edited: Edited) -> Source:
    """Whose outline a thing has."""
    return "analyst" if number in edited.drawn else "model"


def decision_on(number: int, edited: Edited) -> Decision:
    """What was decided about a thing."""
    return edited.decisions.get(number, NO_DECISION)


def _sides(
    ledger: Ledger, edited: Edited, date: Date
) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    """The things of a date in the ledger, and those outlined at it."""
    if date == "pre":
        return ledger.pre, edited.found.pre
    return ledger.post, edited.found.post


def _entry_row(entry: Entry, shown: Sequence[Thing], edited: Edited) -> dict[str, Any]:
    numbers = dict.fromkeys((*entry.pre, *entry.post))
    decisions = [decision_on(one, edited) for one in numbers]
    sources = {source_of(one, edited) for one in numbers}
    largest = max(shown, key=lambda one: one.area_m2)
    return {
        "id": entry.id,
        "state": entry.state,
        "area_m2": sum(one.area_m2 for one in shown),
        "perimeter_m": sum(one.perimeter_m for one in shown),
        "score": entry.score,
        "votes": entry.votes,
        "lon": largest.lon,
        "lat": largest.lat,
        "pre_area_m2": entry.pre_area_m2,
        "post_area_m2": entry.post_area_m2,
        "overlap": entry.overlap,
        "distance_m": entry.distance_m,
        "second_look": entry.is_second_look,
        "pre_things": ",".join(map(str, entry.pre)),
        "post_things": ",".join(map(str, entry.post)),
        "decision": next((one for one in decisions if one != NO_DECISION), NO_DECISION),
        "source": "analyst" if "analyst" in sources else "model",
        "geometry": _together([one.polygon for one in shown]),
    }


def _together(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Outlines as one geometry, whose parts they stay."""
    if len(shapes) == 1:
        return shapes[0]
    joined: BaseGeometry = shapely.union_all(shapes)
    return joined


def _standing(entry: Entry | None, basis: Basis) -> dict[str, Any]:
    return {
        "entry": entry.id if entry else 0,
        "state": entry.state if entry else "",
        "basis": basis,
    }


def _thing_row(one: Thing, edited: Edited) -> dict[str, Any]:
    look = edited.found.looks.get(one.id)
    return {
        "id": one.id,
        "area_m2": one.area_m2,
        "perimeter_m": one.perimeter_m,
        "length_m": one.length_m,
        "score": one.score,
        "lon": one.lon,
        "lat": one.lat,
        "look_support": look.support if look else 0.0,
        "look_likeness": look.likeness if look else 0.0,
        "look_verdict": look.verdict if look else "",
        "decision": decision_on(one.id, edited),
        "source": source_of(one.id, edited),
        "geometry": one.polygon,
    }


def _thing(row: Mapping[str, Any]) -> Thing:
    measures = ("area_m2", "perimeter_m", "length_m", "score", "lon", "lat")
    shape = row["geometry"]
    is_single = shapely.get_num_geometries(shape) == 1
    return Thing(
        int(row["id"]),
        shapely.get_geometry(shape, 0) if is_single and shape.geom_type != "Polygon" else shape,
        *(float(row[name]) for name in measures),
    )


def _frame(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], ledger: Ledger
) -> gpd.GeoDataFrame:
    content = {name: [row[name] for row in rows] for name in (*columns, "geometry")}
    return gpd.GeoDataFrame(content, geometry="geometry", crs=ledger.grid.crs.to_wkt())
