"""Tiles of one sensor in a folder, taken as one image without being copied.

Knows nothing of pixel values.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from affine import Affine
from rasterio.warp import transform_bounds

from errors import UnreadableRasterError
from raster import gdal, probe
from raster.findings import Finding
from raster.grid import Grid
from raster.text import clean

if TYPE_CHECKING:
    from raster.inspection import Inspection

MAX_TILES = 5000
SAME_GSD = 0.01
EDGE_POINTS = 21


def tile_paths(folder: Path) -> list[Path]:
    """The raster files of a folder by name; hidden and other files are left out.

    Raises:
        UnreadableRasterError: there is none, or there are more than 5000.
    """
    found = sorted(path for path in folder.iterdir() if path.is_file() and _is_raster(path))
    if not found:
        msg = f"The folder {clean(folder.name)!r} holds no GeoTIFF, JPEG 2000 or ENVI raster."
        raise UnreadableRasterError(msg, hint="Give a raster file, or a folder of tiles.")
    if len(found) > MAX_TILES:
        msg = (
            f"The folder {clean(folder.name)!r} holds {len(found)} tiles; the limit is {MAX_TILES}."
        )
        raise UnreadableRasterError(
            msg, hint="Merge the tiles first, e.g. with gdalbuildvrt and COG."
        )
    return found


def check_alike(folder: Path, tiles: Sequence["Inspection"]) -> None:
    """Refuse tiles whose bands or type differ from the first tile's.

    Raises:
        UnreadableRasterError: naming the first tile that differs.
    """
    first = tiles[0]
    for tile in tiles[1:]:
        if _kind(tile) != _kind(first):
            msg = (
                f"The tiles in {clean(folder.name)!r} are not of one sensor: "
                f"{clean(tile.path.name)!r} has {_words(tile)}, "
                f"{clean(first.path.name)!r} has {_words(first)}."
            )
            raise UnreadableRasterError(
                msg, hint="Keep the tiles of one date and sensor per folder."
            )


def union(grids: Sequence[Grid], name: str) -> Grid:
    """The grid of all tiles: CRS, pixel size and lattice of the first.

    Raises:
        UnreadableRasterError: a tile cannot be placed in the CRS of the first.
        TooManyPixelsError: the tiles lie so far apart that the union is too large.
    """
    first = grids[0]
    boxes = [pixel_bounds(grid, first) for grid in grids]
    if any(box is None for box in boxes):
        msg = f"A tile of {name!r} cannot be placed in the CRS of the first tile."
        raise UnreadableRasterError(msg, hint="Convert the tiles to one CRS.")
    lefts, tops, rights, bottoms = zip(*(box for box in boxes if box), strict=True)
    left, top = _floor(min(lefts)), _floor(min(tops))
    width, height = -_floor(-max(rights)) - left, -_floor(-max(bottoms)) - top
    probe.check_pixels(height, width, 1, name)
    return Grid(first.crs, first.transform @ Affine.translation(left, top), height, width)


def pixel_bounds(grid: Grid, on: Grid) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom of `grid` in pixels of the north-up grid `on`; None if unknown."""
    bounds = grid.bounds
    if grid.crs != on.crs:
        try:
            bounds = transform_bounds(grid.crs, on.crs, *bounds, densify_pts=EDGE_POINTS)
        except gdal.FAILURES:
            return None
    west, south, east, north = bounds
    left, top = ~on.transform @ (west, north)
    right, bottom = ~on.transform @ (east, south)
    return (
        (left, top, right, bottom) if all(map(math.isfinite, (left, top, right, bottom))) else None
    )


def findings(grids: Sequence[Grid]) -> list[Finding]:
    """Tiles that must be resampled because their CRS or ground size differs from the first's."""
    first, found = grids[0], []
    other_crs = sum(grid.crs != first.crs for grid in grids)
    if other_crs:
        found.append(_resampled("mosaic_crs", "another CRS", other_crs))
    other_gsd = sum(abs(grid.gsd_m / first.gsd_m - 1) > SAME_GSD for grid in grids)
    if other_gsd:
        found.append(_resampled("mosaic_gsd", "another ground size", other_gsd))
    return found


def _resampled(code: str, what: str, count: int) -> Finding:
    message = f"{count} tiles have {what} than the first tile and are resampled to it."
    return Finding(code, "info", message, value=float(count), unit="1")


def _is_raster(path: Path) -> bool:
    if path.name.startswith(".") or path.suffix.lower() == ".hdr":
        return False
    driver = gdal.DRIVER_BY_SUFFIX.get(path.suffix.lower())
    if driver is None:
        return gdal.header_of(path) is not None
    return driver not in gdal.PICTURE_DRIVERS


def _kind(tile: "Inspection") -> tuple[int, str]:
    return len(tile.labels), tile.dtype


def _words(tile: "Inspection") -> str:
    return f"{len(tile.labels)} bands of {tile.dtype}"


def _floor(value: float) -> int:
    """Floor that forgives a hundredth of a pixel, so that tiles of one lattice stay on it."""
    return math.floor(value + 0.01)
