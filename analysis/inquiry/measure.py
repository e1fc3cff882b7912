"""Counts, areas, shares, densities, lengths and sizes of the things a question is about.

Every number is the run's own fact where it has one. Knows no words but the methods of facts.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analysis.count_facts import M2_PER_KM2, NAMES
from analysis.evidence import BY_PARTS, COUNTED, PART_OF_CHANGE, SHARE_OF_VALID
from analysis.fact_maker import PIXEL_SUM, Subject
from analysis.facts import Fact, with_id
from analysis.inquiry import places
from analysis.inquiry.arithmetic import convert
from analysis.inquiry.case import ANY, AOI, Case, Date, Measured, Place, Which
from analysis.inquiry.chosen import IN_PLACE, Chosen, choose, known
from analysis.inquiry.extremes import in_order, ranked
from analysis.inquiry.reach import reaching
from analysis.inquiry.unanswerable import Unanswerable
from analysis.statistics import share_pct

Of = Literal["valid", "change", "objects"]
Quantity = Literal["count", "area"]
Statistic = Literal["mean", "median", "smallest", "largest"]

BY_CENTRE = f"{COUNTED[:-1]}, {IN_PLACE}."
PIXELS_HERE = (
    "Sum of the areas on the ellipsoid of the pixels concerned whose centre lies in this place."
)
OBJECTS_SUM = f"Sum of the areas on the ellipsoid of the objects, {IN_PLACE}."
SLIM = 3.0
"""A rectangle three times as long as it is wide has this ratio of squared length to area."""
STATE_METHODS = {
    "changed": "Things that appeared, vanished, moved or changed their size.",
    "not_assessed": "Things whose place the other date does not show.",
}
STATISTICS: Mapping[Statistic, Callable[[NDArray[np.float64]], np.floating[Any]]] = {
    "mean": np.mean, "median": np.median,
}  # fmt: skip
OF_STATISTIC = {
    "mean": "Mean area of these {}.",
    "median": "Median area of these {}.",
}


def count(case: Case, which: Which) -> Measured:
    """How many things there are.

    For a count without state or date those of the later date.

    Raises:
        Unanswerable: see `choose`.
    """
    return counted(choose(case, which))


def counted(chosen: Chosen) -> Measured:
    """How many things were chosen."""
    name = f"objects_{chosen.meant.word}" if chosen.is_count else "object_count"
    fact = chosen.known(name)
    if fact is None:
        fact = chosen.fact(name, (chosen.number, "1"), _counting(chosen, name))
    return chosen.measured(fact)


def area(case: Case, which: Which, *, unit: str = "m2") -> Measured:
    """Changed ground, or the ground things cover.

    Of a comparison the pixels within the place, so that parts sum to the whole; with a limit of
    size or nearness, and of a count, the sum over whole things.

    Raises:
        Unanswerable: see `choose`.
        ArithmeticRefused: the unit is none of an area.
    """
    measured = covered(choose(case, which))
    return measured if unit == "m2" else convert(measured, unit)


def covered(chosen: Chosen) -> Measured:
    """The ground that the chosen things cover."""
    if chosen.is_count or not chosen.is_plain:
        return _summed(chosen)
    fact = chosen.known("changed_area")
    if fact is None:
        ground = chosen.case.ground.within(chosen.place)
        area_m2 = sum(ground.changed_m2.get(kind.name, 0.0) for kind in chosen.meant.kinds)
        fact = chosen.fact("changed_area", (float(area_m2), "m2"), _pixels(chosen.place))
    return Measured(fact, reaching(chosen), chosen.case.id)


def quantity_of(chosen: Chosen, quantity: Quantity) -> Measured:
    """Number or ground of the chosen things."""
    return counted(chosen) if quantity == "count" else covered(chosen)


def share(case: Case, which: Which, *, of: Of) -> Measured:
    """A part in percent of a whole.

    Args:
        case: where to look.
        which: the part.
        of: `valid`: of the assessed ground of the place. `change`: of all changed ground, or for
            a place of the same change in the whole area. `objects`: by number, of all things of
            the place, or for a place without other limits of those in the whole area.

    Raises:
        Unanswerable: see `choose`.
    """
    chosen = choose(case, which)
    if of == "change" and chosen.is_count and which.state == ANY:
        chosen = choose(case, replace(which, state="changed", date=None))
    if of == "valid":
        return _share_of_valid(chosen)
    part = covered(chosen) if of == "change" and not chosen.is_count else counted(chosen)
    whole = choose(case, _whole(chosen, of))
    total = covered(whole) if of == "change" and not chosen.is_count else counted(whole)
    name = f"share_of_{of}"
    fact = chosen.known(name) if of == "change" and chosen.place.name != AOI else None
    if fact is None:
        pct = share_pct(float(part.fact.value), float(total.fact.value))
        fact = chosen.fact(name, (pct, "%"), _of_whole(chosen, whole, of))
    return Measured(fact, part.items, case.id)


def density(case: Case, which: Which) -> Measured:
    """Things for each square kilometre of assessed ground.

    Raises:
        Unanswerable: see `choose`; or nobody knows how much of the place was assessed.
    """
    chosen = choose(case, which)
    name = f"object_density_{chosen.meant.word}" if chosen.is_count else "object_density"
    fact = chosen.known(name)
    if fact is None:
        ground = places.ground_of(case, chosen.place)
        value = float(counted(chosen).fact.value) / (ground.valid_m2 / M2_PER_KM2)
        method = "Number of these things divided by the valid area of the place."
        fact = chosen.fact(name, (value, "1/km2"), method, doubt=places.doubt_of(ground))
    return chosen.measured(fact)


def length(case: Case, which: Which) -> Measured:
    """Summed length of things that are long and thin, such as roads.

    Raises:
        Unanswerable: see `choose`; or these things are not long and thin, or were not measured.
    """
    chosen = choose(case, which)
    table = chosen.table
    lengths_m = table.length_m[chosen.here]
    is_slim = lengths_m**2 >= SLIM * table.area_m2[chosen.here]
    if not chosen.is_count or (len(is_slim) and np.mean(is_slim) < 0.5):
        raise Unanswerable("not_assessed", "length")
    method = "Sum of the lengths on the ellipsoid of the things, along their middle."
    name = f"objects_length_{chosen.meant.word}"
    fact = chosen.fact(name, (float(lengths_m.sum()), "m"), method)
    return chosen.measured(fact)


def valid_area(case: Case, place: str) -> Measured:
    """Ground of a place that was assessed.

    Raises:
        Unanswerable: the place is unknown, outside the area, or was not assessed.
    """
    here = places.called(case, place)
    found = known(case, "valid_area", ANY, here)
    if found is None:
        ground = places.ground_of(case, here)
        found = _of_place(case, "valid_area", ground.valid_m2, here)
        if ground.doubt_m2:
            found = with_id(replace(found, uncertainty=places.doubt_of(ground)))
    return Measured(found, (), case.id)


def aoi_area(case: Case, place: str) -> Measured:
    """Ground of a place that lies in the area of interest.

    Raises:
        Unanswerable: the place is unknown, or lies outside the area.
    """
    here = places.called(case, place)
    found = known(case, "aoi_area", ANY, here)
    if found is None:
        ground = case.ground.within(here)
        if ground.aoi_m2 <= 0:
            raise Unanswerable("outside_area", here.name)
        found = _of_place(case, "aoi_area", ground.aoi_m2, here)
    return Measured(found, (), case.id)


def average(case: Case, which: Which, statistic: Statistic) -> Measured:
    """A usual or extreme size of things; where there are none, their number, which is zero.

    Raises:
        Unanswerable: see `choose`.
    """
    chosen = choose(case, which)
    if not chosen.number:
        return counted(chosen)
    if statistic in {"smallest", "largest"}:
        at = int(in_order(chosen, "area", smallest=statistic == "smallest")[0])
        return ranked(chosen, at, 1, by="area", smallest=statistic == "smallest")
    word = f"_{chosen.meant.word}" if chosen.is_count else ""
    fact = chosen.known(f"{statistic}_object_area{word}")
    if fact is None:
        sizes_m2 = chosen.areas_m2[chosen.here]
        quantity = float(STATISTICS[statistic](sizes_m2)), "m2"
        method = OF_STATISTIC[statistic].format("things" if chosen.is_count else "objects")
        fact = chosen.fact(f"{statistic}_object_area{word}", quantity, method)
    return chosen.measured(fact)


def _counting(chosen: Chosen, name: str) -> str:
    if not chosen.is_count:
        return COUNTED if chosen.place.name == AOI else BY_CENTRE
    base = NAMES.get(name) or STATE_METHODS[chosen.meant.word]
    return base if chosen.place.name == AOI else f"{base[:-1]}, {IN_PLACE}."


def _summed(chosen: Chosen) -> Measured:
    """Sum of the areas of whole things."""
    name = f"objects_area_{chosen.meant.word}" if chosen.is_count else "changed_area"
    fact = chosen.known(name)
    if fact is None:
        area_m2 = float(sum(chosen.areas_m2[chosen.here].tolist()))
        fact = chosen.fact(name, (area_m2, "m2"), _summing(chosen, name))
    return chosen.measured(fact)


def _summing(chosen: Chosen, name: str) -> str:
    if not chosen.is_count:
        return OBJECTS_SUM
    base = NAMES.get(name, "Sum of the areas on the ellipsoid of these things.")
    return base if chosen.place.name == AOI else f"{base[:-1]}, {IN_PLACE}."


def _pixels(place: Place) -> str:
    return {"aoi": PIXEL_SUM, "part": BY_PARTS}.get(place.origin, PIXELS_HERE)


def _share_of_valid(chosen: Chosen) -> Measured:
    fact = None if chosen.is_count else chosen.known("changed_share")
    part = covered(chosen)
    if fact is None:
        valid = valid_area(chosen.case, chosen.place.key).fact
        name = f"objects_share_{chosen.meant.word}" if chosen.is_count else "changed_share"
        what = "Area of these things divided by the valid area of the place."
        method = what if chosen.is_count else SHARE_OF_VALID.replace("the AOI", "the place")
        quantity = share_pct(float(part.fact.value), float(valid.value)), "%"
        fact = chosen.fact(name, quantity, method, doubt=valid.uncertainty)
    return Measured(fact, part.items, chosen.case.id)


def _whole(chosen: Chosen, of: Of) -> Which:
    """What a share is a share of."""
    which, word = chosen.which, chosen.meant.word
    unlimited = replace(which, min_area_m2=0.0, max_area_m2=None, near=None)
    is_of_all = chosen.meant.change_class == ANY and chosen.meant.state == ANY
    if of == "change" and chosen.place.name == AOI:
        return replace(unlimited, change_class=_all_classes(chosen), state="changed", date=None)
    if of == "objects" and not chosen.is_plain:
        return unlimited
    if of == "objects" and chosen.is_count and word not in {"pre", "post"}:
        date: Date = "post" if word == "appeared" else "pre"
        return replace(which, state=ANY, date=date)
    if of == "objects" and not chosen.is_count and not is_of_all:
        return replace(which, change_class=ANY, state=ANY)
    return replace(which, place=AOI)


def _all_classes(chosen: Chosen) -> str:
    return chosen.which.change_class if chosen.is_count else ANY


def _of_whole(chosen: Chosen, whole: Chosen, of: Of) -> str:
    """How a share was made."""
    is_area = of == "change" and not chosen.is_count
    what = "Area of this change" if is_area else "Number of these things"
    if whole.place.name != chosen.place.name:
        is_all = is_area and chosen.is_plain and chosen.place.origin == "part"
        if is_all and chosen.meant.change_class == ANY and chosen.meant.state == ANY:
            return PART_OF_CHANGE
        return f"{what} in this place divided by the same in the whole area."
    if is_area:
        return f"{what} divided by all changed area."
    if of == "objects" and not chosen.is_plain:
        return f"{what} divided by the number of all such things of the place."
    among = {
        "pre": " of the earlier date",
        "post": " of the later date",
        "changed": " that changed",
    }
    return f"{what} divided by the number of all things{among.get(whole.meant.word, '')}."


def _of_place(case: Case, name: str, area_m2: float, place: Place) -> Fact:
    method = BY_PARTS if place.origin == "part" else PIXELS_HERE
    return case.make(name, (area_m2, "m2"), Subject(region=place.name), method)
