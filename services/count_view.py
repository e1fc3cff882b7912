"""A count as a page shows it: outlines in WGS 84 and a row per entry.

Turns records into plain values; computes no number of its own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely

from analysis.count_result import CountResult
from analysis.edits import Decision
from analysis.ledger import Date, Entry, Ledger, State
from analysis.ledger_tables import decision_on, source_of
from analysis.things import Thing
from errors import NotFoundError
from raster.grid import lonlat_transformer

DECIMALS = 7
"""About a centimetre on the ground."""
Side = Literal["left", "right"]
SIDES: Mapping[Date, Side] = {"pre": "left", "post": "right"}


@dataclass(frozen=True)
class ThingRow:
    """One outline of an entry.

    Attributes:
        id: of the thing; one known from the other date has the id of that outline.
        date: at which it stands.
        area_m2: its area.
        is_outlined: whether it was outlined at this date, and not known from the other one.
    """

    id: int
    date: Date
    area_m2: float
    is_outlined: bool


@dataclass(frozen=True)
class EntryRow:
    """One line of the ledger.

    Attributes:
        id: of the entry.
        state: what became of it.
        pre_area_m2: at the earlier date; 0 where it does not stand there.
        post_area_m2: at the later date, likewise.
        score: mean of its things, 0..1.
        decision: what was decided by hand; `none` without.
        source: whose outline it has.
        is_second_look: outlined at one date, known from there at the other.
        lon: longitude of a point in it.
        lat: latitude of that point.
        things: its outlines.
    """

    id: int
    state: State
    pre_area_m2: float
    post_area_m2: float
    score: float
    decision: Decision
    source: str
    is_second_look: bool
    lon: float
    lat: float
    things: tuple[ThingRow, ...]


def rows(result: CountResult) -> tuple[EntryRow, ...]:
    """The entries: what changed first, then what was kept; larger ones first."""
    pre, post = result.ledger.by_id
    found = [_row(entry, result, pre, post) for entry in result.ledger.entries]
    return tuple(sorted(found, key=lambda row: (_rank(row.state), -_area_m2(row), row.id)))


def features(result: CountResult) -> list[dict[str, Any]]:
    """Outlines as GeoJSON features with the properties `id` of the entry and `class`, its state.

    Where both dates have outlines of their own, each has the property `side` of its date.
    """
    pre, post = result.ledger.by_id
    drawn = [one for entry in result.ledger.entries for one in _outlines(entry, pre, post)]
    shapes = _lonlat([thing for _entry, thing, _side in drawn], result.ledger)
    return [
        _feature(entry, geometry, side)
        for (entry, _thing, side), geometry in zip(drawn, shapes, strict=True)
    ]


def outline(result: CountResult, thing_id: int) -> dict[str, Any]:
    """The outline of one thing as a GeoJSON geometry in WGS 84.

    Raises:
        NotFoundError: there is no such thing.
    """
    pre, post = result.ledger.by_id
    thing = pre.get(thing_id) or post.get(thing_id)
    if thing is None:
        msg = f"There is no thing number {thing_id} in this count."
        raise NotFoundError(msg, hint="Reload the page; it may have been replaced.")
    return _lonlat([thing], result.ledger)[0]


def _rank(state: State) -> int:
    order = ("appeared", "vanished", "split", "merged", "moved", "grown", "shrunk", "not assessed")
    return order.index(state) if state in order else len(order)


def _area_m2(row: EntryRow) -> float:
    return max(row.pre_area_m2, row.post_area_m2)


def _row(
    entry: Entry, result: CountResult, pre: Mapping[int, Thing], post: Mapping[int, Thing]
) -> EntryRow:
    edited = result.edited
    ids = dict.fromkeys((*entry.pre, *entry.post))
    decisions = [one for number in ids if (one := decision_on(number, edited)) != "none"]
    sources = {source_of(number, edited) for number in ids}
    place = post[entry.post[0]] if entry.post else pre[entry.pre[0]]
    return EntryRow(
        id=entry.id,
        state=entry.state,
        pre_area_m2=entry.pre_area_m2,
        post_area_m2=entry.post_area_m2,
        score=entry.score,
        decision=decisions[0] if decisions else "none",
        source="analyst" if "analyst" in sources else "model",
        is_second_look=entry.is_second_look,
        lon=place.lon,
        lat=place.lat,
        things=tuple(_things(entry, result, pre, post)),
    )


def _things(
    entry: Entry, result: CountResult, pre: Mapping[int, Thing], post: Mapping[int, Thing]
) -> Iterator[ThingRow]:
    found = result.edited.found
    outlined = {"pre": {one.id for one in found.pre}, "post": {one.id for one in found.post}}
    for number in entry.pre:
        yield ThingRow(number, "pre", pre[number].area_m2, number in outlined["pre"])
    for number in entry.post:
        yield ThingRow(number, "post", post[number].area_m2, number in outlined["post"])


def _outlines(
    entry: Entry, pre: Mapping[int, Thing], post: Mapping[int, Thing]
) -> Iterator[tuple[Entry, Thing, Side | None]]:
    if entry.pre == entry.post or not entry.pre or not entry.post:
        things = [post[one] for one in entry.post] or [pre[one] for one in entry.pre]
        yield from ((entry, thing, None) for thing in things)
        return
    yield from ((entry, pre[one], SIDES["pre"]) for one in entry.pre)
    yield from ((entry, post[one], SIDES["post"]) for one in entry.post)


def _lonlat(things: Sequence[Thing], ledger: Ledger) -> list[dict[str, Any]]:
    """Outlines as GeoJSON geometries in WGS 84, all moved at once."""
    transformer = lonlat_transformer(ledger.grid.crs)
    shapes = np.array([thing.polygon for thing in things], object)
    moved = shapely.transform(
        shapes,
        lambda xy: np.round(np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])), DECIMALS),
    )
    return [json.loads(text) for text in shapely.to_geojson(moved)] if len(things) else []


def _feature(entry: Entry, geometry: dict[str, Any], side: Side | None) -> dict[str, Any]:
    about: dict[str, Any] = {"id": entry.id, "class": entry.state}
    if side is not None:
        about["side"] = side
    return {"type": "Feature", "properties": about, "geometry": geometry}
