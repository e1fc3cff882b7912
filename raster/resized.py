"""A pair in larger or smaller pixels, and values carried back from there to its own pixels.

For detectors that were made for pixels of a certain ground size. Knows nothing of detectors.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from raster import chip
from raster.align import AlignedPair
from raster.grid import Grid

SAME = 0.01
"""A ground size that differs by less is as good as the wanted one."""

HALF = np.float32(0.5)
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Resized:
    """A pair on two grids that begin at one corner.

    Attributes:
        own: the pair on its own grid.
        pair: the same ground in other pixels; antialiased when read.
        across: how many pixels of the own grid lie side by side in one of the other.
        down: how many lie one below the other.
    """

    own: AlignedPair
    pair: AlignedPair
    across: float
    down: float

    @property
    def is_same(self) -> bool:
        """Whether both are one."""
        return self.own is self.pair

    def window(self, window: Window) -> Window:
        """The pixels whose values `carry` needs for a window of the own grid."""
        top, bottom = _reach(window.row_off, window.height, self.down, self.pair.grid.height)
        left, right = _reach(window.col_off, window.width, self.across, self.pair.grid.width)
        return Window(left, top, right - left, bottom - top)

    def carry(self, values: Floats, window: Window) -> Floats:
        """Bilinear values (row, col) of a window of the own grid.

        Args:
            values: values on `self.window(window)`; what is NaN has no weight.
            window: pixels of the own grid.

        Returns:
            NaN where none of the neighbours, or too little of them, has a value.
        """
        known = np.isfinite(values)
        weight = self._interpolated(known.astype(np.float32), window)
        total = self._interpolated(np.where(known, values, np.float32(0)), window)
        return np.where(
            weight >= 0.5, total / np.maximum(weight, np.float32(0.5)), np.float32("nan")
        )

    def nearest(self, codes: NDArray[np.uint8], window: Window) -> NDArray[np.uint8]:
        """Codes (row, col) of a window of the own grid, from those on `self.window(window)`."""
        there = self.window(window)
        rows = _nearest(window.row_off, window.height, self.down, there.row_off, there.height)
        cols = _nearest(window.col_off, window.width, self.across, there.col_off, there.width)
        return np.ascontiguousarray(codes[np.ix_(rows, cols)])

    def _interpolated(self, values: Floats, window: Window) -> Floats:
        there = self.window(window)
        rows = _between(window.row_off, window.height, self.down, there.row_off, there.height)
        cols = _between(window.col_off, window.width, self.across, there.col_off, there.width)
        return _along_cols(_along_cols(values.T, *rows).T, *cols)


def resize(pair: AlignedPair, gsd_m: float) -> Resized:
    """The pair in square pixels of a ground size; the pair itself where its pixels are that."""
    grid = pair.grid
    across_m, down_m = chip.pixel_sides_m(grid)
    is_square = max(across_m, down_m) < chip.NOT_SQUARE * min(across_m, down_m)
    if is_square and abs(gsd_m / grid.gsd_m - 1) < SAME:
        return Resized(pair, pair, 1.0, 1.0)
    across = down = gsd_m / grid.gsd_m
    if not is_square:
        across, down = gsd_m / across_m, gsd_m / down_m
    across, down = _whole(across), _whole(down)
    shift = replace(
        pair.shift,
        dx_px=pair.shift.dx_px / across,
        dy_px=pair.shift.dy_px / down,
        gsd_m=pair.shift.gsd_m * gsd_m / grid.gsd_m,
    )
    there: Grid = chip.scaled(grid, across, down)
    return Resized(pair, replace(pair, grid=there, shift=shift), across, down)


def _whole(by: float) -> float:
    """A factor, freed from the rounding of its division."""
    return float(round(by)) if abs(by - round(by)) < 1e-9 * by else by


def _reach(start: float, length: float, by: float, limit: int) -> tuple[int, int]:
    """First and last + 1 pixel that the centres of a span lie between."""
    first = int(np.floor((start + 0.5) / by - 0.5))
    last = int(np.floor((start + length - 0.5) / by - 0.5)) + 1
    return max(min(first, limit - 1), 0), min(max(last + 1, 1), limit)


def _between(
    start: float, length: float, by: float, offset: float, size: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """For each pixel of a span the two it lies between, and its way (0..1) to the second."""
    at = (np.arange(int(length)) + (start + 0.5)) / by - 0.5
    low = np.floor(at)
    first = np.clip(low - offset, 0, size - 1).astype(np.int64)
    second = np.clip(low + 1 - offset, 0, size - 1).astype(np.int64)
    return first, second, (at - low).astype(np.float32)


def _nearest(
    start: float, length: float, by: float, offset: float, size: float
) -> NDArray[np.int64]:
    at = np.floor((np.arange(int(length)) + (start + 0.5)) / by)
    places: NDArray[np.int64] = np.clip(at - offset, 0, size - 1).astype(np.int64)
    return places


def _along_cols(
    values: Floats, first: NDArray[np.int64], second: NDArray[np.int64], way: Floats
) -> Floats:
    """Values (row, len(first)) between pairs of columns."""
    return values[:, first] * (1 - way) + values[:, second] * way
