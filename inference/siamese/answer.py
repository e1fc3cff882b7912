"""From what a change network says of a window to scores and classes.

Pure functions of arrays; knows nothing of files, engines or thresholds of a run.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.siamese.pictures import Picture
from raster.native import Bools

Floats = NDArray[np.float32]

SAME_PX = 16
"""Where no pixel within this reach differs by a single grey level, nothing changed."""
MEETING_PX = 8
"""A pixel's direction is that of the change within this reach: one building, one direction."""
CLEAR = 0.25
"""Mean difference of the building scores from which a building came or went."""
STEPS = 4096


def scores(change: Floats, *, threshold: float) -> Floats:
    """Scores (row, col) 0..1 in which 0.5 is the threshold of the network.

    Args:
        change: logits of change (row, col).
        threshold: score of the network (0..1) from which a pixel is changed.
    """
    moved = change - np.float32(math.log(threshold / (1 - threshold)))
    return _sigmoid(moved)


def is_same(pre: Picture, post: Picture) -> Bools:
    """Pixels (row, col) around which both pictures are equal to the last bit."""
    differs = (pre != post).any(axis=0).astype(np.uint8)
    side = 2 * SAME_PX + 1
    return np.asarray(cv2.dilate(differs, np.ones((side, side), np.uint8)) == 0)


def directions(score: Floats, footprints: Floats) -> NDArray[np.int8]:
    """1 where a building appeared, -1 where one vanished, 0 where neither is clear.

    Args:
        score: (row, col) 0..1; what is not finite has no say.
        footprints: (2, row, col) logits of building at pre and at post.
    """
    pre, post = (_sigmoid(one) for one in footprints)
    weight = _numbers(score)
    # Sums of whole numbers do not depend on where a tile begins.
    gain = _summed(_numbers((post - pre) * weight))
    total = _summed(weight)
    return ((gain > CLEAR * total).astype(np.int8) - (gain < -CLEAR * total)).astype(np.int8)


def _summed(values: Floats) -> NDArray[np.int32]:
    steps = np.rint(values * STEPS).astype(np.int16)
    side = (2 * MEETING_PX + 1,) * 2
    summed = cv2.boxFilter(steps, cv2.CV_32S, side, normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(summed, dtype=np.int32)


def _numbers(values: Floats) -> Floats:
    """The values, with 0 for NaN; a quarter of the time of `np.nan_to_num`."""
    return np.where(np.isnan(values), np.float32(0), values)


def _sigmoid(logits: Floats) -> Floats:
    # Beyond +-30 a float32 sigmoid is 0 or 1; the clip keeps exp from overflowing. NaN stays NaN.
    shares = np.negative(np.clip(logits, -30, 30), dtype=np.float32)
    np.exp(shares, out=shares)
    shares += 1
    return np.divide(1, shares, out=shares)
