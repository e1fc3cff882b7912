"""What parts a grid by true compass directions: where its pixels lie, and codes of whole windows.

Knows nothing of which parts there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.windows import Window

from raster.grid import Grid, lonlat_transformer

BORDER_POINTS = 33
EXACT_PX = 16

Array: TypeAlias = NDArray[Any]
Codes: TypeAlias = NDArray[np.uint8]
CodesOf: TypeAlias = Callable[[Array, Array], Codes]
"""Codes of positions by their rows and columns, each (n,); pixel centres are at whole numbers."""


@dataclass(frozen=True)
class Degrees:
    """Longitudes and latitudes within `grid`.

    Longitudes count from that of the grid's middle, so that none jumps at 180 degrees.
    """

    grid: Grid

    def of(self, rows: Array, cols: Array) -> tuple[Array, Array]:
        """Longitude and latitude of each position (n,); pixel corners are at whole numbers."""
        to_map = self.grid.transform
        xs = to_map.a * cols + to_map.b * rows + to_map.c
        ys = to_map.d * cols + to_map.e * rows + to_map.f
        lon, lat = self._transformer.transform(xs, ys)
        return self.from_middle(np.asarray(lon)), np.asarray(lat)

    def of_pixels(self, rows: Array, cols: Array) -> tuple[Array, Array]:
        """As `of`, for pixels by their numbers: of their centres."""
        return self.of(np.asarray(rows, float) + 0.5, np.asarray(cols, float) + 0.5)

    def from_middle(self, lon: Array) -> Array:
        """Longitudes counted from the grid's middle, -180..180."""
        return np.asarray((lon - self._middle_lon + 180.0) % 360.0 - 180.0)

    @cached_property
    def border(self) -> tuple[Array, Array]:
        """Longitudes and latitudes of points along the grid's border, corners included."""
        along = np.linspace(0.0, 1.0, BORDER_POINTS)
        none, full = np.zeros_like(along), np.ones_like(along)
        rows = np.concatenate([none, full, along, along]) * self.grid.height
        cols = np.concatenate([along, along, none, full]) * self.grid.width
        return self.of(rows, cols)

    @cached_property
    def _transformer(self) -> Transformer:
        return lonlat_transformer(self.grid.crs)

    @cached_property
    def _middle_lon(self) -> float:
        centre = self.grid.transform @ (self.grid.width / 2, self.grid.height / 2)
        return float(self._transformer.transform(*centre)[0])


def codes(window: Window, codes_of: CodesOf) -> Codes:
    """Code (row, col) of every pixel of a window.

    A rectangle whose corners and edge middles agree is not looked into: borders between parts are
    all but straight lines, so at most a sliver below a pixel is told wrongly.
    """
    out = np.empty((int(window.height), int(window.width)), np.uint8)
    _fill(out, int(window.row_off), int(window.col_off), codes_of)
    return out


def _fill(out: Codes, top: int, left: int, codes_of: CodesOf) -> None:
    height, width = out.shape
    if max(height, width) <= EXACT_PX:
        rows, cols = np.mgrid[top : top + height, left : left + width]
        out[:] = codes_of(rows.ravel(), cols.ravel()).reshape(out.shape)
        return
    rows, cols = np.meshgrid(
        [top, top + height // 2, top + height - 1], [left, left + width // 2, left + width - 1]
    )
    around = codes_of(rows.ravel(), cols.ravel())
    if (around == around[0]).all():
        out[:] = around[0]
    elif height >= width:
        _fill(out[: height // 2], top, left, codes_of)
        _fill(out[height // 2 :], top + height // 2, left, codes_of)
    else:
        _fill(out[:, : width // 2], top, left, codes_of)
        _fill(out[:, width // 2 :], top, left + width // 2, codes_of)
