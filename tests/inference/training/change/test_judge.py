"""Judging asks the network of every pair kept, and figures come from the chosen rule."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from inference.networks.changenet import ChangeNet, ready
from inference.siamese.looking import AERIAL, ONCE, Scales
from inference.training.change import judge as module
from inference.training.change import mixture, shards
from inference.training.change.judge import COARSE, KINDS, answer, is_better, judge, scores
from inference.training.change.pairs import calm, either
from tests.inference.training.change.few_pairs import PAIR
from tests.inference.training.change.village import chip


class Knowing(ChangeNet):
    """Says that bright at one date alone is a change, as the made-up village has it."""

    def forward(self, pre: Tensor, post: Tensor) -> tuple[Tensor, Tensor]:
        roofs = torch.cat([pre, post]).mean(1, keepdim=True) > 0.55
        one, other = roofs.chunk(2)
        return (one ^ other).float() * 20 - 10, roofs.float().repeat(1, 3, 1, 1) * 20 - 10


def test_scores_lie_between_0_and_1_and_have_the_shape_of_the_pair() -> None:
    torch.manual_seed(0)
    change, buildings = scores(ready(ChangeNet()), PAIR)
    assert change.shape == PAIR.codes.shape
    assert buildings.shape == (2, *PAIR.codes.shape)
    assert 0 <= min(change.min(), buildings.min()) < max(change.max(), buildings.max()) <= 1


def test_a_network_that_knows_reaches_full_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "SHARD", 2)
    monkeypatch.setattr("inference.training.change.pairs._disturb", lambda *_a: None)
    busy, still = either(chip(houses=9), chip(houses=4)), calm(np.random.default_rng(0), chip())
    for name in KINDS:
        shards.write(tmp_path, name, [busy, still])
    rule, figures = judge(Knowing(), tmp_path)
    assert figures["mix F1"] == 1.0
    assert figures["made F1"] == figures["story F1"] == 1.0
    assert figures["made flagged where nothing changed"] == 0.0
    assert 0 < rule.threshold < 1


def test_truth_and_what_was_seen_come_from_the_codes() -> None:
    given = answer(Knowing(), PAIR, 0.5)
    assert np.array_equal(given.truth, (PAIR.codes & shards.CHANGED) > 0)
    assert given.seen.all()
    assert np.array_equal(given.score > 0.5, given.truth)


@pytest.mark.parametrize(
    ("gsd_m", "scales", "sides"),
    [
        (0.3, AERIAL, [288, 160]),
        (0.5, AERIAL, [288]),
        (1.0, AERIAL, [288, 576]),
        (10.0, ONCE, [288]),
    ],
)
def test_a_pair_is_looked_at_as_often_as_by_the_product(
    gsd_m: float, scales: Scales, sides: list[int]
) -> None:
    class Kept(Knowing):
        def forward(self, pre: Tensor, post: Tensor) -> tuple[Tensor, Tensor]:
            seen.append(pre.shape[-1])
            return super().forward(pre, post)

    seen: list[int] = []
    answer(Kept(), PAIR, gsd_m, scales)
    assert seen == sides


def test_pairs_for_judging_are_made_once_and_from_what_was_kept_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    pair = either(chip(), chip(houses=2))

    def gather(_data: object, _counts: object, *, is_validation: bool) -> None:
        asked.append(is_validation)

    monkeypatch.setattr(shards, "SHARD", 1)
    monkeypatch.setattr(mixture, "gather", gather)
    monkeypatch.setattr(mixture, "made", lambda _rng, _bank: pair)
    monkeypatch.setattr(mixture, "unchanged", lambda _rng, _bank: pair)
    monkeypatch.setattr(mixture, "told", lambda _rng, seed: iter([pair] if seed else []))
    data = mixture.Data(tmp_path, None, None)
    module.make(tmp_path / "judge", data)
    module.make(tmp_path / "judge", data)
    assert asked == [True]
    assert {path.name for path in (tmp_path / "judge").iterdir()} == set(KINDS)
    from_above = shards.Shards((tmp_path / "judge" / COARSE,))
    assert from_above.gsd_m(0) in {1.0, 1.5}


def test_a_network_is_better_only_where_it_wins_everywhere() -> None:
    mine = {"mix F1": 0.7, "made F1": 0.7, "flagged": 0.002, "made precision": 0.1}
    beaten = {"mix F1": 0.3, "made F1": 0.4, "flagged": 0.02, "made precision": 0.9}
    assert is_better(mine, [beaten, beaten])
    assert not is_better(mine, [beaten, beaten | {"made F1": 0.75}])
    assert not is_better(mine, [beaten | {"flagged": 0.001}])


def test_what_was_not_observed_is_shown_in_grey() -> None:
    seen: list[Tensor] = []

    class Watching(Knowing):
        def forward(self, pre: Tensor, post: Tensor) -> tuple[Tensor, Tensor]:
            seen.extend([pre, post])
            return super().forward(pre, post)

    codes = PAIR.codes.copy()
    codes[:32] &= 0xFF ^ shards.SEEN
    scores(Watching(), shards.Stored(PAIR.pictures, codes, PAIR.depths))
    for date, picture in zip(seen, PAIR.pictures, strict=True):
        assert (date[..., :32, :] == 128 / 255).all()
        expected = torch.from_numpy(picture[32:].copy()).permute(2, 0, 1)[None] / 255
        assert torch.equal(date[..., 32:, :], expected)
