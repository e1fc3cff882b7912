"""`mask.tif`: the id of the thing at every pixel, on the part of the scene's grid that has things.

Knows nothing of how things are found.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from raster.tiling import tiles

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from rasterio.windows import Window

    from analysis.outlined import Outlined
    from analysis.things import Thing
    from raster.instances import Instance

FILE_NAME = "mask.tif"
MEDIA_TYPE = "image/tiff; application=geotiff; profile=cloud-optimized"
NOTHING = 0
TILE_PX = 2048


def write(outlined: Outlined, path: Path) -> None:
    """Write the ids as a cloud-optimised GeoTIFF of 32 bits, 0 where there is no thing.

    Where things overlap the smaller one is on top. Memory is bounded by one tile.

    Raises:
        ExportError: the folder cannot be written, or the disk is full.
    """
    import rasterio

    from raster import gdal, writing

    window = extent(outlined)
    grid = outlined.grid.crop(window)
    with tempfile.TemporaryDirectory(prefix=".mask-", dir=path.parent) as folder:
        working = Path(folder) / "ids.tif"
        profile = writing.working_profile(grid, "uint32", NOTHING) | {"sparse_ok": True}
        with gdal.environment(), rasterio.open(working, "w", **profile) as out:
            for tile in tiles(grid.shape, core_px=TILE_PX, halo_px=0):
                ids = _painted(outlined, tile.core, window)
                if ids.any():
                    out.write(ids, 1, window=tile.core)
        tags = {"CONTENT": "ids of things", "GROUNDSHIFT_RUN": str(outlined.run["id"])}
        writing.write_cog(working, path, nodata=NOTHING, overview_resampling="nearest", tags=tags)


def extent(outlined: Outlined) -> Window:
    """The smallest window of the scene's grid that holds all things; one pixel without any."""
    from rasterio.windows import Window

    if not outlined.instances:
        return Window(0, 0, 1, 1)
    tops, lefts = zip(*((one.top, one.left) for one in outlined.instances), strict=True)
    bottom = max(one.top + one.mask.shape[0] for one in outlined.instances)
    right = max(one.left + one.mask.shape[1] for one in outlined.instances)
    return Window(min(lefts), min(tops), right - min(lefts), bottom - min(tops))


def _painted(outlined: Outlined, core: Window, window: Window) -> NDArray[np.uint32]:
    """Ids (row, col) of a tile of the window."""
    ids = np.zeros((int(core.height), int(core.width)), np.uint32)
    top, left = int(core.row_off + window.row_off), int(core.col_off + window.col_off)
    for thing, instance in outlined.by_size:
        _paint(ids, thing, instance, (top, left))
    return ids


def _paint(
    ids: NDArray[np.uint32], thing: Thing, instance: Instance, corner: tuple[int, int]
) -> None:
    """Set the pixels of one thing in a tile whose first pixel is `corner` of the grid."""
    rows, in_rows = _shared(instance.top - corner[0], instance.mask.shape[0], ids.shape[0])
    cols, in_cols = _shared(instance.left - corner[1], instance.mask.shape[1], ids.shape[1])
    ids[rows, cols][instance.mask[in_rows, in_cols]] = thing.id


def _shared(start: int, length: int, size: int) -> tuple[slice, slice]:
    """The part of a stretch inside 0..size: as places of the whole, and of the stretch."""
    first = min(max(start, 0), size)
    last = max(min(start + length, size), first)
    return slice(first, last), slice(first - start, last - start)
