"""The same ground photographed again: an altered copy of real pixels in which nothing changed.

Knows nothing of files.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

SHIFT_PX = (0.8, 1.3)
DARKER, LIFTED = 0.75, 20 / 255
NOISE = 3 / 255
BLUR_PX = 0.8


def retake(values: NDArray[Any], *, seed: int, white: float) -> NDArray[Any]:
    """Darker, flatter, blurred, noisy and 0.8 by 1.3 pixels off; where all bands are 0 stays 0.

    Args:
        values: (band, row, col) of an unsigned integer type.
        seed: of the noise.
        white: the value that counts as white; lift and noise are shares of it.
    """
    rng = np.random.default_rng(seed)
    is_empty = (values == 0).all(axis=0)
    taken = np.stack([_retaken(band.astype(np.float32), rng, white) for band in values])
    limit = np.iinfo(values.dtype).max
    return np.where(is_empty, 0, np.clip(np.rint(taken), 1, limit)).astype(values.dtype)


def _retaken(band: NDArray[np.float32], rng: np.random.Generator, white: float) -> NDArray[Any]:
    moved = ndimage.shift(band, SHIFT_PX, order=1, mode="nearest")
    flat = ndimage.gaussian_filter(moved, BLUR_PX) * DARKER + LIFTED * white
    return np.asarray(flat + rng.normal(0, NOISE * white, band.shape), np.float32)
