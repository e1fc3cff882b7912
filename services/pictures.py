"""Small pictures of a pair and of a mask, for reports and pages.

Reads decimated imagery; the mask is reduced so that no change, however small, disappears.
"""

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from analysis.result import Quicklook
from raster import stretch
from raster.align import AlignedPair
from raster.mask import NOT_OBSERVED, ChangeMask
from raster.reading import read_decimated

MAX_PX = 1400


def render(pair: AlignedPair, mask: ChangeMask, *, max_px: int = MAX_PX) -> Quicklook:
    """Pictures of at most `max_px` on the longer side, all of one shape.

    Args:
        pair: what was compared, cropped to the grid of the mask.
        mask: what was found.
        max_px: longest side of the pictures.
    """
    factor = max(math.ceil(max(pair.grid.shape) / max_px), 1)
    pre_rgb, post_rgb = dates(pair, max_px=max_px)
    codes, scores = _reduced_mask(mask, factor)
    return Quicklook(pre_rgb, post_rgb, codes, scores, float(factor))


def dates(pair: AlignedPair, *, max_px: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Pre and post (row, col, 3) uint8 with one stretch for both; not observed is grey."""
    shift = (pair.shift.dx_px, pair.shift.dy_px) if pair.shift.is_applied else (0.0, 0.0)
    pre, pre_valid = read_decimated(
        pair.pre, pair.grid, max_px=max_px, bands=tuple(band.pre_indexes for band in pair.bands)
    )
    post, post_valid = read_decimated(
        pair.post,
        pair.grid,
        max_px=max_px,
        bands=tuple(band.post_indexes for band in pair.bands),
        shift_px=shift,
    )
    look = stretch.joint(pre[:, pre_valid], post[:, post_valid], pair.bands, pair.pre.sensor)
    return look.apply(pre, pre_valid), look.apply(post, post_valid)


def mask_png(mask: ChangeMask, *, max_px: int = MAX_PX) -> bytes:
    """The mask in the colours of its legend; unchanged is transparent, not observed is grey."""
    factor = max(math.ceil(max(mask.grid.shape) / max_px), 1)
    codes, _scores = _reduced_mask(mask, factor)
    colors = np.zeros((256, 4), np.uint8)
    colors[NOT_OBSERVED] = (128, 128, 128, 160)
    for entry in mask.legend:
        red, green, blue = (int(entry.color[at : at + 2], 16) for at in (1, 3, 5))
        colors[entry.code] = (blue, green, red, 255)
    return _encoded(colors[codes])


def png(rgb: NDArray[np.uint8]) -> bytes:
    """A (row, col, 3) uint8 picture as PNG."""
    return _encoded(rgb[:, :, ::-1])


def _encoded(bgr: NDArray[np.uint8]) -> bytes:
    _ok, buffer = cv2.imencode(".png", np.ascontiguousarray(bgr))
    return buffer.tobytes()


def _reduced_mask(mask: ChangeMask, factor: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Highest class code and score under each picture pixel; 255 and NaN only if all are."""
    codes, scores = [], []
    for strip in mask.strips(rows=factor * max(512 // factor, 1)):
        codes.append(_reduced_codes(mask.codes(strip), factor))
        scores.append(_reduced_scores(mask.scores(strip), factor))
    return np.concatenate(codes), np.concatenate(scores)


def _reduced_codes(codes: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    blocks = _blocks(codes, factor, fill=NOT_OBSERVED)
    is_lost = blocks == NOT_OBSERVED
    found = np.where(is_lost, 0, blocks).max(axis=(1, 3))
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
