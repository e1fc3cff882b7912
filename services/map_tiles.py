"""Pictures of 256 x 256 pixels for a web map: scenes, masks and scores in the style of a token.

Reads reduced copies through GDAL's warper, as rio-tiler (BSD-3-Clause) taught, but by this
project's one rule of what was observed. Knows nothing of users.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rio_tiler.colormap import cmap

from errors import NotFoundError
from exports.page import colors
from raster import gdal, levels, peaks, shelf
from raster.levels import Levels, Pixels
from raster.peaks import Peaks
from raster.web_tile import WebTile
from services import scene_facts, tile_paint
from services.ingest import PYRAMID
from services.scene_facts import Prepared
from services.tile_paint import EMPTY, TilePicture

__all__ = ["EMPTY", "TilePicture", "mask_tile", "scene_tile", "score_tile", "version"]

Style = Mapping[str, Any]

# More tiles of a mosaic than this in one picture are read from their common reduced copy.
MAX_FILES = 12


def scene_tile(folder: Path, style: Style, z: int, x: int, y: int) -> TilePicture:
    """A map tile of the scene prepared in `folder`; clear where nothing was observed.

    Args:
        folder: where `services.ingest` put the scene.
        style: from `services.display.style_of`.
        z: zoom.
        x: column of the tile at this zoom.
        y: row.

    Raises:
        InputError: there is no such tile.
        NotFoundError: the scene is not prepared, or was deleted.
        UnreadableRasterError: a block of the scene is damaged.
    """
    tile = WebTile(z, x, y)
    with gdal.environment(), _missing_is_not_found():
        prepared = _prepared(folder, shelf.stamp(folder / scene_facts.FILE_NAME))
        if not tile.meets(prepared.facts.bounds_wgs84):
            return EMPTY
        values, seen = _scene_pixels(prepared, folder, tuple(style["bands"]), tile)
    if not seen.any():
        return EMPTY
    if style["show"] == "index":
        table = _table(style["map"])
        return tile_paint.imagery(tile_paint.normalised_difference(values, style, table), seen)
    return tile_paint.imagery(tile_paint.stretched(values, style), seen)


def mask_tile(path: Path, style: Style, z: int, x: int, y: int) -> TilePicture:
    """A map tile of class codes: changes in their colours at every zoom, however small.

    Unchanged ground is clear, what was not assessed is hatched.

    Args:
        path: GeoTIFF of class codes, as a result's `mask.tif`.
        style: `{"colors": {"1": "#rrggbb", ...}}`, and `opacity` (0..1) if it is not 1.
        z: zoom.
        x: column of the tile at this zoom.
        y: row.

    Raises:
        InputError: there is no such tile.
        NotFoundError: there is no such mask.
        UnreadableRasterError: a block of it is damaged.
    """
    shown = {int(code): colors.rgb(color) for code, color in style["colors"].items()}
    paint = partial(tile_paint.painted_codes, colors=shown)
    return _codes_tile(path, style, WebTile(z, x, y), tile_paint.ranks_of_codes, paint)


def score_tile(path: Path, style: Style, z: int, x: int, y: int) -> TilePicture:
    """A map tile of scores, the highest of each map pixel; not assessed ground is hatched.

    Args:
        path: GeoTIFF of scores 0..1, as a result's `score.tif`.
        style: `{"map": "magma"}`, a `threshold` below which nothing is drawn, and `opacity`.
        z: zoom.
        x: column of the tile at this zoom.
        y: row.

    Raises:
        InputError: there is no such tile.
        NotFoundError: there are no such scores.
        UnreadableRasterError: a block of them is damaged.
    """
    table, least = _table(style.get("map", "magma")), style.get("threshold")
    paint = partial(tile_paint.painted_scores, table=table, threshold=least)
    return _codes_tile(path, style, WebTile(z, x, y), tile_paint.ranks_of_scores, paint)


def version(path: Path) -> str:
    """Words that change whenever a tile of `path` (a scene's folder, or a file) may look different.

    Raises:
        NotFoundError: there is no such scene or file.
    """
    with _missing_is_not_found():
        return repr(shelf.stamp(path / scene_facts.FILE_NAME if path.is_dir() else path))


def _codes_tile(
    path: Path,
    style: Style,
    tile: WebTile,
    rank: peaks.Ranking,
    paint: Callable[[peaks.Ranks, NDArray[np.bool_]], tile_paint.Picture],
) -> TilePicture:
    with gdal.environment(), _missing_is_not_found():
        ranks, inside = shelf.take(Peaks, path, lambda: Peaks(path, rank)).read(tile.grid)
    if not inside.any():
        return EMPTY
    rgba = tile_paint.faded(paint(ranks, inside), float(style.get("opacity", 1.0)))
    return tile_paint.encoded(rgba) if rgba[:, :, 3].any() else EMPTY


def _scene_pixels(
    prepared: Prepared, folder: Path, indexes: Sequence[int], tile: WebTile
) -> Pixels:
    """Pixels of a tile, from the reduced copy wherever that is fine enough."""
    facts = prepared.facts
    touched = [
        path
        for path, bounds in zip(prepared.paths, prepared.bounds, strict=True)
        if tile.meets(bounds)
    ]
    if facts.has_pyramid:
        copy = _levels(folder / PYRAMID)
        is_fine = copy.step_px(tile.grid) >= levels.FINEST
        if is_fine or facts.pyramid_step == 1 or len(touched) > MAX_FILES:
            places = [facts.band_indexes.index(index) + 1 for index in indexes]
            return copy.read(places, tile.grid)
    pixels = levels.nothing(len(indexes), tile.grid)
    for path in touched:
        pixels = levels.first_of(pixels, _levels(path).read(indexes, tile.grid))
        if pixels[1].all():
            break
    return pixels


def _levels(path: Path) -> Levels:
    return shelf.take(Levels, path, lambda: Levels(path, gdal.driver_of(path)))


@contextmanager
def _missing_is_not_found() -> Iterator[None]:
    """A file that went away is a thing that is not there."""
    try:
        yield
    except FileNotFoundError as error:
        msg = "There is no such picture."
        raise NotFoundError(msg, hint="It may have been deleted; reload the page.") from error


@lru_cache(maxsize=512)
def _prepared(folder: Path, _stamp: shelf.Stamp) -> Prepared:
    return scene_facts.load(folder)


@lru_cache(maxsize=16)
def _table(name: str) -> tile_paint.Table:
    """Colours (256, 3) of a map that is even to the eye."""
    entries = cmap.get(name)
    return np.array([entries[level][:3] for level in range(256)], np.uint8)
