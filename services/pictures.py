"""Small pictures of a pair and of a mask, for reports and pages.

Reads decimated imagery; the mask is reduced so that no change, however small, disappears.
"""

import math
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.windows import Window

from analysis.result import Quicklook
from errors import UnreadableRasterError
from raster import stretch
from raster.align import AlignedPair
from raster.grid import Grid
from raster.mask import NOT_OBSERVED, UNCHANGED, ChangeMask
from raster.reading import Pixels, read_decimated
from raster.stretch import Stretch

MAX_PX = 1400
WEBP_QUALITY = 85
"""A photograph then takes a sixth of what it takes as PNG, and looks the same at its size."""

Picture = NDArray[np.uint8]


def render(pair: AlignedPair, mask: ChangeMask, *, max_px: int = MAX_PX) -> Quicklook:
    """Pictures of at most `max_px` on the longer side, all of one shape.

    Args:
        pair: what was compared, cropped to the grid of the mask.
        mask: what was found.
        max_px: longest side of the pictures.
    """
    factor = _factor(pair.grid.shape, max_px)
    pre_rgb, post_rgb = dates(pair, max_px=max_px)
    codes, scores = _reduced_mask(mask, factor)
    return Quicklook(pre_rgb, post_rgb, codes, scores, float(factor))


def dates(
    pair: AlignedPair, *, max_px: int, look: Stretch | None = None
) -> tuple[Picture, Picture]:
    """Pre and post (row, col, 3) uint8 with one stretch for both; not observed is grey.

    Args:
        pair: both images and the grid to show.
        max_px: longest side of the pictures.
        look: the stretch of other pictures these should look like; None for their own.
    """
    (pre, pre_valid), (post, post_valid) = _read(pair, max_px)
    look = look or stretch.joint(
        pre[:, pre_valid], post[:, post_valid], pair.bands, pair.pre.sensor
    )
    return look.apply(pre, pre_valid), look.apply(post, post_valid)


def look_of(pair: AlignedPair, *, max_px: int) -> Stretch:
    """The stretch that `dates` uses for these pictures."""
    (pre, pre_valid), (post, post_valid) = _read(pair, max_px)
    return stretch.joint(pre[:, pre_valid], post[:, post_valid], pair.bands, pair.pre.sensor)


def _read(pair: AlignedPair, max_px: int) -> tuple[Pixels, Pixels]:
    """Values and observed pixels of both dates."""
    shift = (pair.shift.dx_px, pair.shift.dy_px) if pair.shift.is_applied else (0.0, 0.0)
    pre = read_decimated(
        pair.pre, pair.grid, max_px=max_px, bands=tuple(band.pre_indexes for band in pair.bands)
    )
    post = read_decimated(
        pair.post,
        pair.grid,
        max_px=max_px,
        bands=tuple(band.post_indexes for band in pair.bands),
        shift_px=shift,
    )
    return pre, post


def coarsened(grid: Grid, by: int) -> Grid:
    """The grid whose pixels cover `by` x `by` pixels of `grid`; the last may reach outside."""
    shape = (math.ceil(length / by) for length in grid.shape)
    return Grid(grid.crs, grid.transform @ Affine.scale(by), *shape)


def split_png(pre: Picture, post: Picture) -> bytes:
    """Pre above and left of a white diagonal, post below and right of it."""
    height, width = pre.shape[:2]
    rows, cols = np.ogrid[:height, :width]
    offset = rows / height + cols / width - 1
    both = np.where((offset < 0)[:, :, None], pre, post)
    both[np.abs(offset) < 2 / min(height, width)] = 255
    return png(both)


def png(rgb: Picture) -> bytes:
    """A (row, col, 3) uint8 picture as PNG."""
    _ok, buffer = cv2.imencode(".png", np.ascontiguousarray(rgb[:, :, ::-1]))
    return buffer.tobytes()


def webp(png: bytes) -> bytes:
    """The same picture as WebP, clear where it was clear; of good, not of exact colours.

    Raises:
        UnreadableRasterError: it is no picture, or was cut off.
    """
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    if picture is None:
        msg = "A small picture of a scene cannot be read."
        raise UnreadableRasterError(msg, hint="Delete the scene and add it again.")
    _ok, buffer = cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY])
    return buffer.tobytes()


def _factor(shape: tuple[int, int], max_px: int) -> int:
    return max(math.ceil(max(shape) / max_px), 1)


def _strips(mask: ChangeMask, factor: int) -> Iterator[Window]:
    """Windows whose height is a whole number of picture pixels."""
    return mask.strips(rows=factor * max(512 // factor, 1))


def _reduced_mask(mask: ChangeMask, factor: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Highest class code and score under each picture pixel; 255 and NaN only if all are."""
    strips = list(_strips(mask, factor))
    codes = [_reduced_codes(mask.codes(strip), factor) for strip in strips]
    scores = [_reduced_scores(mask.scores(strip), factor) for strip in strips]
    return np.concatenate(codes), np.concatenate(scores)


def _reduced_codes(codes: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    blocks = _blocks(codes, factor, fill=NOT_OBSERVED)
    is_lost = blocks == NOT_OBSERVED
    found = np.where(is_lost, UNCHANGED, blocks).max(axis=(1, 3))
    return np.where(is_lost.all(axis=(1, 3)), NOT_OBSERVED, found).astype(np.uint8)


def _reduced_scores(scores: NDArray[np.float32], factor: int) -> NDArray[np.float32]:
    blocks = _blocks(np.where(np.isfinite(scores), scores, -1), factor, fill=-1)
    found = blocks.max(axis=(1, 3))
    return np.where(found < 0, np.nan, found).astype(np.float32)


def _blocks(values: NDArray[Any], factor: int, *, fill: float) -> NDArray[Any]:
    """(rows, factor, cols, factor) view of an array padded to whole blocks."""
    rows, cols = (math.ceil(length / factor) for length in values.shape)
    pad = ((0, rows * factor - values.shape[0]), (0, cols * factor - values.shape[1]))
    padded = np.pad(values, pad, constant_values=fill)
    return padded.reshape(rows, factor, cols, factor)
