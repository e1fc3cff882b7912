"""What a place looks like as a few numbers per cell: colours, strength and direction of edges.

The cells lie on a lattice fixed to the working grid, whatever window is asked for, so that tiles
agree. Knows nothing of examples or things.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from raster.chip import Chip

DIRECTIONS = 4
CHANNELS = 4 + DIRECTIONS
"""Lightness, two colour opponents, edge strength, and edges in four directions."""
FINE = 2
"""Edges are taken at half the size of a cell, then averaged over it."""
LOCAL_CELLS = 6
"""Edges count against what is usual within this many cells, so that contrast does not matter."""

Floats = NDArray[np.float32]
Read = Callable[[Window], Chip]


@dataclass(frozen=True)
class Cells:
    """A rectangle of cells.

    Attributes:
        values: (channel, row, col) float32.
        valid: (row, col) bool: observed, its surroundings included.
    """

    values: Floats
    valid: NDArray[np.bool_]


def cells(read: Read, cell_px: float, rows: range, cols: range) -> Cells:
    """The cells of a rectangle of the lattice; cell 0, 0 begins where the working grid does.

    Args:
        read: gives the chip of a window.
        cell_px: side of a cell in pixels of the working grid; may be below 1.
        rows: consecutive numbers of rows of cells.
        cols: likewise of columns.
    """
    wide = LOCAL_CELLS + 1
    tall_rows = range(rows.start - wide, rows.stop + wide)
    tall_cols = range(cols.start - wide, cols.stop + wide)
    picture, valid = _sampled(read, cell_px / FINE, _times(tall_rows), _times(tall_cols))
    values = described(picture)
    seen = _shrink(valid.astype(np.float32)) > 1 - 1e-3
    core = np.s_[..., wide:-wide, wide:-wide]
    return Cells(np.ascontiguousarray(values[core]), seen[core])


def described(picture: Floats) -> Floats:
    """Channels (channel, row, col) of a picture (row, col, 3), 0..255, sampled at half a cell."""
    lab = cv2.cvtColor(np.ascontiguousarray(picture / np.float32(255)), cv2.COLOR_RGB2LAB)
    across = cv2.Sobel(lab[..., 0], cv2.CV_32F, 1, 0)
    down = cv2.Sobel(lab[..., 0], cv2.CV_32F, 0, 1)
    strength = np.hypot(across, down)
    side = 2 * FINE * LOCAL_CELLS + 1
    strength /= cv2.blur(strength, (side, side)) + np.float32(1)
    angle = np.mod(np.arctan2(down, across), np.pi) * (DIRECTIONS / np.pi)
    layers = [lab[..., 0] / 25, lab[..., 1] / 10, lab[..., 2] / 10, strength]
    for direction in range(DIRECTIONS):
        away = np.abs(angle - direction)
        near = np.maximum(1 - np.minimum(away, DIRECTIONS - away), 0)
        layers.append(strength * near)
    return np.stack([_shrink(layer.astype(np.float32)) for layer in layers])


def _times(numbers: range) -> range:
    return range(numbers.start * FINE, numbers.stop * FINE)


def _shrink(layer: Floats) -> Floats:
    """Means of `FINE` by `FINE`."""
    rows, cols = layer.shape[0] // FINE, layer.shape[1] // FINE
    blocks = layer[: rows * FINE, : cols * FINE].reshape(rows, FINE, cols, FINE)
    return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)


def _sampled(
    read: Read, step_px: float, rows: range, cols: range
) -> tuple[Floats, NDArray[np.bool_]]:
    """A picture (row, col, 3) with pixels of `step_px`, and where it was observed."""
    blur_px = 0.5 * max(step_px - 1, 0)
    margin = int(np.ceil(3 * blur_px)) + 2
    top, left = int(np.floor(rows.start * step_px)), int(np.floor(cols.start * step_px))
    bottom, right = int(np.ceil(rows.stop * step_px)), int(np.ceil(cols.stop * step_px))
    window = Window(
        left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin
    )
    chip = read(window)
    # Centre of sample i lies at (i + 0.5) * step_px, counted from the corner of the first pixel.
    offset = 0.5 * step_px - 0.5
    place = np.array(
        [
            [step_px, 0, cols.start * step_px + offset - window.col_off],
            [0, step_px, rows.start * step_px + offset - window.row_off],
        ]
    )
    picture = np.ascontiguousarray(chip.image.transpose(1, 2, 0)).astype(np.float32)
    smooth = cv2.GaussianBlur(picture, (0, 0), blur_px) if blur_px else picture
    size = (len(cols), len(rows))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    sampled = cv2.warpAffine(smooth, place, size, flags=flags)
    seen = cv2.warpAffine(chip.valid.astype(np.float32), place, size, flags=flags)
    return np.asarray(sampled, dtype=np.float32), seen > 1 - 1e-3
