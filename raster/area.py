"""Ground area of pixels on the ellipsoid, for any CRS.

Areas of lattice cells are measured with geodesics and interpolated, so that no CRS needs a formula
of its own. Knows nothing of masks or classes.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from raster.grid import ELLIPSOID, Grid, lonlat_transformer

_Floats = NDArray[np.float64]

LATTICE_STEPS = 32
EDGE_POINTS = 8


@dataclass(frozen=True)
class PixelAreas:
    """Area of each pixel of a grid in square metres.

    The area per pixel is a smooth function of position. It is measured at up to 33 x 33 lattice
    nodes as the geodesic area of a small cell around the node (Karney 2013, by pyproj) and
    interpolated bilinearly in between.
    """

    grid: Grid

    def window(self, window: Window) -> NDArray[np.float64]:
        """Areas (row, col) of a window of whole pixels."""
        rows = np.arange(window.row_off, window.row_off + window.height) + 0.5
        cols = np.arange(window.col_off, window.col_off + window.width) + 0.5
        node_rows, node_cols, areas_m2 = self._lattice
        return _hat(rows, node_rows) @ areas_m2 @ _hat(cols, node_cols).T

    def at(self, rows: NDArray[np.int64], cols: NDArray[np.int64]) -> _Floats:
        """Areas (n,) of single pixels, given by row and column."""
        node_rows, node_cols, areas_m2 = self._lattice
        row, down = _between(rows + 0.5, node_rows)
        col, right = _between(cols + 0.5, node_cols)
        upper = areas_m2[row - 1, col - 1] * (1 - right) + areas_m2[row - 1, col] * right
        lower = areas_m2[row, col - 1] * (1 - right) + areas_m2[row, col] * right
        return upper * (1 - down) + lower * down

    @cached_property
    def _lattice(self) -> tuple[_Floats, _Floats, _Floats]:
        return _measured(self.grid)


@lru_cache(maxsize=8)
def _measured(grid: Grid) -> tuple[_Floats, _Floats, _Floats]:
    """Node rows, node columns (pixel corners) and area per pixel at each node."""
    node_rows = np.linspace(0, grid.height, _steps(grid.height) + 1)
    node_cols = np.linspace(0, grid.width, _steps(grid.width) + 1)
    half = 0.5 * min(8.0, grid.height, grid.width)
    areas_m2 = np.array(
        [[_cell_area_m2(grid, row, col, half) for col in node_cols] for row in node_rows]
    )
    return node_rows, node_cols, areas_m2 / (4 * half * half)


def _steps(length: int) -> int:
    return int(np.clip(length // 16, 1, LATTICE_STEPS))


def _cell_area_m2(grid: Grid, row: float, col: float, half: float) -> float:
    """Geodesic area of the square of +-`half` pixels, its edges densified, kept on the grid."""
    row = float(np.clip(row, half, grid.height - half))
    col = float(np.clip(col, half, grid.width - half))
    along = np.linspace(-half, half, EDGE_POINTS, endpoint=False)
    fixed = np.full(EDGE_POINTS, half)
    cols = col + np.concatenate([along, fixed, -along, -fixed])
    rows = row + np.concatenate([-fixed, along, fixed, -along])
    a, b, c, d, e, f = grid.transform[:6]
    xs, ys = a * cols + b * rows + c, d * cols + e * rows + f
    lon, lat = lonlat_transformer(grid.crs).transform(xs, ys)
    area_m2, _perimeter_m = ELLIPSOID.polygon_area_perimeter(lon, lat)
    return abs(area_m2)


def _hat(at: _Floats, nodes: _Floats) -> _Floats:
    """Linear interpolation weights (position, node)."""
    right, share = _between(at, nodes)
    weights = np.zeros((len(at), len(nodes)))
    weights[np.arange(len(at)), right - 1] = 1 - share
    weights[np.arange(len(at)), right] = share
    return weights


def _between(at: NDArray[Any], nodes: _Floats) -> tuple[NDArray[np.int64], _Floats]:
    """The node right of each position, and how far (0..1) the position is from the left one."""
    right = np.clip(np.searchsorted(nodes, at), 1, len(nodes) - 1)
    return right, (at - nodes[right - 1]) / (nodes[right] - nodes[right - 1])
