"""Part of one scene as an 8-bit colour picture on a working grid: what segmenters and counters see.

The stretch is one for the whole scene, so that a thing looks alike in every chip. Knows no model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from raster.grid import Grid


@dataclass(frozen=True)
class Chip:
    """A picture of a part of the ground.

    Attributes:
        image: (3, row, col) uint8, red, green, blue; 128 where not observed.
        valid: (row, col) observed pixels.
        grid: where it lies.
    """

    image: NDArray[np.uint8]
    valid: NDArray[np.bool_]
    grid: Grid
