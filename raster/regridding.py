"""A thing's mask taken from the grid it was found on to another grid of the same ground.

Both grids have one CRS and differ in pixel size only. Knows nothing of models.
"""

import math

import cv2
import numpy as np
from affine import Affine
from numpy.typing import NDArray

from raster.grid import Grid
from raster.instances import Instance, cut

HALF = 0.5
SAME_PX = 1e-6


def onto(instance: Instance, source: Grid, target: Grid) -> Instance | None:
    """The same thing on another grid; None where it is too small to cover half a pixel of it.

    A pixel belongs to the thing where half of it or more is covered, so areas agree to a fraction
    of the outline.
    """
    if source.transform.almost_equals(target.transform, SAME_PX):
        return _clipped(instance, target)
    # From columns and rows of the target to those of the source.
    back = ~source.transform @ target.transform
    left, top, right, bottom = _reach(instance, ~back, target)
    if right <= left or bottom <= top:
        return None
    fine = max(1, math.ceil(round(max(abs(back.a), abs(back.e)), 6)))
    share = _warped(instance, back, (left, top, right, bottom), fine)
    return cut(share >= HALF, instance.score, top=top, left=left)


def _clipped(instance: Instance, target: Grid) -> Instance | None:
    """The part of an instance inside a grid."""
    top, left = max(instance.top, 0), max(instance.left, 0)
    rows = slice(top - instance.top, max(target.height - instance.top, 0))
    cols = slice(left - instance.left, max(target.width - instance.left, 0))
    mask = instance.mask[rows, cols]
    if mask.shape == instance.mask.shape:
        return instance
    return cut(mask, instance.score, top=top, left=left)


def _reach(instance: Instance, to_target: Affine, target: Grid) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the target's pixels an instance may cover."""
    height, width = instance.mask.shape
    left, top = to_target @ (instance.left, instance.top)
    right, bottom = to_target @ (instance.left + width, instance.top + height)
    return (
        max(math.floor(left) - 1, 0),
        max(math.floor(top) - 1, 0),
        min(math.ceil(right) + 1, target.width),
        min(math.ceil(bottom) + 1, target.height),
    )


def _warped(
    instance: Instance, back: Affine, reach: tuple[int, int, int, int], fine: int
) -> NDArray[np.float32]:
    """How much (0..1) of each target pixel is covered; `fine` samples along each side of it."""
    left, top, right, bottom = reach
    # OpenCV's coordinates are those of pixel centres, ours of corners.
    moved = (
        Affine.translation(-instance.left - HALF, -instance.top - HALF)
        @ back
        @ Affine.translation(left, top)
        @ Affine.scale(1 / fine)
        @ Affine.translation(HALF, HALF)
    )
    matrix = np.array(moved[:6], dtype=np.float64).reshape(2, 3)
    size = ((right - left) * fine, (bottom - top) * fine)
    covered = cv2.warpAffine(
        instance.mask.astype(np.float32),
        matrix,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=0,
    )
    if fine == 1:
        return np.asarray(covered, dtype=np.float32)
    shrunk = cv2.resize(covered, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, dtype=np.float32)
