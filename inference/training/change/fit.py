"""Fits the change network to a pool of pairs.

Knows nothing of files beside its own folder.
"""

import math
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from inference.networks.changenet import ChangeNet
from inference.training import fitting
from inference.training.change.batches import Batch, batches
from inference.training.change.losses import buildings_loss, change_loss
from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import Shards
from inference.training.fitting import Fit

COLUMNS = ("change", "buildings", "dice")


def fit(
    pool: Shards, recipe: ChangeRecipe, folder: Path, *, device: str, resume: bool = False
) -> ChangeNet:
    """The moving average of a network fitted to a pool; `folder` keeps checkpoint and log."""
    state = fitting.begin_or_resume(ChangeNet, recipe, folder, device=device, resume=resume)
    steps = (
        partial(take_step, state, batch, recipe)
        for batch in batches(pool, recipe, first=state.step)
    )
    return fitting.run(state, steps, recipe, folder, COLUMNS)


def take_step(
    state: Fit[ChangeNet], batch: Batch, recipe: ChangeRecipe, done: float
) -> tuple[float, float, float]:
    """Fit one batch; returns losses of change and buildings, and the Dice of change reached.

    NaN for buildings in a step that does not ask for them.
    """
    device = state.device
    fitting.begin_step(state, recipe, done)
    truth, seen = batch.change.to(device), batch.seen.to(device)
    both = torch.cat([batch.pre, batch.post]).to(device).float() / 255
    with torch.autocast(device.type, torch.bfloat16):
        levels, neck = state.net.encode(both)
        change = state.net.compare(levels, neck).float()
    of_change = change_loss(change[:, 0], truth, seen)
    total, of_buildings = of_change, math.nan
    if state.step % recipe.buildings_every == 0:
        with torch.autocast(device.type, torch.bfloat16):
            buildings = state.net.buildings(neck, levels[0]).float()
        loss = buildings_loss(buildings, batch.buildings.to(device), seen)
        total, of_buildings = total + recipe.buildings_weight * loss, float(loss.detach())
    fitting.descend(state, total, recipe)
    return float(of_change.detach()), of_buildings, _dice(change, truth, seen)


def _dice(change: Tensor, truth: Tensor, seen: Tensor) -> float:
    """Of the mask that logits (n, 1, h, w) stand for."""
    said = (change[:, 0] > 0) & (seen > 0)
    meant = (truth > 0) & (seen > 0)
    return float(2 * (said & meant).sum() / (said.sum() + meant.sum()).clamp_min(1))
