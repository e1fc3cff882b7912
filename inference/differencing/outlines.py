"""Where a smoothed change ends: at half of its own height, not where its blur fades out.

Knows nothing of bands, noise or thresholds.
"""

import numpy as np
from numpy.typing import NDArray

REACH_PX = 4
"""Half the width that smoothing gives an edge; farther peaks belong to other changes."""
STEEPNESS = 4
"""Power with which lengths below half of the peak beside them fade."""


def at_half_maximum(lengths: NDArray[np.float32], valid: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Lengths (row, col) float32, reduced in the skirt of a stronger change within 4 pixels.

    An edge that was smoothed crosses half of its height where it stood before, whatever its
    height. A fixed threshold instead draws strong changes too large: a roof that stands out
    twenty deviations was given twice its area. Lengths of at least half of the largest one
    within reach stay as they are.
    """
    # Imported here: cards are read at start-up, and OpenCV takes a third of a second.
    import cv2

    side = 2 * REACH_PX + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    peak = cv2.dilate(np.where(valid, lengths, np.float32(0)), disc)
    share = np.minimum(2 * lengths / np.maximum(peak, np.float32(1e-6)), np.float32(1))
    return np.asarray(lengths * share**STEEPNESS, dtype=np.float32)
