"""Changes of a picture that has buildings: taking some away, setting some down, and the like.

Every function changes a `Ground` in place and keeps its labels true; masks are (row, col) of its
picture. Knows nothing of dates.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.training.change.chips import Chip, Mask, Rng
from inference.training.change.roofs import Roof, turned

Floats = NDArray[np.float32]
TRIES = 12
SOILS = np.array(
    [[150, 120, 90], [190, 170, 140], [120, 110, 100], [170, 165, 160], [210, 205, 195],
     [95, 95, 98], [140, 90, 65]], np.float32,
)  # fmt: skip


@dataclass
class Ground:
    """A picture that is being changed.

    Attributes:
        image: (row, col, 3) float32, 0..255.
        buildings: (row, col) uint16, 0 none.
        seen: (row, col).
        gsd_m: ground size of a pixel.
        sun: (dx, dy) of a metre of height's shadow, in metres.
    """

    image: Floats
    buildings: NDArray[np.uint16]
    seen: Mask
    gsd_m: float
    sun: tuple[float, float]

    @classmethod
    def of(cls, chip: Chip, sun: tuple[float, float], *, is_later: bool = False) -> "Ground":
        """A copy of a chip, at its later date if it has one and that is wanted."""
        image = chip.later if is_later and chip.later is not None else chip.image
        shown = image.astype(np.float32)
        return cls(shown, chip.buildings.copy(), chip.seen.copy(), chip.gsd_m, sun)

    @property
    def is_roof(self) -> Mask:
        """Where a building stands (row, col)."""
        return np.asarray(self.buildings > 0)


def remove(rng: Rng, ground: Ground, number: int) -> bool:
    """Cover one building and its shadow with ground from nearby; False where there is none."""
    footprint = ground.buildings == number
    height_m = float(rng.uniform(3, 8))
    hole = grown(footprint, 0.8 / ground.gsd_m + 1.5) | shadow_of(ground, footprint, height_m)
    others = grown(ground.is_roof & ~footprint, 1.0)
    hole &= ~others
    if not hole.any():
        return False
    rows, cols = np.flatnonzero(hole.any(1)), np.flatnonzero(hole.any(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, cols[0], cols[-1] + 1
    part = hole[top:bottom, left:right]
    source = _free_ground(rng, ground, part, (top, left))
    if source is None:
        return False
    row, col = source
    patch = ground.image[row : row + part.shape[0], col : col + part.shape[1]]
    alpha = cv2.GaussianBlur(part.astype(np.float32), (0, 0), 1.0)[..., None]
    target = ground.image[top:bottom, left:right]
    target[:] = target * (1 - alpha) + patch.copy() * alpha
    ground.buildings[footprint] = 0
    return True


def _free_ground(
    rng: Rng, ground: Ground, part: Mask, own: tuple[int, int]
) -> tuple[int, int] | None:
    """Corner of a place of this shape without buildings, near ones first."""
    height, width = part.shape
    rows, cols = ground.buildings.shape
    if height >= rows or width >= cols:
        return None
    blocked = grown(ground.is_roof, 2.0) | ~ground.seen
    reach = 1.5 * max(height, width)
    for trial in range(TRIES):
        spread = reach * (1 + trial / 4)
        row = int(np.clip(own[0] + rng.uniform(-spread, spread), 0, rows - height))
        col = int(np.clip(own[1] + rng.uniform(-spread, spread), 0, cols - width))
        if not (blocked[row : row + height, col : col + width] & part).any():
            return row, col
    return None


def insert(
    rng: Rng,
    ground: Ground,
    roof: Roof,
    *,
    angle_deg: float,
    near: tuple[float, float] | None = None,
) -> bool:
    """Set a roof down on free ground with its shadow; False where it finds no room.

    The ground between new buildings and their neighbours stays at least a metre wide.
    """
    picture, soft = turned(rng, roof, ground.gsd_m, angle_deg)
    side = len(soft)
    rows, cols = ground.buildings.shape
    if side >= min(rows, cols):
        return False
    solid = soft > 0.5
    taken = grown(ground.is_roof, 1.0 / ground.gsd_m) | ~ground.seen
    for _trial in range(TRIES):
        if near is None:
            row, col = int(rng.integers(rows - side)), int(rng.integers(cols - side))
        else:
            spots = np.array(near) + rng.normal(0, 25 / ground.gsd_m, 2) - side / 2
            row, col = np.clip(spots, 0, [rows - side - 1, cols - side - 1]).astype(int).tolist()
        if not (taken[row : row + side, col : col + side] & solid).any():
            _set_down(rng, ground, (picture, soft), (row, col))
            return True
    return False


def _set_down(
    rng: Rng, ground: Ground, roof: tuple[NDArray[np.uint8], Floats], corner: tuple[int, int]
) -> None:
    picture, soft = roof
    row, col = corner
    side = len(soft)
    window = np.s_[row : row + side, col : col + side]
    footprint = np.zeros(ground.buildings.shape, bool)
    footprint[window] = soft > 0.5
    if rng.random() < 0.35:
        bare(rng, ground, footprint)
    cast(
        rng,
        ground,
        footprint,
        height_m=float(rng.uniform(2.5, 7) if rng.random() < 0.8 else rng.uniform(7, 20)),
    )
    gain = np.exp(rng.normal(0, 0.12)) * np.exp(rng.normal(0, 0.04, 3))
    lit = np.clip(picture.astype(np.float32) * gain.astype(np.float32), 0, 255)
    alpha = soft[..., None]
    ground.image[window] = ground.image[window] * (1 - alpha) + lit * alpha
    ground.buildings[footprint] = int(ground.buildings.max()) + 1


def shadow_of(ground: Ground, footprint: Mask, height_m: float) -> Mask:
    """Where (row, col) the shadow of a block of this height falls, its own roof left out."""
    dx, dy = (height_m * part / ground.gsd_m for part in ground.sun)
    steps = max(int(np.hypot(dx, dy) / 1.5), 1)
    out = np.zeros_like(footprint)
    rows, cols = footprint.shape
    ys, xs = np.nonzero(footprint)
    for step in range(1, steps + 1):
        y, x = ys + round(dy * step / steps), xs + round(dx * step / steps)
        inside = (y >= 0) & (y < rows) & (x >= 0) & (x < cols)
        out[y[inside], x[inside]] = True
    return (
        np.asarray(
            cv2.morphologyEx(out.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)) > 0
        )
        & ~footprint
    )


def cast(rng: Rng, ground: Ground, footprint: Mask, height_m: float) -> None:
    """Darken the shadow of a thing (row, col); roofs nearby are shaded too."""
    shade = shadow_of(ground, footprint, height_m)
    window = around(shade, 4)
    if window is None:
        return
    soft = cv2.GaussianBlur(shade[window].astype(np.float32), (0, 0), float(rng.uniform(0.5, 1.0)))
    dark = 1 - float(rng.uniform(0.35, 0.65)) * np.array([1.0, 0.97, 0.9], np.float32)
    ground.image[window] *= 1 - soft[..., None] * (1 - dark)


def around(mask: Mask, margin_px: int) -> tuple[slice, slice] | None:
    """The rows and columns that hold a mask (row, col), with a margin; None for an empty one."""
    rows, cols = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return None
    return (slice(max(int(rows[0]) - margin_px, 0), int(rows[-1]) + 1 + margin_px),
            slice(max(int(cols[0]) - margin_px, 0), int(cols[-1]) + 1 + margin_px))  # fmt: skip


def bare(rng: Rng, ground: Ground, footprint: Mask) -> None:
    """Soil round a new building (row, col), 1 to 6 m of it."""
    ring = grown(footprint, float(rng.uniform(1, 6)) / ground.gsd_m) & ~ground.is_roof
    paint(rng, ground, ring, soil(rng), strength=float(rng.uniform(0.5, 1.0)))


def soil(rng: Rng) -> NDArray[np.float32]:
    """A colour (3,) of bare ground, pads or gravel, 0..255."""
    base = SOILS[int(rng.integers(len(SOILS)))]
    return np.asarray(
        base * np.exp(rng.normal(0, 0.12)) * np.exp(rng.normal(0, 0.04, 3)), np.float32
    )


def paint(
    rng: Rng, ground: Ground, where: Mask, colour: NDArray[np.float32], *, strength: float
) -> None:
    """Cover ground (row, col) with a rough colour; roofs stay as they are.

    Args:
        rng: what is drawn.
        ground: changed in place.
        where: what to cover.
        colour: (3,) 0..255.
        strength: 0 leaves the ground as it is, 1 hides it.
    """
    where = where & ~ground.is_roof & ground.seen
    window = around(where, 5)
    if window is None:
        return
    part = where[window]
    rough = _rough(rng, part.shape)
    soft = cv2.GaussianBlur(part.astype(np.float32), (0, 0), float(rng.uniform(0.5, 1.5)))
    alpha = (soft * np.float32(strength))[..., None]
    lit = colour.astype(np.float32) + rough[..., None]
    target = ground.image[window]
    target += (lit - target) * alpha


def _rough(rng: Rng, shape: tuple[int, int]) -> Floats:
    """Blotches and grain of bare ground, in grey levels."""
    rows, cols = shape
    coarse = rng.standard_normal((rows // 8 + 2, cols // 8 + 2), np.float32)
    blotches = cv2.resize(coarse, (cols, rows), interpolation=cv2.INTER_CUBIC)
    grain = rng.standard_normal((rows, cols), np.float32)
    return np.asarray(
        blotches * np.float32(rng.uniform(2, 10)) + grain * np.float32(rng.uniform(1, 7))
    )


def grown(mask: Mask, by_px: float) -> Mask:
    """A mask (row, col) and what lies within so many pixels of it."""
    side = 2 * max(round(by_px), 1) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel) > 0)
