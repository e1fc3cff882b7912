"""The fit learns, goes on exactly where it stopped, and leaves what was not observed alone."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from inference.training import fit as fitting
from inference.training.clicks import Wish
from inference.training.fit import (
    Fit,
    Recipe,
    batch_of,
    fit,
    load_average,
    prompts_of,
    rate_at,
    take_step,
)
from inference.training.losses import dense_loss, iou, mask_loss
from inference.training.pools import KINDS, MOST_THINGS, Pool, Sample

RECIPE = Recipe(steps=4, batch=2, wishes=2, size_px=64, warm_up=1, save_every_s=0.0)


class Blocks(Pool):
    """Chips of 96 pixels with two bright buildings on dark ground."""

    def __init__(self, chips: int) -> None:
        super().__init__(())
        object.__setattr__(self, "chips", chips)

    def __len__(self) -> int:
        return self.chips

    def __getitem__(self, index: int) -> Sample:
        rng = np.random.default_rng(index)
        labels, kinds = np.zeros((96, 96), np.uint16), np.zeros(MOST_THINGS, np.uint8)
        for number in (1, 2):
            row, col = rng.integers(5, 60, 2)
            labels[row : row + 25, col : col + 25] = number
            kinds[number] = KINDS.index("building") + 1
        image = np.where(labels > 0, 200, 60) + rng.integers(0, 30, (3, 96, 96))
        return Sample(image.astype(np.uint8), labels, kinds, is_real=False)


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / fitting.HISTORY).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_steps_on_one_batch_lower_its_loss() -> None:
    state = Fit.begin(RECIPE, "cpu")
    batch = batch_of(Blocks(8), Blocks(0), RECIPE, 0)
    losses = []
    for step in range(8):
        state.step = 3 * step + 1  # none of the steps that ask again
        losses.append(sum(take_step(state, batch, RECIPE, 0.0)[:3]))
    assert losses[-1] < 0.8 * losses[0]


def test_a_resumed_fit_is_the_one_that_was_never_stopped(tmp_path: Path) -> None:
    pool, none = Blocks(8), Blocks(0)
    whole = fit(pool, none, RECIPE, tmp_path / "whole", device="cpu")
    state = Fit.begin(RECIPE, "cpu")
    for step in range(2):
        take_step(state, batch_of(pool, none, RECIPE, step), RECIPE, step / RECIPE.steps)
        state.step += 1
    (tmp_path / "cut").mkdir()
    state.save(tmp_path / "cut" / fitting.CHECKPOINT)
    resumed = fit(pool, none, RECIPE, tmp_path / "cut", device="cpu", resume=True)
    for one, other in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(one, other)
    assert int(rows(tmp_path / "cut")[-1]["step"]) == RECIPE.steps
    kept = load_average(tmp_path / "cut").state_dict()
    assert all(torch.equal(value, kept[name]) for name, value in resumed.state_dict().items())


def test_a_fit_that_is_done_takes_no_further_step(tmp_path: Path) -> None:
    recipe = replace(RECIPE, steps=1)
    done = fit(Blocks(4), Blocks(0), recipe, tmp_path, device="cpu").state_dict()
    again = fit(Blocks(4), Blocks(0), recipe, tmp_path, device="cpu", resume=True).state_dict()
    assert all(torch.equal(value, again[name]) for name, value in done.items())
    assert [row["step"] for row in rows(tmp_path)] == ["1"]


def test_the_same_step_gives_the_same_batch_and_another_one_another() -> None:
    first, again, other = (batch_of(Blocks(8), Blocks(0), RECIPE, step) for step in (5, 5, 6))
    assert torch.equal(first.image, again.image)
    assert torch.equal(prompts_of(first.wishes, torch.device("cpu")),
                       prompts_of(again.wishes, torch.device("cpu")))  # fmt: skip
    assert not torch.equal(first.image, other.image)


def test_real_chips_take_their_share() -> None:
    class Real(Blocks):
        def __getitem__(self, index: int) -> Sample:
            asked.append(index)
            return super().__getitem__(index)

    asked: list[int] = []
    recipe = replace(RECIPE, batch=40, real_share=0.25, wishes=1)
    batch_of(Blocks(8), Real(8), recipe, 0)
    assert 4 <= len(asked) <= 18


def test_every_third_step_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def note(
        _net: object, _features: object, wishes: tuple[Wish, ...], _seen: object
    ) -> tuple[Wish, ...]:
        asked.append(state.step)
        return wishes

    monkeypatch.setattr(fitting, "ask_again", note)
    state = Fit.begin(RECIPE, "cpu")
    for step in range(5):
        state.step = step
        take_step(state, batch_of(Blocks(8), Blocks(0), RECIPE, step), RECIPE, 0.0)
    assert asked == [0, 3]


def test_the_rate_warms_up_and_falls_to_a_hundredth() -> None:
    recipe = Recipe(warm_up=10)
    assert rate_at(recipe, 0, 0.0) == pytest.approx(recipe.rate / 10)
    assert rate_at(recipe, 10, 0.0) == pytest.approx(recipe.rate)
    assert rate_at(recipe, 10, 0.5) == pytest.approx(recipe.rate * 0.505)
    assert rate_at(recipe, 10, 1.0) == pytest.approx(recipe.rate / 100)


def test_minutes_end_a_fit_as_steps_do() -> None:
    state = Fit.begin(RECIPE, "cpu")
    state.step, state.elapsed_s = 1, 30.0
    assert fitting.progress(state, RECIPE) == 0.25
    assert fitting.progress(state, replace(RECIPE, minutes=2.0)) == 0.25


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
