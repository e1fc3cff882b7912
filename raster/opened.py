"""One file of a scene held open: its pixels on its own grid, or on a reduced copy of that grid.

Knows nothing of targets or mosaics.
"""

from collections.abc import Sequence
from pathlib import Path

from affine import Affine
from rasterio.enums import Resampling
from rasterio.windows import Window

from raster import gdal, georeference, native
from raster.grid import Grid
from raster.native import Bools, Dataset, Floats


class OpenFile:
    """A raster file, open for the thread that made it."""

    def __init__(self, path: Path, driver: str, grid: Grid, *, reduce_by: int = 1) -> None:
        """Open a file.

        Args:
            path: the file.
            driver: its pinned driver.
            grid: the north-up grid its inspection found.
            reduce_by: average this many pixels (overviews are used where there are some).
        """
        base = gdal.open_dataset(path, driver)
        self._base = base
        self._dataset: Dataset = base
        with gdal.translating(path):
            grid = self._placed(grid)
        self.grid = reduced(grid, reduce_by)
        self._reduce_by = reduce_by
        self._ratio = (grid.height / self.grid.height, grid.width / self.grid.width)

    def _placed(self, grid: Grid) -> Grid:
        """The grid of the pixels as they are read; files with control points are warped."""
        base = self._base
        if base.crs == grid.crs and not base.transform.is_identity:
            return Grid(grid.crs, base.transform, *base.shape)
        if base.gcps[0] and base.gcps[1] == grid.crs:
            with gdal.environment(base.driver):
                self._dataset = georeference.open_north_up(base)
        return grid

    def read(self, indexes: Sequence[int], window: Window) -> tuple[Floats, Bools]:
        """Values (band, row, col) and observed pixels (row, col) of a window inside `grid`.

        Raises:
            UnreadableRasterError: a block is damaged.
        """
        if self._reduce_by == 1:
            return native.read(self._dataset, indexes, window)
        down, across = self._ratio
        full = Window(
            window.col_off * across,
            window.row_off * down,
            window.width * across,
            window.height * down,
        )
        shape = (int(window.height), int(window.width))
        return native.read(
            self._dataset, indexes, full, out_shape=shape, resampling=Resampling.average
        )

    def close(self) -> None:
        """Close the file."""
        if self._dataset is not self._base:
            self._dataset.close()
        self._base.close()


def reduced(grid: Grid, by: int) -> Grid:
    """The same ground in pixels about `by` times larger."""
    if by == 1:
        return grid
    height, width = max(grid.height // by, 1), max(grid.width // by, 1)
    scaling = Affine.scale(grid.width / width, grid.height / height)
    return Grid(grid.crs, grid.transform @ scaling, height, width)
