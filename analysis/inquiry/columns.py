"""The things of an opened result as columns, so that thousands of them are chosen at once.

Knows nothing of questions.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from analysis.inquiry import projected
from analysis.inquiry.case import Case, Item, Spot
from analysis.inquiry.halves import Middle
from analysis.regions import REGIONS, Compass
from raster.grid import Grid

CASES_KEPT = 16

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Columns:
    """One entry for each spot of the items, in their order.

    Attributes:
        id: id of its item.
        change_class: name of its class.
        state: what became of its item.
        role: at which dates it stands.
        area_m2: at the later date, or the earlier if gone.
        area_pre_m2: at the earlier date, 0 where it did not stand.
        area_post_m2: at the later date, likewise.
        length_m: from end to end.
        score: of its item.
        row: of its centre on the grid; pixel centres are at whole numbers.
        col: likewise.
        part: number of its part in `REGIONS`.
        quarter: quarter of the grid that holds its centre.
        lonlat: (n, 2) its centre in WGS 84.
        shape: outline in the CRS of the grid.
    """

    id: NDArray[np.int64]
    change_class: Array
    state: Array
    role: Array
    area_m2: NDArray[np.float64]
    area_pre_m2: NDArray[np.float64]
    area_post_m2: NDArray[np.float64]
    length_m: NDArray[np.float64]
    score: NDArray[np.float64]
    row: NDArray[np.float64]
    col: NDArray[np.float64]
    part: NDArray[np.int64]
    quarter: NDArray[np.int64]
    lonlat: NDArray[np.float64]
    shape: Array


@lru_cache(maxsize=CASES_KEPT)
def columns(case: Case) -> Columns:
    """The things of a case; made once."""
    pairs = [(item, spot) for item in case.items for spot in spots_of(item)]
    shapes = np.array([spot.shape for _item, spot in pairs], object)
    pre, post = (
        np.array([getattr(spot, name) for _item, spot in pairs], float)
        for name in ("area_pre_m2", "area_post_m2")
    )
    rows, cols = positions_px(shapes, case.grid)
    return Columns(
        id=np.array([item.id for item, _spot in pairs], np.int64),
        change_class=np.array([item.change_class for item, _spot in pairs], object),
        state=np.array([item.state for item, _spot in pairs], object),
        role=np.array([spot.role for _item, spot in pairs], object),
        area_m2=np.where(post > 0, post, pre),
        area_pre_m2=pre,
        area_post_m2=post,
        length_m=np.array([spot.length_m for _item, spot in pairs], float),
        score=np.array([item.score for item, _spot in pairs], float),
        row=rows,
        col=cols,
        part=np.array([REGIONS.index(spot.part) for _item, spot in pairs], np.int64),
        quarter=Middle(case.grid).quarters(rows, cols).astype(np.int64),
        lonlat=_centres(shapes, case.grid),
        shape=shapes,
    )


@lru_cache(maxsize=CASES_KEPT)
def bounds_lonlat(case: Case) -> NDArray[np.float64]:
    """West, south, east, north (n, 4) of each thing in degrees; worked out once."""
    shapes = columns(case).shape
    if not len(shapes):
        return np.zeros((0, 4))
    return np.asarray(shapely.bounds(projected.to_lonlat(shapes, case.grid)))


def spots_of(item: Item) -> tuple[Spot, ...]:
    """The things of an item."""
    if item.spots:
        return item.spots
    role: Any = "object"
    if item.state == "not assessed":
        role = item.state
    elif item.things_pre or item.things_post:
        gone = "kept" if item.things_post else "vanished"
        role = gone if item.things_pre else "appeared"
    pre_m2, post_m2 = item.area_pre_m2, item.area_post_m2
    if role == "object":
        pre_m2, post_m2 = 0.0, item.area_m2
    return (Spot(role, pre_m2, post_m2, 0.0, item.part, item.shape),)


def parts_of(shapes: Array, grid: Grid) -> list[str]:
    """The part of the grid that holds the centroid of each shape, as facts about them use it."""
    if not len(shapes):
        return []
    return [REGIONS[part] for part in Compass(grid).places(*positions_px(shapes, grid))]


def positions_px(shapes: Array, grid: Grid) -> tuple[Array, Array]:
    """Row and column (n,) of the centroids of shapes; pixel centres are at whole numbers."""
    xy = shapely.get_coordinates(shapely.centroid(shapes))
    back = ~grid.transform
    cols = back.a * xy[:, 0] + back.b * xy[:, 1] + back.c
    rows = back.d * xy[:, 0] + back.e * xy[:, 1] + back.f
    return rows - 0.5, cols - 0.5


def _centres(shapes: Array, grid: Grid) -> NDArray[np.float64]:
    if not len(shapes):
        return np.zeros((0, 2))
    return shapely.get_coordinates(projected.to_lonlat(shapely.centroid(shapes), grid))
