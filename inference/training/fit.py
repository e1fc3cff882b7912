"""Fits the network to a pool: batches, steps, moving average, checkpoints, a log.

A step is a pure function of what was fitted so far and of its number, so that a resumed fit goes on
exactly as one that was never stopped. Knows nothing of files beside its own folder.
"""

import csv
import logging
import math
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from inference.networks.clicknet import ClickNet
from inference.training.augment import View, view
from inference.training.clicks import Wish, corrected, wish
from inference.training.losses import dense_loss, iou, mask_loss
from inference.training.pools import UNSEEN, Pool

log = logging.getLogger(__name__)

CHECKPOINT, HISTORY = "checkpoint.pt", "history.csv"
CLIP = 2.0
CORRECT_EVERY = 3
"""Every third step asks again with a click where the first answer was most wrong."""
LOG_EVERY = 20


@dataclass(frozen=True)
class Recipe:
    """How to fit.

    Attributes:
        steps: how many, when `minutes` is None.
        minutes: how long instead; the learning rate follows the time, so speed sets the steps.
        batch: pictures a step.
        wishes: things asked for in each picture.
        size_px: side of a picture.
        real_share: of the pictures of a batch, from real places.
        rate: highest learning rate of AdamW.
        decay: its weight decay.
        warm_up: steps until the highest rate.
        average: of the moving average of the weights, per step.
        seed: of everything random.
        save_every_s: between checkpoints.
    """

    steps: int = 12_000
    minutes: float | None = None
    batch: int = 12
    wishes: int = 3
    size_px: int = 256
    real_share: float = 0.25
    rate: float = 1.5e-3
    decay: float = 1e-2
    warm_up: int = 100
    average: float = 0.998
    seed: int = 0
    save_every_s: float = 120.0


@dataclass(frozen=True)
class Batch:
    """Pictures with what is asked for; wishes of one picture follow each other.

    Attributes:
        image: (n, 3, h, w).
        dense: (n, 3, h, w).
        seen: (n, h, w).
        wishes: n * k of them.
    """

    image: Tensor
    dense: Tensor
    seen: Tensor
    wishes: tuple[Wish, ...]


@dataclass
class Fit:
    """What was fitted so far."""

    net: ClickNet
    smooth: ClickNet
    optimiser: torch.optim.Optimizer
    step: int = 0
    elapsed_s: float = 0.0

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
            _note(folder / HISTORY, state, np.mean(losses, axis=0))
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


def rate_at(recipe: Recipe, step: int, done: float) -> float:
    """Learning rate: a linear warm-up, then half a cosine down to a hundredth."""
    warm = min((step + 1) / recipe.warm_up, 1.0)
    return recipe.rate * warm * (0.01 + 0.99 * (1 + math.cos(math.pi * min(done, 1.0))) / 2)


def batches(simulated: Pool, real: Pool, recipe: Recipe, *, first: int) -> Iterator[Batch]:
    """Endless batches from a step on; the next one is made while this one is fitted."""
    with ThreadPoolExecutor(1) as maker:
        step = first
        coming = maker.submit(batch_of, simulated, real, recipe, step)
        while True:
            batch = coming.result()
            step += 1
            coming = maker.submit(batch_of, simulated, real, recipe, step)
            yield batch


def batch_of(simulated: Pool, real: Pool, recipe: Recipe, step: int) -> Batch:
    """The batch of a step."""
    rng = np.random.default_rng([recipe.seed, step])
    views: list[View] = []
    wishes: list[Wish] = []
    while len(views) < recipe.batch:
        is_real = len(real) > 0 and rng.random() < recipe.real_share
        pool = real if is_real else simulated
        shown = view(rng, pool[int(rng.integers(len(pool)))], recipe.size_px)
        asked = [wish(rng, shown.labels, shown.kinds) for _wish in range(recipe.wishes)]
        if None not in asked:
            views.append(shown)
            wishes += [one for one in asked if one is not None]
    image, dense = (
        torch.from_numpy(np.stack([getattr(v, n) for v in views])) for n in ("image", "dense")
    )
    seen = torch.from_numpy(np.stack([v.labels != UNSEEN for v in views]).astype(np.float32))
    return Batch(image.contiguous(memory_format=torch.channels_last), dense, seen, tuple(wishes))


def take_step(state: Fit, batch: Batch, recipe: Recipe, done: float) -> tuple[float, ...]:
    """Fit one batch; returns losses of masks, scores and the dense head, and the mean IoU."""
    device = next(state.net.parameters()).device
    state.net.train()
    for group in state.optimiser.param_groups:
        group["lr"] = rate_at(recipe, state.step, done)
    with torch.autocast(device.type, torch.bfloat16):
        features = state.net.encode(batch.image.to(device))
        dense = state.net.dense(features).float()
        repeated = {k: v.repeat_interleave(recipe.wishes, 0) for k, v in features.items()}
        seen = batch.seen.to(device)
        many = seen.repeat_interleave(recipe.wishes, 0)
        wishes = batch.wishes
        if state.step % CORRECT_EVERY == 0:
            wishes = ask_again(state.net, repeated, wishes, many)
        logits, score = state.net.decode(repeated, prompts_of(wishes, device))
    logits, score = logits.float(), score.float()
    truth = torch.from_numpy(np.stack([w.truth for w in wishes]).astype(np.float32)).to(device)
    reached = iou(logits.detach(), truth, many)
    parts = (
        mask_loss(logits, truth, many),
        (score - reached).square().mean(),
        dense_loss(dense, batch.dense.to(device), seen),
    )
    state.optimiser.zero_grad(set_to_none=True)
    torch.autograd.backward(torch.stack(parts).sum())
    torch.nn.utils.clip_grad_norm_(state.net.parameters(), CLIP)
    state.optimiser.step()
    _follow(state.smooth, state.net, min(recipe.average, (1 + state.step) / (10 + state.step)))
    return (*(float(part.detach()) for part in parts), float(reached.mean()))


def prompts_of(wishes: tuple[Wish, ...], device: torch.device) -> Tensor:
    """Prompt maps (n, 3, h, w)."""
    return torch.from_numpy(np.stack([one.maps() for one in wishes])).to(device)


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
def _follow(smooth: ClickNet, net: ClickNet, keep: float) -> None:
    """Move the average towards the network; counters are copied."""
    for old, new in zip(smooth.state_dict().values(), net.state_dict().values(), strict=True):
        if old.dtype.is_floating_point:
            old.lerp_(new, 1 - keep)
        else:
            old.copy_(new)


def _note(path: Path, state: Fit, means: np.ndarray) -> None:
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
