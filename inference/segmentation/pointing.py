"""What a prompt points at, for segmenters that take points and boxes alone.

Works on pixels of one picture; knows no model.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.segmenters.base import XY, Prompt

HALF = 0.5
RIM_PX = 2
"""Empty pixels around a drawn outline, so that it has an outside on every side."""


def points_inside(prompt: Prompt) -> tuple[XY, ...]:
    """The points on the thing; the middle of a rough outline is one where none was given."""
    if not prompt.polygon or prompt.inside:
        return prompt.inside
    return (middle(prompt.polygon),)


def box_around(prompt: Prompt) -> tuple[float, float, float, float] | None:
    """The box around the thing: as drawn, or around a rough outline; None without either."""
    if prompt.box is not None or not prompt.polygon:
        return prompt.box
    xs, ys = zip(*prompt.polygon, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def middle(outline: tuple[XY, ...]) -> XY:
    """The place within an outline that is farthest from its edge, to a pixel."""
    ring = np.array(outline, dtype=np.float64)
    corner = np.floor(ring.min(axis=0)) - RIM_PX
    width, height = (np.ceil(ring.max(axis=0)) - corner + RIM_PX + 1).astype(int)
    canvas = np.zeros((height, width), np.uint8)
    cv2.fillPoly(canvas, [np.round(ring - corner - HALF).astype(np.int32)], [1])
    depth = cv2.distanceTransform(canvas, cv2.DIST_L2, 5)
    row, col = np.unravel_index(int(depth.argmax()), depth.shape)
    return float(col + corner[0] + HALF), float(row + corner[1] + HALF)


def connected(mask: NDArray[np.bool_], inside: tuple[XY, ...]) -> NDArray[np.bool_] | None:
    """The connected part (row, col) that was pointed at; None where the mask is empty.

    The part with most of the points, and the largest of those with equally many. Pixels that
    touch by a corner are not connected.
    """
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=4
    )
    if count == 1:
        return None
    areas = stats[1:, cv2.CC_STAT_AREA]
    hits = np.zeros(count - 1, np.int64)
    for x, y in inside:
        row, col = int(np.floor(y)), int(np.floor(x))
        if 0 <= row < mask.shape[0] and 0 <= col < mask.shape[1] and labels[row, col]:
            hits[labels[row, col] - 1] += 1
    return np.asarray(labels == 1 + int(np.lexsort((areas, hits))[-1]))
