"""The rule is chosen on all pairs together, and figures are told for each kind."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from inference.networks.changenet import ready
from inference.training.change.shards import SEEN, Stored
from inference.training.change.tally import Answer
from inference.training.multispectral import judge as module
from inference.training.multispectral.fit import untrained
from inference.training.multispectral.judge import SMALLEST_M2, judge
from inference.training.multispectral.pool import JUDGED
from tests.inference.training.multispectral.few_pairs import PAIR

SIDE = 32


def made_up(*, is_calm: bool) -> Answer:
    """A block that is found, and a speck of two pixels that is not there."""
    score, truth = np.zeros((SIDE, SIDE), np.float32), np.zeros((SIDE, SIDE), bool)
    score[2, 2:4] = 0.95
    if not is_calm:
        truth[10:20, 10:20] = True
        score[10:20, 10:20] = 0.8
    return Answer(score, truth, np.ones((SIDE, SIDE), bool), 10.0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pairs of the one kind of shard, whose codes say only which of them is calm."""
    shard = tmp_path / JUDGED[0]
    shard.mkdir()
    np.save(shard / "gsds_m.npy", [10.0, 10.0])
    pairs = [Stored(np.zeros(0, np.uint8), np.array([flag], np.uint8), np.zeros(0, np.uint8))
             for flag in (False, True)]  # fmt: skip
    monkeypatch.setattr(module, "Shards", lambda _folders: pairs)
    return tmp_path


def test_specks_are_dropped_and_each_kind_that_is_there_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        module, "answer", lambda _net, pair, _gsd_m: made_up(is_calm=bool(pair.codes[0]))
    )
    rule, figures = judge(untrained(), folder)
    assert rule.threshold <= 0.8
    assert rule.min_area_m2 in SMALLEST_M2
    assert figures["mix F1"] == figures["rendered precision"] == figures["rendered recall"] == 1
    assert figures["rendered flagged where nothing changed"] == 0
    assert "observed F1" not in figures


def test_the_network_sees_what_has_no_label_but_is_not_judged_there() -> None:
    net, hidden = ready(untrained()), PAIR.codes.copy()
    hidden[:100] &= 0xFF ^ SEEN
    one = module.answer(net, PAIR, 10.0)
    other = module.answer(net, replace(PAIR, codes=hidden), 10.0)
    np.testing.assert_array_equal(one.score, other.score)
    assert not other.seen[:100].any()
    assert other.seen[100:].sum() == one.seen[100:].sum() > 0
