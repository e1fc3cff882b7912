"""Gaussian averages over valid pixels, the same whatever the tile around a pixel.

Knows nothing of bands' meaning, scores or tiles.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from raster.align import PairBlock

_TRUNCATE_SIGMA = 3.0
# OpenCV sums the last columns of a row, those that do not fill a vector register, in another
# rounding. Rows padded to a multiple of the widest register have no such columns.
_VECTOR_PX = 64


def reach_px(sigma_px: float) -> int:
    """How many neighbours on each side a Gaussian of this width sees."""
    return int(np.ceil(_TRUNCATE_SIGMA * sigma_px))


def observed(block: PairBlock) -> NDArray[np.bool_]:
    """(row, col) bool: observed at both dates and finite in every band."""
    finite = np.isfinite(block.pre).all(axis=0) & np.isfinite(block.post).all(axis=0)
    return block.valid & finite


class ValidMean:
    """Gaussian means of images that share one validity mask.

    Invalid pixels have weight zero, so that nodata never leaks into its neighbours (normalised
    convolution, Knutsson and Westin 1993). Every output pixel is the same sum over the same
    neighbours, so that cutting into tiles changes at most the last bits, which the rounding of
    scores hides; running-sum box filters do not have this property.
    """

    def __init__(self, valid: NDArray[np.bool_], *, sigma_px: float) -> None:
        """Averages over `valid` (row, col) with a Gaussian of deviation `sigma_px`."""
        self._valid = valid
        self._kernel = _kernel(sigma_px)

    @cached_property
    def _weight(self) -> NDArray[np.float32]:
        return np.maximum(self._blur(self._valid.astype(np.float32)), np.float32(1e-6))

    def __call__(self, image: NDArray[np.floating]) -> NDArray[np.float32]:
        """Mean (row, col) float32 of `image` around each pixel; meaningless far from valid ones."""
        mean = self._blur(
            np.where(self._valid, image.astype(np.float32, copy=False), np.float32(0))
        )
        mean /= self._weight
        return mean

    def _blur(self, image: NDArray[np.float32]) -> NDArray[np.float32]:
        # Imported here: cards are read at start-up, and OpenCV takes a third of a second.
        import cv2

        height, width = image.shape
        padded = np.zeros((height, -(-width // _VECTOR_PX) * _VECTOR_PX), np.float32)
        padded[:, :width] = image
        blurred = cv2.sepFilter2D(
            padded, cv2.CV_32F, self._kernel, self._kernel, borderType=cv2.BORDER_CONSTANT
        )
        return np.asarray(blurred[:, :width], dtype=np.float32)


def _kernel(sigma_px: float) -> NDArray[np.float32]:
    reach = reach_px(sigma_px)
    offsets = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (offsets / sigma_px) ** 2)
    return np.asarray(weights / weights.sum(), dtype=np.float32)
