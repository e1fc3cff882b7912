"""Whatever is built is labelled, at the date it stands, and nothing else is."""

import numpy as np
import pytest
from scipy import ndimage

from inference.training.multispectral import edits
from inference.training.multispectral.canvas import Canvas
from inference.training.multispectral.edits import BUILDERS, SHARES, develop, settle
from tests.inference.training.multispectral.ground import place, town

SIDE = 96
FEATHER_REACH_PX = 4


def canvas(seed: int = 0) -> Canvas:
    return Canvas.of(np.random.default_rng(seed), place(seed), SIDE)


@pytest.mark.parametrize("builder", BUILDERS)
@pytest.mark.parametrize("seed", range(4))
def test_what_differs_between_before_and_after_is_labelled(
    builder, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edits, "CLEARED", 0.0)
    ground = canvas(seed)
    before = ground.dates.copy()
    builder(np.random.default_rng(seed), ground, 1, [town()])
    assert np.array_equal(ground.dates[0], before[0])
    touched = (ground.dates[1] != before[1]).any(axis=0)
    square = np.ones((3, 3), bool)
    spoken = ndimage.binary_dilation(
        ground.changed | ~ground.seen, square, iterations=FEATHER_REACH_PX
    )
    assert touched.any()
    assert not (touched & ~spoken).any()
    assert ground.changed.any()
    assert ground.built[1][ground.changed].all()


def test_cleared_ground_lies_bare_at_the_other_date_only_where_nothing_stood(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(edits, "CLEARED", 1.0)
    ground = canvas()
    before, stood = ground.dates.copy(), ground.built[0].copy()
    edits.quarter(np.random.default_rng(2), ground, 1, [town()])
    bare = ndimage.binary_erosion(ground.changed & ~stood, iterations=2)
    assert (ground.dates[0][:, bare] != before[0][:, bare]).any(axis=0).all()
    assert np.array_equal(ground.built[0], stood)


def test_quarters_that_stand_at_both_dates_are_no_change() -> None:
    ground = canvas(3)
    for seed in range(5):
        settle(np.random.default_rng(seed), ground, [town()])
    assert not ground.changed.any()
    assert np.array_equal(ground.built[0], ground.built[1])
    assert ground.built[0].sum() > canvas(3).built[0].sum()


def test_some_pairs_stay_as_they_are_and_others_change() -> None:
    shares = []
    for seed in range(24):
        ground = canvas(seed)
        develop(np.random.default_rng(seed), ground, [town()])
        shares.append(float(ground.changed.mean()))
    assert 0 < shares.count(0.0) < 16
    assert max(shares) > 0.02


def test_the_shares_of_builders_are_whole() -> None:
    assert sum(SHARES) == pytest.approx(1)
    assert len(SHARES) == len(BUILDERS)
