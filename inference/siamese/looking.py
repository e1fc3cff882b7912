"""How a change network looks at a tile: near its core, and perhaps again, from afar or from closer.

Arrays in, arrays out; knows nothing of weights, stretches or classes.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from inference.backends.base import Maps, Picture
from inference.siamese.pictures import padded
from raster.native import Floats
from raster.tiling import Tile, grow, tiles

STRIDE_PX, HALO_PX = 32, 288
"""Those of the network; written here because its module loads PyTorch. A test compares them."""
AFAR, CLOSER = 2, 2
"""How many times as large, and as small, pixels are at the second look."""
CLOSER_HALO_PX = 160
"""In pixels of the pair: half the halo of the network, what enlarging adds, and whole strides."""
CLOSER_PX = 1024
"""Side of the parts that are enlarged at once: they hold as much as a tile at the first look."""
Part = tuple[slice, slice]
Second = Literal["none", "afar", "closer"]
"""How a pair is looked at a second time."""
Ask = Callable[[Picture, Picture], Maps]
"""Logits of change (row, col) and of buildings (2, row, col) of two pictures (band, row, col)."""


@dataclass(frozen=True)
class Scales:
    """At which ground sizes of a pixel a pair is looked at a second time.

    Attributes:
        afar_below_m: below it in pixels twice as large.
        closer_m: from the first and below the second in pixels half as large.
    """

    afar_below_m: float = 0.0
    closer_m: tuple[float, float] = (math.inf, math.inf)

    def second(self, gsd_m: float | None) -> Second:
        """How a pair is looked at a second time; not at all where its ground size is not known."""
        if gsd_m is None:
            return "none"
        if gsd_m < self.afar_below_m:
            return "afar"
        first_m, end_m = self.closer_m
        return "closer" if first_m <= gsd_m < end_m else "none"


ONCE = Scales()
AERIAL = Scales(afar_below_m=0.42, closer_m=(0.8, 1.25))
"""Finer pixels show a roof in parts, and a look at larger ones flags less where nothing changed; in
coarser ones a house is a few pixels wide, and a look at smaller ones outlines more of it. On real
pictures of 1.5 and 2 m it does not (ADR 45)."""


def halo_px(second: Second) -> int:
    """Neighbours a score depends on: from afar it reaches as many pixels, larger ones."""
    return AFAR * HALO_PX if second == "afar" else HALO_PX


def near(core: Part | None, shape: tuple[int, int], margin_px: int = HALO_PX) -> Part:
    """Rows and columns that scores of a core depend on at the first look; all where it is None."""
    if core is None:
        core = slice(0, shape[0]), slice(0, shape[1])
    rows, cols = (
        slice(max(part.start - margin_px, 0), min(part.stop + margin_px, side))
        for part, side in zip(core, shape, strict=True)
    )
    return rows, cols


def look(
    ask: Ask, pre: Picture, post: Picture, *, core: Part | None = None, second: Second = "none"
) -> tuple[Floats, Floats]:
    """What a network says near a core.

    Change is the mean of both looks, or NaN where the second did not reach, away from the core;
    buildings are those of the first.

    Args:
        ask: the network.
        pre: picture (band, row, col).
        post: likewise.
        core: rows and columns of the core; all where it is None.
        second: how to look a second time.

    Returns:
        Logits of change (row, col) and of buildings at both dates (2, row, col) of `near`.
    """
    shape = pre.shape[1:]
    part = near(core, shape)
    change, footprints = once(ask, pre[:, *part], post[:, *part])
    if second == "afar":
        change = np.float32(0.5) * (change + from_afar(ask, pre, post)[part])
    elif second == "closer":
        # Directions are those of the change around a pixel.
        around = near(core, shape, margin_px=STRIDE_PX)
        change = np.float32(0.5) * (change + closer(ask, pre, post, around)[part])
    return change, footprints


def once(ask: Ask, pre: Picture, post: Picture) -> tuple[Floats, Floats]:
    """Logits of change (row, col) and of buildings at both dates (2, row, col)."""
    rows, cols = pre.shape[1:]
    change, footprints = ask(*(padded(one, STRIDE_PX) for one in (pre, post)))
    return change[:rows, :cols], footprints[:, :rows, :cols]


def from_afar(ask: Ask, pre: Picture, post: Picture) -> Floats:
    """Logits of change (row, col), seen in pixels twice as large."""
    rows, cols = pre.shape[1:]
    change = ask(*(_smaller(padded(one, AFAR * STRIDE_PX)) for one in (pre, post)))[0]
    size = (AFAR * change.shape[1], AFAR * change.shape[0])
    larger: Floats = np.asarray(
        cv2.resize(change, size, interpolation=cv2.INTER_LINEAR), np.float32
    )
    return larger[:rows, :cols]


def closer(ask: Ask, pre: Picture, post: Picture, part: Part) -> Floats:
    """Logits of change (row, col) of a part, seen in pixels half as large; the rest is NaN."""
    shape = pre.shape[1:]
    change = np.full(shape, np.nan, np.float32)
    rows, cols = part
    sides = rows.stop - rows.start, cols.stop - cols.start
    for cut in tiles(sides, core_px=CLOSER_PX, halo_px=0):
        left, top = cut.core.col_off + cols.start, cut.core.row_off + rows.start
        core = Window(left, top, cut.core.width, cut.core.height)
        tile = Tile(core, grow(core, CLOSER_HALO_PX, shape))
        seen = tile.outer.toslices()
        found, _footprints = once(ask, *(_larger(one[:, *seen]) for one in (pre, post)))
        change[core.toslices()] = tile.trim(_halved(found))
    return change


def _smaller(picture: Picture) -> NDArray[np.uint8]:
    """A picture (band, row, col) in the mean of every two by two pixels."""
    rows, cols = (side // AFAR for side in picture.shape[1:])
    halves = [cv2.resize(band, (cols, rows), interpolation=cv2.INTER_AREA) for band in picture]
    return np.stack(halves)


def _larger(picture: Picture) -> NDArray[np.uint8]:
    rows, cols = (side * CLOSER for side in picture.shape[1:])
    doubled = [cv2.resize(band, (cols, rows), interpolation=cv2.INTER_CUBIC) for band in picture]
    return np.stack(doubled)


def _halved(change: Floats) -> Floats:
    """The mean of every two by two pixels; added in one order, so that tiles equal the whole."""
    upper, lower = change[0::CLOSER], change[1::CLOSER]
    summed = upper[:, 0::CLOSER] + upper[:, 1::CLOSER] + lower[:, 0::CLOSER] + lower[:, 1::CLOSER]
    return np.asarray(np.float32(0.25) * summed, np.float32)
