"""What is written to disk is what was made, and comes back as it was."""

from pathlib import Path

import numpy as np
import pytest

from inference.training.change import shards
from inference.training.change.pairs import either
from inference.training.change.shards import (
    BORDER,
    BUILT,
    CHANGED,
    SEEN,
    STORED_PX,
    Shards,
    stored,
    write,
)
from tests.inference.training.change.village import chip

PAIR = either(chip(houses=9), chip(houses=4, gsd_m=0.5))
RIM = (PAIR.seen.shape[0] - STORED_PX) // 2
INNER = np.s_[RIM : RIM + STORED_PX, RIM : RIM + STORED_PX]


def test_codes_hold_buildings_change_and_what_was_seen() -> None:
    kept = stored(PAIR)
    assert kept.codes.shape == (STORED_PX, STORED_PX)
    assert np.array_equal((kept.codes & BUILT[0]) > 0, PAIR.buildings_pre[INNER] > 0)
    assert np.array_equal((kept.codes & BUILT[1]) > 0, PAIR.buildings_post[INNER] > 0)
    assert np.array_equal((kept.codes & CHANGED) > 0, (PAIR.gone | PAIR.came)[INNER])
    assert ((kept.codes & SEEN) > 0).all()


def test_borders_ring_buildings_and_depth_is_greatest_inside() -> None:
    kept = stored(PAIR)
    built, border = (kept.codes & BUILT[0]) > 0, (kept.codes & BORDER[0]) > 0
    assert 0 < (border & built).sum() < built.sum()
    assert not kept.depths[0][~built].any()
    assert kept.depths[0].max() == shards.DEEPEST
    assert kept.depths[0][border & built].max() < kept.depths[0].max()


def test_a_shard_comes_back_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "SHARD", 2)
    write(tmp_path, "made-0001", [PAIR, PAIR.swapped()])
    (tmp_path / "made-0002.part").mkdir()
    pool = Shards.open(tmp_path)
    assert len(pool) == 2
    for index, pair in enumerate((PAIR, PAIR.swapped())):
        expected = stored(pair)
        for name in shards.ARRAYS:
            assert np.array_equal(getattr(pool[index], name), getattr(expected, name))
    assert [pool.gsd_m(index) for index in range(2)] == [0.5, 0.5]
    assert len(Shards.open(tmp_path, "story")) == 0


def test_a_maker_that_fails_leaves_no_shard(tmp_path: Path) -> None:
    def broken() -> object:
        yield PAIR
        message = "broken"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="broken"):
        write(tmp_path, "made-0001", broken())
    assert list(tmp_path.iterdir()) == []
