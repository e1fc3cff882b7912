"""The largest things, the places with most of them, and where they lie.

Every number is the run's own fact where it has one.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analysis.evidence import CENTRE_PART, MAIN_PART
from analysis.fact_maker import Subject
from analysis.inquiry import places
from analysis.inquiry.case import ANY, AOI, Case, Measured, Place, Which
from analysis.inquiry.chosen import Chosen, choose
from analysis.inquiry.columns import bounds_lonlat
from analysis.inquiry.extremes import By, in_order, ranked
from analysis.inquiry.kinds import CHANGED
from analysis.inquiry.measure import Quantity, counted, quantity_of, share
from analysis.inquiry.reach import reaching
from analysis.inquiry.unanswerable import Unanswerable
from analysis.regions import REGIONS, Compass

PLACE_OF = "A point inside the outline of {} {}, in degrees."
MAIN_BY_NUMBER = "The part, of nine, with the most of these things."
CENTRE_BY_NUMBER = "The part, of nine, that holds the mean centre of these things."
BOUND = "Outermost corner of these things in degrees."

Array = NDArray[Any]


def largest(
    case: Case, which: Which, *, k: int, smallest: bool = False, by: By = "area"
) -> tuple[Measured, ...]:
    """The k largest things, each with the part it lies in; where there are none their number.

    Args:
        case: where to look.
        which: among which things.
        k: how many.
        smallest: the smallest instead.
        by: `score`: those that are surest. `growth`: those that gained most between the dates.

    Raises:
        Unanswerable: see `choose`; or growth is asked of a comparison.
    """
    if by == "growth" and case.kind != "count":
        raise Unanswerable("not_assessed", "growth")
    chosen = choose(case, _grown(which) if by == "growth" else which)
    if not chosen.number:
        return (counted(chosen),)
    order = in_order(chosen, by, smallest=smallest)[: max(k, 0)]
    return tuple(
        ranked(chosen, at, rank, by=by, smallest=smallest)
        for rank, at in enumerate(order.tolist(), 1)
    )


def position(case: Case, item: int) -> tuple[Measured, ...]:
    """Longitude and latitude, in degrees, of a point inside an item.

    Raises:
        Unanswerable: there is no such item.
    """
    found = next((one for one in case.items if one.id == item), None)
    if found is None:
        raise Unanswerable("unsupported", f"object {item}")
    method = PLACE_OF.format("thing" if case.kind == "count" else "object", item)
    subject = Subject(found.change_class, ANY, found.part)
    values = {"object_longitude": round(found.lon, 6), "object_latitude": round(found.lat, 6)}
    return tuple(
        Measured(case.make(name, (value, "deg"), subject, method), (item,), case.id)
        for name, value in values.items()
    )


def parts_ranked(
    case: Case,
    which: Which,
    *,
    quantity: Quantity,
    places: Sequence[str] = REGIONS,
    k: int | None = None,
    least: bool = False,
) -> tuple[Measured, ...]:
    """A count or an area for each place, by falling value; places that were not seen are missing.

    Args:
        case: where to look.
        which: among which things; its place does not matter.
        quantity: what is compared.
        places: names of places, or of a layer for all its polygons; the nine parts by default.
        k: how many to tell; None for all.
        least: by rising value.

    Raises:
        Unanswerable: see `choose`; or not one of the places was assessed.
    """
    found = _places(case, places or REGIONS)
    values = _values(case, which, quantity, found)
    if not values:
        raise Unanswerable("not_assessed", ", ".join(one.name for one in found[:3]))
    order = sorted(values, key=lambda place: values[place] if least else -values[place])
    return tuple(_quantity_in(case, which, quantity, place) for place in order[:k])


def location(case: Case, which: Which) -> tuple[Measured, ...]:
    """Main part, its share, the part of the centre, and the corners of a box around all.

    Of a count without state or date the things that changed. Where there is nothing, the zero
    that says so. Of a question about a place only what lies in it is looked at.

    Raises:
        Unanswerable: see `choose`.
    """
    chosen = choose(case, _changed(which) if case.kind == "count" else which)
    total = quantity_of(chosen, "count" if chosen.is_count else "area")
    if not total.fact.value:
        return (total,)
    return (*_main(chosen), *_middle(chosen), *_box(chosen))


def _grown(which: Which) -> Which:
    """Things that stand at both dates, which alone can grow."""
    return replace(which, state="kept") if which.state == ANY else which


def _changed(which: Which) -> Which:
    """What changed, unless a state or a date is meant."""
    return replace(which, state=CHANGED) if which.state == ANY and which.date is None else which


def _places(case: Case, names: Sequence[str]) -> list[Place]:
    """Places by name; a layer stands for all its polygons."""
    layers = {layer.name.casefold(): layer for layer in case.layers}
    found: list[Place] = []
    for name in names:
        layer = layers.get(name.strip().casefold())
        if layer is None:
            found.append(places.called(case, name))
        else:
            found += places.features_of(case, layer)
    return list(dict.fromkeys(found))


def _values(
    case: Case, which: Which, quantity: Quantity, found: Sequence[Place]
) -> dict[Place, float]:
    """The value of each place that was assessed."""
    polygons = [place for place in found if place.shape is not None]
    values = _of_polygons(case, which, quantity, polygons)
    for place in found:
        if place.shape is None:
            try:
                measured = _quantity_in(case, which, quantity, place)
            except Unanswerable as refused:
                if refused.about != place.name:
                    raise
            else:
                values[place] = float(measured.fact.value)
    return {place: values[place] for place in found if place in values}


def _of_polygons(
    case: Case, which: Which, quantity: Quantity, polygons: Sequence[Place]
) -> dict[Place, float]:
    """The values of many polygons at once, without a fact for each."""
    whole = choose(case, replace(which, place=AOI))
    grounds = zip(polygons, case.ground.within_each(polygons), strict=True)
    seen = {place: ground for place, ground in grounds if ground.valid_m2 > 0}
    if quantity == "area" and not whole.is_count and whole.is_plain:
        names = [kind.name for kind in whole.meant.kinds]
        return {
            place: sum(ground.changed_m2.get(name, 0.0) for name in names)
            for place, ground in seen.items()
        }
    weights = np.where(whole.here, 1.0 if quantity == "count" else whole.areas_m2, 0.0)
    return {place: float(weights[places.in_polygon(case, place)].sum()) for place in seen}


def _quantity_in(case: Case, which: Which, quantity: Quantity, place: Place) -> Measured:
    return quantity_of(choose(case, replace(which, place=place.key)), quantity)


def _main(chosen: Chosen) -> tuple[Measured, ...]:
    """The part with most and, of the whole area, how much of all lies there."""
    case = chosen.case
    fact = chosen.known("main_location")
    if fact is None:
        by_number = chosen.is_count or not chosen.is_plain
        method = MAIN_BY_NUMBER if by_number else MAIN_PART
        fact = chosen.fact("main_location", (_main_part(chosen), ""), method)
    main = places.called(case, str(fact.value))
    located = Measured(fact, _reaching(chosen, main), case.id)
    if chosen.place.name != AOI:
        return (located,)
    of: Literal["change", "objects"] = "change"
    if chosen.is_count and chosen.meant.word in {"pre", "post"}:
        of = "objects"
    return located, share(case, replace(chosen.which, place=main.name), of=of)


def _main_part(chosen: Chosen) -> str:
    if chosen.place.name == AOI and not chosen.is_count and chosen.is_plain:
        return parts_ranked(chosen.case, chosen.which, quantity="area")[0].fact.region
    weights = None if chosen.is_count else chosen.areas_m2[chosen.here]
    found = np.bincount(chosen.table.part[chosen.here], weights, minlength=len(REGIONS))
    return REGIONS[int(np.argmax(found))]


def _reaching(chosen: Chosen, part: Place) -> tuple[int, ...]:
    """Ids of the things in a part; of objects those that reach into it."""
    if not chosen.is_count and chosen.is_plain and chosen.place.name == AOI:
        return reaching(replace(chosen, place=part))
    there = chosen.here & places.inside(chosen.case, part)
    return tuple(np.unique(chosen.table.id[there]).tolist())


def _middle(chosen: Chosen) -> tuple[Measured, ...]:
    """The part that holds the centre of all; nothing where no thing has an outline."""
    if not chosen.number:
        return ()
    fact = chosen.known("change_centre")
    if fact is None:
        table, here = chosen.table, chosen.here
        weights = np.ones(chosen.number) if chosen.is_count else table.area_m2[here]
        at = (
            np.array([np.average(axis[here], weights=weights)]) for axis in (table.row, table.col)
        )
        part = REGIONS[Compass(chosen.case.grid).places(*at)[0]]
        fact = chosen.fact("change_centre", (part, ""), _of_centre(chosen))
    return (chosen.measured(fact),)


def _of_centre(chosen: Chosen) -> str:
    if chosen.is_count:
        return CENTRE_BY_NUMBER
    is_all = chosen.meant.change_class == ANY and chosen.is_plain
    return CENTRE_PART if is_all else CENTRE_PART.replace("all changed", "these")


def _box(chosen: Chosen) -> tuple[Measured, ...]:
    """West, south, east and north of the outlines, in degrees."""
    if not chosen.number:
        return ()
    each = bounds_lonlat(chosen.case)[chosen.here]
    corners = (*each[:, :2].min(axis=0), *each[:, 2:].max(axis=0))
    bounds = zip(("west", "south", "east", "north"), corners, strict=True)
    return tuple(
        chosen.measured(chosen.fact(f"bound_{side}", (round(float(at), 6), "deg"), BOUND))
        for side, at in bounds
    )
