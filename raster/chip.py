"""Part of one scene as an 8-bit colour picture on a working grid: what segmenters and counters see.

The stretch is one for the whole scene, so that a thing looks alike in every chip. Knows no model.
"""

import math
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.windows import Window

from raster import reading, tiling
from raster.grid import ELLIPSOID, Grid, lonlat_transformer
from raster.native import Floats
from raster.reading import SceneReader
from raster.scene import Band, Scene
from raster.stretch import COLOURS, Stretch, display_bands, joint

NOT_SQUARE = 1.25
"""Sides of a pixel may differ by less than this; beyond, things would look squashed to a model."""
MAX_ENLARGEMENT = 4
"""Enlarging a coarse scene further shows a model nothing but blur, in sixteen times the pixels."""
SAMPLE_PX = 1024
BLOCK_PX = 256
MAX_BLOCKS = 16


@dataclass(frozen=True)
class Chip:
    """A picture of a part of the ground.

    Attributes:
        image: (3, row, col) uint8, red, green, blue; 128 where not observed.
        valid: (row, col) observed pixels.
        grid: where it lies.
    """

    image: NDArray[np.uint8]
    valid: NDArray[np.bool_]
    grid: Grid


def working_grid(grid: Grid, gsd_range_m: tuple[float, float]) -> Grid:
    """A grid over the same ground whose GSD lies within a range: the grid itself if its GSD does.

    Otherwise pixels are a whole number of times larger or smaller. Pixels far from square on the
    ground, as geographic ones are away from the equator, become square. A scene coarser than
    four times the range stays coarser than the range.
    """
    low_m, high_m = gsd_range_m
    across_m, down_m = pixel_sides_m(grid)
    if max(across_m, down_m) >= NOT_SQUARE * min(across_m, down_m):
        side_m = min(max(grid.gsd_m, low_m), max(high_m, grid.gsd_m / MAX_ENLARGEMENT))
        return scaled(grid, side_m / across_m, side_m / down_m)
    # A hair of tolerance: 0.1999 m is as good as 0.2 m.
    if grid.gsd_m < 0.99 * low_m:
        by = math.ceil(0.99 * low_m / grid.gsd_m)
        return scaled(grid, by, by)
    if grid.gsd_m > 1.01 * high_m:
        by = min(math.ceil(grid.gsd_m / (1.01 * high_m)), MAX_ENLARGEMENT)
        return scaled(grid, 1 / by, 1 / by)
    return grid


def coarser(grid: Grid, by: int) -> Grid:
    """The same ground in pixels `by` times as large; the last row and column may reach outside."""
    return grid if by == 1 else scaled(grid, by, by)


def pixel_sides_m(grid: Grid) -> tuple[float, float]:
    """Ground width and height of the centre pixel in metres, along its own sides."""
    row, col = grid.height / 2, grid.width / 2
    ends = [(col - 0.5, row), (col + 0.5, row), (col, row - 0.5), (col, row + 0.5)]
    xs, ys = zip(*(grid.transform @ end for end in ends), strict=True)
    lon, lat = lonlat_transformer(grid.crs).transform(xs, ys)
    across_m = ELLIPSOID.inv(lon[0], lat[0], lon[1], lat[1])[2]
    down_m = ELLIPSOID.inv(lon[2], lat[2], lon[3], lat[3])[2]
    return float(across_m), float(down_m)


def stretch_of(scene: Scene, *others: Scene) -> Stretch:
    """One stretch for all chips of a scene, or of several to be compared.

    2nd to 98th percentile of each colour over all scenes; grey where one of them has no colours.
    Cost: one bounded look at each scene.
    """
    scenes = (scene, *others)
    is_colour = all(len(display_bands(one.bands)) == COLOURS for one in scenes)
    samples = [_sampled(one, _groups(one, is_colour=is_colour)) for one in scenes]
    rest = samples[1:] or [samples[0][:, :0]]
    # Already in the order shown, so one position each: the words `display_bands` finds them by.
    shown = [Band(place + 1, "") for place in range(len(samples[0]))]
    return joint(samples[0], np.concatenate(rest, axis=1), shown, scene.sensor)


class ChipReader:
    """Reads chips of one scene on one grid. Use one per thread, as a context manager."""

    def __init__(
        self,
        scene: Scene,
        grid: Grid,
        stretch: Stretch,
        *,
        shift_px: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Prepare reading; nothing is opened before the first `read`.

        Args:
            scene: what to read.
            grid: working grid; windows are windows of it.
            stretch: from `stretch_of` this scene, perhaps with others.
            shift_px: content lies this far right and down of where it belongs, in pixels of
                `grid`; as for `SceneReader`.
        """
        self._grid = grid
        self._stretch = stretch
        # Chips are looked at, never measured: overviews serve coarse grids.
        self._reader = SceneReader(
            scene,
            grid,
            bands=_groups(scene, is_colour=len(stretch.low) == COLOURS),
            shift_px=shift_px,
            is_preview=True,
        )

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
        self._reader.__exit__(kind, error, trace)

    def read(self, window: Window) -> Chip:
        """The chip of a window of whole pixels; outside the scene, where it may reach, not valid.

        Raises:
            UnreadableRasterError: a file is damaged.
        """
        values, valid = self._reader.read(window)
        picture = self._stretch.apply(values, valid).transpose(2, 0, 1)
        return Chip(np.ascontiguousarray(picture), valid, self._grid.crop(window))


def scaled(grid: Grid, across: float, down: float) -> Grid:
    """The same ground in pixels that many times as wide and as high.

    The last row and column may reach outside.
    """
    transform = grid.transform @ Affine.scale(across, down)
    # Ten digits: 3 * (1 / 3) must not need a fourth pixel.
    height, width = (
        math.ceil(round(side / by, 10)) for side, by in zip(grid.shape, (down, across), strict=True)
    )
    return Grid(grid.crs, transform, height, width)


def _display(scene: Scene) -> tuple[Band, ...]:
    """The bands of a scene shown as red, green, blue; or the one shown in grey."""
    return tuple(scene.bands[position] for position in display_bands(scene.bands))


def _groups(scene: Scene, *, is_colour: bool) -> tuple[tuple[int, ...], ...]:
    """Which bands of the file make each band of a chip: one each, or their mean in grey."""
    indexes = tuple(band.index for band in _display(scene))
    if not is_colour:
        return (indexes,)
    return tuple((index,) for index in indexes)


def _sampled(scene: Scene, groups: tuple[tuple[int, ...], ...]) -> Floats:
    """Observed pixels (band, n) from all over a scene, at a bounded cost."""
    grid = scene.grid
    if not scene.has_overviews and grid.height * grid.width > 4 * SAMPLE_PX**2:
        windows = tiling.spread(grid.shape, block_px=BLOCK_PX, max_blocks=MAX_BLOCKS)
        with SceneReader(scene, grid, bands=groups) as reader:
            blocks = [values[:, valid] for values, valid in map(reader.read, windows)]
        pixels = np.concatenate(blocks, axis=1)
        # Blocks of a sparse scene may all have met nodata.
        if pixels.shape[1] >= BLOCK_PX**2:
            return pixels
    values, valid = reading.read_decimated(scene, grid, max_px=SAMPLE_PX, bands=groups)
    return values[:, valid]
