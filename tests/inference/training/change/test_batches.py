"""Batches are pure functions of their step, and labels stay with their date."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
import torch

from inference.training.change import batches as module
from inference.training.change.batches import batch_of, batches, cut
from inference.training.change.shards import BORDER, BUILT, CHANGED
from tests.inference.training.change.few_pairs import PAIR, RECIPE, Few


def test_a_batch_is_a_pure_function_of_its_step() -> None:
    first, again, other = (batch_of(Few(), RECIPE, step) for step in (5, 5, 6))
    assert torch.equal(first.pre, again.pre)
    assert torch.equal(first.buildings, again.buildings)
    assert not torch.equal(first.pre, other.pre)


def test_batches_come_in_order_from_any_step() -> None:
    for step, batch in enumerate(islice(batches(Few(), RECIPE, first=3), 3), 3):
        assert torch.equal(batch.post, batch_of(Few(), RECIPE, step).post)


def test_shapes_are_those_the_network_takes() -> None:
    batch = batch_of(Few(), replace(RECIPE, batch=3), 0)
    assert batch.pre.shape == (3, 3, 64, 64)
    assert batch.change.shape == batch.seen.shape == (3, 64, 64)
    assert batch.buildings.shape == (6, 3, 64, 64)
    assert batch.pre.is_contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("seed", range(12))
def test_labels_follow_their_date_when_dates_are_exchanged(seed: int) -> None:
    part = cut(np.random.default_rng(seed), PAIR, 256)
    for date in range(2):
        built = (part.codes & BUILT[date]) > 0
        assert part.pictures[date][built].min() > 150
        assert part.pictures[date][~built].max() < 150
        assert not part.depths[date][~built].any()
        border = (part.codes & BORDER[date]) > 0
        assert (border & built).any() == built.any()
    changed = (part.codes & CHANGED) > 0
    assert np.array_equal(changed, ((part.codes & BUILT[0]) > 0) ^ ((part.codes & BUILT[1]) > 0))


def test_change_is_the_difference_of_the_buildings_in_a_batch() -> None:
    batch = batch_of(Few(), RECIPE, 1)
    one, other = batch.buildings[:2, 0], batch.buildings[2:, 0]
    assert torch.equal(batch.change, (one != other).float())


def test_what_was_not_observed_is_grey_and_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GAPPED", 1.0)
    batch = batch_of(Few(), RECIPE, 0)
    gap = batch.seen == 0
    assert gap.any()
    assert (batch.pre.permute(0, 2, 3, 1)[gap] == 128).all()
    assert (batch.post.permute(0, 2, 3, 1)[gap] == 128).all()


def test_grey_pictures_have_equal_bands_but_for_their_tint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "GREY", 1.0)
    monkeypatch.setattr(module, "ODD_GREY", 0.0)
    batch = batch_of(Few(), RECIPE, 0)
    red, blue = batch.pre[0, 0].float(), batch.pre[0, 2].float()
    assert np.corrcoef(red.ravel(), blue.ravel())[0, 1] > 0.99
