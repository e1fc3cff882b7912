"""One thing seen in one image, as a mask in its bounding box on a grid.

What segments and counts writes it, what measures reads it. Knows nothing of models or dates.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window


@dataclass(frozen=True)
class Instance:
    """One thing on a grid.

    Attributes:
        top: row of the grid where `mask` begins.
        left: column of the grid where `mask` begins.
        mask: (row, col) bool; tight: its first and last row and column hold a pixel of the thing.
        score: how sure the model is, 0..1; not a probability.
    """

    top: int
    left: int
    mask: NDArray[np.bool_]
    score: float

    @property
    def window(self) -> Window:
        """Where the mask lies on the grid."""
        return Window(self.left, self.top, self.mask.shape[1], self.mask.shape[0])

    @property
    def pixels(self) -> int:
        """How many pixels the thing has."""
        return int(np.count_nonzero(self.mask))


def cut(mask: NDArray[np.bool_], score: float, *, top: int = 0, left: int = 0) -> Instance | None:
    """The instance of a mask (row, col) whose first pixel is at `top`, `left`; None if empty."""
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    tight = mask[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    return Instance(top + int(rows[0]), left + int(cols[0]), np.ascontiguousarray(tight), score)
