"""Everything in an area that a segmenter takes for a thing, each whole and each once.

Windows overlap; a thing that one window cuts is taken from another that shows it whole, or else
from a wider, coarser look, or else put together. Knows nothing of the segmenter but its contract.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from rasterio.windows import Window

from inference.segmentation import overlaps
from inference.segmentation.asking import MESSAGE, readings
from inference.segmenters.base import Segmenter
from progress import Watcher
from raster.chip import Chip, coarser
from raster.grid import Grid
from raster.instances import Instance, cut

HALO_SHARE = 0.125
"""Windows reach this share of their side over their neighbours, so that things of up to a quarter
of the side are whole in at least one."""
FACTORS = (1, 2, 4)
"""Pixels this many times as large are tried in turn for things that every window cuts."""
SHOWN = 0.7
"""A piece is accounted for when a whole thing holds this share of it."""
CONTINUED = 0.5
"""A piece is continued where a thing goes on across this share of a border that cuts the piece."""
TOLERANCE = 2.0
"""Ground sizes up to this many times the coarsest on the card are looked at for large things."""

Reader = Callable[[Window], Chip]


@dataclass(frozen=True)
class _Search:
    """What is looked for, by what, and where."""

    segmenter: Segmenter
    model: Any
    read: Reader
    grid: Grid
    window: Window
    least_px: float
    most_px: float


@dataclass(frozen=True)
class _Seen:
    """What the windows of one factor showed: whole things, and pieces with their windows."""

    whole: tuple[Instance, ...]
    pieces: tuple[Instance, ...]
    windows: tuple[Window, ...]


def everything(  # noqa: PLR0913 - what is asked, where, and of which size
    segmenter: Segmenter,
    model: Any,
    read: Reader,
    grid: Grid,
    window: Window,
    *,
    min_area_m2: float,
    max_area_m2: float,
    watcher: Watcher,
) -> tuple[Instance, ...]:
    """The things that touch a window, in pixels of its grid; none overlaps another.

    Things lie within each other only as holes: `inference.segmentation.overlaps.settle` has the
    rule. A thing too large for a window is drawn in pixels two or four times as large, or put
    together from pieces; then it ends where no window looked any more, outside `window`. A
    segmenter whose module has `propose(model, embedding)` (things of a chip, in its pixels) is
    asked that; any other is given hundreds of prompts a window.

    Args:
        segmenter: a module of `inference.segmenters`.
        model: what its `load` gave.
        read: gives the chip of a window of the grid.
        grid: working grid.
        window: where things are wanted.
        min_area_m2: smaller things are left out.
        max_area_m2: larger things are left out.
        watcher: told of every window and every line of prompts; may stop the work there.

    Raises:
        OutOfDeviceMemoryError: the graphics card has too little memory.
        CancelledError: the watcher asked to stop.
    """
    pixel_m2 = grid.gsd_m**2
    least, most = max(min_area_m2 / pixel_m2, 1), max_area_m2 / pixel_m2
    search = _Search(segmenter, model, read, grid, window, least, most)
    seen = _look(search, FACTORS[0], (window,), watcher.part(0, 0.7))
    whole, left_over = list(seen.whole), _left_over(seen, seen.whole)
    wider_factors = _wider_factors(search)
    for turn, factor in enumerate(wider_factors):
        if not left_over.pieces:
            break
        part = watcher.part(*(0.7 + 0.3 * at / len(wider_factors) for at in (turn, turn + 1)))
        places = [piece.window for piece in left_over.pieces]
        wider = _look(search, factor, places, part).whole
        # Only what was cut before: the closer look draws everything else better.
        is_held = overlaps.held(left_over.pieces, wider, SHOWN)
        whole += [wider[at] for at in range(len(wider)) if is_held[:, at].any()]
        left_over = _left_over(left_over, wider)
    whole += _put_together(search, left_over)
    watcher.step(1, MESSAGE)
    found = overlaps.settle(whole, least_px=least, most_px=most)
    return tuple(thing for thing in found if _touches(thing, window))


def _wider_factors(search: _Search) -> tuple[int, ...]:
    """Factors at which the segmenter still sees ground sizes it is made for, or nearly so."""
    coarsest_m = TOLERANCE * search.segmenter.CARD.gsd_range_m[1]
    return tuple(by for by in FACTORS[1:] if by * search.grid.gsd_m <= coarsest_m)


def _left_over(seen: _Seen, whole: Sequence[Instance]) -> _Seen:
    """The pieces that none of the whole things accounts for."""
    is_held = overlaps.held(seen.pieces, whole, SHOWN)
    open_at = np.flatnonzero(~is_held.any(axis=1))
    return _Seen(
        (), tuple(seen.pieces[at] for at in open_at), tuple(seen.windows[at] for at in open_at)
    )


def _put_together(search: _Search, seen: _Seen) -> list[Instance]:
    """Things made of pieces that continue each other, or that end where looking ends.

    A thing that stops at a window's border while nobody beyond it saw more is none: the tiling
    would have chosen its area.
    """
    frame = _frame(list(_windows(search, FACTORS[0], (search.window,))))
    found = []
    for group in overlaps.belonging(seen.pieces, seen.windows):
        thing = overlaps.union([seen.pieces[at] for at in group])
        if all(_goes_on(seen.pieces[at], seen.windows[at], thing, frame) for at in group):
            found.append(thing)
    return found


def _frame(windows: Sequence[Window]) -> Window:
    """The rectangle around all windows."""
    left, top = min(one.col_off for one in windows), min(one.row_off for one in windows)
    right = max(one.col_off + one.width for one in windows)
    bottom = max(one.row_off + one.height for one in windows)
    return Window(left, top, right - left, bottom - top)


def _goes_on(piece: Instance, seen: Window, thing: Instance, frame: Window) -> bool:
    """Whether a thing continues a piece of it beyond every border of the piece's window."""
    on, whole = np.zeros((2, int(seen.height) + 2, int(seen.width) + 2), bool)
    origin = int(seen.row_off) - 1, int(seen.col_off) - 1
    for canvas, one in ((on, piece), (whole, thing)):
        overlaps.paint(canvas, one, origin)
    ends, starts = (
        (one.row_off, one.col_off, one.row_off + one.height, one.col_off + one.width)
        for one in (frame, seen)
    )
    inner = (on[1], on[:, 1], on[-2], on[:, -2])
    beyond = (whole[0], whole[:, 0], whole[-1], whole[:, -1])
    return all(
        at == end or np.count_nonzero(here & there) >= CONTINUED * np.count_nonzero(here)
        for at, end, here, there in zip(starts, ends, inner, beyond, strict=True)
    )


