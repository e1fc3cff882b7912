"""One ground at two dates while a pair is made of it: what it reflects, and where it is built up.

Masks and pixels are changed in place, so that every change is told to both. Knows nothing of
sensors or files.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.training.multispectral.places import Place, Rng
from inference.training.multispectral.shapes import Spot, somewhere

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
SPREAD_PX, LEAST_SHARE = 1.3, 0.16
"""Built-up ground: a share of roofs and paving, seen with blurred eyes. Gardens between houses
belong to it, parks do not; a road of one pixel in the fields does."""
FEATHER_PX = 0.6
"""Optics soften what is set down."""


@dataclass
class Canvas:
    """A ground at two dates.

    Attributes:
        dates: (2, band, row, col) reflectance.
        built: (2, row, col) whether built up.
        changed: (row, col) whether something was built or pulled down.
        seen: (row, col) whether the label holds.
        held: which bands were measured.
        gsd_m: ground size of a pixel.
    """

    dates: Floats
    built: Mask
    changed: Mask
    seen: Mask
    held: tuple[bool, ...]
    gsd_m: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, cols = self.changed.shape
        return rows, cols

    @property
    def stands(self) -> Mask:
        """Where it is built up at either date (row, col)."""
        return np.asarray(self.built[0] | self.built[1])

    @classmethod
    def of(cls, rng: Rng, place: Place, size_px: int) -> "Canvas":
        """Part of a place, its dates in either order."""
        dates, share = view(rng, place, size_px)
        both = built_up(share)
        nothing = np.zeros(both.shape, bool)
        return cls(dates, np.stack([both, both]), nothing, ~nothing, place.held, place.gsd_m)

    def put(self, date: int, where: Mask, pixels: Floats, built: Mask) -> None:
        """Set ground down at one date; `pixels` (band, row, col) are of the canvas's shape."""
        alpha = cv2.GaussianBlur(where.astype(np.float32), (0, 0), FEATHER_PX)
        self.dates[date] += alpha * (pixels - self.dates[date])
        self.built[date] = np.where(where, built, self.built[date])


def view(
    rng: Rng, place: Place, size_px: int, *, target: Spot | None = None, dates: int = 2
) -> tuple[Floats, Floats]:
    """A square of a place: dates (n, band, row, col) in either order and shares built (row, col).

    Turned and mirrored; a place too small for it is mirrored at its rims.

    Args:
        rng: of all choices.
        place: where to look.
        size_px: side of the square.
        target: where in the square something built is to lie; None looks anywhere.
        dates: how many of the two are wanted.
    """
    rows, cols = (
        _mirrored(at, side)
        for at, side in zip(_window(rng, place, size_px, target), place.shape, strict=True)
    )
    if rng.random() < 0.5:
        rows = rows[::-1]
    if rng.random() < 0.5:
        cols = cols[::-1]
    is_turned = bool(rng.random() < 0.5)
    order = np.arange(2) if rng.random() < 0.5 else np.arange(2)[::-1]

    def cut(array: NDArray[np.float16]) -> Floats:
        out = array[..., rows[:, None], cols]
        return np.ascontiguousarray(out.swapaxes(-1, -2) if is_turned else out, np.float32)

    return cut(place.dates[order[:dates]]), cut(place.built)


def _window(rng: Rng, place: Place, size_px: int, target: Spot | None) -> list[Ints]:
    """Rows and columns of a square, perhaps beyond the place."""
    if target is None:
        firsts = [int(rng.integers(max(side - size_px, 0) + 1)) for side in place.shape]
    else:
        spot = somewhere(rng, place.built > LEAST_SHARE)
        firsts = [int(at - aim) for at, aim in zip(spot, target, strict=True)]
    return [np.arange(first, first + size_px) for first in firsts]


def _mirrored(at: Ints, side: int) -> Ints:
    """Positions on a place (0..side - 1) of positions beyond its rims."""
    around = at % (2 * side)
    return np.minimum(around, 2 * side - 1 - around)


def built_up(share: Floats) -> Mask:
    """Where ground counts as built-up, of shares (row, col) under roofs and paving."""
    return np.asarray(cv2.GaussianBlur(share, (0, 0), SPREAD_PX) > LEAST_SHARE)
