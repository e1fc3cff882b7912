"""The four quarters of a grid, by the middle of the longitudes and latitudes it spans.

Two of them make the northern, southern, western or eastern half. Knows nothing of classes or facts.
"""

from dataclasses import dataclass
from functools import cached_property

from numpy import uint8
from rasterio.windows import Window

from analysis import parted
from analysis.parted import Array, Codes, Degrees
from raster.grid import Grid

QUARTERS = 4
QUARTERS_OF = {
    "northern half": (2, 3),
    "southern half": (0, 1),
    "western half": (0, 2),
    "eastern half": (1, 3),
}
"""Quarters by half; a quarter is 2 where it is northern plus 1 where it is eastern."""


@dataclass(frozen=True)
class Middle:
    """Tells the quarter a pixel of `grid` lies in."""

    grid: Grid

    def quarters(self, rows: Array, cols: Array) -> Codes:
        """Quarter of each position (n,); pixel centres are at whole numbers."""
        lon, lat = self._degrees.of_pixels(rows, cols)
        mid_lon, mid_lat = self._middle
        return (2 * (lat >= mid_lat) + (lon >= mid_lon)).astype(uint8)

    def codes(self, window: Window) -> Codes:
        """Quarter (row, col) of every pixel of a window."""
        return parted.codes(window, self.quarters)

    @cached_property
    def _degrees(self) -> Degrees:
        return Degrees(self.grid)

    @cached_property
    def _middle(self) -> tuple[float, float]:
        """Middle of the longitudes (from that of the grid's middle) and of the latitudes."""
        lon, lat = self._degrees.border
        return float(lon.min() + lon.max()) / 2, float(lat.min() + lat.max()) / 2
