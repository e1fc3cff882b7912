"""One date as an 8-bit picture in memory: read once, then cut out window by window.

Windows may reach beyond it, where nothing was observed. Knows nothing of files or dates.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from progress import Watcher
from raster.chip import Chip
from raster.grid import Grid
from raster.stretch import NOT_OBSERVED_GREY
from raster.tiling import count, tiles

READ_PX = 2048
"""Side of the pieces that are read at once: 50 MB while they are warped."""


@dataclass(frozen=True)
class Picture:
    """The whole of a working grid at one date. Safe to share between threads.

    Attributes:
        image: (3, row, col) uint8, red, green, blue; grey where not observed.
        valid: (row, col) observed pixels.
        grid: where it lies.
    """

    image: NDArray[np.uint8]
    valid: NDArray[np.bool_]
    grid: Grid

    def read(self, window: Window) -> Chip:
        """The chip of a window of whole pixels, which may reach outside."""
        height, width = int(window.height), int(window.width)
        image = np.full((3, height, width), NOT_OBSERVED_GREY, np.uint8)
        valid = np.zeros((height, width), np.bool_)
        rows, in_rows = _overlap(int(window.row_off), height, self.grid.height)
        cols, in_cols = _overlap(int(window.col_off), width, self.grid.width)
        image[:, in_rows, in_cols] = self.image[:, rows, cols]
        valid[in_rows, in_cols] = self.valid[rows, cols]
        return Chip(image, valid, self.grid.crop(window))


def take(read: Callable[[Window], Chip], grid: Grid, watcher: Watcher) -> Picture:
    """The picture of a whole grid, read piece by piece: 4 bytes a pixel.

    Raises:
        CancelledError: the watcher asked to stop.
    """
    image = np.empty((3, *grid.shape), np.uint8)
    valid = np.empty(grid.shape, np.bool_)
    total = count(grid.shape, core_px=READ_PX)
    for done, tile in enumerate(tiles(grid.shape, core_px=READ_PX, halo_px=0), start=1):
        rows, cols = tile.core.toslices()
        chip = read(tile.core)
        image[:, rows, cols], valid[rows, cols] = chip.image, chip.valid
        watcher.step(done / total, "Reading the pictures")
    return Picture(image, valid, grid)


def _overlap(start: int, length: int, size: int) -> tuple[slice, slice]:
    """The part of a stretch inside 0..size: as places of the whole, and of the stretch."""
    first, last = max(start, 0), min(start + length, size)
    last = max(first, last)
    return slice(first, last), slice(first - start, last - start)
