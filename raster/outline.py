"""Where a grid lies on the globe: its outline and bounds in degrees, across the date line too.

Knows nothing of files or maps.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from raster.grid import Grid, lonlat_transformer

EDGE_POINTS = 32
INSIDE_POINTS = 33
TURN_DEG = 360.0

Bounds = tuple[float, float, float, float]
Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Outline:
    """A grid on the globe.

    Attributes:
        bounds: west, south, east, north in degrees; west is in -180..180 and east beyond 180 where
            the grid crosses the antimeridian.
        geometry: GeoJSON polygon whose longitudes are continuous.
    """

    bounds: Bounds
    geometry: dict[str, Any]


def of(grid: Grid) -> Outline:
    """The outline of a grid.

    A grid around a pole reaches all longitudes; one whose edge is not on the Earth, as that of a
    full-disk image, is described by the rectangle of the points that are.
    """
    lon, lat = _lonlat(grid, *_edge(grid))
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        return _rectangle(*_finite(grid))
    lon = np.unwrap(lon, period=TURN_DEG)
    if abs(_closing(lon)) > TURN_DEG / 2:
        return _cap(grid, lat)
    lon = lon - TURN_DEG * np.floor((lon.min() + 180) / TURN_DEG)
    ring = [[round(float(x), 7), round(float(y), 7)] for x, y in zip(lon, lat, strict=True)]
    bounds = (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
    return Outline(bounds, {"type": "Polygon", "coordinates": [[*ring, ring[0]]]})


def _closing(lon: Doubles) -> float:
    """How far the ring turned about the axis once it is back at its first point."""
    back = (lon[0] - lon[-1] + TURN_DEG / 2) % TURN_DEG - TURN_DEG / 2
    return float(lon[-1] + back - lon[0])


def _edge(grid: Grid) -> tuple[Doubles, Doubles]:
    """Columns and rows of points along the edge, in turn and without the last."""
    along = np.linspace(0, 1, EDGE_POINTS, endpoint=False)
    zero, one = np.zeros_like(along), np.ones_like(along)
    cols = np.concatenate([along, one, 1 - along, zero]) * grid.width
    rows = np.concatenate([zero, along, one, 1 - along]) * grid.height
    return cols, rows


def _lonlat(grid: Grid, cols: Doubles, rows: Doubles) -> tuple[Doubles, Doubles]:
    step = grid.transform
    xs = step.a * cols + step.b * rows + step.c
    ys = step.d * cols + step.e * rows + step.f
    if grid.crs.is_geographic and grid.crs.to_epsg() == 4326:
        return np.asarray(xs), np.asarray(ys)
    lon, lat = lonlat_transformer(grid.crs).transform(xs, ys)
    return np.asarray(lon), np.asarray(lat)


def _cap(grid: Grid, lat: Doubles) -> Outline:
    """The cap around the pole that a ring encloses."""
    _lon, inside = _finite(grid)
    is_north = float(inside.mean()) > 0
    reach = (float(lat.min()), 90.0) if is_north else (-90.0, float(lat.max()))
    return _rectangle(np.array([-180.0, 180.0]), np.array(reach))


def _finite(grid: Grid) -> tuple[Doubles, Doubles]:
    """Longitudes and latitudes of the points of a lattice that lie on the Earth."""
    cols, rows = np.meshgrid(
        np.linspace(0, grid.width, INSIDE_POINTS), np.linspace(0, grid.height, INSIDE_POINTS)
    )
    lon, lat = _lonlat(grid, cols.ravel(), rows.ravel())
    known = np.isfinite(lon) & np.isfinite(lat)
    return (lon[known], lat[known]) if known.any() else (np.zeros(1), np.zeros(1))


def _rectangle(lon: Doubles, lat: Doubles) -> Outline:
    west, south, east, north = (
        float(value) for value in (lon.min(), lat.min(), lon.max(), lat.max())
    )
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return Outline((west, south, east, north), {"type": "Polygon", "coordinates": [ring]})
