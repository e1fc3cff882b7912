"""How alike two dates look at one place, whatever the light, the season's colours or a small shift.

Works on cut-outs of pictures; knows nothing of things, models or verdicts.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from raster.chip import Chip
from raster.correlation import structure

SEARCH_PX = 2
"""What is left of a misregistration after the pair was aligned, roofs that lean included."""
SMOOTHING_PX = 1.0
FEWEST_PX = 16
"""Fewer pixels correlate by chance."""

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


def likeness(one: Chip, other: Chip, region: Bools) -> float:
    """How alike two chips of one window look inside a region (row, col), 0..1.

    The mean of two correlations, each at its best shift of up to 2 pixels: of colours, free of
    gain and offset (a changed roof spoils it, a changed exposure does not), and of the strength
    and direction of edges (a shadow's contrast or a faded lawn spoils it less). 0 where too little
    was observed at both dates, or one is flat.

    The outermost 2 pixels of the chips are not compared.
    """
    seen = one.valid & other.valid & region
    inner = (slice(SEARCH_PX, -SEARCH_PX), slice(SEARCH_PX, -SEARCH_PX))
    mask = seen[inner].astype(np.float32)
    if int(np.count_nonzero(mask)) < FEWEST_PX:
        return 0.0
    colour = _best(_smooth(one)[inner], _smooth(other), mask, cv2.TM_CCOEFF_NORMED)
    edges = _best(_edges(one)[inner], _edges(other), mask, cv2.TM_CCORR_NORMED)
    return float(np.clip((colour + edges) / 2, 0, 1))


def _smooth(chip: Chip) -> Floats:
    """The picture (row, col, colour) without its finest grain."""
    picture = np.ascontiguousarray(chip.image.transpose(1, 2, 0)).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), SMOOTHING_PX), dtype=np.float32)


def _edges(chip: Chip) -> Floats:
    """Strength and doubled direction of edges (row, col, 2)."""
    grey = chip.image.mean(axis=0, dtype=np.float32)[None]
    found = structure(grey, chip.valid)
    return np.stack([found.real, found.imag], axis=-1).astype(np.float32)


def _best(part: Floats, whole: Floats, mask: Floats, method: int) -> float:
    """The best correlation of a part of one picture with the other, -1..1; 0 where one is flat."""
    layers = np.repeat(mask[:, :, None], part.shape[2], axis=2)
    found = cv2.matchTemplate(whole, np.ascontiguousarray(part), method, mask=layers)
    usable = found[np.isfinite(found) & (np.abs(found) <= 1 + 1e-3)]
    return float(usable.max()) if usable.size else 0.0
