"""Where the ground of the AOI went, and geodesic sizes of polygons.

Areas of masks are sums of pixel areas on the ellipsoid; sizes of polygons are geodesics (Karney
2013, by pyproj), a second route to the same ground. Knows nothing of objects or facts.
"""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS
from shapely.geometry.base import BaseGeometry

from analysis import tally as tallying
from analysis.facts import Exclusion
from analysis.result import AreaBudget
from analysis.tally import Tally
from raster.area import PixelAreas
from raster.grid import ELLIPSOID, lonlat_transformer
from raster.mask import ChangeMask

EDGE_PARTS = 100
BATCH = 20_000


def budget(mask: ChangeMask, areas: PixelAreas) -> AreaBudget:
    """Area of the AOI, its valid part and what was excluded, by reason; reads the mask once."""
    return budget_of(tallying.measure(mask, areas))


def budget_of(tally: Tally) -> AreaBudget:
    """The same from a tally that was measured already."""
    excluded = tuple(Exclusion(name, area) for name, area in tally.excluded_m2.items())
    return AreaBudget(tally.aoi_m2, tally.valid_m2, excluded)


def polygon_area_m2(geometry: BaseGeometry, crs: CRS) -> float:
    """Geodesic area of a (multi)polygon in `crs`, holes taken out.

    Edges are straight in `crs`, so they are densified before they become geodesics.
    """
    west, south, east, north = geometry.bounds
    dense = shapely.segmentize(geometry, max(east - west, north - south) / EDGE_PARTS)
    lonlat = _to_lonlat(dense, crs)
    return sum(_ring_area_m2(part) for part in shapely.get_parts(lonlat))


def perimeters_m(geometries: NDArray[Any], crs: CRS) -> NDArray[np.float64]:
    """Geodesic length (n,) of all rings, holes included, of (multi)polygons in `crs`."""
    batches = [
        _perimeters_m(geometries[start : start + BATCH], crs)
        for start in range(0, len(geometries), BATCH)
    ]
    return np.concatenate(batches) if batches else np.zeros(0)


def _perimeters_m(geometries: NDArray[Any], crs: CRS) -> NDArray[np.float64]:
    parts, owner = shapely.get_parts(geometries, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    lon, lat = lonlat_transformer(crs).transform(xy[:, 0], xy[:, 1])
    _azimuth, _back, length_m = ELLIPSOID.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    is_edge = ring[:-1] == ring[1:]
    of_object = owner[part_of_ring[ring[:-1][is_edge]]]
    sums = np.bincount(of_object, np.asarray(length_m)[is_edge], minlength=len(geometries))
    return sums.astype(np.float64)


def _ring_area_m2(polygon: BaseGeometry) -> float:
    """Outer ring minus holes, whatever way round they run."""
    outer, *holes = (shapely.get_coordinates(ring) for ring in shapely.get_rings(polygon))
    sizes = [abs(ELLIPSOID.polygon_area_perimeter(*xy.T)[0]) for xy in (outer, *holes)]
    return float(sizes[0] - sum(sizes[1:]))


def _to_lonlat(geometry: BaseGeometry, crs: CRS) -> BaseGeometry:
    transformer = lonlat_transformer(crs)
    return shapely.transform(
        geometry, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
    )
