"""Fits the network to a pool: steps, moving average, checkpoints, a log.

A step is a pure function of what was fitted so far and of its number, so that a resumed fit goes on
exactly as one that was never stopped. Knows nothing of files beside its own folder.
"""

import csv
import logging
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from inference.networks.clicknet import ClickNet, Features
from inference.training.batches import Batch, batches, prompts_of
from inference.training.clicks import Wish, corrected
from inference.training.losses import dense_loss, iou, mask_loss
from inference.training.pools import Pool
from inference.training.recipe import Recipe, rate_at

log = logging.getLogger(__name__)

CHECKPOINT, HISTORY = "checkpoint.pt", "history.csv"
CLIP = 2.0
CORRECT_EVERY = 3
"""Every third asking step asks again with a click where the first answer was most wrong."""
LOG_EVERY = 20


@dataclass
class Fit:
    """What was fitted so far."""

    net: ClickNet
    smooth: ClickNet
    optimiser: torch.optim.Optimizer
    step: int = 0
    elapsed_s: float = 0.0

    @property
    def device(self) -> torch.device:
        """Where it is fitted."""
        return next(self.net.parameters()).device

    @classmethod
    def begin(cls, recipe: Recipe, device: str) -> "Fit":
        """Random weights of the recipe's seed."""
        torch.manual_seed(recipe.seed)
        net = ClickNet().to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        smooth = ClickNet().to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
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


def fit(
    simulated: Pool, real: Pool, recipe: Recipe, folder: Path, *, device: str, resume: bool = False
) -> ClickNet:
    """The moving average of a network fitted to both pools; `folder` keeps checkpoint and log."""
    folder.mkdir(parents=True, exist_ok=True)
    state = Fit.begin(recipe, device)
    if resume and (folder / CHECKPOINT).exists():
        state.restore(folder / CHECKPOINT)
    if progress(state, recipe) >= 1:
        return state.smooth
    saved = begun = time.monotonic()
    before_s = state.elapsed_s
    losses: list[tuple[float, ...]] = []
    for batch in batches(simulated, real, recipe, first=state.step):
        losses.append(take_step(state, batch, recipe, progress(state, recipe)))
        now = time.monotonic()
        state.step, state.elapsed_s = state.step + 1, before_s + now - begun
        is_done = progress(state, recipe) >= 1
        if is_done or now - saved > recipe.save_every_s:
            state.save(folder / CHECKPOINT)
            saved = now
        if is_done or state.step % LOG_EVERY == 0:
            _note(folder / HISTORY, state, _means(losses))
            losses = []
        if is_done:
            break
    return state.smooth


def load_average(folder: Path) -> ClickNet:
    """The moving average of the last checkpoint of a fit, on the CPU.

    Raises:
        FileNotFoundError: nothing was fitted there yet.
    """
    state = torch.load(folder / CHECKPOINT, map_location="cpu", weights_only=True)
    net = ClickNet()
    net.load_state_dict(state["smooth"])
    return net


def progress(state: Fit, recipe: Recipe) -> float:
    """How much of the fit is done, 0..1."""
    if recipe.minutes is None:
        return state.step / recipe.steps
    return state.elapsed_s / (60 * recipe.minutes)


def take_step(state: Fit, batch: Batch, recipe: Recipe, done: float) -> tuple[float, ...]:
    """Fit one batch; returns losses of masks, scores and the dense head, and the mean IoU.

    NaN for masks, scores and IoU where nothing was asked for.
    """
    device = state.device
    state.net.train()
    for group in state.optimiser.param_groups:
        group["lr"] = rate_at(recipe, state.step, done)
    seen = batch.seen.to(device)
    with torch.autocast(device.type, torch.bfloat16):
        features = state.net.encode(batch.image.to(device))
        dense = state.net.dense(features).float()
    everywhere = dense_loss(dense, batch.dense.to(device), seen)
    parts, reached = _ask(state, batch, features, recipe) if batch.wishes else ((), None)
    state.optimiser.zero_grad(set_to_none=True)
    total = torch.stack([recipe.dense_weight * everywhere, *parts]).sum()
    torch.autograd.backward(total)
    torch.nn.utils.clip_grad_norm_(state.net.parameters(), CLIP)
    state.optimiser.step()
    follow(state.smooth, state.net, min(recipe.average, (1 + state.step) / (10 + state.step)))
    mask, score = (float(part.detach()) for part in parts or (everywhere * math.nan,) * 2)
    iou_reached = math.nan if reached is None else float(reached.mean())
    return mask, score, float(everywhere.detach()), iou_reached


def _ask(
    state: Fit, batch: Batch, features: Features, recipe: Recipe
) -> tuple[tuple[Tensor, Tensor], Tensor]:
    """Losses of masks and scores of a batch's wishes, and the IoU of each."""
    device, wishes = state.device, batch.wishes
    number = len(wishes) // recipe.wishes
    seen = batch.seen[:number].to(device).repeat_interleave(recipe.wishes, 0)
    with torch.autocast(device.type, torch.bfloat16):
        repeated = {
            name: value[:number].repeat_interleave(recipe.wishes, 0)
            for name, value in features.items()
        }
        if state.step // recipe.ask_every % CORRECT_EVERY == 0:
            wishes = ask_again(state.net, repeated, wishes, seen)
        logits, score = state.net.decode(repeated, prompts_of(wishes, device))
    logits, score = logits.float(), score.float()
    truth = torch.from_numpy(np.stack([w.truth for w in wishes]).astype(np.float32)).to(device)
    reached = iou(logits.detach(), truth, seen)
    return (mask_loss(logits, truth, seen), (score - reached).square().mean()), reached


def ask_again(
    net: ClickNet, features: dict[str, Tensor], wishes: tuple[Wish, ...], seen: Tensor
) -> tuple[Wish, ...]:
    """The wishes with a corrective click each, where the answer so far is wrong."""
    net.eval()
    with torch.no_grad():
        detached = {name: value.detach() for name, value in features.items()}
        logits, _score = net.decode(detached, prompts_of(wishes, seen.device))
    net.train()
    answers, observed = (logits > 0).cpu().numpy(), (seen > 0).cpu().numpy()
    return tuple(map(corrected, wishes, answers, observed))


@torch.no_grad()
def follow(smooth: nn.Module, net: nn.Module, keep: float) -> None:
    """Move the average towards the network; counters are copied."""
    for old, new in zip(smooth.state_dict().values(), net.state_dict().values(), strict=True):
        if old.dtype.is_floating_point:
            old.lerp_(new, 1 - keep)
        else:
            old.copy_(new)


def _means(losses: list[tuple[float, ...]]) -> NDArray[np.float64]:
    """Means of the steps that tell; NaN where none does."""
    told = np.ma.masked_invalid(np.array(losses, np.float64))
    return np.asarray(told.mean(axis=0).filled(math.nan), np.float64)


def _note(path: Path, state: Fit, means: NDArray[np.float64]) -> None:
    """One line of the log."""
    row = [state.step, round(state.elapsed_s, 1), *(round(float(v), 4) for v in means)]
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if is_new:
            writer.writerow(["step", "elapsed_s", "mask", "score", "dense", "iou"])
        writer.writerow(row)
    log.info("step %d, %.0f s: mask %.3f, score %.4f, dense %.3f, IoU %.3f",
             *row[:2], *means)  # fmt: skip
