"""Changed objects as a table with outlines: what is exported, listed and drawn.

Knows nothing of facts or sentences.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from analysis import polygons
from analysis.agreement import Agreement
from analysis.areas import perimeters_m
from raster.components import Components
from raster.findings import Finding
from raster.grid import lonlat_transformer
from raster.mask import ChangeMask

LIMIT = 200_000
COLUMNS = (
    "id", "class", "state", "area_m2", "perimeter_m", "score", "votes", "seen_by", "lon", "lat",
    "geometry",
)  # fmt: skip


def largest_first(components: Components) -> NDArray[np.int64]:
    """Indices (n,) of the regions by falling area, ties from top to bottom and left to right.

    The object with id `k` is the region at place `k - 1`.
    """
    # Rounding to a square millimetre keeps the order independent of how sums were rounded.
    return np.lexsort((components.left, components.top, -np.round(components.area_m2, 6)))


def trace(
    mask: ChangeMask,
    components: Components,
    agreement: Agreement | None = None,
    *,
    limit: int = LIMIT,
) -> gpd.GeoDataFrame:
    """One row per object in the CRS of the grid with exactly `COLUMNS`, largest first.

    `area_m2` sums the ellipsoidal areas of the object's pixels, so that objects add up to their
    class; `perimeter_m` is the geodesic length of the simplified outline, holes included; `lon`
    and `lat` are a point inside the object. `votes` is the number of methods that see the object
    and `seen_by` their names; 1 and null where one method was asked alone.

    Args:
        mask: what was found; its codes are read once more.
        components: its regions.
        agreement: which of several methods see them.
        limit: most objects traced; see `findings` for what is left out.
    """
    order = largest_first(components)[:limit]
    is_kept = np.zeros(len(components), bool)
    is_kept[order] = True
    kept = components.keep(is_kept)
    shapes = polygons.outlines(mask, kept)[largest_first(kept)]
    return _table(mask, components, order, shapes, agreement)


def findings(components: Components, *, limit: int = LIMIT) -> tuple[Finding, ...]:
    """A caution where there are more objects than `trace` gives outlines for."""
    left_out = len(components) - limit
    if left_out <= 0:
        return ()
    message = (
        f"{len(components):,} objects were found; only the largest {limit:,} have an outline. "
        "Areas, counts and facts cover all of them."
    )
    remedy = "Raise the smallest mapped area or the threshold, or choose a smaller AOI."
    return (Finding("objects_not_traced", "caution", message, remedy, float(left_out), "1"),)


def _table(
    mask: ChangeMask,
    components: Components,
    order: NDArray[np.int64],
    shapes: NDArray[Any],
    agreement: Agreement | None,
) -> gpd.GeoDataFrame:
    legend = {entry.code: entry for entry in mask.legend}
    entries = [legend[int(code)] for code in components.code[order]]
    lon, lat = _inside(mask, shapes)
    columns = {
        "id": np.arange(1, len(order) + 1, dtype=np.int64),
        "class": np.array([entry.name for entry in entries], object),
        "state": np.array([entry.state for entry in entries], object),
        "area_m2": components.area_m2[order],
        "perimeter_m": perimeters_m(shapes, mask.grid.crs),
        "score": components.score[order],
        **_votes(order, agreement),
        "lon": lon,
        "lat": lat,
        "geometry": shapes,
    }
    return gpd.GeoDataFrame(columns, geometry="geometry", crs=mask.grid.crs.to_wkt())


def _votes(order: NDArray[np.int64], agreement: Agreement | None) -> dict[str, Any]:
    if agreement is None:
        return {"votes": np.ones(len(order), np.int64), "seen_by": np.full(len(order), None)}
    told = np.array(agreement.names, object)
    return {"votes": agreement.votes[order], "seen_by": told[order]}


def _inside(mask: ChangeMask, shapes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Longitude and latitude (n,) of a point inside each shape."""
    xy = shapely.get_coordinates(shapely.point_on_surface(shapes))
    lon, lat = lonlat_transformer(mask.grid.crs).transform(xy[:, 0], xy[:, 1])
    return np.asarray(lon), np.asarray(lat)
