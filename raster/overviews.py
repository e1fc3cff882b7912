"""Reduced copies of a scene in a file of their own, so that a map can show it at any zoom.

Written only where the originals have none, or are slow to read piece by piece; never into the
originals. Knows nothing of maps.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Interleaving, MaskFlags, Resampling
from rasterio.windows import Window

import settings
from errors import ExportError
from progress import Watcher
from raster import gdal
from raster.grid import Grid
from raster.native import Bools, Floats
from raster.opened import OpenFile, reduced
from raster.reading import SceneReader
from raster.scene import Scene
from raster.text import clean
from raster.writing import BLOCK_PX, WORKING_LEVEL, WRITE_FAILURES

# A scene this small is read whole for a map tile in less time than a tile may take.
SMALL_PX = 1024
# Bytes to decode for a window of 512 x 512 pixels; more takes longer than a tile may take.
SLOW_BYTES = 64 * 2**20
# Samples (pixels x bands) worked on at a time: 64 MB of float32.
MAX_SAMPLES = 16_000_000
MAX_BANDS = 16
# Up to four bands are shown together; of more, a picture needs three.
MAX_TOGETHER = 4
# Share of the time after which the largest copy is written.
COPIED = 0.7


class Source(Protocol):
    """What windows of the largest copy are read from."""

    def read(self, indexes: Sequence[int], window: Window, /) -> tuple[Floats, Bools]:
        """Values (band, row, col) and observed pixels (row, col)."""


def needed_step(scene: Scene) -> int:
    """Source pixels along a side of one pixel of the largest copy that a map needs.

    0 where the originals do well alone, 1 where they are slow to read piece by piece, else 2.
    """
    if any(_is_slow(path, scene.driver) for path in scene.paths):
        return 1
    if len(scene.paths) > 1:
        return 2
    with closing(gdal.open_dataset(scene.paths[0], scene.driver)) as dataset:
        coarsest = max([1, *dataset.overviews(1)])
    return 2 if max(scene.grid.shape) / coarsest > SMALL_PX else 0


def _is_slow(path: Path, driver: str) -> bool:
    """Whether a small window costs much: JPEG 2000, control points, or huge blocks."""
    with closing(gdal.open_dataset(path, driver)) as dataset:
        rows, cols = dataset.block_shapes[0]
        bands = dataset.count if dataset.interleaving == Interleaving.pixel else 3
        decoded_px = min(rows + 512, dataset.height) * min(cols + 512, dataset.width)
        decoded_bytes = decoded_px * bands * np.dtype(dataset.dtypes[0]).itemsize
        has_points_only = dataset.transform.is_identity
    return driver == gdal.JPEG2000 or has_points_only or decoded_bytes > SLOW_BYTES


def build(scene: Scene, path: Path, *, step: int, watcher: Watcher) -> Scene:
    """Write the copies to `path`; gives the scene that reads them in place of the originals.

    The largest has 1/`step` of the source's pixels along a side, every further one half as many.
    Type and bands are those of the source; what was not observed becomes a mask. Bounded memory;
    every pixel is read once.

    Raises:
        CancelledError: the watcher asked to stop; `path` may be left incomplete.
        UnreadableRasterError: a block of the source is damaged.
        ExportError: the copies cannot be written.
    """
    with _opened(scene, step) as source:
        grid = source.grid if isinstance(source, OpenFile) else reduced(scene.grid, step)
        with _writing(path):
            _copy(source, scene, grid, path, watcher.part(0.0, COPIED))
    watcher.step(COPIED, "Making reduced copies")
    with _writing(path):
        _halve(path, grid)
    return replace(
        scene,
        paths=(path,),
        driver=gdal.TIFF,
        grid=reduced(scene.grid, step),
        bands=tuple(replace(band, index=place) for place, band in enumerate(scene.bands, 1)),
        nodata=None,
        tile_grids=(),
        has_overviews=True,
    )


class _Mosaic:
    """The tiles of a scene on a reduced grid, for any of their bands."""

    def __init__(self, scene: Scene, grid: Grid) -> None:
        self._scene, self._grid = scene, grid
        self._reader: tuple[tuple[int, ...], SceneReader] | None = None

    def read(self, indexes: Sequence[int], window: Window) -> tuple[Floats, Bools]:
        """As `Source.read`; the files stay open while the same bands are asked for."""
        wanted = tuple(indexes)
        if self._reader is None or self._reader[0] != wanted:
            self.close()
            groups = tuple((index,) for index in wanted)
            self._reader = (
                wanted,
                SceneReader(self._scene, self._grid, bands=groups, is_preview=True),
            )
        return self._reader[1].read(window)

    def close(self) -> None:
        """Close every file."""
        if self._reader is not None:
            self._reader[1].__exit__(None, None, None)


def _opened(scene: Scene, step: int) -> AbstractContextManager["OpenFile | _Mosaic"]:
    if len(scene.paths) == 1:
        return closing(OpenFile(scene.paths[0], scene.driver, scene.grid, reduce_by=step))
    return closing(_Mosaic(scene, reduced(scene.grid, step)))


def _copy(source: Source, scene: Scene, grid: Grid, path: Path, watcher: Watcher) -> None:
    """Write the largest copy, and a mask where a pixel may be missing."""
    profile = _profile(scene, grid)
    indexes = [band.index for band in scene.bands]
    groups = [indexes[at : at + MAX_BANDS] for at in range(0, len(indexes), MAX_BANDS)]
    windows, may_miss = list(_windows(grid, len(groups[0]))), _may_miss(scene)
    with (
        gdal.environment(scene.driver),
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(path, "w", **profile) as out,
    ):
        for number, group in enumerate(groups):
            places = [indexes.index(index) + 1 for index in group]
            for done, window in enumerate(windows):
                share = (number + done / len(windows)) / len(groups)
                watcher.step(share, "Making reduced copies")
                values, seen = source.read(group, window)
                out.write(_as_type(values, scene.dtype), places, window=window)
                if number == 0 and may_miss:
                    out.write_mask(seen, window=window)


def _may_miss(scene: Scene) -> bool:
    """Whether a pixel of the scene can be unobserved, by the header."""
    if len(scene.paths) > 1 or np.dtype(scene.dtype).kind == "f":
        return True
    with closing(gdal.open_dataset(scene.paths[0], scene.driver)) as dataset:
        is_complete = MaskFlags.all_valid in dataset.mask_flag_enums[scene.bands[0].index - 1]
        return not is_complete or dataset.transform.is_identity


def _halve(path: Path, grid: Grid) -> None:
    """Write every further copy into the file, down to about a block."""
    factors = [2**power for power in range(1, 32) if max(grid.shape) / 2**power >= BLOCK_PX / 4]
    options = {"GDAL_NUM_THREADS": settings.load().threads, "GDAL_TIFF_OVR_BLOCKSIZE": BLOCK_PX}
    with gdal.environment(), rasterio.Env(**options):
        with rasterio.open(path, "r+", driver=gdal.TIFF) as dataset:
            dataset.build_overviews(factors, Resampling.average)
        # GDAL may notice a full disk only when it closes a file.
        with rasterio.open(path, driver=gdal.TIFF) as dataset:
            *_others, (_block, last) = dataset.block_windows(1)
            dataset.read(1, window=last)


def _profile(scene: Scene, grid: Grid) -> dict[str, Any]:
    count = len(scene.bands)
    return {
        "driver": gdal.TIFF,
        "crs": grid.crs,
        "transform": grid.transform,
        "height": grid.height,
        "width": grid.width,
        "count": count,
        "dtype": scene.dtype,
        "tiled": True,
        "blockxsize": BLOCK_PX,
        "blockysize": BLOCK_PX,
        "interleave": "pixel" if count <= MAX_TOGETHER else "band",
        "photometric": "minisblack",
        "compress": "zstd",
        "zstd_level": WORKING_LEVEL,
        "bigtiff": "IF_SAFER",
    }


def _windows(grid: Grid, bands: int) -> Iterator[Window]:
    """Windows of whole blocks that cover the grid once, row by row, of bounded size."""
    wide = max(MAX_SAMPLES // (bands * BLOCK_PX * BLOCK_PX), 1) * BLOCK_PX
    for top in range(0, grid.height, BLOCK_PX):
        for left in range(0, grid.width, wide):
            yield Window(left, top, min(wide, grid.width - left), min(BLOCK_PX, grid.height - top))


def _as_type(values: Floats, dtype: str) -> NDArray[Any]:
    """Averages in the type of the source, rounded where that is whole numbers."""
    if np.dtype(dtype).kind == "f":
        return values.astype(dtype, copy=False)
    limits = np.iinfo(dtype)
    return np.clip(np.rint(values), limits.min, limits.max).astype(dtype)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn what a full or closed disk makes the libraries raise into an error of ours.

    Raises:
        ExportError: naming the folder.
    """
    try:
        yield
    except WRITE_FAILURES as error:
        msg = f"Reduced copies could not be written to {clean(str(path.parent))!r}."
        hint = "Check that the folder can be written and that the disk is not full."
        raise ExportError(msg, hint=hint) from error
