"""The places of a case by name, and which things and which ground lie in each.

A thing lies in the one place that holds its centre, so that places that do not overlap add up.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from analysis.inquiry.case import AOI, HALVES, Case, GroundArea, Layer, Place
from analysis.inquiry.columns import CASES_KEPT, columns
from analysis.inquiry.halves import QUARTERS_OF
from analysis.inquiry.unanswerable import Unanswerable
from analysis.regions import REGIONS
from raster.text import clean

FIXED = (
    Place(AOI, "aoi"),
    *(Place(name, "part") for name in REGIONS),
    *(Place(name, "half") for name in HALVES),
)
"""The places every result has."""
PARTS_OF = {"northern half": REGIONS[:3], "southern half": REGIONS[6:],
            "western half": REGIONS[0::3], "eastern half": REGIONS[2::3]}  # fmt: skip
"""Parts that lie wholly in a half."""
MOST_DOUBT = 0.1
"""Assessed ground that may be off by more than this share is not told."""
LEAST_DOUBT_PCT = 0.01
DOUBT = (
    "What was seen is known by part of the area only, so the valid area of this place may be off"
)
NEAREST = 5
NAME_CHARS = 60
PLACES_KEPT = 256

Array = NDArray[Any]


def called(case: Case, name: str) -> Place:
    """The place with a name, or with `layer/feature`; upper and lower case are one.

    Raises:
        Unanswerable: there is none.
    """
    found = _by_name(case).get(name.strip().casefold())
    if found is None:
        raise _unknown(name, (one.name for one in case.places))
    return found


def layer_called(case: Case, name: str) -> Layer:
    """The layer with a name.

    Raises:
        Unanswerable: there is none.
    """
    wanted = name.strip().casefold()
    found = next((one for one in case.layers if one.name.casefold() == wanted), None)
    if found is None:
        raise _unknown(name, (one.name for one in case.layers))
    return found


def features_of(case: Case, layer: Layer) -> tuple[Place, ...]:
    """The places of a layer."""
    return tuple(place for place in case.places if place.layer == layer.name)


def check_ground(case: Case, place: Place) -> None:
    """Refuse places of which nothing can be said.

    Raises:
        Unanswerable: the place lies outside the area, or none of it was assessed.
    """
    if place.name == AOI:
        seen = case.make.shared.valid_area_m2 > 0
    elif _is_told(case, place):
        return
    else:
        ground = case.ground.within(place)
        if ground.aoi_m2 <= 0:
            raise Unanswerable("outside_area", place.name, _names(case.places))
        seen = ground.valid_m2 > 0
    if not seen:
        raise Unanswerable("not_assessed", place.name)


def ground_of(case: Case, place: Place) -> GroundArea:
    """The ground of a place.

    Raises:
        Unanswerable: as `check_ground`; or too little is known of how much was assessed.
    """
    check_ground(case, place)
    ground = case.ground.within(place)
    if ground.doubt_m2 > MOST_DOUBT * ground.valid_m2:
        raise Unanswerable("not_assessed", place.name, (AOI, *REGIONS)[:NEAREST])
    return ground


def doubt_of(ground: GroundArea) -> str | None:
    """How far off the assessed ground of a place may be, in plain words."""
    if not ground.doubt_m2:
        return None
    pct = max(100.0 * ground.doubt_m2 / ground.valid_m2, LEAST_DOUBT_PCT)
    return f"{DOUBT} by at most {pct:.1g} %."


def inside(case: Case, place: Place) -> NDArray[np.bool_]:
    """Which things (as in `columns`) have their centre in a place."""
    table = columns(case)
    if place.shape is not None:
        here = np.zeros(len(table.id), bool)
        here[in_polygon(case, place)] = True
        return here
    if place.origin == "half":
        return np.isin(table.quarter, QUARTERS_OF[place.name])
    is_here: NDArray[np.bool_] = np.ones(len(table.id), bool)
    return is_here if place.name == AOI else np.equal(table.part, REGIONS.index(place.name))


def in_polygon(case: Case, place: Place) -> NDArray[np.int64]:
    """Numbers of the things (as in `columns`) that have their centre in an area or a feature."""
    if place.layer:
        return _in_features(case, place.layer)[place]
    return _in_area(case, place)


@lru_cache(maxsize=PLACES_KEPT)
def _in_area(case: Case, place: Place) -> NDArray[np.int64]:
    # A copy: GEOS builds the index of a prepared shape at the first question, in any thread.
    shape = shapely.from_wkb(shapely.to_wkb(place.shape))
    shapely.prepare(shape)
    return np.flatnonzero(shapely.intersects_xy(shape, *columns(case).lonlat.T))


@lru_cache(maxsize=CASES_KEPT)
def _in_features(case: Case, layer: str) -> dict[Place, NDArray[np.int64]]:
    """The things in each place of a layer, all found at once."""
    found = [place for place in case.places if place.layer == layer]
    tree = shapely.STRtree([place.shape for place in found if place.shape is not None])
    points = np.asarray(shapely.points(columns(case).lonlat), object)
    things, features = tree.query(points, predicate="intersects")
    order = np.argsort(features, kind="stable")
    edges = np.searchsorted(features[order], np.arange(len(found) + 1))
    return {
        place: things[order[start:end]]
        for place, start, end in zip(found, edges, edges[1:], strict=False)
    }


def _is_told(case: Case, place: Place) -> bool:
    """Whether the run has facts about a part, or about a part that lies wholly in a half."""
    parts = PARTS_OF.get(place.name, (place.name,) if place.origin == "part" else ())
    return any(fact.region in parts and fact.name != "not_assessed" for fact in case.facts)


def _names(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(one.name for one in places)[:NEAREST]


@lru_cache(maxsize=CASES_KEPT)
def _by_name(case: Case) -> dict[str, Place]:
    """Places by folded name; of several with one name the first, so areas before features."""
    found: dict[str, Place] = {}
    for place in case.places:
        found.setdefault(place.name.casefold(), place)
        if place.layer:
            found.setdefault(f"{place.layer}/{place.name}".casefold(), place)
    return found


def _unknown(name: str, known: Iterable[str]) -> Unanswerable:
    names = list(dict.fromkeys(known))
    folded = {one.casefold(): one for one in reversed(names)}
    close = get_close_matches(name.casefold(), list(folded), n=NEAREST, cutoff=0.5)
    nearest = dict.fromkeys([*(folded[one] for one in close), *names])
    return Unanswerable("unknown_place", clean(name, limit=NAME_CHARS), tuple(nearest)[:NEAREST])
