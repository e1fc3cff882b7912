"""Views show a place as it is, turned; what is put down changes one date and nothing else."""

import numpy as np
import pytest

from inference.training.multispectral.canvas import Canvas, built_up, view
from tests.inference.training.multispectral.ground import SIDE, TOWN, place, town


@pytest.mark.parametrize("seed", range(8))
def test_a_view_of_the_whole_place_has_its_pixels_in_another_order(seed: int) -> None:
    ground = place()
    dates, share = view(np.random.default_rng(seed), ground, SIDE)
    assert np.array_equal(np.sort(dates.ravel()), np.sort(ground.dates.astype(np.float32).ravel()))
    assert share.sum() == ground.built.sum()
    assert (dates[:, 0][:, share > 0] > 0.3).all(), "shares stay with their pixels"


@pytest.mark.parametrize("seed", range(8))
def test_a_small_place_is_mirrored_and_the_target_is_built(seed: int) -> None:
    dates, share = view(np.random.default_rng(seed), place(), 200, target=(150.0, 30.0), dates=1)
    assert dates.shape == (1, 6, 200, 200)
    assert share.shape == (200, 200)
    near = (share[150, 30], share[49, 30], share[150, 169], share[49, 169],
            share[30, 150], share[169, 150], share[30, 49], share[169, 49])  # fmt: skip
    assert max(near) == 1, "turned and mirrored after it was aimed"


def test_ground_counts_as_built_with_gardens_but_not_with_parks() -> None:
    share = np.zeros((40, 40), np.float32)
    share[5:20:2, 5:20:2] = 1
    found = built_up(share)
    assert found[6:18, 6:18].all()
    assert not found[24:].any()


def test_what_is_put_down_is_at_one_date_and_in_its_place() -> None:
    canvas = Canvas.of(np.random.default_rng(0), place(), SIDE)
    before = canvas.dates.copy()
    where = np.zeros((SIDE, SIDE), bool)
    where[5:12, 50:60] = True
    canvas.put(1, where, np.full((6, SIDE, SIDE), 0.9, np.float32), np.ones((SIDE, SIDE), bool))
    assert np.array_equal(canvas.dates[0], before[0])
    assert (canvas.dates[1][:, 7:10, 53:57] > 0.85).all()
    far = np.ones((SIDE, SIDE), bool)
    far[1:16, 46:64] = False
    assert np.array_equal(canvas.dates[1][:, far], before[1][:, far])
    assert canvas.built[1][where].all()
    assert canvas.stands[where].all()
    assert not canvas.changed.any(), "what is new is for the one who builds to say"


def test_a_new_canvas_stands_alike_at_both_dates() -> None:
    canvas = Canvas.of(np.random.default_rng(1), place(), SIDE)
    assert np.array_equal(canvas.built[0], canvas.built[1])
    assert canvas.built[0].sum() >= place().built[TOWN].size
    assert canvas.seen.all()
    assert canvas.shape == (SIDE, SIDE)
    assert Canvas.of(np.random.default_rng(1), town(), SIDE).built.all()
