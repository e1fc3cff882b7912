"""How a picture of a grid lies on the ground: its true proportions, scale, north and positions.

Knows nothing of what the picture shows.
"""

import math
from dataclasses import dataclass

from raster.grid import ELLIPSOID, Grid, lonlat_transformer

BAR_SHARE = 0.25
"""The scale bar takes at most this share of the picture's width."""


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


def place(grid: Grid) -> Placement:
    """Measure a grid along geodesics through its centre."""
    middle_row, middle_col = grid.height / 2, grid.width / 2
    width_m, _azimuth = _geodesic(grid, (0, middle_row), (grid.width, middle_row))
    height_m, _azimuth = _geodesic(grid, (middle_col, 0), (middle_col, grid.height))
    _length, up_deg = _geodesic(grid, (middle_col, middle_row), (middle_col, middle_row - 1))
    return Placement(width_m, height_m, _nice(width_m * BAR_SHARE), -up_deg)


def share_of_picture(grid: Grid, bounds: tuple[float, float, float, float]) -> tuple[float, float]:
    """Column and row of the upper left corner of CRS bounds, as shares (0..1) of the picture."""
    west, south, east, north = bounds
    corners = [(west, south), (west, north), (east, south), (east, north)]
    cols, rows = zip(*(~grid.transform * corner for corner in corners), strict=True)
    return _share(min(cols), grid.width), _share(min(rows), grid.height)


def _share(position: float, length: int) -> float:
    return min(max(position / length, 0.0), 1.0)


def _geodesic(
    grid: Grid, start: tuple[float, float], end: tuple[float, float]
) -> tuple[float, float]:
    """Length in metres and azimuth in degrees between two (col, row) positions."""
    xs, ys = zip(*(grid.transform * position for position in (start, end)), strict=True)
    lon, lat = lonlat_transformer(grid.crs).transform(xs, ys)
    azimuth_deg, _back_deg, length_m = ELLIPSOID.inv(lon[0], lat[0], lon[1], lat[1])
    return float(length_m), float(azimuth_deg)


def _nice(most_m: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above `most_m`."""
    power = 10.0 ** math.floor(math.log10(most_m))
    return next(step * power for step in (5, 2, 1) if step * power <= most_m * (1 + 1e-9))
