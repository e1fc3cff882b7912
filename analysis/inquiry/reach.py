"""Which objects reach into a place: those behind an area that was summed pixel by pixel."""

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from analysis.inquiry import projected
from analysis.inquiry.case import AOI, Case, Place
from analysis.inquiry.chosen import Chosen
from analysis.inquiry.columns import CASES_KEPT, columns
from analysis.inquiry.halves import QUARTERS_OF, Middle
from analysis.inquiry.places import PLACES_KEPT
from analysis.regions import REGIONS, Compass

Array = NDArray[Any]


def reaching(chosen: Chosen) -> tuple[int, ...]:
    """Ids of the objects of the chosen classes that reach into the place."""
    table = columns(chosen.case)
    is_meant = chosen.meant.among(table) & _reaches(chosen.case, chosen.place)
    return tuple(np.unique(table.id[is_meant]).tolist())


@lru_cache(maxsize=PLACES_KEPT)
def _reaches(case: Case, place: Place) -> NDArray[np.bool_]:
    shapes = columns(case).shape
    if place.name == AOI or not len(shapes):
        return np.ones(len(shapes), bool)
    if place.shape is not None:
        there = projected.on_grid(np.array([place.shape], object), case.grid)[0]
        shapely.prepare(there)
        return np.asarray(shapely.intersects(there, shapes))
    parts, quarters = _corners(case)
    if place.name in REGIONS:
        row, col = divmod(REGIONS.index(place.name), 3)
        rows, cols = parts // 3, parts % 3
        is_across = (cols.min(axis=1) <= col) & (col <= cols.max(axis=1))
        return np.asarray(is_across & (rows.min(axis=1) <= row) & (row <= rows.max(axis=1)))
    return np.asarray(np.isin(quarters, QUARTERS_OF[place.name]).any(axis=1))


@lru_cache(maxsize=CASES_KEPT)
def _corners(case: Case) -> tuple[Array, Array]:
    """Part and quarter (n, 4) of the corners of the rectangle around each object."""
    west, south, east, north = shapely.bounds(columns(case).shape).T
    xs = np.column_stack([west, east, west, east]).ravel()
    ys = np.column_stack([north, north, south, south]).ravel()
    back = ~case.grid.transform
    cols = back.a * xs + back.b * ys + back.c - 0.5
    rows = back.d * xs + back.e * ys + back.f - 0.5
    parts = Compass(case.grid).places(rows, cols).astype(np.int64)
    quarters = Middle(case.grid).quarters(rows, cols)
    return parts.reshape(-1, 4), quarters.reshape(-1, 4)
