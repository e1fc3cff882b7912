"""Pixels of a scene on any target grid, window by window: copied where grids agree, else warped.

One rule of validity for both ways, mosaics and shifts included. Knows nothing of pairs.
"""

import math
from collections import OrderedDict
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.windows import Window

from raster import mosaic
from raster.grid import Grid
from raster.native import Bools, Floats
from raster.opened import OpenFile
from raster.scene import Scene
from raster.warping import Route, clip, halves, slices

MAX_OPEN = 32
# Samples (pixels x bands) per warp: 64 MB of float32. Larger windows are cut.
MAX_SOURCE_SAMPLES = 16_000_000

Pixels = tuple[Floats, Bools]


class SceneReader:
    """Reads one scene on one target grid. Use one reader per thread, as a context manager."""

    def __init__(
        self,
        scene: Scene,
        grid: Grid,
        *,
        bands: tuple[tuple[int, ...], ...],
        shift_px: tuple[float, float] = (0.0, 0.0),
        is_preview: bool = False,
    ) -> None:
        """Prepare reading; nothing is opened before the first `read`.

        Args:
            scene: what to read.
            grid: target grid; windows are windows of it.
            bands: for each output band the 1-based bands of the file it is the mean of.
            shift_px: content lies this far right (+col) and down (+row) of where it belongs; the
                value at (col, row) is taken from (col + dx, row + dy). Whole pixels are copied.
            is_preview: for a look, not for measuring: coarse targets are read from overviews.
        """
        self._scene = scene
        moved = grid.transform @ Affine.translation(*shift_px)
        self._target = Grid(grid.crs, moved, grid.height, grid.width)
        self._bands = bands
        self._indexes = sorted({index for group in bands for index in group})
        self._is_preview = is_preview
        self._grids = scene.tile_grids or (scene.grid,)
        self._boxes: NDArray[np.float64] | None = None
        self._files: OrderedDict[int, tuple[OpenFile, Route]] = OrderedDict()

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every file."""
        while self._files:
            self._files.popitem()[1][0].close()

    def read(self, window: Window) -> Pixels:
        """Pixels of a window of whole pixels of the target grid; it may reach outside.

        Where tiles of a mosaic overlap, the first one that observed a pixel wins.

        Returns:
            Values (band, row, col) float32 in the units of the file, 0 where not observed, and
            the observed pixels (row, col).

        Raises:
            UnreadableRasterError: a file is damaged.
        """
        pixels: Pixels | None = None
        for position in self._touching(window):
            found = self._from_file(*self._file(position), window)
            if found is not None:
                pixels = found if pixels is None else _first_of(pixels, found)
            if pixels is not None and pixels[1].all():
                break
        data, valid = pixels or _nothing(len(self._indexes), window)
        return self._grouped(data), valid

    def _from_file(self, file: OpenFile, route: Route, window: Window) -> Pixels | None:
        """Pixels of one file on the whole window, or None where it has none."""
        if route.copy_offset is not None:
            return self._copied(file, route.copy_offset, window)
        needed = route.needed(window)
        if needed is None:
            return None
        samples = needed.width * needed.height * len(self._indexes)
        if samples > MAX_SOURCE_SAMPLES and max(window.width, window.height) > 1:
            return self._in_parts(file, route, window)
        values, seen = file.read(self._indexes, needed)
        if not seen.any():
            return None
        return route.warp(values, seen, file.grid.crop(needed), window)

    def _copied(self, file: OpenFile, offset: tuple[int, int], window: Window) -> Pixels | None:
        moved = Window(
            window.col_off + offset[0], window.row_off + offset[1], window.width, window.height
        )
        inside = clip(moved, file.grid.shape)
        if inside is None:
            return None
        found = file.read(self._indexes, inside)
        if (inside.width, inside.height) == (window.width, window.height):
            return found
        data, valid = _nothing(len(self._indexes), window)
        rows, cols = slices(inside, moved)
        data[:, rows, cols], valid[rows, cols] = found
        return data, valid

    def _in_parts(self, file: OpenFile, route: Route, window: Window) -> Pixels:
        """A window that needs too many source pixels at once, half by half."""
        data, valid = _nothing(len(self._indexes), window)
        for part in halves(window):
            found = self._from_file(file, route, part)
            if found is not None:
                rows, cols = slices(part, window)
                data[:, rows, cols], valid[rows, cols] = found
        return data, valid

    def _touching(self, window: Window) -> Sequence[int]:
        """Positions of the files that a window may touch."""
        if self._boxes is None:
            boxes = [mosaic.pixel_bounds(grid, self._target) for grid in self._grids]
            everywhere = (-math.inf, -math.inf, math.inf, math.inf)
            self._boxes = np.array([box or everywhere for box in boxes], dtype=np.float64)
        left, top, right, bottom = self._boxes.T
        hits = (left < window.col_off + window.width + 2) & (right > window.col_off - 2)
        hits &= (top < window.row_off + window.height + 2) & (bottom > window.row_off - 2)
        return [int(position) for position in np.flatnonzero(hits)]

    def _file(self, position: int) -> tuple[OpenFile, Route]:
        """The open file at a position and its way to the target; the longest unused is closed."""
        if position in self._files:
            self._files.move_to_end(position)
            return self._files[position]
        if len(self._files) >= MAX_OPEN:
            self._files.popitem(last=False)[1][0].close()
        grid = self._grids[position]
        file = OpenFile(
            self._scene.paths[position], self._scene.driver, grid, reduce_by=self._reduction(grid)
        )
        self._files[position] = file, Route(file.grid, self._target)
        return self._files[position]

    def _reduction(self, grid: Grid) -> int:
        """Whole source pixels per target pixel, for previews."""
        if not self._is_preview:
            return 1
        return max(math.floor(1 / max(Route(grid, self._target).scales)), 1)

    def _grouped(self, data: Floats) -> Floats:
        """Mean of each group of bands; no copy where every group is one band in file order."""
        places = {index: place for place, index in enumerate(self._indexes)}
        groups = [[places[index] for index in group] for group in self._bands]
        if groups == [[place] for place in range(len(data))]:
            return data
        return np.stack(
            [data[group[0]] if len(group) == 1 else data[group].mean(axis=0) for group in groups]
        )


def read_decimated(
    scene: Scene,
    grid: Grid,
    *,
    max_px: int,
    bands: tuple[tuple[int, ...], ...],
    shift_px: tuple[float, float] = (0.0, 0.0),
) -> Pixels:
    """The whole grid in at most `max_px` pixels along its longer side, for pictures.

    One pixel stands for n x n pixels of `grid`, n = ceil(longer side / max_px); the last row and
    column may reach outside.

    Reads overviews where there are some; otherwise every block, a part at a time.

    Args:
        scene: what to read.
        grid: target grid at full resolution.
        max_px: longest side of the result.
        bands: as for `SceneReader`.
        shift_px: as for `SceneReader`, in pixels of `grid`.

    Returns:
        Values (band, row, col) and observed pixels (row, col), as `SceneReader.read`.
    """
    by = max(math.ceil(max(grid.shape) / max_px), 1)
    coarse = Grid(
        grid.crs,
        grid.transform @ Affine.scale(by),
        math.ceil(grid.height / by),
        math.ceil(grid.width / by),
    )
    shift = (shift_px[0] / by, shift_px[1] / by)
    with SceneReader(scene, coarse, bands=bands, shift_px=shift, is_preview=True) as reader:
        return reader.read(coarse.window)


def preview(
    scene: Scene, *, max_px: int, bands: tuple[int, ...] | None = None
) -> tuple[Floats, Bools]:
    """The whole scene in at most `max_px` pixels along its longer side, on its own grid.

    Args:
        scene: what to read.
        max_px: longest side of the result; memory is bands x max_px x max_px x 4 bytes.
        bands: 1-based bands in the order wanted; all image bands without it.

    Returns:
        Values (band, row, col) and observed pixels (row, col), as `SceneReader.read`.
    """
    wanted = bands or tuple(band.index for band in scene.bands)
    groups = tuple((index,) for index in wanted)
    return read_decimated(scene, scene.grid, max_px=max_px, bands=groups)


def _nothing(bands: int, window: Window) -> Pixels:
    shape = (int(window.height), int(window.width))
    return np.zeros((bands, *shape), dtype=np.float32), np.zeros(shape, dtype=np.bool_)


def _first_of(first: Pixels, second: Pixels) -> Pixels:
    """Pixels of the first, and of the second where the first observed none."""
    (data, valid), (other, seen) = first, second
    missing = ~valid & seen
    data[:, missing] = other[:, missing]
    return data, valid | seen
