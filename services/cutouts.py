"""Small pictures of one found thing for a model that takes images: both dates and where it lies.

Cut from the scenes of a finished result, which must still be the same files. Knows no model and no
words of a question.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.features import rasterize
from rasterio.windows import Window

from analysis.inquiry.case import Case, Item
from raster.align import AlignedPair, PairBand
from raster.bands import INDEX_NAME
from raster.grid import Grid
from raster.reading import read_decimated
from services.display import INDEX_RANGES, INDICES
from services.pictures import png
from services.report_pictures import Album, open_album

MOST_ITEMS = 4
SIDE_PX = 256
LEAST_SIDE_PX = 48
MARGIN = 0.6
"""Ground shown around a thing on each side, as a share of its longer side."""
NATURAL = frozenset({"red", "green", "blue"})
MASK_WORDS = "mask: white where the thing lies"
INDEX_WORDS = {
    "ndvi": "vegetation index in grey: white is dense green plants, black is bare ground or water",
    "ndwi": "water index in grey: white is open water, black is dry ground",
    "nbr": "burn index in grey: white is healthy plants, black is burnt ground",
}
UNSEEN_WORDS = "even mid grey is ground without data"

Bands = NDArray[np.float32]
Observed = NDArray[np.bool_]


@dataclass(frozen=True)
class Picture:
    """One picture and what it shows, in words without numbers."""

    png: bytes
    words: str


@dataclass(frozen=True)
class Cutout:
    """Pictures of one thing.

    Attributes:
        item: id of the object or entry.
        pictures: earlier date, later date, the indices both can show, and the mask.
    """

    item: int
    pictures: tuple[Picture, ...]


def cutouts(case: Case, folder: Path, items: Sequence[int]) -> tuple[Cutout, ...]:
    """Pictures of up to four things; none where the scenes are gone or have changed.

    Cost: a hash of both scenes, and their blocks around each thing.

    Args:
        case: the result.
        folder: where it lies.
        items: ids of its things; others are left out.
    """
    wanted = [item for item in case.items if item.id in set(items)][:MOST_ITEMS]
    album = open_album(case, folder, {}) if wanted else None
    return tuple(_cutout(album, item) for item in wanted) if album else ()


def _cutout(album: Album, item: Item) -> Cutout:
    grid = album.pair.grid.crop(_around(album.pair.grid, item))
    (pre, pre_seen), (post, post_seen) = _read(album.pair, grid)
    shown = _bands_shown(album)
    return Cutout(item.id, (
        *_of_date(album, (pre, pre_seen), f"earlier date, {shown}"),
        *_of_date(album, (post, post_seen), f"later date, {shown}"),
        *_indices(album.pair.bands, pre, pre_seen, "earlier date"),
        *_indices(album.pair.bands, post, post_seen, "later date"),
        Picture(_enlarged_png(_mask(grid, item, pre_seen.shape)), MASK_WORDS),
    ))  # fmt: skip


def _of_date(album: Album, pixels: tuple[Bands, Observed], words: str) -> Iterator[Picture]:
    values, seen = pixels
    said = words if seen.all() else f"{words}; {UNSEEN_WORDS}"
    yield Picture(_enlarged_png(album.look.apply(values, seen)), said)


def _enlarged_png(picture: NDArray[np.uint8]) -> bytes:
    """The picture as PNG, every pixel repeated where it is small: models see little on a stamp."""
    by = max(SIDE_PX // max(picture.shape[:2]), 1)
    return png(np.ascontiguousarray(picture.repeat(by, axis=0).repeat(by, axis=1)))


def _read(pair: AlignedPair, grid: Grid) -> tuple[tuple[Bands, Observed], tuple[Bands, Observed]]:
    """Values and observed pixels of both dates."""
    shift = (pair.shift.dx_px, pair.shift.dy_px) if pair.shift.is_applied else (0.0, 0.0)
    pre = tuple(band.pre_indexes for band in pair.bands)
    post = tuple(band.post_indexes for band in pair.bands)
    return (
        read_decimated(pair.pre, grid, max_px=SIDE_PX, bands=pre),
        read_decimated(pair.post, grid, max_px=SIDE_PX, bands=post, shift_px=shift),
    )


def _around(grid: Grid, item: Item) -> Window:
    """A square of whole pixels around a thing, moved to lie within the grid."""
    west, south, east, north = item.shape.bounds
    corners = [~grid.transform @ xy for xy in ((west, north), (east, south))]
    (left, top), (right, bottom) = corners
    wanted = max(right - left, bottom - top) * (1 + 2 * MARGIN)
    side = int(min(max(wanted, LEAST_SIDE_PX), *grid.shape))
    first = [
        int(np.clip((low + high) / 2 - side / 2, 0, length - side))
        for low, high, length in ((left, right, grid.width), (top, bottom, grid.height))
    ]
    return Window(first[0], first[1], side, side)


def _bands_shown(album: Album) -> str:
    """What the colours of both dates stand for."""
    if album.pair.pre.sensor == "sar":
        return "radar backscatter in grey"
    named = INDEX_NAME.search(album.pair.bands[album.look.positions[0]].name)
    roles = [album.pair.bands[place].role for place in album.look.positions]
    if roles == ["index"]:
        return INDEX_WORDS.get(named[1].lower() if named else "", "a spectral index in grey")
    if len(roles) == 1:
        return "one band in grey"
    if set(roles) == NATURAL:
        return "true colour"
    return f"colours stand for {', '.join(str(role or 'a further band') for role in roles)}"


def _indices(
    bands: Sequence[PairBand], pixels: Bands, seen: Observed, date: str
) -> Iterator[Picture]:
    """The spectral indices that these bands allow."""
    places = {band.role: place for place, band in enumerate(bands) if band.role}
    for name, _title, roles in INDICES:
        first, second = (places.get(role) for role in roles)  # type: ignore[call-overload]  # roles are band roles
        if first is None or second is None:
            continue
        total = pixels[first] + pixels[second]
        value = np.divide(pixels[first] - pixels[second], total, where=total != 0,
                          out=np.zeros_like(total))  # fmt: skip
        low, high = INDEX_RANGES[name]
        grey = np.where(seen, np.clip((value - low) / (high - low), 0, 1) * 255, 128)
        yield Picture(_enlarged_png(_grey(grey)), f"{date}, {INDEX_WORDS[name]}")


def _mask(grid: Grid, item: Item, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """White where the thing lies, on the picture of a grid."""
    by = max(math.ceil(max(grid.shape) / SIDE_PX), 1)
    coarse = grid.transform @ grid.transform.scale(by)
    drawn = rasterize([item.shape], out_shape=shape, transform=coarse, all_touched=True)
    return _grey(drawn * 255.0)


def _grey(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    return np.repeat(np.round(values).astype(np.uint8)[:, :, None], 3, axis=2)
