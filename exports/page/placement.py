"""How a picture of a grid lies on the ground: its true proportions, scale, north and positions.

Knows nothing of what the picture shows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from affine import Affine
from numpy.typing import NDArray

from raster.grid import ELLIPSOID, Grid, lonlat_transformer

if TYPE_CHECKING:
    from analysis.result import Quicklook

BAR_SHARE = 0.25
"""The scale bar takes at most this share of the picture's width."""
LINE_POINTS = 65


@dataclass(frozen=True)
class Placement:
    """Measures of a picture that shows a whole grid.

    Attributes:
        width_m: ground length of the middle row.
        height_m: ground length of the middle column.
        bar_m: length of the scale bar, 1, 2 or 5 times a power of ten.
        north_deg: direction of true north at the centre, clockwise from up.
    """

    width_m: float
    height_m: float
    bar_m: float
    north_deg: float

    @property
    def aspect(self) -> float:
        """Width over height on the ground; grids in degrees have other pixels than metres."""
        return self.width_m / self.height_m

    @property
    def bar_share(self) -> float:
        """Length of the scale bar over the width of the picture (0..1)."""
        return self.bar_m / self.width_m


def picture_grid(grid: Grid, look: Quicklook) -> Grid:
    """The grid of a quicklook of `grid`; its last row and column may reach beyond `grid`."""
    height, width = look.codes.shape
    transform = grid.transform @ Affine.scale(look.pixels_per_pixel)
    return Grid(grid.crs, transform, height, width)


def place(grid: Grid) -> Placement:
    """Measure a grid along its middle row and column."""
    row, col = grid.height / 2, grid.width / 2
    width_m = _line_m(grid, (0, row), (grid.width, row))
    height_m = _line_m(grid, (col, 0), (col, grid.height))
    return Placement(width_m, height_m, _nice(width_m * BAR_SHARE), _north_deg(grid))


def share_of_picture(grid: Grid, bounds: tuple[float, float, float, float]) -> tuple[float, float]:
    """Column and row of the upper left corner of CRS bounds, as shares (0..1) of the picture."""
    west, south, east, north = bounds
    corners = [(west, south), (west, north), (east, south), (east, north)]
    cols, rows = zip(*(~grid.transform @ corner for corner in corners), strict=True)
    return _share(min(cols), grid.width), _share(min(rows), grid.height)


def _share(position: float, length: int) -> float:
    return min(max(position / length, 0.0), 1.0)


def _line_m(grid: Grid, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Ground length of the line between two (col, row) positions, in short geodesics.

    A grid that leaves the domain of its CRS is measured by the size of its centre pixel.
    """
    cols, rows = (np.linspace(*ends, LINE_POINTS) for ends in zip(start, end, strict=True))
    length_m = float(ELLIPSOID.line_length(*_lonlat(grid, cols, rows)))
    if math.isfinite(length_m) and length_m > 0:
        return length_m
    return grid.gsd_m * (end[0] - start[0] + end[1] - start[1])


def _north_deg(grid: Grid) -> float:
    """Minus the azimuth of the picture's up direction at the centre."""
    row, col = grid.height / 2, grid.width / 2
    lon, lat = _lonlat(grid, np.array([col, col]), np.array([row, row - 1]))
    azimuth_deg, _back_deg, _length_m = ELLIPSOID.inv(lon[0], lat[0], lon[1], lat[1])
    return -float(azimuth_deg) if math.isfinite(azimuth_deg) else 0.0


def _lonlat(
    grid: Grid, cols: NDArray[np.float64], rows: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    to_crs = grid.transform
    xs = to_crs.a * cols + to_crs.b * rows + to_crs.c
    ys = to_crs.d * cols + to_crs.e * rows + to_crs.f
    lon, lat = lonlat_transformer(grid.crs).transform(xs, ys)
    return np.asarray(lon), np.asarray(lat)


def _nice(most_m: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above `most_m`."""
    power = 10.0 ** math.floor(math.log10(most_m))
    return next(step * power for step in (5, 2, 1) if step * power <= most_m * (1 + 1e-9))
