"""Where things lie within a grid: its three by three parts, named by true compass directions.

The parts are thirds of the longitudes and latitudes the grid spans, so that north is true north on
projected and rotated grids too. Knows nothing of classes, areas or facts.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rasterio.windows import Window

from analysis import parted
from analysis.parted import Array, Codes, Degrees
from raster.grid import Grid

REGIONS = (
    "north-west", "north", "north-east",
    "west", "centre", "east",
    "south-west", "south", "south-east",
)  # fmt: skip


@dataclass(frozen=True)
class Compass:
    """Tells the part (index into `REGIONS`) a pixel of `grid` lies in."""

    grid: Grid

    def places(self, rows: Array, cols: Array) -> Codes:
        """Part of each position (n,); pixel centres are at whole numbers."""
        lon, lat = self._degrees.of_pixels(rows, cols)
        (west, east), (south, north) = self._thirds
        across = (lon >= west).astype(np.uint8) + (lon >= east)
        down = (lat <= north).astype(np.uint8) + (lat <= south)
        return (3 * down + across).astype(np.uint8)

    def codes(self, window: Window) -> Codes:
        """Part (row, col) of every pixel of a window."""
        return parted.codes(window, self.places)

    def touched(self, lon: Array, lat: Array) -> tuple[str, ...]:
        """Parts that a shape may lie in whose corners (n,) have these longitudes and latitudes."""
        from_middle = self._degrees.from_middle(np.asarray(lon, float))
        (west, east), (south, north) = self._thirds
        columns = _span(from_middle, west, east)
        rows = _span(-np.asarray(lat, float), -north, -south)
        return tuple(REGIONS[3 * row + column] for row in rows for column in columns)

    @cached_property
    def _degrees(self) -> Degrees:
        return Degrees(self.grid)

    @cached_property
    def _thirds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The two longitudes and the two latitudes that part the grid, each ascending."""
        lon, lat = self._degrees.border
        return _thirds(lon), _thirds(lat)


def _span(values: Array, first: float, second: float) -> range:
    """Thirds (0, 1, 2) from the one that holds the least value to the one that holds the most."""
    least, most = float(values.min()), float(values.max())
    return range((least >= first) + (least >= second), (most >= first) + (most >= second) + 1)


def _thirds(values: Array) -> tuple[float, float]:
    least, most = float(values.min()), float(values.max())
    return least + (most - least) / 3, most - (most - least) / 3
