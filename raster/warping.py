"""Arithmetic of taking pixels from one grid to another.

Pure functions on arrays and grids; knows nothing of files.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.enums import Resampling
from rasterio.warp import reproject
from rasterio.windows import Window

from errors import UnreadableRasterError
from raster import gdal
from raster.grid import Grid
from raster.native import Bools, Floats

# Largest deviation from whole pixels over a grid at which copying is exact enough.
COPY_TOLERANCE_PX = 0.005
# Largest error of GDAL's approximated coordinates; its default of 0.125 px is a visible shift.
WARP_TOLERANCE_PX = 0.01
# GDAL's own rule (gdalwarpkernel.cpp): coarser by less than 5 % is not antialiased.
ANTIALIAS_BELOW = 0.95
LATTICE = 9

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Route:
    """From a source grid (any affine transform) to a target grid."""

    source: Grid
    target: Grid

    @cached_property
    def copy_offset(self) -> tuple[int, int] | None:
        """Whole columns and rows from target to source pixels, or None where it must be warped."""
        if self.source.crs != self.target.crs:
            return None
        to_source = ~self.source.transform @ self.target.transform
        corners = [(0, 0), (self.target.width, 0), (0, self.target.height), self.target.shape[::-1]]
        moves = np.array([np.subtract(to_source @ corner, corner) for corner in corners])
        col, row = np.rint(moves[0])
        if np.abs(moves - (col, row)).max() > COPY_TOLERANCE_PX:
            return None
        return int(col), int(row)

    @cached_property
    def scales(self) -> tuple[float, float]:
        """Target pixels per source pixel along source columns and rows; 1 where not coarser.

        Taken once at the centre of the target, so that every window gets the same kernel.
        """
        col, row = self.target.width / 2, self.target.height / 2
        at = np.array([[col, row], [col + 1, row], [col, row + 1]])
        cols, rows = self.to_source(at[:, 0], at[:, 1])
        steps = [math.hypot(*(values[1:] - values[0])) for values in (cols, rows)]
        if not all(math.isfinite(step) and step > 0 for step in steps):
            steps = [self.target.gsd_m / self.source.gsd_m] * 2
        scales = [1 / step if 1 / step < ANTIALIAS_BELOW else 1.0 for step in steps]
        return scales[0], scales[1]

    def to_source(self, cols: Doubles, rows: Doubles) -> tuple[Doubles, Doubles]:
        """Source columns and rows (pixel corners are whole) of target columns and rows."""
        xs, ys = _applied(self.target.transform, cols, rows)
        if self._transformer is not None:
            xs, ys = self._transformer.transform(xs, ys)
        return _applied(~self.source.transform, np.asarray(xs), np.asarray(ys))

    def needed(self, window: Window) -> Window | None:
        """Source pixels, kernel included, that a target window needs, inside the source.

        None where the window has no place in the source.
        """
        along_cols = np.linspace(window.col_off, window.col_off + window.width, LATTICE)
        along_rows = np.linspace(window.row_off, window.row_off + window.height, LATTICE)
        cols, rows = self.to_source(*np.meshgrid(along_cols, along_rows))
        known = np.isfinite(cols) & np.isfinite(rows)
        if not known.any():
            return None
        across, down = (_reach(values, known) for values in (cols, rows))
        margins = [3 + math.ceil(2 / scale) for scale in self.scales]
        left, right = across[0] - margins[0], across[1] + margins[0]
        top, bottom = down[0] - margins[1], down[1] + margins[1]
        return clip(Window(left, top, right - left, bottom - top), self.source.shape)

    @cached_property
    def _transformer(self) -> Transformer | None:
        if self.source.crs == self.target.crs:
            return None
        return Transformer.from_crs(
            self.target.crs.to_wkt(), self.source.crs.to_wkt(), always_xy=True
        )

    def warp(self, values: Floats, seen: Bools, on: Grid, window: Window) -> tuple[Floats, Bools]:
        """Bilinear values (band, row, col) and observed pixels of a target window.

        Antialiased where the target is coarser. NaN stands for what was not observed, so GDAL
        leaves it out of the kernel and the edge of the valid area is neither dark nor bright. A
        target pixel is observed where the nearest source pixel is.

        Args:
            values: source pixels; overwritten.
            seen: observed source pixels (row, col).
            on: grid of `values`.
            window: target pixels wanted.
        """
        is_complete = bool(seen.all())
        if not is_complete:
            values[:, ~seen] = np.nan
        shape = (int(window.height), int(window.width))
        warped = np.full((len(values), *shape), np.nan, dtype=np.float32)
        self._reproject(values, warped, on, window, fill=None if is_complete else math.nan)
        reached = np.asarray(np.isfinite(warped).all(axis=0))
        warped[:, ~reached] = 0
        return warped, reached

    def _reproject(
        self, values: Floats, warped: Floats, on: Grid, window: Window, *, fill: float | None
    ) -> None:
        try:
            reproject(
                values,
                warped,
                src_transform=on.transform,
                src_crs=on.crs,
                src_nodata=fill,
                dst_transform=self.target.crop(window).transform,
                dst_crs=self.target.crs,
                dst_nodata=fill,
                resampling=Resampling.bilinear,
                init_dest_nodata=False,
                tolerance=WARP_TOLERANCE_PX,
                # Fixed for the whole grid, so that a window gets the pixels the whole would get.
                XSCALE=self.scales[0],
                YSCALE=self.scales[1],
            )
        except gdal.FAILURES as error:
            msg = f"A window cannot be taken from {self.source.crs} to {self.target.crs}."
            raise UnreadableRasterError(msg, hint="Check the CRS of the file.") from error


def clip(window: Window, shape: tuple[int, int]) -> Window | None:
    """The part of a window inside (rows, cols), or None."""
    left, top = max(int(window.col_off), 0), max(int(window.row_off), 0)
    right = min(int(window.col_off + window.width), shape[1])
    bottom = min(int(window.row_off + window.height), shape[0])
    if right <= left or bottom <= top:
        return None
    return Window(left, top, right - left, bottom - top)


def halves(window: Window) -> tuple[Window, Window]:
    """A window cut in two across its longer side."""
    left, top, width, height = (int(value) for value in window.flatten())
    if width >= height:
        half = width // 2
        return Window(left, top, half, height), Window(left + half, top, width - half, height)
    half = height // 2
    return Window(left, top, width, half), Window(left, top + half, width, height - half)


def slices(part: Window, whole: Window) -> tuple[slice, slice]:
    """Rows and columns of `part` in an array that covers `whole`."""
    top, left = int(part.row_off - whole.row_off), int(part.col_off - whole.col_off)
    return slice(top, top + int(part.height)), slice(left, left + int(part.width))


def _applied(transform: Affine, xs: Doubles, ys: Doubles) -> tuple[Doubles, Doubles]:
    """An affine transform of arrays of coordinates."""
    return (
        transform.a * xs + transform.b * ys + transform.c,
        transform.d * xs + transform.e * ys + transform.f,
    )


def _reach(values: Doubles, known: Bools) -> tuple[int, int]:
    """Lowest and highest coordinate of a lattice, widened by how much it may bulge in between."""
    bends = [np.abs(np.diff(values, 2, axis=axis)) for axis in (0, 1)]
    finite = [bend[np.isfinite(bend)].max(initial=0) for bend in bends]
    bulge = math.ceil(max(finite) / 8)
    return math.floor(values[known].min()) - bulge, math.ceil(values[known].max()) + bulge
