"""Codes and scores for a map at any zoom, reduced so that no change, however small, disappears.

The overviews inside the files keep the commonest code or the mean, which loses single pixels; here
the highest value of a block survives. Knows nothing of colours.
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.windows import Window

from raster import gdal
from raster.grid import Grid
from raster.levels import period_of
from raster.shelf import Stamp, stamp
from raster.web_tile import MERCATOR

Ranks = NDArray[np.uint8]
Doubles = NDArray[np.float64]
Ranking = Callable[[NDArray[Any]], Ranks]

# Pixels of the copy kept in memory; below it, a map tile reads at most 4 million pixels.
KEPT_PX = 8_000_000
KEPT_COPIES = 8
STRIP_PX = 16_000_000
# With blocks this much smaller than a map pixel, however turned, none falls between two samples.
APART = 1.4
# From here on a map pixel may step over a pixel of the file.
COARSER = 0.9
LATTICE = 33


@dataclass(frozen=True)
class _Copy:
    """A whole raster reduced to the highest rank of every `step` x `step` pixels."""

    step: int
    ranks: Ranks


_copies: dict[tuple[Path, Stamp, Ranking], _Copy] = {}
_making = threading.Lock()


class Peaks:
    """One raster of codes or scores, open for the thread that made it."""

    def __init__(self, path: Path, rank: Ranking) -> None:
        """Open it.

        Args:
            path: one-band GeoTIFF.
            rank: gives each value a rank 0..255; of several pixels the highest rank is shown.

        Raises:
            UnreadableRasterError: it cannot be opened.
        """
        self._path, self._rank = path, rank
        self._dataset = gdal.open_dataset(path, gdal.TIFF)
        self._grid = Grid(self._dataset.crs, self._dataset.transform, *self._dataset.shape)
        self._to_crs = Transformer.from_crs(
            MERCATOR.to_wkt(), self._grid.crs.to_wkt(), always_xy=True
        )

    def read(self, grid: Grid) -> tuple[Ranks, NDArray[np.bool_]]:
        """Ranks (row, col) on a Mercator grid, and which of its pixels lie on the raster.

        Raises:
            UnreadableRasterError: a block is damaged.
        """
        cols, rows, wanted = self._places(grid)
        inside = (cols >= 0) & (cols < self._grid.width) & (rows >= 0) & (rows < self._grid.height)
        if not inside.any():
            return np.zeros(grid.shape, np.uint8), inside
        block = max(math.ceil(wanted / APART), 1)
        with gdal.translating(self._path):
            ranks, step, left, top = self._reduced(cols[inside], rows[inside], block)
        if wanted > COARSER:
            # Each block becomes the highest of itself and those above and left of it.
            ranks = np.asarray(cv2.dilate(ranks, np.ones((2, 2), np.uint8)), np.uint8)
        shift = 0.5 if wanted > COARSER else 0.0
        at_row, at_col = (
            np.clip(np.floor(at / step + shift).astype(np.int64) - first, 0, length - 1)
            for at, first, length in ((rows, top, ranks.shape[0]), (cols, left, ranks.shape[1]))
        )
        return ranks[at_row, at_col], inside

    def close(self) -> None:
        """Close the file."""
        self._dataset.close()

    def _places(self, grid: Grid) -> tuple[Doubles, Doubles, float]:
        """Columns and rows of the raster at every pixel's centre, and how far apart they are.

        Exact on a lattice of 33 x 33 points and linear in between.
        """
        at = np.linspace(0, 1, LATTICE)
        xs, ys = np.meshgrid(at * grid.width, at * grid.height)
        step = grid.transform
        xs, ys = self._to_crs.transform(step.a * xs + step.c, step.e * ys + step.f)
        xs, ys = (np.where(np.isfinite(values), values, np.nan) for values in (xs, ys))
        period = period_of(self._grid.crs)
        xs = xs if period is None else np.unwrap(xs, axis=1, period=period)
        back = ~self._grid.transform
        cols, rows = back.a * xs + back.b * ys + back.c, back.d * xs + back.e * ys + back.f
        wanted = _spacing(cols, rows) * (LATTICE - 1) / grid.width
        cols, rows = (_spread(values, grid.shape) for values in (cols, rows))
        if period is not None and back.b == 0:
            cols = np.mod(cols, period * back.a)
        return cols, rows, wanted

    def _reduced(self, cols: Doubles, rows: Doubles, block: int) -> tuple[Ranks, int, int, int]:
        """Highest ranks of blocks around places: ranks, block size, first block column and row."""
        copy = self._copy()
        by = max(block // copy.step, 1)
        step = copy.step * by if block >= copy.step else block
        first_col, first_row = (max(int(v.min()) // step - 1, 0) for v in (cols, rows))
        last_col, last_row = (int(v.max()) // step + 2 for v in (cols, rows))
        if block >= copy.step:
            part = copy.ranks[first_row * by : last_row * by, first_col * by : last_col * by]
            return _blocks_max(part, by), step, first_col, first_row
        left, top = first_col * step, first_row * step
        width = min(last_col * step, self._grid.width) - left
        height = min(last_row * step, self._grid.height) - top
        part = self._rank(self._dataset.read(1, window=Window(left, top, width, height)))
        return _blocks_max(part, step), step, first_col, first_row

    def _copy(self) -> _Copy:
        """The small copy in memory, shared by all threads and made by the first that needs it."""
        key = self._path, stamp(self._path), self._rank
        found = _copies.get(key)
        if found is not None:
            return found
        with _making:
            if key not in _copies:
                _copies[key] = self._make_copy()
                for oldest in list(_copies)[:-KEPT_COPIES]:
                    del _copies[oldest]
            return _copies[key]

    def _make_copy(self) -> _Copy:
        height, width = self._grid.shape
        step = max(math.ceil(math.sqrt(height * width / KEPT_PX)), 1)
        high = max(STRIP_PX // width // step, 1) * step
        strips = [
            _blocks_max(
                self._rank(
                    self._dataset.read(1, window=Window(0, top, width, min(high, height - top)))
                ),
                step,
            )
            for top in range(0, height, high)
        ]
        return _Copy(step, np.concatenate(strips))


def _spacing(cols: Doubles, rows: Doubles) -> float:
    """Typical distance of neighbours of a lattice, in pixels of the raster."""
    across = np.hypot(np.diff(cols, axis=1), np.diff(rows, axis=1))
    down = np.hypot(np.diff(cols, axis=0), np.diff(rows, axis=0))
    known = [float(np.median(steps[np.isfinite(steps)])) for steps in (across, down)
             if np.isfinite(steps).any()]  # fmt: skip
    return max(known, default=1.0)


def _spread(lattice: Doubles, shape: tuple[int, int]) -> Doubles:
    """Values at pixel centres by bilinear interpolation of a lattice over all pixels."""
    known = np.nan_to_num(lattice, nan=-1e12, posinf=-1e12, neginf=-1e12)
    down, across = (_weights(length) for length in shape)
    return np.asarray(down @ known @ across.T)


def _weights(length: int) -> Doubles:
    """(length, LATTICE) shares of the lattice points in each pixel centre."""
    at = (np.arange(length) + 0.5) / length * (LATTICE - 1)
    return np.asarray(np.maximum(1 - np.abs(at[:, None] - np.arange(LATTICE)), 0))


def _blocks_max(values: Ranks, by: int) -> Ranks:
    """The highest value of every `by` x `by` block; the last ones may be cut."""
    if by == 1:
        return np.ascontiguousarray(values)
    rows = np.maximum.reduceat(values, np.arange(0, values.shape[0], by), axis=0)
    return np.asarray(np.maximum.reduceat(rows, np.arange(0, values.shape[1], by), axis=1))
