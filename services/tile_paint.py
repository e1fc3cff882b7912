"""How pixels of a map tile become a picture: stretches, colour maps, legends, and the encoding.

Pure functions on arrays; knows nothing of files or places.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from raster.mask import NOT_OBSERVED, UNCHANGED
from raster.native import Bools, Floats
from raster.peaks import Ranks
from raster.stretch import LOWEST_INTENSITY

Picture = NDArray[np.uint8]
Table = NDArray[np.uint8]

PNG_LEVEL = 1
"""Level 3 takes twice as long for pictures of imagery and saves nothing (measured)."""
JPEG_QUALITY = 90
HATCH_PX = 8
HATCH: tuple[int, int, int, int] = (112, 112, 112, 150)
NOT_SEEN = 0
"""Rank of a pixel that was not observed: any other in the same map pixel hides it."""


@dataclass(frozen=True)
class TilePicture:
    """An encoded picture.

    Attributes:
        content: the bytes.
        media_type: `image/png`, or `image/jpeg` where no pixel is clear.
    """

    content: bytes
    media_type: str


def encoded(rgba: Picture) -> TilePicture:
    """PNG of a picture (row, col, 4), red first."""
    bgra = cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA)
    buffer = cv2.imencode(".png", bgra, [cv2.IMWRITE_PNG_COMPRESSION, PNG_LEVEL])[1]
    return TilePicture(buffer.tobytes(), "image/png")


EMPTY = encoded(np.zeros((256, 256, 4), np.uint8))


def imagery(rgb: Picture, seen: Bools) -> TilePicture:
    """A picture (row, col, 3), clear where nothing was observed.

    One without a clear pixel becomes a JPEG: a tenth of the time and a fifth of the size, with
    full colour resolution so that edges do not bleed.
    """
    if not seen.all():
        return encoded(np.dstack([rgb, seen.astype(np.uint8) * np.uint8(255)]))
    options = [
        cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ]  # fmt: skip
    buffer = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), options)[1]
    return TilePicture(buffer.tobytes(), "image/jpeg")


def stretched(values: Floats, style: Mapping[str, Any]) -> Picture:
    """Bands (1 or 3, row, col) between the low and the high of their style, as (row, col, 3).

    Args:
        values: pixels; overwritten.
        style: `low` and `high` per band; `is_db` where they are in decibels.
    """
    if style.get("is_db"):
        values = 10 * np.log10(np.maximum(values, np.float32(LOWEST_INTENSITY)))
    low, high = (np.asarray(style[key], np.float32)[:, None, None] for key in ("low", "high"))
    values -= low
    values *= 255 / (high - low)
    levels = np.clip(values, 0, 255, out=values).round(out=values).astype(np.uint8)
    return np.asarray(cv2.merge([levels[place] for place in range(3)] if len(levels) == 3
                                else [levels[0]] * 3))  # fmt: skip


def normalised_difference(values: Floats, style: Mapping[str, Any], table: Table) -> Picture:
    """(first - second) / (first + second) of two bands in the colours of a table (256, 3).

    `offset` of the style is added first, because a sum is only right in the product's own numbers.
    """
    first, second = np.maximum(values + np.float32(style["offset"]), 0)
    total = first + second
    ratio = np.divide(first - second, total, out=np.zeros_like(total), where=total > 0)
    low, high = float(style["low"]), float(style["high"])
    levels = np.clip((ratio - low) / (high - low) * 255, 0, 255)
    return np.asarray(table[np.rint(levels).astype(np.uint8)])


def ranks_of_codes(codes: NDArray[Any]) -> Ranks:
    """Not observed lowest, then unchanged, then the classes in their order."""
    return np.where(codes == NOT_OBSERVED, NOT_SEEN, codes + np.uint8(1)).astype(np.uint8)


def ranks_of_scores(scores: NDArray[Any]) -> Ranks:
    """Not observed lowest, then 255 steps from score 0 to 1."""
    levels = np.floor(np.clip(np.nan_to_num(scores, nan=0.0), 0, 1) * 254) + 1
    return np.where(np.isnan(scores), NOT_SEEN, levels).astype(np.uint8)


def painted_codes(
    ranks: Ranks, inside: Bools, colors: Mapping[int, tuple[int, int, int]]
) -> Picture:
    """Classes in their colours, unchanged ground clear, what was not observed hatched."""
    table = np.zeros((256, 4), np.uint8)
    for code, color in colors.items():
        if UNCHANGED < code < NOT_OBSERVED:
            table[code + 1] = (*color, 255)
    return _over_hatch(table, ranks, inside)


def painted_scores(ranks: Ranks, inside: Bools, table: Table, threshold: float | None) -> Picture:
    """Scores in the colours of a table (256, 3); clear below the threshold, if there is one."""
    opaque = np.full((256, 1), 255, np.uint8)
    least = 1 if threshold is None else int(np.floor(np.clip(threshold, 0, 1) * 254)) + 1
    opaque[:least] = 0
    return _over_hatch(np.hstack([table, opaque]), ranks, inside)


def faded(rgba: Picture, opacity: float) -> Picture:
    """The same picture, its opacity multiplied."""
    share = min(max(opacity, 0.0), 1.0)
    if share < 1:
        rgba[:, :, 3] = np.rint(rgba[:, :, 3] * share).astype(np.uint8)
    return rgba


def _over_hatch(table: Table, ranks: Ranks, inside: Bools) -> Picture:
    rgba = table[ranks]
    rows, cols = np.ogrid[: ranks.shape[0], : ranks.shape[1]]
    is_line = (rows + cols) % HATCH_PX < 2
    rgba[ranks == NOT_SEEN] = 0
    rgba[(ranks == NOT_SEEN) & is_line] = HATCH
    rgba[~inside] = 0
    return np.asarray(rgba)
