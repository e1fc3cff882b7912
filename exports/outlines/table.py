"""Outlined things as a table with their outlines, for the vector files of a segmentation.

Knows the columns; nothing of formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.things import shapes_of

if TYPE_CHECKING:
    import geopandas as gpd

    from analysis.outlined import Outlined

LAYER = "things"
MEASURES = ("area_m2", "perimeter_m", "length_m", "score", "lon", "lat")


def of(outlined: Outlined) -> gpd.GeoDataFrame:
    """One row per thing: `id`, its sizes, `score`, a point inside it and `segmenter`."""
    import geopandas as gpd

    things = outlined.things
    measures = {
        name: np.array([getattr(thing, name) for thing in things], np.float64) for name in MEASURES
    }
    columns = {
        "id": np.array([thing.id for thing in things], np.int64),
        **measures,
        "segmenter": np.array([outlined.segmenter] * len(things), object),
    }
    return gpd.GeoDataFrame(columns, geometry=shapes_of(things), crs=outlined.grid.crs.to_wkt())
