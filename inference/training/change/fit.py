"""Fits the change network to a pool: steps, moving average, checkpoints, a log.

A step is a pure function of what was fitted so far and of its number. Knows nothing of files beside
its own folder.
"""

import csv
import logging
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from inference.networks.changenet import ChangeNet
from inference.training.change.batches import Batch, batches
from inference.training.change.losses import buildings_loss, change_loss
from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import Shards
from inference.training.fit import CHECKPOINT, CLIP, HISTORY, LOG_EVERY, follow
from inference.training.recipe import rate_at

log = logging.getLogger(__name__)
COLUMNS = ("step", "elapsed_s", "change", "buildings", "dice")


@dataclass
class Fit:
    """What was fitted so far."""

    net: ChangeNet
    smooth: ChangeNet
    optimiser: torch.optim.Optimizer
    step: int = 0
    elapsed_s: float = 0.0

    @property
    def device(self) -> torch.device:
        """Where it is fitted."""
        return next(self.net.parameters()).device

    @classmethod
    def begin(cls, recipe: ChangeRecipe, device: str) -> "Fit":
        """Random weights of the recipe's seed."""
        torch.manual_seed(recipe.seed)
        net, smooth = (_laid_out(ChangeNet(), device) for _copy in range(2))
        smooth.load_state_dict(net.state_dict())
        optimiser = torch.optim.AdamW(net.parameters(), recipe.rate, weight_decay=recipe.decay)
        return cls(net, smooth.requires_grad_(False), optimiser)

    def save(self, path: Path) -> None:
        """Write all of it, whole or not at all."""
        state = {
            "net": self.net.state_dict(),
            "smooth": self.smooth.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "elapsed_s": self.elapsed_s,
        }
        part = path.with_suffix(".part")
        torch.save(state, part)
        part.replace(path)

    def restore(self, path: Path) -> None:
        """Go on from what was saved."""
        state = torch.load(path, weights_only=True)
        self.net.load_state_dict(state["net"])
        self.smooth.load_state_dict(state["smooth"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.elapsed_s = int(state["step"]), float(state["elapsed_s"])


def _laid_out(net: ChangeNet, device: str) -> ChangeNet:
    return net.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def fit(
    pool: Shards, recipe: ChangeRecipe, folder: Path, *, device: str, resume: bool = False
) -> ChangeNet:
    """The moving average of a network fitted to a pool; `folder` keeps checkpoint and log."""
    folder.mkdir(parents=True, exist_ok=True)
    state = Fit.begin(recipe, device)
    if resume and (folder / CHECKPOINT).exists():
        state.restore(folder / CHECKPOINT)
    if progress(state, recipe) >= 1:
        return state.smooth
    saved = begun = time.monotonic()
    before_s = state.elapsed_s
    losses: list[tuple[float, ...]] = []
    for batch in batches(pool, recipe, first=state.step):
        losses.append(take_step(state, batch, recipe, progress(state, recipe)))
        now = time.monotonic()
        state.step, state.elapsed_s = state.step + 1, before_s + now - begun
        is_done = progress(state, recipe) >= 1
        if is_done or now - saved > recipe.save_every_s:
            state.save(folder / CHECKPOINT)
            saved = now
        if is_done or state.step % LOG_EVERY == 0:
            _note(folder / HISTORY, state, losses)
            losses = []
        if is_done:
            break
    return state.smooth


def load_average(folder: Path) -> ChangeNet:
    """The moving average of the last checkpoint of a fit, on the CPU.

    Raises:
        FileNotFoundError: nothing was fitted there yet.
    """
    state = torch.load(folder / CHECKPOINT, map_location="cpu", weights_only=True)
    net = ChangeNet()
    net.load_state_dict(state["smooth"])
    return net


def progress(state: Fit, recipe: ChangeRecipe) -> float:
    """How much of the fit is done, 0..1."""
    if recipe.minutes is None:
        return state.step / recipe.steps
    return state.elapsed_s / (60 * recipe.minutes)


def take_step(
    state: Fit, batch: Batch, recipe: ChangeRecipe, done: float
) -> tuple[float, float, float]:
    """Fit one batch; returns losses of change and buildings, and the Dice of change reached.

    NaN for buildings in a step that does not ask for them.
    """
    device = state.device
    state.net.train()
    for group in state.optimiser.param_groups:
        group["lr"] = rate_at(recipe, state.step, done)
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
    state.optimiser.zero_grad(set_to_none=True)
    torch.autograd.backward(total)
    torch.nn.utils.clip_grad_norm_(state.net.parameters(), CLIP)
    state.optimiser.step()
    follow(state.smooth, state.net, min(recipe.average, (1 + state.step) / (10 + state.step)))
    return float(of_change.detach()), of_buildings, _dice(change, truth, seen)


def _dice(change: Tensor, truth: Tensor, seen: Tensor) -> float:
    """Of the mask that logits (n, 1, h, w) stand for."""
    said = (change[:, 0] > 0) & (seen > 0)
    meant = (truth > 0) & (seen > 0)
    return float(2 * (said & meant).sum() / (said.sum() + meant.sum()).clamp_min(1))


def _note(path: Path, state: Fit, losses: list[tuple[float, ...]]) -> None:
    """One line of the log."""
    means = np.nanmean(losses, axis=0)
    row = [state.step, round(state.elapsed_s, 1), *(round(float(v), 4) for v in means)]
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if is_new:
            writer.writerow(COLUMNS)
        writer.writerow(row)
    log.info("step %d, %.0f s: change %.3f, buildings %.3f, Dice %.3f", *row[:2], *means)
