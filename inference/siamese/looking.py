"""How a change network looks at a tile: near the core, and where asked a second time from afar.

Arrays in, arrays out; knows nothing of weights, stretches or classes.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.backends.base import Engine, Picture
from inference.siamese.pictures import padded
from raster.native import Floats

STRIDE_PX, HALO_PX = 32, 288
"""Those of the network; written here because its module loads PyTorch. A test compares them."""
AFAR = 2
"""How many times as large pixels are at the second look."""
Part = tuple[slice, slice]


def near(core: Part | None, shape: tuple[int, int]) -> Part:
    """Rows and columns that scores of a core depend on at the first look; all where it is None."""
    if core is None:
        core = slice(0, shape[0]), slice(0, shape[1])
    rows, cols = (
        slice(max(part.start - HALO_PX, 0), min(part.stop + HALO_PX, side))
        for part, side in zip(core, shape, strict=True)
    )
    return rows, cols


def look(engine: Engine, pre: Picture, post: Picture) -> tuple[Floats, Floats]:
    """Logits of change (row, col) and of buildings at both dates (2, row, col)."""
    rows, cols = pre.shape[1:]
    change, footprints = engine(*(padded(one, STRIDE_PX) for one in (pre, post)))
    return change[:rows, :cols], footprints[:, :rows, :cols]


def look_from_afar(engine: Engine, pre: Picture, post: Picture) -> Floats:
    """Logits of change (row, col), seen in pixels twice as large."""
    rows, cols = pre.shape[1:]
    change = engine(*(_smaller(padded(one, AFAR * STRIDE_PX)) for one in (pre, post)))[0]
    size = (AFAR * change.shape[1], AFAR * change.shape[0])
    larger: Floats = np.asarray(
        cv2.resize(change, size, interpolation=cv2.INTER_LINEAR), np.float32
    )
    return larger[:rows, :cols]


def _smaller(picture: Picture) -> NDArray[np.uint8]:
    """A picture (band, row, col) in the mean of every two by two pixels."""
    rows, cols = (side // AFAR for side in picture.shape[1:])
    halves = [cv2.resize(band, (cols, rows), interpolation=cv2.INTER_AREA) for band in picture]
    return np.stack(halves)
