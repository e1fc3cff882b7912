"""Shapes of what is built, cleared or turned over: blocks, blobs, strips, as masks (row, col).

Knows nothing of what lies there.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from simulation.terrain import fractal_noise

Rng = np.random.Generator
Mask = NDArray[np.bool_]
Spot = tuple[float, float]
"""Row and column."""


def block(rng: Rng, shape: tuple[int, int], centre: Spot, size_px: float) -> Mask:
    """A turned rectangle (row, col), `size_px` along its longer side, perhaps with a wing."""
    angle = float(rng.uniform(0, 180))
    mask = np.zeros(shape, np.uint8)
    _fill(mask, centre, (size_px, size_px * float(rng.uniform(0.3, 1.0))), angle)
    if rng.random() < 0.4:
        away = rng.uniform(-0.5, 0.5, 2) * size_px
        wing = (centre[0] + float(away[0]), centre[1] + float(away[1]))
        _fill(mask, wing, (size_px * 0.6, size_px * float(rng.uniform(0.2, 0.6))), angle)
    return mask > 0


def _fill(mask: NDArray[np.uint8], centre: Spot, size: tuple[float, float], angle: float) -> None:
    corners = cv2.boxPoints((centre[::-1], size, angle))
    # Sixteenths of a pixel: at 10 m a house is one or two pixels.
    cv2.fillPoly(mask, [np.rint(corners * 16).astype(np.int32)], 1, cv2.LINE_8, 4)


def blob(rng: Rng, shape: tuple[int, int], centre: Spot, size_px: float) -> Mask:
    """A ragged patch (row, col) of about `size_px` across."""
    rows, cols = shape
    y, x = np.ogrid[:rows, :cols]
    away = np.hypot(y - centre[0], (x - centre[1]) * float(rng.uniform(0.7, 1.4))) / (size_px / 2)
    noise = fractal_noise(rng, shape, scale_px=max(size_px / 2, 4.0), octaves=4)
    return np.asarray(away + 0.3 * noise < 1)


def strip(rng: Rng, shape: tuple[int, int], centre: Spot, size_px: float) -> Mask:
    """A bent line (row, col), one to four pixels wide and about five times `size_px` long."""
    heading = float(rng.uniform(0, 2 * math.pi))
    points = []
    for along in np.linspace(-2.5, 2.5, 7) * size_px:
        bend = heading + 0.25 * float(rng.normal())
        points.append((centre[1] + along * math.cos(bend), centre[0] + along * math.sin(bend)))
    mask = np.zeros(shape, np.uint8)
    width = int(rng.choice([1, 2, 3, 4], p=[0.4, 0.3, 0.2, 0.1]))
    line = np.rint(np.array(points) * 16).astype(np.int32)
    cv2.polylines(mask, [line], isClosed=False, color=1, thickness=width, shift=4)
    return mask > 0


def somewhere(rng: Rng, wanted: Mask) -> Spot:
    """A pixel of a mask (row, col), or any pixel where it is empty."""
    found = np.flatnonzero(wanted)
    at = int(found[rng.integers(len(found))]) if len(found) else int(rng.integers(wanted.size))
    row, col = divmod(at, wanted.shape[1])
    return float(row), float(col)


def beside(mask: Mask, reach_px: int) -> Mask:
    """Pixels (row, col) outside a mask but within reach of it, corners included."""
    side = 2 * reach_px + 1
    wide = cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    return np.asarray(wide & ~mask)
