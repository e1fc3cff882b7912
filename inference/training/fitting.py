"""The fitting that all networks of ours share: steps, moving average, checkpoints, a log.

A step is a pure function of what was fitted so far and of its number, so that a resumed fit goes on
exactly as one that was never stopped. Knows no network, no loss and no files beside its own folder.
"""

import csv
import io
import logging
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from inference.training import team
from inference.training.recipe import FromNothing, Schedule, rate_at

log = logging.getLogger(__name__)

CHECKPOINT, HISTORY = "checkpoint.pt", "history.csv"
CLIP = 2.0
"""Longest gradient."""
LOG_EVERY = 20

Net = TypeVar("Net", bound=nn.Module)
Losses = tuple[float, ...]
"""What a step tells; NaN for what it did not ask for."""


class Learning(Protocol):
    """What changes with each step."""

    @property
    def net(self) -> nn.Module:
        """The network that learns."""

    @property
    def smooth(self) -> nn.Module:
        """The moving average of its weights."""

    @property
    def optimiser(self) -> torch.optim.Optimizer:
        """Of `net`."""

    @property
    def step(self) -> int:
        """The next one."""


@dataclass
class Fit(Generic[Net]):
    """What was fitted so far."""

    net: Net
    smooth: Net
    optimiser: torch.optim.Optimizer
    step: int = 0
    elapsed_s: float = 0.0

    @property
    def device(self) -> torch.device:
        """Where it is fitted."""
        return next(self.net.parameters()).device

    @classmethod
    def begin(cls, make: Callable[[], Net], schedule: Schedule, device: str) -> "Fit[Net]":
        """Random weights of the schedule's seed."""
        torch.manual_seed(schedule.seed)
        net, smooth = (laid_out(make(), device) for _copy in range(2))
        smooth.load_state_dict(net.state_dict())
        if device != "cpu":
            compile_parts(net)
        optimiser = torch.optim.AdamW(net.parameters(), schedule.rate, weight_decay=schedule.decay)
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
        save_whole(state, path)

    def restore(self, path: Path) -> None:
        """Go on from what was saved."""
        state = torch.load(path, weights_only=True)
        self.net.load_state_dict(state["net"])
        self.smooth.load_state_dict(state["smooth"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.elapsed_s = int(state["step"]), float(state["elapsed_s"])


def begin_or_resume(
    make: Callable[[], Net], recipe: FromNothing, folder: Path, *, device: str, resume: bool
) -> Fit[Net]:
    """A fit at its first step, or where the last checkpoint of `folder` left it."""
    folder.mkdir(parents=True, exist_ok=True)
    state = Fit.begin(make, recipe, device)
    if resume and (folder / CHECKPOINT).exists():
        state.restore(folder / CHECKPOINT)
    return state


def run(
    state: Fit[Net],
    steps: Iterable[Callable[[float], Losses]],
    recipe: FromNothing,
    folder: Path,
    columns: tuple[str, ...],
) -> Net:
    """The moving average after the recipe's steps; `folder` keeps checkpoint and log.

    Args:
        state: changed in place.
        steps: each is told how much of the fit is done, 0..1, and tells one loss a column.
        recipe: when it ends.
        folder: exists.
        columns: names of the losses.
    """
    if progress(state, recipe) >= 1:
        return state.smooth
    saved = begun = time.monotonic()
    before_s = state.elapsed_s
    losses: list[Losses] = []
    for take in steps:
        losses.append(take(progress(state, recipe)))
        now = time.monotonic()
        state.step += 1
        state.elapsed_s = team.agreed(before_s + now - begun, state.device)
        is_done, is_writing = progress(state, recipe) >= 1, team.rank() == 0
        if is_writing and (is_done or now - saved > recipe.save_every_s):
            state.save(folder / CHECKPOINT)
            saved = now
        if is_done or state.step % LOG_EVERY == 0:
            if is_writing:
                _note(folder / HISTORY, state, dict(zip(columns, _means(losses), strict=True)))
            losses = []
        if is_done:
            break
    return state.smooth


def progress(state: Fit[Net], recipe: FromNothing) -> float:
    """How much of the fit is done, 0..1; in a step of several processes each fits a batch."""
    if recipe.minutes is None:
        return state.step * team.size() / recipe.steps
    return state.elapsed_s / (60 * recipe.minutes)


def load_average(net: Net, folder: Path) -> Net:
    """The network with the moving average of the last checkpoint of a fit, on the CPU.

    Raises:
        FileNotFoundError: nothing was fitted there yet.
    """
    state = torch.load(folder / CHECKPOINT, map_location="cpu", weights_only=True)
    net.load_state_dict(state["smooth"])
    return net


def begin_step(state: Fit[Net], schedule: Schedule, done: float) -> None:
    """Ready to learn, at the rate of this step."""
    state.net.train()
    for group in state.optimiser.param_groups:
        group["lr"] = rate_at(schedule, state.step, done)


def descend(state: Learning, loss: Tensor, schedule: Schedule) -> None:
    """Change the weights against a loss (a scalar); the moving average follows, faster at first."""
    state.optimiser.zero_grad(set_to_none=True)
    torch.autograd.backward(loss)
    team.average_gradients(state.net)
    nn.utils.clip_grad_norm_(state.net.parameters(), CLIP)
    state.optimiser.step()
    follow(state.smooth, state.net, min(schedule.average, (1 + state.step) / (10 + state.step)))


@torch.no_grad()
def follow(smooth: nn.Module, net: nn.Module, keep: float) -> None:
    """Move the average towards the network; counters are copied."""
    for old, new in zip(smooth.state_dict().values(), net.state_dict().values(), strict=True):
        if old.dtype.is_floating_point:
            old.lerp_(new, 1 - keep)
        else:
            old.copy_(new)


def compile_parts(net: nn.Module) -> None:
    """Let PyTorch compile each part where it is called; what it cannot compile runs as it is."""
    dynamo: Any = torch._dynamo
    dynamo.config.suppress_errors = True
    for part in net.children():
        part.compile()


def laid_out(net: Net, device: str) -> Net:
    """The network on a device, its weights in the order that convolutions read fastest."""
    return net.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def save_whole(state: dict[str, Any], path: Path) -> None:
    """Write a checkpoint, whole or not at all.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    packed, part = io.BytesIO(), path.with_suffix(".part")
    # Packed first: PyTorch's own writing tells of a full disk by an error of no kind.
    torch.save(state, packed)
    part.write_bytes(packed.getbuffer())
    part.replace(path)


def _means(losses: list[Losses]) -> NDArray[np.float64]:
    """Means of the steps that tell; NaN where none does."""
    told = np.ma.masked_invalid(np.array(losses, np.float64))
    return np.asarray(told.mean(axis=0).filled(math.nan), np.float64)


def _note(path: Path, state: Fit[Net], means: dict[str, float]) -> None:
    """One line of the log."""
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if is_new:
            writer.writerow(["step", "elapsed_s", *means])
        told = (round(float(value), 4) for value in means.values())
        writer.writerow([state.step, round(state.elapsed_s, 1), *told])
    said = ", ".join(f"{name} {value:.4f}" for name, value in means.items())
    log.info("step %d, %.0f s: %s", state.step, state.elapsed_s, said)
