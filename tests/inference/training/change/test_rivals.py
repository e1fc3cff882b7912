"""Detectors without weights are judged on the same pairs, in the same way."""

from pathlib import Path

import numpy as np
import pytest

from inference.training.change import rivals, shards
from inference.training.change.judge import KINDS
from inference.training.change.pairs import either
from inference.training.change.shards import SEEN, Stored
from inference.training.change.tally import Rule, count
from tests.inference.training.change.few_pairs import PAIR
from tests.inference.training.change.village import chip


@pytest.mark.parametrize("name", rivals.NAMES)
def test_each_scores_a_pair_and_what_was_not_seen_never_counts(name: str) -> None:
    codes = PAIR.codes.copy()
    codes[:40] &= 0xFF ^ SEEN
    given = rivals.answer(name, Stored(PAIR.pictures, codes, PAIR.depths), 0.5)
    assert given.score.shape == codes.shape
    assert np.isfinite(given.score).all()
    assert not given.seen[:40].any()
    assert count([given], Rule(0.0, 0.0)).flagged == 1


def test_change_vectors_see_houses_that_are_gone() -> None:
    given = rivals.answer("cva", PAIR, 0.5)
    assert given.score[given.truth].mean() > given.score[~given.truth].mean() + 0.3


def test_a_pair_of_which_nothing_was_seen_has_no_change() -> None:
    given = rivals.answer("irmad", Stored(PAIR.pictures, PAIR.codes * 0, PAIR.depths), 0.5)
    assert not given.score.any()


def test_all_are_measured_on_all_kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD", 2)
    monkeypatch.setattr(rivals, "EVERY", 1)
    busy, still = either(chip(houses=9), chip(houses=4)), either(chip(), chip())
    for kind in KINDS:
        shards.write(tmp_path, kind, [busy, still])
    found = rivals.measure(tmp_path)
    assert tuple(found) == rivals.NAMES
    for _rule, figures in found.values():
        assert {"mix F1", "flagged", "made F1", "coarse F1", "hard F1"} <= set(figures)


def test_one_pair_in_so_many_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "SHARD", 3)
    monkeypatch.setattr(rivals, "EVERY", 2)
    gsds_m = [0.5, 0.7, 0.9]
    made = [either(chip(gsd_m=g), chip(houses=2, gsd_m=g)) for g in gsds_m]
    shards.write(tmp_path, "judge-made", made)
    assert [one.gsd_m for one in rivals.ask("structure", tmp_path / "judge-made")] == [0.5, 0.9]
