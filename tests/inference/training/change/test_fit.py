"""The fit learns, goes on exactly where it stopped, and leaves what was not observed alone."""

import csv
import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from inference.networks.changenet import ChangeNet
from inference.training import fitting
from inference.training.change.batches import batch_of
from inference.training.change.fit import fit, take_step
from inference.training.change.losses import buildings_loss, change_loss
from inference.training.fitting import Fit, load_average
from tests.inference.training.change.few_pairs import RECIPE, Few


def steps_of(folder: Path) -> list[int]:
    with (folder / fitting.HISTORY).open(encoding="utf-8") as file:
        return [int(row["step"]) for row in csv.DictReader(file)]


def test_steps_on_one_batch_lower_its_loss() -> None:
    state = Fit.begin(ChangeNet, RECIPE, "cpu")
    batch = batch_of(Few(), RECIPE, 0)
    losses = []
    for step in range(16):
        state.step = step
        losses.append(take_step(state, batch, RECIPE, 0.0)[0])
    assert losses[-1] < 0.8 * losses[0]


def test_buildings_are_asked_for_every_other_step() -> None:
    state = Fit.begin(ChangeNet, RECIPE, "cpu")
    batch = batch_of(Few(), RECIPE, 0)
    weight = state.net.buildings.last.weight
    before = weight.detach().clone()
    state.step = 1
    assert math.isnan(take_step(state, batch, RECIPE, 0.0)[1])
    assert torch.equal(weight, before)
    state.step = 2
    assert take_step(state, batch, RECIPE, 0.0)[1] > 0
    assert not torch.equal(weight, before)


def test_a_resumed_fit_is_the_one_that_was_never_stopped(tmp_path: Path) -> None:
    pool = Few()
    whole = fit(pool, RECIPE, tmp_path / "whole", device="cpu")
    state = Fit.begin(ChangeNet, RECIPE, "cpu")
    for step in range(2):
        take_step(state, batch_of(pool, RECIPE, step), RECIPE, step / RECIPE.steps)
        state.step += 1
    (tmp_path / "cut").mkdir()
    state.save(tmp_path / "cut" / fitting.CHECKPOINT)
    resumed = fit(pool, RECIPE, tmp_path / "cut", device="cpu", resume=True)
    for one, other in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(one, other)
    assert steps_of(tmp_path / "cut")[-1] == RECIPE.steps
    kept = load_average(ChangeNet(), tmp_path / "cut").state_dict()
    assert all(torch.equal(value, kept[name]) for name, value in resumed.state_dict().items())


def test_a_fit_that_is_done_takes_no_further_step(tmp_path: Path) -> None:
    recipe = replace(RECIPE, steps=1)
    fit(Few(), recipe, tmp_path, device="cpu")
    fit(Few(), recipe, tmp_path, device="cpu", resume=True)
    assert steps_of(tmp_path) == [1]


def test_losses_are_small_for_right_answers_and_blind_to_unseen_pixels() -> None:
    truth = torch.zeros(1, 8, 8)
    truth[0, 2:6, 2:6] = 1
    right, seen = (truth * 2 - 1) * 12, torch.ones_like(truth)
    assert change_loss(right, truth, seen) < 0.05
    assert change_loss(-right, truth, seen) > 1
    seen[0, :, 4:] = 0
    half_wrong = torch.where(seen > 0, right, -right)
    assert change_loss(half_wrong, truth, seen) < 0.05
    both = torch.stack([truth] * 3, 1).repeat(2, 1, 1, 1)
    answers = torch.stack([half_wrong] * 3, 1).repeat(2, 1, 1, 1)
    assert buildings_loss(answers, both, seen) < 0.1
    assert buildings_loss(-answers, both, seen) > 1


def test_a_batch_without_change_is_told_apart_by_cross_entropy() -> None:
    nothing, seen = torch.zeros(1, 8, 8), torch.ones(1, 8, 8)
    calm = change_loss(nothing - 8, nothing, seen)
    busy = change_loss(nothing + 8, nothing, seen)
    assert busy - calm == pytest.approx(1.5 * 8, rel=0.1)
