"""Pictures of a result laid onto a web map: warped to the map's own projection, with its corners.

Knows nothing of the map library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS

from exports.page import numbers, pictures
from raster.grid import Grid, lonlat_transformer
from raster.text import clean

if TYPE_CHECKING:
    from raster.scene import Scene

WEB_MERCATOR = CRS.from_epsg(3857)
MOST_LATITUDE_DEG = 85.0
"""Web maps end at 85.05 degrees, where Web Mercator is a square."""
MOST_EXCESS = 4.0


@dataclass(frozen=True)
class Overlay:
    """A picture and where it lies.

    Attributes:
        uri: data URI.
        corners_latlon: (lat, lon) of its south-west and its north-east corner.
    """

    uri: str
    corners_latlon: tuple[list[float], list[float]]


def drape(rgb: NDArray[np.uint8], grid: Grid) -> Overlay | None:
    """Warp (row, col, 3) RGB on `grid` to Web Mercator, clear outside the grid.

    A web map stretches a picture evenly between its corners in Web Mercator, so a picture on any
    other projection would be out of place inside. Near a pole Web Mercator has no end: None.
    """
    from rasterio.warp import Resampling, reproject

    target = _target(grid)
    if target is None:
        return None
    opaque = np.full((1, *grid.shape), 255, np.uint8)
    warped = np.zeros((4, *target.shape), np.uint8)
    reproject(
        np.concatenate([np.moveaxis(rgb, 2, 0), opaque]),
        warped,
        src_transform=grid.transform,
        src_crs=grid.crs,
        dst_transform=target.transform,
        dst_crs=target.crs,
        resampling=Resampling.bilinear,
    )
    return Overlay(pictures.photo_uri(np.moveaxis(warped, 0, 2)), _corners(target))


def _target(grid: Grid) -> Grid | None:
    """The Web Mercator grid around `grid` with about as many pixels, or None near a pole."""
    from rasterio.warp import calculate_default_transform, transform_bounds

    _west, south, _east, north = transform_bounds(grid.crs, "EPSG:4326", *grid.bounds)
    if not -MOST_LATITUDE_DEG < south <= north < MOST_LATITUDE_DEG:
        return None
    source = (grid.crs, WEB_MERCATOR, grid.width, grid.height, *grid.bounds)
    transform, width, height = calculate_default_transform(*source)
    excess = width * height / (grid.width * grid.height)
    if excess > MOST_EXCESS:
        shape = [max(int(length / excess**0.5), 1) for length in (width, height)]
        transform, width, height = calculate_default_transform(
            *source, dst_width=shape[0], dst_height=shape[1]
        )
    return Grid(WEB_MERCATOR, transform, height, width)


def _corners(grid: Grid) -> tuple[list[float], list[float]]:
    west, south, east, north = grid.bounds
    lon, lat = lonlat_transformer(grid.crs).transform([west, east], [south, north])
    return [lat[0], lon[0]], [lat[1], lon[1]]


def words(scene: Scene) -> str:
    """Name and date of a scene."""
    return f"{clean(scene.name) or 'unnamed'}, {numbers.day(scene.acquired_on)}"
