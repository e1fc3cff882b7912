"""The fit of six bands learns, and goes on exactly where it stopped."""

from dataclasses import replace
from pathlib import Path

import torch

from inference.training.change.fit import take_step
from inference.training.fitting import Fit
from inference.training.multispectral.batches import batch_of
from inference.training.multispectral.fit import RECIPE as SHIPPED
from inference.training.multispectral.fit import fit, untrained
from tests.inference.training.multispectral.few_pairs import RECIPE, Few


def test_the_network_takes_six_bands() -> None:
    assert untrained().bands == 6
    assert SHIPPED.size_px % 32 == 0


def test_steps_on_one_batch_lower_its_loss() -> None:
    state = Fit.begin(untrained, RECIPE, "cpu")
    batch = batch_of(Few(), RECIPE, 0)
    losses = []
    for step in range(16):
        state.step = step
        losses.append(take_step(state, batch, RECIPE, 0.0)[0])
    assert losses[-1] < 0.8 * losses[0]


def test_a_resumed_fit_is_the_one_that_was_never_stopped(tmp_path: Path) -> None:
    whole = fit(Few(), RECIPE, tmp_path / "whole", device="cpu")
    state = Fit.begin(untrained, RECIPE, "cpu")
    for step in range(2):
        take_step(state, batch_of(Few(), RECIPE, step), RECIPE, step / RECIPE.steps)
        state.step += 1
    (tmp_path / "cut").mkdir()
    state.save(tmp_path / "cut" / "checkpoint.pt")
    resumed = fit(Few(), RECIPE, tmp_path / "cut", device="cpu", resume=True)
    for one, other in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(one, other)


def test_a_fit_that_is_done_takes_no_further_step(tmp_path: Path) -> None:
    recipe = replace(RECIPE, steps=1)
    first = fit(Few(), recipe, tmp_path, device="cpu")
    again = fit(Few(), recipe, tmp_path, device="cpu", resume=True)
    for one, other in zip(first.state_dict().values(), again.state_dict().values(), strict=True):
        assert torch.equal(one, other)