def _look(search: _Search, factor: int, places: Sequence[Window], watcher: Watcher) -> _Seen:
    """What the windows of one factor show that touch some places."""
    whole: list[Instance] = []
    pieces: list[Instance] = []
    windows: list[Window] = []
    outers = list(_windows(search, factor, places))
    for number, outer in enumerate(outers):
        part = watcher.part(number / len(outers), (number + 1) / len(outers))
        part.step(0, MESSAGE)
        chip = _reduced(search.read(outer), factor)
        readings = _placed(_readings(search, chip, part), outer, factor)
        cut_off = [_is_cut(thing, outer, search.grid.shape) for thing in readings]
        entire = [thing for thing, is_cut in zip(readings, cut_off, strict=True) if not is_cut]
        # Settled window by window, so that memory holds things and not every reading of them.
        whole += overlaps.settle(entire, least_px=search.least_px, most_px=search.most_px)
        long = [
            thing
            for thing, is_cut in zip(readings, cut_off, strict=True)
            if is_cut and max(thing.mask.shape) > _halo_px(search)
        ]
        kept = overlaps.settle(long, most_px=search.most_px)
        pieces += kept
        windows += [outer] * len(kept)
    return _Seen(tuple(whole), tuple(pieces), tuple(windows))


def _halo_px(search: _Search) -> int:
    return int(search.segmenter.CARD.window_px * HALO_SHARE)


