"""What one count measured, turned into facts; their names are the keys of `NAMES`.

Appeared and vanished things are counted in each of the nine parts of the area too, under the same
names with the part as region. Facts hold numbers; how they are worded is not known here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely

from analysis.fact_maker import FactMaker, Subject, areas, dates, maker
from analysis.facts import Fact
from analysis.ledger import Counts, Ledger
from analysis.regions import REGIONS, Compass
from analysis.statistics import ANY
from analysis.tally import Tally
from analysis.things import Thing, shapes_of
from raster.findings import Finding
from raster.grid import Grid

M2_PER_KM2 = 1e6

_SEEN = "outlined or known from the other date; places one date does not show are left out"
NAMES: Mapping[str, str] = {
    "objects_pre": f"Things of the earlier date, {_SEEN}.",
    "objects_post": f"Things of the later date, {_SEEN}.",
    "objects_appeared": "Things of the later date in excess of their partners of the earlier one.",
    "objects_vanished": "Things of the earlier date in excess of their partners of the later one.",
    "objects_kept": "Things of the earlier date less those that vanished.",
    "objects_change": "Things that appeared less things that vanished.",
    "objects_grown": "Partners of both dates whose area rose by more than outlines can tell.",
    "objects_shrunk": "Partners of both dates whose area fell by more than outlines can tell.",
    "objects_moved": "Things gone here with a partner of the same size new nearby.",
    "objects_split": "Things of the earlier date in whose place several stand at the later one.",
    "objects_merged": "Things of the later date in whose place several stood at the earlier one.",
    "objects_by_splitting": "Further parts of things that split, which are among the appeared.",
    "objects_by_merging": "Further parts of things that merged, which are among the vanished.",
    "objects_second_look": (
        "Kept things outlined at one date only, where the other date shows the same at their place."
    ),
    "objects_not_assessed_pre": "Things of the earlier date where the later one shows nothing.",
    "objects_not_assessed_post": "Things of the later date where the earlier one shows nothing.",
    "objects_area_pre": "Sum of the areas on the ellipsoid of the things of the earlier date.",
    "objects_area_post": "Sum of the areas on the ellipsoid of the things of the later date.",
    "objects_area_appeared": "Sum of the areas on the ellipsoid of the things that appeared.",
    "objects_area_vanished": "Sum of the areas on the ellipsoid of the things that vanished.",
    "mean_object_area_pre": "Mean area of the things of the earlier date.",
    "mean_object_area_post": "Mean area of the things of the later date.",
    "object_density_pre": "Things of the earlier date divided by the valid area.",
    "object_density_post": "Things of the later date divided by the valid area.",
    "edits_by_hand": "Corrections that people made after the things were counted.",
}
"""Every name of a fact about things, and how it is measured."""
STATES = {"objects_appeared": "appeared", "objects_vanished": "vanished",
          "objects_area_appeared": "appeared", "objects_area_vanished": "vanished"}  # fmt: skip
GIVEN = "Set for this run."
NOTHING_SEEN = "No part of the AOI was observed at both dates."


@dataclass(frozen=True)
class CountOrigin:
    """Where the numbers of one count come from.

    Attributes:
        thing: what was counted, in one word; the class of the facts.
        counter: name of the counter.
        run: id of the run.
        inputs: sha256 of the input files.
        findings: preflight and run findings; the cautions among them limit every fact.
        pre_on: acquisition date of pre, if known.
        post_on: likewise of post.
        min_area_m2: smallest thing that was counted.
        edits: number of corrections by hand.
    """

    thing: str
    counter: str
    run: str
    inputs: tuple[str, ...]
    findings: tuple[Finding, ...]
    pre_on: date | None
    post_on: date | None
    min_area_m2: float
    edits: int = 0


@dataclass(frozen=True)
class _Maker:
    """Makes facts about things; says in each whether people corrected them."""

    make: FactMaker
    origin: CountOrigin

    def __call__(self, name: str, value: float, unit: str, region: str = "aoi") -> Fact:
        edits = self.origin.edits
        by_hand = (
            f"; edited by hand: {edits} {'edit' if edits == 1 else 'edits'}." if edits else "."
        )
        subject = Subject(self.origin.thing, STATES.get(name, ANY), region)
        return self.make(name, (value, unit), subject, NAMES[name][:-1] + by_hand)


def derive(ledger: Ledger, tally: Tally, origin: CountOrigin, *, area: Grid) -> tuple[Fact, ...]:
    """Every fact of one count, no two with the same id; zeros are facts.

    Where no ground was seen at both dates there are none about things, only that they were not
    assessed.

    Args:
        ledger: the things.
        tally: ground of the area, by its nine parts.
        origin: where the numbers come from.
        area: the grid whose nine parts are meant: the AOI's window.
    """
    base = maker(tally, origin.findings, inputs=origin.inputs, run=origin.run)
    make = _Maker(base, origin)
    made = [*areas(tally, base)]
    if tally.valid_m2 > 0:
        made += [*_numbers(ledger.counts(), make), *_sizes(ledger, tally, make)]
        made += [*_places(ledger, tally, area, make)]
    else:
        subject = Subject(origin.thing)
        made.append(base("not_assessed", ("change", ""), subject, NOTHING_SEEN))
    if origin.edits:
        made.append(make("edits_by_hand", origin.edits, "1"))
    made += [*dates(origin.pre_on, origin.post_on, base), *_setting(origin, base)]
    return tuple({fact.id: fact for fact in made}.values())


def _numbers(counts: Counts, make: _Maker) -> Iterator[Fact]:
    values = {
        "objects_pre": counts.pre,
        "objects_post": counts.post,
        "objects_appeared": counts.appeared,
        "objects_vanished": counts.vanished,
        "objects_kept": counts.kept,
        "objects_change": counts.post - counts.pre,
        "objects_grown": counts.entries["grown"],
        "objects_shrunk": counts.entries["shrunk"],
        "objects_moved": counts.entries["moved"],
        "objects_split": counts.entries["split"],
        "objects_merged": counts.entries["merged"],
        "objects_by_splitting": counts.by_splitting,
        "objects_by_merging": counts.by_merging,
        "objects_second_look": counts.second_look,
        "objects_not_assessed_pre": counts.not_assessed_pre,
        "objects_not_assessed_post": counts.not_assessed_post,
    }
    for name, value in values.items():
        yield make(name, value, "1")


def _sizes(ledger: Ledger, tally: Tally, make: _Maker) -> Iterator[Fact]:
    """Areas and densities."""
    pre, post = (_areas_m2(side) for side in ledger.counted)
    for name, areas_m2 in (("pre", pre), ("post", post)):
        yield make(f"objects_area_{name}", float(sum(areas_m2)), "m2")
        if areas_m2:
            yield make(f"mean_object_area_{name}", sum(areas_m2) / len(areas_m2), "m2")
        density = len(areas_m2) / (tally.valid_m2 / M2_PER_KM2)
        yield make(f"object_density_{name}", density, "1/km2")
    yield make("objects_area_appeared", float(sum(_areas_m2(ledger.appeared))), "m2")
    yield make("objects_area_vanished", float(sum(_areas_m2(ledger.vanished))), "m2")


def _areas_m2(things: Sequence[Thing]) -> list[float]:
    return [float(thing.area_m2) for thing in things]


def _places(ledger: Ledger, tally: Tally, area: Grid, make: _Maker) -> Iterator[Fact]:
    """Appeared and vanished things in each part of the area that was seen."""
    valid = tally.valid_by_region()
    changes = (("objects_appeared", ledger.appeared), ("objects_vanished", ledger.vanished))
    for name, things in changes:
        here = regions_of(things, area)
        for region in REGIONS:
            if valid[region] > 0 or region in here:
                yield make(name, here.count(region), "1", region)


def regions_of(things: Sequence[Thing], area: Grid) -> list[str]:
    """The part of an area that holds the centroid of each thing; those beyond it the nearest."""
    if not things:
        return []
    xy = shapely.get_coordinates(shapely.centroid(shapes_of(things)))
    inverse = ~area.transform
    cols, rows = np.array([inverse @ (x, y) for x, y in xy]).T
    return [REGIONS[part] for part in Compass(area).places(rows - 0.5, cols - 0.5)]


def _setting(origin: CountOrigin, make: FactMaker) -> Iterator[Fact]:
    """The limits of what could be found."""
    subject = Subject(origin.thing)
    yield make("smallest_mapped_area", (float(origin.min_area_m2), "m2"), subject, GIVEN)
    yield make("counter", (origin.counter, ""), subject, GIVEN)
