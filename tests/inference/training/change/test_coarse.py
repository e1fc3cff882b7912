"""Pairs seen from higher up keep what they say of every piece of ground."""

from pathlib import Path

import numpy as np
import pytest

from inference.training.change import coarse, shards
from inference.training.change.coarse import draw, reduced, side_by_side
from inference.training.change.pairs import either
from inference.training.change.shards import BORDER, BUILT, CHANGED, SEEN, Shards, Stored, write
from inference.training.change.sources import GSD_M
from tests.inference.training.change.few_pairs import PAIR
from tests.inference.training.change.village import chip

SIDE = PAIR.codes.shape[0]


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shards:
    """Two fine pairs and one that cannot be reduced within the range."""
    monkeypatch.setattr(shards, "SHARD", 3)
    made = [either(chip(houses=9, gsd_m=g), chip(houses=4, gsd_m=g)) for g in (0.5, 0.6, 1.9)]
    write(tmp_path, "made-0000", made)
    return Shards.open(tmp_path)


@pytest.mark.parametrize("times", [2, 3])
def test_each_pair_takes_its_place_in_the_square(times: int) -> None:
    blank = Stored(PAIR.pictures * 0, np.full_like(PAIR.codes, SEEN), PAIR.depths * 0)
    together = side_by_side([PAIR, *[blank] * (times**2 - 2), PAIR], times)
    side = SIDE // times
    assert together.codes.shape == (side * times, side * times)
    first, last = np.s_[:side, :side], np.s_[-side:, -side:]
    for array in (together.codes, *together.pictures, *together.depths):
        assert np.array_equal(array[first], array[last])
        assert array[first].any()
    assert not together.pictures[:, :side, side : 2 * side].any()


@pytest.mark.parametrize("bit", [CHANGED, *BUILT])
def test_what_covers_most_of_a_pixel_is_said_of_it(bit: int) -> None:
    together = side_by_side([PAIR] * 4, 2)
    fine, seen = (PAIR.codes & bit) > 0, (together.codes & bit) > 0
    assert seen.sum() == pytest.approx(fine.sum(), rel=0.02)
    covered = fine.reshape(SIDE // 2, 2, SIDE // 2, 2).mean(axis=(1, 3))
    assert np.array_equal(seen[: SIDE // 2, : SIDE // 2], covered >= 0.5)


def test_borders_stay_and_pixels_that_were_partly_hidden_do_not_count() -> None:
    hidden = PAIR.codes.copy()
    hidden[10, 20] &= 0xFF ^ SEEN
    together = side_by_side([Stored(PAIR.pictures, hidden, PAIR.depths)] * 4, 2)
    assert not together.codes[5, 10] & SEEN
    assert (together.codes & SEEN > 0).sum() == together.codes.size - 4
    assert (together.codes & BORDER[0] > 0).any()


def test_pairs_are_reduced_only_within_the_range(
    pool: Shards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coarse, "REDUCED", 1.0)
    rng = np.random.default_rng(0)
    found = {round(draw(rng, pool).gsd_m, 3) for _pair in range(40)}
    assert found == {1.0, 1.2, 1.5, 1.8, 1.9}
    assert max(found) <= GSD_M[1]
    assert all(reduced(rng, pool, finest_m=1.4).gsd_m in {1.5, 0.6 * 3} for _pair in range(10))


def test_without_reduction_a_pair_comes_as_it_lies_on_disk(
    pool: Shards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coarse, "REDUCED", 0.0)
    drawn = draw(np.random.default_rng(1), pool)
    kept = [pool[index] for index in range(3) if pool.gsd_m(index) == drawn.gsd_m]
    assert np.array_equal(drawn.pair.pictures, kept[0].pictures)


def test_pairs_side_by_side_are_of_about_one_ground_size(pool: Shards) -> None:
    rng = np.random.default_rng(2)
    assert all(pool.gsd_m(coarse._alike(rng, pool, 0.5)) < 1 for _pair in range(20))
