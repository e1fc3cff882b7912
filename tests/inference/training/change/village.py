"""A small made-up place: grey ground, bright square houses in rows."""

import numpy as np

from inference.training.change.chips import Chip
from inference.training.change.ground import Ground
from inference.training.change.pairs import SIZE_PX

GROUND, ROOF = 90, 200
HOUSE_PX = 24


def chip(size_px: int = SIZE_PX, *, houses: int = 9, gsd_m: float = 0.5) -> Chip:
    """Houses of 144 m2 on a lattice, the first ones first, on slightly rough ground."""
    rng = np.random.default_rng(3)
    buildings = np.zeros((size_px, size_px), np.uint16)
    steps = range(40, size_px - 2 * HOUSE_PX, 80)
    corners = [(row, col) for row in steps for col in steps][:houses]
    for number, (row, col) in enumerate(corners, 1):
        buildings[row : row + HOUSE_PX, col : col + HOUSE_PX] = number
    light = np.where(buildings > 0, ROOF, GROUND)[..., None] + rng.integers(0, 8, 3)
    image = np.broadcast_to(light, (size_px, size_px, 3)).astype(np.uint8)
    seen = np.ones(buildings.shape, bool)
    return Chip(image.copy(), None, buildings, buildings * 0, seen, gsd_m, (1.0, 0.5), is_real=True)


def ground(**options: int) -> Ground:
    """The same as a ground to be changed."""
    made = chip(**options)
    return Ground.of(made, (1.0, 0.5))