def _windows(search: _Search, factor: int, places: Sequence[Window]) -> Iterator[Window]:
    """Windows of full size, spread evenly over the search, that touch one of the places."""
    size, halo = factor * search.segmenter.CARD.window_px, factor * _halo_px(search)
    window, (height, width) = search.window, search.grid.shape
    for top, bottom in _spans(window.row_off, window.height, size, halo, height):
        for left, right in _spans(window.col_off, window.width, size, halo, width):
            outer = Window(left, top, right - left, bottom - top)
            if any(_meet(outer, place) for place in places):
                yield outer


def _spans(
    first: float, length: float, size: int, halo: int, end: int
) -> Iterator[tuple[int, int]]:
    """Starts and ends of windows that cover a stretch, with a halo or more around each share.

    They are moved, not cut, at the ends of the grid, so that the model sees full windows.
    """
    parts = math.ceil(length / (size - 2 * halo))
    for part in range(parts):
        middle = first + (part + 0.5) * length / parts
        low = min(max(round(middle - size / 2), 0), max(end - size, 0))
        yield low, min(low + size, end)


def _reduced(chip: Chip, factor: int) -> Chip:
    """The chip in pixels `factor` times as large; a pixel half observed is observed."""
    if factor == 1:
        return chip
    rows, cols = chip.valid.shape
    pad = (0, -rows % factor), (0, -cols % factor)
    picture = np.pad(chip.image, ((0, 0), *pad), mode="edge")
    seen = np.pad(chip.valid, pad)
    size = seen.shape[1] // factor, seen.shape[0] // factor
    bands = [cv2.resize(band, size, interpolation=cv2.INTER_AREA) for band in picture]
    share = cv2.resize(seen.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return Chip(np.stack(bands), share >= 0.5, coarser(chip.grid, factor))


def _readings(search: _Search, chip: Chip, watcher: Watcher) -> list[Instance]:
    """What the segmenter takes for things in a chip, in pixels of the chip."""
    per_pixel = (search.grid.gsd_m / chip.grid.gsd_m) ** 2
    return readings(
        search.segmenter, search.model, chip, least_px=search.least_px * per_pixel, watcher=watcher
    )


def _placed(things: list[Instance], outer: Window, factor: int) -> list[Instance]:
    """Things of a reduced chip on the grid, clipped to the window."""
    found = []
    for thing in things:
        mask = np.kron(thing.mask, np.ones((factor, factor), bool)) if factor > 1 else thing.mask
        top, left = thing.top * factor, thing.left * factor
        mask = mask[: int(outer.height) - top, : int(outer.width) - left]
        top, left = int(outer.row_off) + top, int(outer.col_off) + left
        found.append(cut(mask, thing.score, top=top, left=left))
    return [thing for thing in found if thing is not None]


def _is_cut(thing: Instance, outer: Window, shape: tuple[int, int]) -> bool:
    """Whether a thing reaches a border of its window beyond which the grid goes on."""
    rows, cols = thing.mask.shape
    bottom, right = outer.row_off + outer.height, outer.col_off + outer.width
    return bool(
        (thing.left <= outer.col_off and outer.col_off > 0)
        or (thing.top <= outer.row_off and outer.row_off > 0)
        or (thing.left + cols >= right and right < shape[1])
        or (thing.top + rows >= bottom and bottom < shape[0])
    )


def _meet(one: Window, other: Window) -> bool:
    """Whether two rectangles share a pixel."""
    return bool(
        one.col_off < other.col_off + other.width
        and other.col_off < one.col_off + one.width
        and one.row_off < other.row_off + other.height
        and other.row_off < one.row_off + one.height
    )


def _touches(thing: Instance, window: Window) -> bool:
    """Whether a pixel of a thing lies in a window."""
    top, left = int(window.row_off) - thing.top, int(window.col_off) - thing.left
    part = thing.mask[
        max(top, 0) : max(top + int(window.height), 0),
        max(left, 0) : max(left + int(window.width), 0),
    ]
    return bool(part.any())
