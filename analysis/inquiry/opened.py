"""A finished result as a case: from what a comparison wrote, or from a count as it stands now.

Knows no files; names of areas and layers are told apart here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from analysis import fact_maker
from analysis.count_result import CountResult
from analysis.fact_maker import FactMaker
from analysis.facts import Fact
from analysis.inquiry import projected
from analysis.inquiry.case import Case, Ground, Item, Kind, Layer, Place, Spot
from analysis.inquiry.columns import parts_of
from analysis.inquiry.ground_of_count import ground_of_count
from analysis.inquiry.places import FIXED
from analysis.ledger import Entry
from analysis.statistics import ANY
from analysis.things import Thing
from raster.findings import Finding
from raster.grid import Grid
from raster.mask import ChangeClass
from raster.text import clean

LARGEST = "largest_object_area"
NAME_CHARS = 60

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    """What a comparison left behind.

    Attributes:
        run: content of `run.json`.
        facts: its facts.
        legend: the classes it could tell.
        rows: its objects by falling area, with the columns of `analysis.objects`.
        grid: grid of its mask; outlines are in its CRS.
        ground: measures ground.
    """

    run: Mapping[str, Any]
    facts: tuple[Fact, ...]
    legend: tuple[ChangeClass, ...]
    rows: Sequence[Row]
    grid: Grid
    ground: Ground


def of_comparison(found: Compared) -> Case:
    """A comparison opened for questions."""
    names = [clean(str(one["name"])) for one in found.run["inputs"] if one["role"] != "aoi"]
    return Case(
        id=str(found.run["id"]),
        kind="comparison",
        run=found.run,
        title=" to ".join(names),
        kinds=tuple(Kind(one.name, one.label, one.label, one.state) for one in found.legend),
        facts=found.facts,
        items=tuple(_objects(found)),
        findings=tuple(Finding(**one) for one in found.run["findings"]),
        grid=found.grid,
        places=FIXED,
        layers=(),
        ground=found.ground,
        make=_maker_like(found.facts[0]),
    )


def of_count(result: CountResult) -> Case:
    """A count opened for questions, corrections by hand included."""
    run, counter = result.run, result.counter
    inputs = tuple(item["sha256"] for item in run["inputs"])
    is_whole = bool(run["aoi"]["is_whole_overlap"])
    return Case(
        id=str(run["id"]),
        kind="count",
        run=run,
        title=" to ".join(clean(name) for name in result.scenes),
        kinds=(Kind(counter.thing, counter.thing, counter.things, ANY),),
        facts=result.facts,
        items=tuple(sorted(_entries(result), key=lambda one: (-one.area_m2, one.id))),
        findings=result.findings,
        grid=result.area,
        places=FIXED,
        layers=(),
        ground=ground_of_count(result.tally, result.area, result.within, is_whole=is_whole),
        make=fact_maker.maker(result.tally, result.findings, inputs=inputs, run=str(run["id"])),
    )


def with_places(
    case: Case, areas: Iterable[tuple[str, BaseGeometry]], layers: Iterable[Layer]
) -> Case:
    """The case with named areas (in WGS 84) and those layers that have something around it.

    No two places of a kind have the same name, and none that of a part or half.
    """
    near = [layer for layer in layers if _is_around(layer, case.grid)]
    reserved = {place.name.casefold() for place in FIXED}
    named = list(areas)
    names = distinct((name for name, _shape in named), "area", reserved)
    places = [Place(name, "area", "", one[1]) for name, one in zip(names, named, strict=True)]
    titles = distinct((layer.name for layer in near), "layer", reserved)
    kept = tuple(replace(layer, name=title) for layer, title in zip(near, titles, strict=True))
    for layer in kept:
        places += _polygons(layer)
    return replace(case, places=(*FIXED, *places), layers=kept)


def distinct(names: Iterable[str], word: str, reserved: Iterable[str] = ()) -> tuple[str, ...]:
    """Cleaned names of which no two are the same; `word` stands for one that is empty."""
    kept_back = {name.casefold() for name in reserved}
    taken = set(kept_back)
    found = []
    for name in names:
        plain = clean(name, limit=NAME_CHARS) or word
        shown = f"{plain} ({word})" if plain.casefold() in kept_back else plain
        number = 1
        unique = shown
        while unique.casefold() in taken:
            number += 1
            unique = f"{shown} ({number})"
        taken.add(unique.casefold())
        found.append(unique)
    return tuple(found)


def _maker_like(fact: Fact) -> FactMaker:
    """A maker whose facts share origin and ground with a fact of the same run."""
    blank = replace(fact, id="", name="", value=0, unit="", change_class=ANY, state=ANY)
    return FactMaker(replace(blank, region=fact_maker.AOI, method=""))


def _objects(found: Compared) -> Iterable[Item]:
    """The objects; those the run has facts about lie where the facts say."""
    parts = parts_of(_shapes(row["geometry"] for row in found.rows), found.grid)
    told = _told_parts(found)
    for row, part in zip(found.rows, parts, strict=True):
        here = told.get(int(row["id"]), part)
        area_m2, shape = float(row["area_m2"]), row["geometry"]
        yield Item(
            int(row["id"]), str(row["class"]), str(row["state"]), 0, 0, area_m2, 0.0, 0.0,
            float(row["perimeter_m"]), float(row["score"]), float(row["lon"]), float(row["lat"]),
            here, shape, (Spot("object", 0.0, area_m2, 0.0, here, shape),),
        )  # fmt: skip


def _told_parts(found: Compared) -> dict[int, str]:
    """The part of the objects that facts name, by id; ids rise as areas fall."""
    by_class: dict[str, list[int]] = {ANY: []}
    for row in found.rows:
        by_class[ANY].append(int(row["id"]))
        by_class.setdefault(str(row["class"]), []).append(int(row["id"]))
    parts = {}
    for fact in found.facts:
        if fact.name.startswith(LARGEST):
            rank = int(fact.name.removeprefix(LARGEST).lstrip("_") or 1)
            ids = by_class.get(fact.change_class, [])
            if rank <= len(ids):
                parts[ids[rank - 1]] = fact.region
    return parts


def _entries(result: CountResult) -> Iterable[Item]:
    ledger, grid = result.ledger, result.area
    pre, post = ledger.by_id
    groups = [
        (entry, _spots(entry, [pre[one] for one in entry.pre], [post[one] for one in entry.post]))
        for entry in ledger.entries
    ]
    parts = iter(parts_of(_shapes(one.shape for _entry, spots in groups for one in spots), grid))
    for entry, spots in groups:
        placed = tuple(replace(one, part=next(parts)) for one in spots)
        shown = [post[one] for one in entry.post] or [pre[one] for one in entry.pre]
        yield _item(entry, placed, shown, result.counter.thing)


def _item(entry: Entry, spots: tuple[Spot, ...], shown: Sequence[Thing], thing: str) -> Item:
    """An entry with the outline, area and place of the later date, else of the earlier."""
    largest = max(shown, key=lambda one: one.area_m2)
    outline = shown[0].polygon
    if len(shown) > 1:
        outline = shapely.union_all([one.polygon for one in shown])
    return Item(
        entry.id, thing, entry.state, len(entry.pre), len(entry.post),
        sum(one.area_m2 for one in shown), entry.pre_area_m2, entry.post_area_m2,
        sum(one.perimeter_m for one in shown), entry.score, largest.lon, largest.lat,
        spots[0].part, outline, spots,
    )  # fmt: skip


def _spots(entry: Entry, pre: list[Thing], post: list[Thing]) -> tuple[Spot, ...]:
    """The things of an entry, the largest of both dates as partners, as the ledger counts them."""
    before, after = (sorted(side, key=lambda one: (-one.area_m2, one.id)) for side in (pre, post))
    both = min(len(before), len(after))
    spots = [
        Spot("kept", old.area_m2, new.area_m2, new.length_m, "", new.polygon)
        for old, new in zip(before, after, strict=False)
    ]
    spots += [
        Spot("appeared", 0.0, one.area_m2, one.length_m, "", one.polygon) for one in after[both:]
    ]
    spots += [
        Spot("vanished", one.area_m2, 0.0, one.length_m, "", one.polygon) for one in before[both:]
    ]
    if entry.state == "not assessed":
        return tuple(replace(one, role="not assessed") for one in spots)
    return tuple(spots)


def _polygons(layer: Layer) -> Iterable[Place]:
    for name, shape in zip(layer.features, layer.shapes, strict=True):
        if shapely.get_dimensions(shape) == 2:
            yield Place(name, "feature", layer.name, shape)


def _is_around(layer: Layer, grid: Grid) -> bool:
    """Whether something of a layer lies in the window of the area or within its size of it."""
    west, south, east, north = projected.bounds_lonlat(grid)
    wide, high = east - west, north - south
    frame = shapely.box(west - wide, south - high, east + wide, north + high)
    shapes = _shapes(layer.shapes)
    return bool(shapely.intersects(shapely.box(*shapely.bounds(shapes).T), frame).any())


def _shapes(shapes: Iterable[BaseGeometry]) -> NDArray[Any]:
    return np.array(list(shapes), object)
