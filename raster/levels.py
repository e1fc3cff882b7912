"""One raster file and its reduced copies, held open for reading small pictures of any grid.

The reduced copy nearest to the wanted ground size is warped, so a picture costs the same at every
zoom. Knows nothing of mosaics, styles or tiles.
"""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from affine import Affine
from pyproj import Transformer
from rasterio.crs import CRS
from rasterio.dtypes import in_dtype_range
from rasterio.enums import ColorInterp, Resampling
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

from raster import gdal, native
from raster.grid import Grid
from raster.native import Bools, Floats
from raster.web_tile import HALF_TURN_M, MERCATOR

# The copy that is used has pixels of 0.8 to 1.6 of those wanted where copies halve each other:
# neither visibly soft nor in need of an antialiasing kernel, which costs four times as much.
FINEST = 0.8
COARSEST = 1.7
# Pixels drawn larger than this are shown as the squares they are.
BLOCKY = 1 / 3

Pixels = tuple[Floats, Bools]


class Levels:
    """A file with its overviews, open for the thread that made it."""

    def __init__(self, path: Path, driver: str) -> None:
        """Open the file; reduced copies are opened when they are first read.

        Raises:
            UnreadableRasterError: the driver cannot open it.
        """
        self._path, self._driver = path, driver
        base = gdal.open_dataset(path, driver)
        self._open: dict[int, DatasetReader] = {0: base}
        self.steps = (1, *base.overviews(1))
        self._place = ~base.transform
        self._to_crs = Transformer.from_crs(MERCATOR.to_wkt(), base.crs.to_wkt(), always_xy=True)

    def step_px(self, grid: Grid) -> float:
        """Pixels of the file, along a side, in one pixel at the centre of a Mercator grid."""
        col, row = grid.width / 2, grid.height / 2
        corners = [grid.transform @ at for at in ((col, row), (col + 1, row), (col, row + 1))]
        centre, right, below = (self._place @ self._to_crs.transform(*at) for at in corners)
        across = (right[0] - centre[0], right[1] - centre[1])
        down = (below[0] - centre[0], below[1] - centre[1])
        area_px = abs(across[0] * down[1] - across[1] * down[0])
        return math.sqrt(area_px) if math.isfinite(area_px) and area_px > 0 else 1.0

    def read(self, indexes: Sequence[int], grid: Grid) -> Pixels:
        """Values (band, row, col) and observed pixels (row, col) on a Mercator grid.

        Raises:
            UnreadableRasterError: a block is damaged, or the file cannot be placed.
        """
        wanted = self.step_px(grid)
        dataset, step = self._nearest(wanted)
        scale = wanted / step
        found: Pixels | None = None
        with gdal.translating(self._path):
            for transform in self._turns(dataset, grid):
                pixels = _warped(dataset, indexes, grid, transform, scale)
                found = pixels if found is None else first_of(found, pixels)
        return found or nothing(len(indexes), grid)

    def _turns(self, dataset: DatasetReader, grid: Grid) -> Iterator[Affine]:
        """The transform at every turn of the globe at which the file may meet the grid.

        PROJ gives longitudes in -180..180, so a file that reaches beyond is found one turn away.
        """
        period = period_of(dataset.crs)
        if period is None:
            yield dataset.transform
            return
        left, _bottom, right, _top = Grid(dataset.crs, dataset.transform, *dataset.shape).bounds
        middle, _y = self._to_crs.transform(*(grid.transform @ (grid.width / 2, grid.height / 2)))
        half = grid.width * grid.transform.a / HALF_TURN_M * period / 4
        first = math.ceil((middle - half - right) / period)
        last = math.floor((middle + half - left) / period)
        for turn in range(first, last + 1):
            yield Affine.translation(turn * period, 0) @ dataset.transform

    def close(self) -> None:
        """Close the file and its copies."""
        for dataset in self._open.values():
            dataset.close()

    def _nearest(self, wanted: float) -> tuple[DatasetReader, int]:
        """The coarsest copy whose pixels are not much larger than those wanted."""
        level = max(
            (place for place, step in enumerate(self.steps) if step * FINEST <= wanted), default=0
        )
        if level not in self._open:
            self._open[level] = gdal.open_dataset(
                self._path, self._driver, overview_level=level - 1
            )
        return self._open[level], self.steps[level]


def nothing(bands: int, grid: Grid) -> Pixels:
    """Pixels of which none was observed."""
    return np.zeros((bands, *grid.shape), np.float32), np.zeros(grid.shape, np.bool_)


def _warped(
    dataset: DatasetReader, indexes: Sequence[int], grid: Grid, transform: Affine, scale: float
) -> Pixels:
    nodata = _nodata(dataset)
    has_alpha = ColorInterp.alpha in dataset.colorinterp
    # GDAL antialiases every reduction, which a mild one does not need.
    plain = {"XSCALE": 1, "YSCALE": 1} if scale <= COARSEST else {}
    with WarpedVRT(
        dataset,
        crs=grid.crs,
        transform=grid.transform,
        width=grid.width,
        height=grid.height,
        src_transform=transform,
        resampling=Resampling.nearest if scale < BLOCKY else Resampling.bilinear,
        src_nodata=nodata,
        nodata=nodata,
        add_alpha=nodata is None and not has_alpha,
        **plain,
    ) as warped:
        values, seen = native.read(warped, indexes, Window(0, 0, grid.width, grid.height))
        if ColorInterp.alpha in warped.colorinterp:
            # GDAL makes a mask of an alpha band in files of two or four bands only.
            seen &= warped.read(warped.colorinterp.index(ColorInterp.alpha) + 1) > 0
        return values, seen


def _nodata(dataset: DatasetReader) -> float | None:
    """The nodata value, unless the type of the pixels cannot hold it: then no pixel has it."""
    value, dtype = dataset.nodata, dataset.dtypes[0]
    return value if value is not None and in_dtype_range(value, dtype) else None


def period_of(crs: CRS) -> float | None:
    """After how many units of its x axis a CRS is back at its first meridian."""
    if crs.is_geographic:
        return 2 * math.pi / float(crs.units_factor[1])
    return 2 * HALF_TURN_M if crs == MERCATOR else None


def first_of(first: Pixels, second: Pixels) -> Pixels:
    """Pixels of the first, and of the second where the first observed none."""
    (data, valid), (other, seen) = first, second
    missing = ~valid & seen
    data[:, missing] = other[:, missing]
    return data, valid | seen
