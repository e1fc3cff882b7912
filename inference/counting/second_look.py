"""What one date shows at the place of a thing that was seen at the other.

A model that misses a thing at one date has not seen it vanish: before anything is called new or
gone, the other date is asked again and less is demanded. Knows nothing of matching or of AOIs.
"""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from inference.counting.likeness import SEARCH_PX, likeness
from inference.counting.picture import Picture
from raster.instances import Instance

Verdict = Literal["present", "absent", "not seen"]

SUPPORTED = 0.35
"""Mean support from which the other date shows the thing as well; things are found from 0.5 on."""
ALIKE = 0.55
"""Likeness from which nothing changed there. Support and likeness count together, each in parts of
its own limit: of rendered buildings under every nuisance that one date alone had shown, none that
stayed fell short of 1, and 9 of 10 that came or went did."""
LEAST_SEEN = 0.5
"""Less of an outline than this, observed at the other date, says nothing."""
RIM_PX = 2
"""Ground around a thing that is compared with it: its edge. More of it lets a roof that is gone
pass, because its garden stayed; less of it loses plain roofs, which have nothing but an edge."""


@dataclass(frozen=True)
class SecondLook:
    """What the other date shows at the place of a thing.

    Attributes:
        support: mean support of the counter inside the outline at the other date, 0..1.
        likeness: how alike both dates look inside the outline and at its edge, 0..1 (1: nothing
            changed there).
        verdict: whether the thing stands there at the other date as well; `not seen` where too
            little of the outline was observed to say.
    """

    support: float
    likeness: float
    verdict: Verdict


@dataclass(frozen=True)
class Seen:
    """One date as it was looked at.

    Attributes:
        picture: its picture.
        support: (row, col) uint8 of the working grid, as in `Sighting`.
    """

    picture: Picture
    support: NDArray[np.uint8]


def look(instance: Instance, own: Seen, other: Seen) -> SecondLook:
    """What `other` shows at the place of a thing that was found in `own`."""
    found = support(instance, other)
    alike = likeness_at(instance, own, other)
    return SecondLook(found, alike, _verdict(found, alike, _share_seen(instance, other)))


def support(instance: Instance, other: Seen) -> float:
    """Mean support inside an outline at a date, at its best shift of up to 2 pixels, 0..1.

    The outline is drawn in by a pixel where that leaves something of it: scores fade at its rim.
    """
    mask = _drawn_in(instance.mask).astype(np.float32)
    window = _widened(instance.window, SEARCH_PX)
    values = _cut(other.support, window).astype(np.float32)
    sums = cv2.matchTemplate(values, mask, cv2.TM_CCORR)
    return float(np.clip(sums.max() / (255 * mask.sum()), 0, 1))


def likeness_at(instance: Instance, own: Seen, other: Seen) -> float:
    """How alike both dates look inside an outline and at its edge, 0..1."""
    window = _widened(instance.window, RIM_PX + SEARCH_PX)
    region = np.pad(instance.mask, RIM_PX + SEARCH_PX).astype(np.uint8)
    side = 2 * RIM_PX + 1
    around = cv2.dilate(region, np.ones((side, side), np.uint8)).astype(np.bool_)
    return likeness(own.picture.read(window), other.picture.read(window), around)


def _verdict(found: float, alike: float, share_seen: float) -> Verdict:
    if share_seen < LEAST_SEEN:
        return "not seen"
    return "present" if found / SUPPORTED + alike / ALIKE >= 1 else "absent"


def _share_seen(instance: Instance, other: Seen) -> float:
    """Share of an outline that a date observed."""
    valid = other.picture.read(instance.window).valid
    return float(np.count_nonzero(valid & instance.mask)) / max(instance.pixels, 1)


def _drawn_in(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    inner = cv2.erode(np.pad(mask, 1).astype(np.uint8), np.ones((3, 3), np.uint8))[1:-1, 1:-1]
    return inner.astype(np.bool_) if inner.any() else mask


def _widened(window: Window, by_px: int) -> Window:
    return Window(
        window.col_off - by_px,
        window.row_off - by_px,
        window.width + 2 * by_px,
        window.height + 2 * by_px,
    )


def _cut(values: NDArray[np.uint8], window: Window) -> NDArray[np.uint8]:
    """A window of a raster, 0 outside it."""
    top, left = int(window.row_off), int(window.col_off)
    out = np.zeros((int(window.height), int(window.width)), np.uint8)
    rows = slice(max(top, 0), max(min(top + out.shape[0], values.shape[0]), 0))
    cols = slice(max(left, 0), max(min(left + out.shape[1], values.shape[1]), 0))
    part = values[rows, cols]
    at = rows.start - top, cols.start - left
    out[at[0] : at[0] + part.shape[0], at[1] : at[1] + part.shape[1]] = part
    return out
