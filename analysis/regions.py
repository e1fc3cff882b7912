"""Where things lie within a grid: its three by three parts, named by true compass directions.

The parts are thirds of the longitudes and latitudes the grid spans, so that north is true north on
projected and rotated grids too. Knows nothing of classes, areas or facts.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.windows import Window

from raster.grid import Grid, lonlat_transformer

REGIONS = (
    "north-west", "north", "north-east",
    "west", "centre", "east",
    "south-west", "south", "south-east",
)  # fmt: skip
BORDER_POINTS = 33
EXACT_PX = 16

Array = NDArray[Any]


@dataclass(frozen=True)
class Compass:
    """Tells the part (index into `REGIONS`) a pixel of `grid` lies in."""

    grid: Grid

    def places(self, rows: Array, cols: Array) -> NDArray[np.uint8]:
        """Part of each position (n,); pixel centres are at whole numbers."""
        lon, lat = self._lonlat(np.asarray(rows, float) + 0.5, np.asarray(cols, float) + 0.5)
        (west, east), (south, north) = self._thirds
        across = (lon >= west).astype(np.uint8) + (lon >= east)
        down = (lat <= north).astype(np.uint8) + (lat <= south)
        return (3 * down + across).astype(np.uint8)

    def codes(self, window: Window) -> NDArray[np.uint8]:
        """Part (row, col) of every pixel of a window.

        A rectangle whose corners and edge middles agree is not looked into: borders between parts
        are all but straight lines, so at most a sliver below a pixel is told wrongly.
        """
        top, left = int(window.row_off), int(window.col_off)
        out = np.empty((int(window.height), int(window.width)), np.uint8)
        self._fill(out, top, left)
        return out

    def touched(self, lon: Array, lat: Array) -> tuple[str, ...]:
        """Parts that a shape may lie in whose corners (n,) have these longitudes and latitudes."""
        from_middle = (np.asarray(lon, float) - self._middle_lon + 180.0) % 360.0 - 180.0
        (west, east), (south, north) = self._thirds
        columns = _span(from_middle, west, east)
        rows = _span(-np.asarray(lat, float), -north, -south)
        return tuple(REGIONS[3 * row + column] for row in rows for column in columns)

    def _fill(self, out: NDArray[np.uint8], top: int, left: int) -> None:
        height, width = out.shape
        if max(height, width) <= EXACT_PX:
            rows, cols = np.mgrid[top : top + height, left : left + width]
            out[:] = self.places(rows.ravel(), cols.ravel()).reshape(out.shape)
            return
        rows, cols = np.meshgrid(
            [top, top + height // 2, top + height - 1], [left, left + width // 2, left + width - 1]
        )
        around = self.places(rows.ravel(), cols.ravel())
        if (around == around[0]).all():
            out[:] = around[0]
            return
        if height >= width:
            self._fill(out[: height // 2], top, left)
            self._fill(out[height // 2 :], top + height // 2, left)
        else:
            self._fill(out[:, : width // 2], top, left)
            self._fill(out[:, width // 2 :], top, left + width // 2)

    @cached_property
    def _transformer(self) -> Transformer:
        return lonlat_transformer(self.grid.crs)

    @cached_property
    def _middle_lon(self) -> float:
        centre = self.grid.transform @ (self.grid.width / 2, self.grid.height / 2)
        return float(self._transformer.transform(*centre)[0])

    @cached_property
    def _thirds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The two longitudes and the two latitudes that part the grid, each ascending."""
        along = np.linspace(0.0, 1.0, BORDER_POINTS)
        none, full = np.zeros_like(along), np.ones_like(along)
        rows = np.concatenate([none, full, along, along]) * self.grid.height
        cols = np.concatenate([along, along, none, full]) * self.grid.width
        lon, lat = self._lonlat(rows, cols)
        return _thirds(lon), _thirds(lat)

    def _lonlat(self, rows: Array, cols: Array) -> tuple[Array, Array]:
        """Longitudes from the grid's middle (so that none jumps at 180 degrees) and latitudes."""
        to_map = self.grid.transform
        xs = to_map.a * cols + to_map.b * rows + to_map.c
        ys = to_map.d * cols + to_map.e * rows + to_map.f
        lon, lat = self._transformer.transform(xs, ys)
        from_middle = (np.asarray(lon) - self._middle_lon + 180.0) % 360.0 - 180.0
        return from_middle, np.asarray(lat)


def _span(values: Array, first: float, second: float) -> range:
    """Thirds (0, 1, 2) from the one that holds the least value to the one that holds the most."""
    least, most = float(values.min()), float(values.max())
    return range((least >= first) + (least >= second), (most >= first) + (most >= second) + 1)


def _thirds(values: Array) -> tuple[float, float]:
    least, most = float(values.min()), float(values.max())
    return least + (most - least) / 3, most - (most - least) / 3
