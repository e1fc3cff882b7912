"""Which features of a layer reach into ground that was assessed."""

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from analysis.inquiry import places, projected
from analysis.inquiry.case import Case, Layer
from analysis.inquiry.columns import CASES_KEPT


@lru_cache(maxsize=CASES_KEPT)
def assessed_features(case: Case, layer: Layer) -> NDArray[np.bool_]:
    """Which features (n,) have to do with the area: polygons by their pixels, others by the window.

    A polygon too small to cover the centre of a pixel is taken by the window too.
    """
    on_grid = projected.on_grid(np.array(layer.shapes, object), case.grid)
    window = shapely.box(*case.grid.bounds)
    is_here = np.asarray(shapely.intersects(window, on_grid))
    found = places.features_of(case, layer)
    by_shape = dict(zip(map(id, layer.shapes), range(len(layer.shapes)), strict=True))
    grounds: Any = zip(found, case.ground.within_each(found), strict=True)
    for place, ground in grounds:
        at = by_shape[id(place.shape)]
        is_pixels = ground.aoi_m2 > 0 or not _is_small(on_grid[at], case)
        if is_pixels:
            is_here[at] = ground.valid_m2 > 0
    return is_here


def _is_small(shape: Any, case: Case) -> bool:
    """Whether a polygon may lie between the centres of pixels."""
    pixel = abs(case.grid.transform.determinant)
    return bool(shape.area < pixel)
