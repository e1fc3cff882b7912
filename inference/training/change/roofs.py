"""Roofs cut out of chips, to be set down elsewhere, turned and scaled a little.

Knows nothing of shadows or pairs.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from inference.training.change.chips import Chip, Mask, Picture, Rng

SMALLEST_M2 = 25.0
RIM_PX = 2


@dataclass(frozen=True)
class Roof:
    """One roof from above.

    Attributes:
        image: (row, col, 3) uint8 with a rim of what surrounds it.
        mask: (row, col) the roof itself.
        gsd_m: ground size of a pixel.
        is_real: cut out of a photograph.
    """

    image: Picture
    mask: Mask
    gsd_m: float
    is_real: bool

    @property
    def area_m2(self) -> float:
        """Footprint on the ground."""
        return float(self.mask.sum()) * self.gsd_m**2


def roofs_of(chip: Chip) -> list[Roof]:
    """All roofs of a chip that are whole and large enough."""
    found = []
    for number, window in enumerate(ndimage.find_objects(chip.buildings), 1):
        if window is None or _touches_rim(window, chip.size_px):
            continue
        rows, cols = (slice(s.start - RIM_PX, s.stop + RIM_PX) for s in window)
        mask = chip.buildings[rows, cols] == number
        roof = Roof(chip.image[rows, cols].copy(), mask, chip.gsd_m, chip.is_real)
        if roof.area_m2 >= SMALLEST_M2 and chip.seen[rows, cols].all():
            found.append(roof)
    return found


def _touches_rim(window: tuple[slice, ...], size_px: int) -> bool:
    return any(s.start < RIM_PX + 1 or s.stop > size_px - RIM_PX - 1 for s in window)


def turned(
    rng: Rng, roof: Roof, gsd_m: float, angle_deg: float
) -> tuple[Picture, NDArray[np.float32]]:
    """A roof at another ground size and angle: picture and soft mask (row, col) 0..1."""
    scale = roof.gsd_m / gsd_m * float(rng.uniform(0.85, 1.2))
    if rng.random() < 0.5:
        roof = Roof(roof.image[:, ::-1].copy(), roof.mask[:, ::-1].copy(), roof.gsd_m, roof.is_real)
    rows, cols = roof.mask.shape
    side = int(np.ceil(np.hypot(rows, cols) * scale)) + 4
    move = np.asarray(cv2.getRotationMatrix2D((cols / 2, rows / 2), angle_deg, scale), np.float64)
    move[:, 2] += side / 2 - np.array([cols / 2, rows / 2])
    picture, mask = roof.image, roof.mask.astype(np.float32)
    if scale < 0.7:
        blur = 0.35 / scale
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.uint8)
        mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), blur), np.float32)
    out = cv2.warpAffine(
        picture, move, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    soft = cv2.warpAffine(mask, move, (side, side), flags=cv2.INTER_LINEAR)
    return np.asarray(out, np.uint8), np.asarray(soft, np.float32)
