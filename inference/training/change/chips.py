"""Labelled pictures of one date, cut out at a ground size: what pairs are made of.

A chip knows each of its buildings and trees by number. Knows nothing of changes or networks.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator
Picture = NDArray[np.uint8]
Numbers = NDArray[np.uint16]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Chip:
    """Some ground at a date, and perhaps at another.

    Attributes:
        image: (row, col, 3) uint8, red, green, blue.
        later: the same ground at another date on which the same buildings stand, if there is one.
        buildings: (row, col) uint16: 0 none, 1.. each building.
        trees: (row, col) uint16: 0 none, 1.. each crown; all 0 where crowns are not labelled.
        seen: (row, col) observed and labelled.
        gsd_m: ground size of a pixel.
        sun: (dx, dy) of a unit of shadow on the picture, to the right and down, for a thing one
            metre high, in metres; None where nobody knows.
        is_real: a photograph, not a rendering.
    """

    image: Picture
    later: Picture | None
    buildings: Numbers
    trees: Numbers
    seen: Mask
    gsd_m: float
    sun: tuple[float, float] | None
    is_real: bool

    @property
    def size_px(self) -> int:
        """Side of the chip."""
        return int(self.image.shape[0])


def cut(rng: Rng, chip: Chip, size_px: int) -> Chip:
    """A random part of a chip, turned by quarters and mirrored."""
    room = chip.size_px - size_px
    top, left = (int(rng.integers(room + 1)) for _axis in range(2))
    window = np.s_[top : top + size_px, left : left + size_px]
    turns, flip = int(rng.integers(4)), bool(rng.random() < 0.5)

    def turned(array: NDArray[np.generic]) -> NDArray[np.generic]:
        out = np.rot90(array[window], turns)
        return np.ascontiguousarray(out[:, ::-1] if flip else out)

    sun = chip.sun
    if sun is not None:
        dx, dy = sun
        for _turn in range(turns):
            dx, dy = dy, -dx
        sun = (-dx if flip else dx, dy)
    return Chip(
        np.asarray(turned(chip.image), np.uint8),
        None if chip.later is None else np.asarray(turned(chip.later), np.uint8),
        np.asarray(turned(chip.buildings), np.uint16),
        np.asarray(turned(chip.trees), np.uint16),
        np.asarray(turned(chip.seen), bool),
        chip.gsd_m,
        sun,
        chip.is_real,
    )


def guessed_sun(rng: Rng, chip: Chip) -> tuple[float, float]:
    """Where shadows fall: as known, else where the ground beside buildings is darkest."""
    if chip.sun is not None:
        return chip.sun
    length = float(rng.uniform(0.5, 1.4))
    angle = _darkest(chip)
    if angle is None:
        angle = float(rng.uniform(0, 2 * math.pi))
    return length * math.cos(angle), length * math.sin(angle)


def _darkest(chip: Chip) -> float | None:
    """The direction in which the ground three metres beside buildings is darkest."""
    is_roof = chip.buildings > 0
    if is_roof.sum() < 100:
        return None
    light = chip.image.mean(axis=2)
    reach = max(round(3.0 / chip.gsd_m), 2)
    found = []
    for step in range(16):
        angle = step * math.pi / 8
        dx, dy = round(reach * math.cos(angle)), round(reach * math.sin(angle))
        beside = np.roll(is_roof, (dy, dx), (0, 1)) & ~is_roof & chip.seen
        found.append((float(light[beside].mean()) if beside.any() else 255.0, angle))
    return min(found)[1]
