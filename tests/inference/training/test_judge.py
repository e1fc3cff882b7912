"""Judging measures what it says: known masks, known counts."""

import numpy as np
import pytest
import torch

from inference.networks.clicknet import ClickNet
from inference.training import judge as judging
from inference.training.augment import targets
from inference.training.judge import Reached, apart, counting, overlap, prompted, stretched, summary
from inference.training.pools import KINDS, MOST_THINGS, UNSEEN, Sample


def chip() -> Sample:
    """Two buildings that touch, one apart, and a tree; the last rows were not observed."""
    labels, kinds = np.zeros((96, 96), np.uint16), np.zeros(MOST_THINGS, np.uint8)
    labels[10:30, 10:30], labels[10:30, 30:50], labels[50:70, 40:60] = 1, 2, 3
    labels[60:70, 10:20] = 4
    labels[90:] = UNSEEN
    kinds[1:5] = [KINDS.index(kind) + 1 for kind in ("building", "building", "tank", "tree")]
    image = np.random.default_rng(0).integers(0, 255, (3, 96, 96)).astype(np.uint8)
    return Sample(image, labels, kinds, is_real=False)


class Oracle(ClickNet):
    """Knows the truth of the chip."""

    def dense(self, features: dict[str, torch.Tensor]) -> torch.Tensor:
        sample = chip()
        return torch.from_numpy((targets(sample.labels, sample.kinds)[None] - 0.4) * 20)

    def decode(self, features, prompts):
        labels, maps = torch.from_numpy(chip().labels.astype(np.int64)), prompts[0]
        marked = labels[(maps[0] > 0) | (maps[2] > 0)]
        asked = torch.mode(marked[marked > 0]).values
        return ((labels == asked).float() - 0.5)[None] * 20, torch.tensor([0.9])


def test_an_oracle_reaches_everything() -> None:
    net = Oracle().eval()
    reached = list(prompted(net, chip()))
    assert [one.kind for one in reached] == ["building", "building", "tank", "tree"]
    assert all(one.click == one.box == one.second == 1 for one in reached)
    line = summary(reached)["building"]
    assert (line["things"], line["click_median"], line["score_error"]) == (2, 1.0, 0.1)
    figures = counting(net, [chip()])
    assert (figures["buildings"], figures["found"], figures["exact_share"]) == (3, 3, 1.0)


def test_counting_errors_are_those_of_the_chips(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = iter([(10, 12), (10, 10), (20, 17)])
    monkeypatch.setattr(judging, "count_buildings", lambda _net, _sample: next(pairs))
    figures = counting(ClickNet(), [chip()] * 3)
    assert figures["mae_per_chip"] == pytest.approx(5 / 3, abs=0.01)
    assert figures["mae_share"] == pytest.approx(5 / 40)
    assert figures["exact_share"] == pytest.approx(1 / 3, abs=0.001)


def test_touching_buildings_are_told_apart() -> None:
    sample = chip()
    found = apart(targets(sample.labels, sample.kinds))
    assert len(np.unique(found)) == 4
    assert overlap(found == found[20, 15], sample.labels == 1) > 0.9


def test_overlap_of_known_masks() -> None:
    one, other = np.zeros((4, 4), bool), np.zeros((4, 4), bool)
    one[:2], other[1:3] = True, True
    assert overlap(one, other) == pytest.approx(1 / 3)
    assert overlap(one & False, other & False) == 0


def test_summaries_are_medians_by_kind() -> None:
    reached = [Reached("tree", value, 0.5, 0.9, 0.5) for value in (0.2, 0.4, 0.9)]
    line = summary(reached)["tree"]
    assert (line["click_median"], line["click_mean"]) == (0.4, 0.5)


def test_pictures_are_stretched_by_what_was_observed() -> None:
    image = np.tile(np.arange(100, 200, dtype=np.uint8), (3, 100, 1))
    seen = np.ones((100, 100), bool)
    seen[:, :50] = False
    shown = stretched(image, seen)
    assert np.allclose(shown[:, ~seen], 128 / 255)
    assert shown[:, seen].min() == 0
    assert shown[:, seen].max() == 1
