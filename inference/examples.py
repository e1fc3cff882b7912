"""Changes like one that was pointed at: places in WGS 84 become examples on tiles of the pair.

Knows where pixels lie; not what a detector makes of an example.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from rasterio.windows import Window

from errors import InputError, OutsideSceneError
from inference.detectors.base import Detector, Example, Pointable
from inference.scoring import ScoringJob
from raster.align import PairReader, open_pair
from raster.aoi import AoiRaster
from raster.grid import Grid, lonlat_transformer
from raster.tiling import Tile, tiles

LonLat = tuple[float, float]
MOST = 20
"""Each example asks for a square to be looked at before the run begins."""


def require(detector: Detector, points: Sequence[LonLat]) -> None:
    """Nothing, if a detector can look for changes like those at these places.

    Raises:
        InputError: it takes no examples, there are too many, or one is no place on the Earth.
    """
    if points and not isinstance(detector, Pointable):
        msg = f"The detector {detector.CARD.name!r} cannot look for changes like one pointed at."
        raise InputError(msg, hint="Use the detector 'zero_shot_sam', or point at nothing.")
    if len(points) > MOST:
        msg = f"{len(points)} places were pointed at; the most are {MOST}."
        raise InputError(msg, hint="Point at fewer changes.")
    for lon, lat in points:
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            msg = f"{words((lon, lat))} is no longitude and latitude in degrees."
            raise InputError(msg, hint="Give the longitude first, then the latitude.")


def narrowed(
    job: ScoringJob, own: Grid, points: Sequence[LonLat], least_score: float
) -> ScoringJob:
    """The job that looks only for changes like those at the places; itself without a place.

    Args:
        job: what to score, in the pixels the detector wants.
        own: grid of the same ground in the pair's own pixels, of which `target` is a window.
        points: longitude and latitude of each place.
        least_score: from which on a pixel is called changed.

    Raises:
        OutsideSceneError: a place lies outside the area that is compared.
        InputError: nothing was observed or nothing changed at a place, or as `require`.
    """
    require(job.detector, points)
    if not points or not isinstance(job.detector, Pointable):
        return job
    area = AoiRaster(job.aoi, own)
    for point in points:
        row, col = _rowcol(own, point)
        if not _is_within(job.target, row, col) or not area.inside(Window(col, row, 1, 1)).all():
            msg = f"The place {words(point)} lies outside the area that is compared."
            hint = "Point at a change inside it; the longitude comes first, then the latitude."
            raise OutsideSceneError(msg, hint=hint)
    with open_pair(job.context) as reader:
        examples = [_example(job, reader, point) for point in points]
    return replace(job, params=job.detector.like_these(job.params, examples, least_score))


def words(point: LonLat) -> str:
    """A place for people: longitude and latitude to about a metre."""
    return f"{point[0]:.5f}, {point[1]:.5f}"


def _example(job: ScoringJob, reader: PairReader, point: LonLat) -> Example:
    grid, card = job.context.grid, job.detector.CARD
    # The other grid may end a part of a pixel earlier.
    row, col = (
        min(max(at, 0), side - 1) for at, side in zip(_rowcol(grid, point), grid.shape, strict=True)
    )
    tile = _tile(grid.shape, row, col, core_px=card.tile_px, halo_px=job.halo_px)
    block = replace(reader.read(tile.outer), core=tile.inner)
    row, col = row - int(tile.outer.row_off), col - int(tile.outer.col_off)
    if not (block.pre_valid[row, col] and block.post_valid[row, col]):
        msg = f"Nothing was observed at {words(point)} at one of the dates."
        raise InputError(msg, hint="Point at a change that both dates show.")
    return Example(block, row, col, words(point))


def _rowcol(grid: Grid, point: LonLat) -> tuple[int, int]:
    """The pixel of a place; -1, -1 where the CRS of the grid does not reach it."""
    x, y = lonlat_transformer(grid.crs).transform(*point, direction="INVERSE")
    if not (math.isfinite(x) and math.isfinite(y)):
        return -1, -1
    col, row = ~grid.transform @ (x, y)
    return math.floor(row), math.floor(col)


def _is_within(window: Window, row: int, col: int) -> bool:
    down, across = row - window.row_off, col - window.col_off
    return bool(0 <= down < window.height and 0 <= across < window.width)


def _tile(shape: tuple[int, int], row: int, col: int, *, core_px: int, halo_px: int) -> Tile:
    """The tile whose core holds a pixel."""
    cuts = tiles(shape, core_px=core_px, halo_px=halo_px)
    return next(tile for tile in cuts if _is_within(tile.core, row, col))
