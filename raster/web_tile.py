"""The squares a web map is cut into, in Web Mercator: their grids and where they lie.

The arithmetic is that of the OGC tile matrix set WebMercatorQuad. Knows nothing of files.
"""

import math
from dataclasses import dataclass
from functools import cached_property

from affine import Affine
from rasterio.crs import CRS

from errors import InputError
from raster.grid import Grid

SIDE_PX = 256
DEEPEST = 24
MERCATOR = CRS.from_epsg(3857)
EARTH_RADIUS_M = 6_378_137.0
HALF_TURN_M = math.pi * EARTH_RADIUS_M


@dataclass(frozen=True)
class WebTile:
    """One square: zoom 0 is the whole world, x counts from the west and y from the north."""

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        """Refuse a square that no map asks for.

        Raises:
            InputError: a number beyond those of its zoom.
        """
        if not (0 <= self.z <= DEEPEST and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z):
            msg = f"There is no map tile {self.z}/{self.x}/{self.y}."
            raise InputError(msg, hint=f"Zooms are 0 to {DEEPEST}.")

    @cached_property
    def grid(self) -> Grid:
        """Its 256 x 256 pixels."""
        side = 2 * HALF_TURN_M / 2**self.z
        west, north = self.x * side - HALF_TURN_M, HALF_TURN_M - self.y * side
        step = side / SIDE_PX
        return Grid(MERCATOR, Affine(step, 0, west, 0, -step, north), SIDE_PX, SIDE_PX)

    @cached_property
    def bounds_wgs84(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        west, south, east, north = self.grid.bounds
        scale = math.degrees(1 / EARTH_RADIUS_M)
        return west * scale, _latitude(south), east * scale, _latitude(north)

    def meets(self, bounds: tuple[float, float, float, float]) -> bool:
        """Whether it touches bounds in degrees, at whatever turn of the globe they are given."""
        west, south, east, north = self.bounds_wgs84
        if not (bounds[1] <= north and bounds[3] >= south):
            return False
        return any(bounds[0] + turn <= east and bounds[2] + turn >= west for turn in (-360, 0, 360))


def _latitude(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp(y / EARTH_RADIUS_M)) - math.pi / 2)


def place_of(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    """Zoom, x and y of the square at a place in degrees; places beyond the map give its edge."""
    count = 2**z
    x = math.floor(((lon + 180) % 360) / 360 * count)
    north = math.asinh(math.tan(math.radians(min(max(lat, -89.0), 89.0)))) / math.pi
    y = math.floor((1 - north) / 2 * count)
    return z, min(x, count - 1), min(max(y, 0), count - 1)
