"""Shapes of a user's layers and of things brought to one coordinate system.

Knows nothing of results or of what the shapes are.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from raster.grid import WGS84, Grid, lonlat_transformer

EDGE_DEG = 0.01
"""An edge of 1 km that is straight in one system bends by at most about 2 cm in another."""

Array = NDArray[Any]


def on_grid(lonlat: Array, grid: Grid) -> Array:
    """WGS 84 shapes (n,) in the CRS of a grid; what is far off the grid is cut away."""
    near = shapely.intersection(lonlat, shapely.box(*_around(grid)))
    return near if grid.crs == WGS84 else _moved(_bent(near), _from_lonlat(grid.crs.to_wkt()))


def in_metres(lonlat: Array, grid: Grid) -> Array:
    """WGS 84 shapes (n,) in the local system of a grid, see `local_system`."""
    return _moved(_bent(lonlat), _from_lonlat(local_system(grid)))


def outlines_in_metres(shapes: Array, grid: Grid) -> Array:
    """Shapes (n,) in the CRS of a grid in its local system."""
    return _moved(shapes, _between(grid.crs.to_wkt(), local_system(grid)))


def to_lonlat(shapes: Array, grid: Grid) -> Array:
    """Shapes (n,) in the CRS of a grid in WGS 84; their edges stay straight."""
    return _moved(shapes, lonlat_transformer(grid.crs))


def positions_lonlat(xy: Array, grid: Grid) -> Array:
    """Longitude and latitude (n, 2) of positions (n, 2) in the local system of a grid."""
    transformer = _between(local_system(grid), "EPSG:4326")
    return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))


def local_system(grid: Grid) -> str:
    """An azimuthal equidistant system around the middle of a grid (Snyder 1987, p. 191).

    Directions from its middle are true to scale; across them lengths are too long by a sixth of
    the square of the distance over the radius of the Earth: 4 millimetres in 100 metres at 100 km.
    """
    centre = grid.transform @ (grid.width / 2, grid.height / 2)
    lon, lat = lonlat_transformer(grid.crs).transform(*centre)
    return f"+proj=aeqd +lat_0={lat!r} +lon_0={lon!r} +datum=WGS84 +units=m +no_defs"


def bounds_lonlat(grid: Grid) -> tuple[float, float, float, float]:
    """West, south, east, north of a grid in degrees; all longitudes across 180 degrees."""
    along = np.linspace(0.0, 1.0, 33)
    none, full = np.zeros_like(along), np.ones_like(along)
    rows = np.concatenate([none, full, along, along]) * grid.height
    cols = np.concatenate([along, along, none, full]) * grid.width
    a, b, c, d, e, f = grid.transform[:6]
    xs, ys = a * cols + b * rows + c, d * cols + e * rows + f
    lon, lat = (np.asarray(one) for one in lonlat_transformer(grid.crs).transform(xs, ys))
    west, east = float(lon.min()), float(lon.max())
    if east - west > 180.0:
        west, east = -180.0, 180.0
    return west, float(lat.min()), east, float(lat.max())


def _around(grid: Grid) -> tuple[float, float, float, float]:
    """Bounds with a margin: far from its zone a projection folds over."""
    west, south, east, north = bounds_lonlat(grid)
    margin = 0.1 * max(east - west, north - south) + EDGE_DEG
    return west - margin, south - margin, east + margin, north + margin


def _bent(lonlat: Array) -> Array:
    """Shapes whose edges are short enough to be straight in any system."""
    return np.asarray(shapely.segmentize(lonlat, EDGE_DEG), object)


def _moved(shapes: Array, transformer: Transformer) -> Array:
    return np.asarray(
        shapely.transform(
            shapes, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
        ),
        object,
    )


def _from_lonlat(system: str) -> Transformer:
    return _between("EPSG:4326", system)


@lru_cache(maxsize=32)
def _between(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
