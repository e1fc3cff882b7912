"""Arithmetic of map tiles in Web Mercator: which tiles cover an area, and where they lie.

Knows nothing of pictures or providers.
"""

import math
from dataclasses import dataclass

from affine import Affine

from errors import InputError
from raster import web_tile
from services.basemap import Bounds

HALF_M = web_tile.HALF_TURN_M
TILE_PX = web_tile.SIDE_PX

MAX_LAT_DEG = 85.0511287798066
"""Latitude at which the projected world is a square: atan(sinh(pi))."""


@dataclass(frozen=True)
class TileRange:
    """A rectangle of tiles at one zoom level; `right` and `bottom` are past the end."""

    zoom: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def columns(self) -> int:
        """Tiles from west to east."""
        return self.right - self.left

    @property
    def rows(self) -> int:
        """Tiles from north to south."""
        return self.bottom - self.top

    @property
    def tiles(self) -> int:
        """All tiles."""
        return self.columns * self.rows

    def transform(self, tile_px: int) -> Affine:
        """From pixels (col, row) of all tiles together to metres in EPSG:3857."""
        tile_m = 2 * HALF_M / 2**self.zoom
        west, north = self.left * tile_m - HALF_M, HALF_M - self.top * tile_m
        return Affine(tile_m / tile_px, 0.0, west, 0.0, -tile_m / tile_px, north)


def covering(bounds: Bounds, zoom: int) -> TileRange:
    """The tiles that cover an area; what lies beyond the projection's limits is cut off.

    Raises:
        InputError: the bounds are no rectangle on the globe.
    """
    west, south, east, north = bounds
    on_globe = all(map(math.isfinite, bounds)) and -180 <= west < east <= 180
    if not on_globe or not -90 <= south < north <= 90:
        msg = "The area is not a rectangle of longitudes and latitudes."
        raise InputError(msg, hint="Draw an area on the map; it may not cross the date line.")
    last = 2**zoom - 1
    left, top = _column(west, zoom), _row(north, zoom)
    right, bottom = _column(east, zoom), _row(south, zoom)
    # An edge exactly between two tiles does not need the tile beyond it.
    right_tile = min(max(math.ceil(right) - 1, math.floor(left)), last)
    bottom_tile = min(max(math.ceil(bottom) - 1, math.floor(top)), last)
    left_tile, top_tile = min(math.floor(left), last), min(max(math.floor(top), 0), last)
    return TileRange(zoom, left_tile, top_tile, right_tile + 1, max(bottom_tile, top_tile) + 1)


def gsd_m(lat_deg: float, zoom: int, tile_px: int = TILE_PX) -> float:
    """Ground size of a pixel of a tile: the projection stretches by 1 / cos(latitude)."""
    return float(2 * HALF_M / (tile_px * 2**zoom)) * math.cos(math.radians(lat_deg))


def _column(lon_deg: float, zoom: int) -> float:
    return (lon_deg + 180) / 360 * float(2**zoom)


def _row(lat_deg: float, zoom: int) -> float:
    lat = math.radians(min(max(lat_deg, -MAX_LAT_DEG), MAX_LAT_DEG))
    return (1 - math.asinh(math.tan(lat)) / math.pi) / 2 * float(2**zoom)
