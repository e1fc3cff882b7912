"""Batches are pure functions of their step; bands are withheld from both dates together."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from inference.training.change.shards import Stored
from inference.training.multispectral import batches as module
from inference.training.multispectral.batches import FEWEST_BANDS, batch_of, batches, shown
from tests.inference.training.multispectral.few_pairs import PAIR, RECIPE, Few


def copy() -> Stored:
    return Stored(PAIR.pictures.copy(), PAIR.codes.copy(), PAIR.depths.copy())


def grey(pictures: np.ndarray) -> np.ndarray:
    return (pictures == 128).all(axis=(1, 2))


def test_a_batch_is_a_pure_function_of_its_step() -> None:
    first, again, other = (batch_of(Few(), RECIPE, step) for step in (5, 5, 6))
    assert torch.equal(first.pre, again.pre)
    assert torch.equal(first.buildings, again.buildings)
    assert not torch.equal(first.pre, other.pre)
    assert torch.equal(next(batches(Few(), RECIPE, first=6)).pre, other.pre)


def test_shapes_are_those_the_network_takes() -> None:
    batch = batch_of(Few(), replace(RECIPE, batch=3), 0)
    assert batch.pre.shape == batch.post.shape == (3, 6, 64, 64)
    assert batch.change.shape == batch.seen.shape == (3, 64, 64)
    assert batch.buildings.shape == (6, 3, 64, 64)


def test_bands_are_withheld_from_both_dates_and_four_are_always_left() -> None:
    left = []
    for seed in range(60):
        pre, post = grey(shown(np.random.default_rng(seed), copy()))
        assert np.array_equal(pre, post)
        left.append(6 - int(pre.sum()))
    assert min(left) >= FEWEST_BANDS
    assert left.count(6) > 15
    assert left.count(4) > 10


def test_a_band_the_place_never_had_stays_grey() -> None:
    pair = copy()
    pair.pictures[..., 4:] = 128
    for seed in range(8):
        assert grey(shown(np.random.default_rng(seed), pair))[:, 4:].all()


def test_what_was_not_observed_is_grey_and_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GAPPED", 1.0)
    batch = batch_of(Few(), RECIPE, 0)
    gap = batch.seen == 0
    assert gap.any()
    narrow = torch.zeros_like(gap)
    narrow[:, :, :] = (batch.pre == 128).all(1) & (batch.post == 128).all(1)
    assert narrow.any(dim=(1, 2)).all()
    assert (gap & narrow).sum() == narrow.sum()


def test_light_differs_between_the_dates_and_keeps_the_order_of_levels() -> None:
    pair = copy()
    pair.pictures[1] = pair.pictures[0]
    original = pair.pictures[0].copy()
    pre, post = shown(np.random.default_rng(3), pair)
    assert not np.array_equal(pre, post)
    for band in np.flatnonzero(~grey(np.stack([pre, post]))[0]):
        order = np.argsort(original[..., band], axis=None)
        for picture in (pre, post):
            assert (np.diff(picture[..., band].ravel()[order].astype(int)) >= 0).all()
