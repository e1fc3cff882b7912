"""Roofs that lean away from their feet, as a camera sees them that does not look straight down.

A roof that leans is the same building: no change. Knows nothing of dates or pairs.
"""

import numpy as np

from inference.training.change.chips import Numbers, Rng
from inference.training.change.ground import Floats, Ground


def lean(rng: Rng, ground: Ground) -> None:
    """Show walls: every roof moves away from its foot by its height, as seen from the side."""
    angle, most_m = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0.5, 4))
    image, buildings = ground.image.copy(), np.zeros_like(ground.buildings)
    for number in np.unique(ground.buildings)[1:]:
        reach = float(rng.uniform(0.5, 1.0)) * most_m / ground.gsd_m
        move = (round(reach * np.sin(angle)), round(reach * np.cos(angle)))
        _tilt(rng, ground, (image, buildings), int(number), move)
    ground.image, ground.buildings = image, buildings


def _tilt(
    rng: Rng,
    ground: Ground,
    leaning: tuple[Floats, Numbers],
    number: int,
    move: tuple[int, int],
) -> None:
    """One building with its roof moved (rows, cols) and the wall below it bare."""
    image, buildings = leaning
    rows, cols = np.nonzero(ground.buildings == number)
    height, width = buildings.shape
    to_rows, to_cols = rows + move[0], cols + move[1]
    inside = (to_rows >= 0) & (to_rows < height) & (to_cols >= 0) & (to_cols < width)
    wall = float(rng.uniform(0.45, 1.0)) * np.array([165, 158, 148], np.float32)
    image[rows, cols] = wall + 6 * rng.standard_normal((len(rows), 1), np.float32)
    roof = ground.image[rows[inside], cols[inside]]
    image[to_rows[inside], to_cols[inside]] = roof
    buildings[to_rows[inside], to_cols[inside]] = number
