"""A part of a chip keeps picture, labels and shadows together."""

import numpy as np
import pytest

from inference.training.change.chips import Chip, cut, guessed_sun
from tests.inference.training.change.village import GROUND, ROOF, chip


def shaded(sun: tuple[float, float] | None) -> Chip:
    """A dark stripe of 12 pixels beside every house, to the right of it."""
    made = chip()
    roofs = made.buildings > 0
    beside = np.zeros_like(roofs)
    for step in range(1, 13):
        beside |= np.roll(roofs, step, 1)
    made.image[beside & ~roofs] = 20
    return Chip(made.image, None, made.buildings, made.trees, made.seen, made.gsd_m, sun, True)


@pytest.mark.parametrize("seed", range(12))
def test_labels_and_the_sun_turn_with_the_picture(seed: int) -> None:
    whole = shaded((1.0, 0.0))
    part = cut(np.random.default_rng(seed), whole, 200)
    assert part.image.shape == (200, 200, 3)
    assert part.image[part.buildings > 0].min() >= ROOF
    assert part.image[part.buildings == 0].max() < GROUND + 20
    assert part.sun is not None
    dx, dy = part.sun
    roofs = part.buildings > 0
    beside = np.roll(roofs, (round(4 * dy), round(4 * dx)), (0, 1)) & ~roofs
    assert np.median(part.image[beside]) == 20


def test_the_sun_is_guessed_from_the_darkest_side_of_houses() -> None:
    dx, dy = guessed_sun(np.random.default_rng(0), shaded(None))
    assert dx > 0.4
    assert abs(dy) < 0.3 * dx


def test_a_known_sun_is_kept() -> None:
    assert guessed_sun(np.random.default_rng(0), shaded((0.3, 0.4))) == (0.3, 0.4)
