"""Shapes have the size that was asked for and lie where they were put."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from inference.training.multispectral import shapes

SHAPE = (120, 140)


def middle(mask: NDArray[np.bool_]) -> tuple[float, float]:
    row, col = ndimage.center_of_mass(mask)
    return float(row), float(col)


@pytest.mark.parametrize("draw", [shapes.block, shapes.blob])
@pytest.mark.parametrize("seed", range(6))
def test_blocks_and_blobs_lie_round_their_centre(draw, seed: int) -> None:
    mask = draw(np.random.default_rng(seed), SHAPE, (60.0, 70.0), 30.0)
    assert 60 < mask.sum() < 2 * 30 * 30
    assert np.abs(np.subtract(middle(mask), (60, 70))).max() < 12


def test_the_smallest_block_is_a_pixel_or_two() -> None:
    sizes = [
        shapes.block(np.random.default_rng(seed), SHAPE, (60.0, 70.0), 1.5).sum()
        for seed in range(20)
    ]
    assert min(sizes) >= 1
    assert max(sizes) < 20


def test_strips_are_long_and_thin() -> None:
    for seed in range(6):
        mask = shapes.strip(np.random.default_rng(seed), SHAPE, (60.0, 70.0), 12.0)
        depth = ndimage.distance_transform_edt(mask)
        rows, cols = np.nonzero(mask)
        assert depth.max() <= 4
        assert max(np.ptp(rows), np.ptp(cols)) > 25


def test_somewhere_is_on_the_mask_and_anywhere_where_it_is_empty() -> None:
    wanted = np.zeros(SHAPE, bool)
    wanted[17, 93] = True
    rng = np.random.default_rng(0)
    assert shapes.somewhere(rng, wanted) == (17.0, 93.0)
    spots = {shapes.somewhere(rng, np.zeros(SHAPE, bool)) for _spot in range(20)}
    assert len(spots) > 10
    assert all(0 <= row < SHAPE[0] and 0 <= col < SHAPE[1] for row, col in spots)


def test_beside_is_outside_but_within_reach() -> None:
    mask = np.zeros(SHAPE, bool)
    mask[50:60, 50:60] = True
    near = shapes.beside(mask, 5)
    assert not (near & mask).any()
    assert near.sum() == 20 * 20 - 10 * 10
