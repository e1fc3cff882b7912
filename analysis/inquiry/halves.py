"""The four quarters of a grid, by the middle of the longitudes and latitudes it spans.

Two of them make the northern, southern, western or eastern half. Knows nothing of classes or facts.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from raster.grid import Grid, lonlat_transformer

QUARTERS = 4
QUARTERS_OF = {
    "northern half": (2, 3),
    "southern half": (0, 1),
    "western half": (0, 2),
    "eastern half": (1, 3),
}
"""Quarters by half; a quarter is 2 where it is northern plus 1 where it is eastern."""
BORDER_POINTS = 33
EXACT_PX = 16

Array = NDArray[Any]


@dataclass(frozen=True)
class Middle:
    """Tells the quarter a pixel of `grid` lies in."""

    grid: Grid

    def quarters(self, rows: Array, cols: Array) -> NDArray[np.uint8]:
        """Quarter of each position (n,); pixel centres are at whole numbers."""
        lon, lat = self._lonlat(np.asarray(rows, float) + 0.5, np.asarray(cols, float) + 0.5)
        mid_lon, mid_lat = self._middle
        return (2 * (lat >= mid_lat) + (lon >= mid_lon)).astype(np.uint8)

    def codes(self, window: Window) -> NDArray[np.uint8]:
        """Quarter (row, col) of every pixel of a window.

        A rectangle whose corners and edge middles agree is not looked into: the lines between
        quarters are all but straight, so at most a sliver below a pixel is told wrongly.
        """
        out = np.empty((int(window.height), int(window.width)), np.uint8)
        self._fill(out, int(window.row_off), int(window.col_off))
        return out

    def _fill(self, out: NDArray[np.uint8], top: int, left: int) -> None:
        height, width = out.shape
        if max(height, width) <= EXACT_PX:
            rows, cols = np.mgrid[top : top + height, left : left + width]
            out[:] = self.quarters(rows.ravel(), cols.ravel()).reshape(out.shape)
            return
        rows, cols = np.meshgrid(
            [top, top + height // 2, top + height - 1], [left, left + width // 2, left + width - 1]
        )
        around = self.quarters(rows.ravel(), cols.ravel())
        if (around == around[0]).all():
            out[:] = around[0]
        elif height >= width:
            self._fill(out[: height // 2], top, left)
            self._fill(out[height // 2 :], top + height // 2, left)
        else:
            self._fill(out[:, : width // 2], top, left)
            self._fill(out[:, width // 2 :], top, left + width // 2)

    @cached_property
    def _middle(self) -> tuple[float, float]:
        """Middle of the longitudes (from that of the grid's middle) and of the latitudes."""
        along = np.linspace(0.0, 1.0, BORDER_POINTS)
        none, full = np.zeros_like(along), np.ones_like(along)
        rows = np.concatenate([none, full, along, along]) * self.grid.height
        cols = np.concatenate([along, along, none, full]) * self.grid.width
        lon, lat = self._lonlat(rows, cols)
        return float(lon.min() + lon.max()) / 2, float(lat.min() + lat.max()) / 2

    @cached_property
    def _start_lon(self) -> float:
        centre = self.grid.transform @ (self.grid.width / 2, self.grid.height / 2)
        return float(lonlat_transformer(self.grid.crs).transform(*centre)[0])

    def _lonlat(self, rows: Array, cols: Array) -> tuple[Array, Array]:
        """Longitudes from the grid's middle (so that none jumps at 180 degrees) and latitudes."""
        to_map = self.grid.transform
        xs = to_map.a * cols + to_map.b * rows + to_map.c
        ys = to_map.d * cols + to_map.e * rows + to_map.f
        lon, lat = lonlat_transformer(self.grid.crs).transform(xs, ys)
        return (np.asarray(lon) - self._start_lon + 180.0) % 360.0 - 180.0, np.asarray(lat)
