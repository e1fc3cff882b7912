"""The pool is made once, a shard at a time, and each kind of pair takes its share."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from inference.training import makers
from inference.training.change import mixture, shards
from inference.training.change.mixture import Bank, Data, gather, made, make, told, unchanged
from inference.training.change.pairs import Pair, either
from inference.training.change.roofs import roofs_of
from tests.inference.training.change.village import chip

BANK = Bank((chip(),), (chip(),), (chip(houses=0),), tuple(roofs_of(chip())))


def test_made_pairs_are_pure_functions_of_the_generator() -> None:
    one, again = (made(np.random.default_rng(3), BANK) for _time in range(2))
    assert np.array_equal(one.pre, again.pre)
    assert np.array_equal(one.came, again.came)


def test_in_a_pair_without_change_nothing_comes_or_goes() -> None:
    for seed in range(4):
        pair = unchanged(np.random.default_rng(seed), BANK)
        assert not (pair.gone | pair.came).any()
        assert not np.array_equal(pair.pre, pair.post)


def test_each_kind_of_chip_is_picked_in_its_share() -> None:
    rng = np.random.default_rng(0)
    picked = [BANK.pick(rng) for _time in range(1000)]
    shares = [sum(one is kind for one in picked) / 1000
              for kind in (BANK.unbuilt, BANK.real, BANK.rendered)]  # fmt: skip
    assert shares == pytest.approx(
        [mixture.OF_UNBUILT, mixture.OF_REAL, 1 - mixture.OF_UNBUILT - mixture.OF_REAL], abs=0.05
    )


def test_stories_go_on_from_seed_to_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    pair = either(chip(), chip(houses=2))

    def story(seed: int) -> list[Pair]:
        asked.append(seed)
        return [pair, pair]

    monkeypatch.setattr(mixture, "story", story)
    endless = told(np.random.default_rng(0), 7)
    for _pair in range(5):
        assert next(endless).seen.shape == pair.seen.shape
    assert asked == [7, 8, 9]


def test_chips_kept_for_judging_come_from_other_seeds_and_places(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seeds: list[int] = []
    flags: list[bool] = []

    def places(_oam: Path, *, is_validation: bool) -> tuple[()]:
        flags.append(is_validation)
        return ()

    monkeypatch.setattr(mixture.sources, "grounds", places)
    monkeypatch.setattr(mixture.sources, "rendered", lambda seed: seeds.append(seed) or chip())
    monkeypatch.setattr(mixture.sources, "photographed", lambda s, _p: seeds.append(s) or chip())
    data = Data(Path("anywhere"), None, None)
    learned = gather(data, (2, 1, 5), is_validation=False)
    gather(data, (2, 1, 5), is_validation=True)
    assert seeds == [0, 1, 0, *(mixture.HELD_OUT + i for i in (0, 1, 0))]
    assert flags == [False, True]
    assert learned.unbuilt == ()
    assert len(learned.roofs) == 3 * len(roofs_of(chip()))


def test_shards_are_written_once_and_named_by_their_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "SHARD", 2)
    bank = tmp_path / "chips.pickle"
    bank.write_bytes(pickle.dumps(BANK))
    mixture._write(tmp_path / "pool", bank, "made-0000")
    pool = shards.Shards.open(tmp_path / "pool")
    assert len(pool) == 2
    expected = shards.stored(made(np.random.default_rng([0, 86]), BANK))
    assert np.array_equal(pool[0].codes, expected.codes)
    assert [mixture._kind(n) for n in range(5)] == ["made", "made", "made", "story", "made"]
    monkeypatch.setattr(makers, "ProcessPoolExecutor", None)
    make(tmp_path / "pool", Data(tmp_path, None, None), count=1)
