"""The fit learns, goes on exactly where it stopped, and leaves what was not observed alone."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from inference.networks.clicknet import ClickNet
from inference.training import fit as fit_module
from inference.training import fitting
from inference.training.batches import batch_of
from inference.training.clicks import Wish
from inference.training.fit import fit, take_step
from inference.training.fitting import Fit, load_average
from inference.training.losses import dense_loss, iou, mask_loss
from tests.inference.training.blocks import RECIPE, Blocks


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / fitting.HISTORY).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_steps_on_one_batch_lower_its_loss() -> None:
    state = Fit.begin(ClickNet, RECIPE, "cpu")
    batch = batch_of(Blocks(8), Blocks(0), RECIPE, 0)
    losses = []
    for step in range(8):
        state.step = 6 * step + 2  # asking steps, none of those that ask again
        losses.append(sum(take_step(state, batch, RECIPE, 0.0)[:3]))
    assert losses[-1] < 0.8 * losses[0]


def test_a_resumed_fit_is_the_one_that_was_never_stopped(tmp_path: Path) -> None:
    pool, none = Blocks(8), Blocks(0)
    whole = fit(pool, none, RECIPE, tmp_path / "whole", device="cpu")
    state = Fit.begin(ClickNet, RECIPE, "cpu")
    for step in range(2):
        take_step(state, batch_of(pool, none, RECIPE, step), RECIPE, step / RECIPE.steps)
        state.step += 1
    (tmp_path / "cut").mkdir()
    state.save(tmp_path / "cut" / fitting.CHECKPOINT)
    resumed = fit(pool, none, RECIPE, tmp_path / "cut", device="cpu", resume=True)
    for one, other in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(one, other)
    assert int(rows(tmp_path / "cut")[-1]["step"]) == RECIPE.steps
    kept = load_average(ClickNet(), tmp_path / "cut").state_dict()
    assert all(torch.equal(value, kept[name]) for name, value in resumed.state_dict().items())


def test_a_fit_that_is_done_takes_no_further_step(tmp_path: Path) -> None:
    recipe = replace(RECIPE, steps=1)
    done = fit(Blocks(4), Blocks(0), recipe, tmp_path, device="cpu").state_dict()
    again = fit(Blocks(4), Blocks(0), recipe, tmp_path, device="cpu", resume=True).state_dict()
    assert all(torch.equal(value, again[name]) for name, value in done.items())
    assert [row["step"] for row in rows(tmp_path)] == ["1"]


def test_steps_between_asking_ones_fit_the_dense_head_alone() -> None:
    state = Fit.begin(ClickNet, RECIPE, "cpu")
    state.step = 1
    batch = batch_of(Blocks(8), Blocks(0), RECIPE, 1)
    assert batch.wishes == ()
    before = {name: value.clone() for name, value in state.net.state_dict().items()}
    mask, score, dense, reached = take_step(state, batch, RECIPE, 0.0)
    assert np.isnan([mask, score, reached]).all()
    assert dense > 0
    after = state.net.state_dict()
    assert not torch.equal(before["head.last.weight"], after["head.last.weight"])
    assert torch.equal(before["decoder.last.weight"], after["decoder.last.weight"])


def test_every_third_asking_step_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def note(
        _net: object, _features: object, wishes: tuple[Wish, ...], _seen: object
    ) -> tuple[Wish, ...]:
        asked.append(state.step)
        return wishes

    monkeypatch.setattr(fit_module, "ask_again", note)
    state = Fit.begin(ClickNet, RECIPE, "cpu")
    for step in range(8):
        state.step = step
        take_step(state, batch_of(Blocks(8), Blocks(0), RECIPE, step), RECIPE, 0.0)
    assert asked == [0, 6]


def test_iou_counts_observed_pixels_only() -> None:
    logits, truth, seen = torch.full((1, 4, 4), -1.0), torch.zeros(1, 4, 4), torch.ones(1, 4, 4)
    logits[0, :2], truth[0, 1:3] = 1.0, 1.0
    assert iou(logits, truth, seen).item() == pytest.approx(1 / 3)
    seen[0, 0] = 0
    assert iou(logits, truth, seen).item() == pytest.approx(1 / 2)


def test_losses_are_small_for_right_answers_and_blind_to_unseen_pixels() -> None:
    truth = torch.zeros(1, 8, 8)
    truth[0, 2:6, 2:6] = 1
    right = (truth * 2 - 1) * 12
    seen = torch.ones_like(truth)
    assert mask_loss(right, truth, seen) < 0.05
    assert mask_loss(-right, truth, seen) > 1
    seen[0, :, 4:] = 0
    half_wrong = torch.where(seen > 0, right, -right)
    assert mask_loss(half_wrong, truth, seen) < 0.05
    dense = torch.stack([truth] * 3, 1)
    assert dense_loss((dense * 2 - 1) * 12, dense, torch.ones_like(truth)) < 0.1
    assert dense_loss(torch.stack([half_wrong] * 3, 1), dense, seen) < 0.1
