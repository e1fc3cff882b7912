"""The training itself: steps from the shipped weights, judged as it goes, ended when it stalls.

Heads and top-down first, the encoder later and slowly; BatchNorm keeps its statistics. A crash
loses what came after the last checkpoint. Knows nothing of files beside its own folder.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from errors import ExportError
from inference.networks.changenet import ChangeNet
from inference.training import fitting
from inference.training.change.losses import change_loss
from inference.training.fitting import CHECKPOINT
from inference.training.losses import dense_loss
from inference.training.recipe import rate_at
from inference.training.tuning import blend, few, judge, views
from inference.training.tuning.lesson import Lesson
from inference.training.tuning.recipe import TuningRecipe
from inference.training.tuning.views import Batch
from progress import Watcher

log = logging.getLogger(__name__)

BUILDINGS_WEIGHT = 0.3
"""Of the loss of buildings beside that of change."""
RAMP = 0.3
"""Share of the time over which unlabelled ground gets its full weight."""
Weights = dict[str, Tensor]


@dataclass
class Tuning:
    """What was learned so far.

    Attributes:
        net: the network that learns.
        smooth: the moving average of its weights.
        optimiser: of `net`.
        best: weights of the best moving average so far.
        best_f1: its F1 on validation.
        curve: F1 on validation at each judgement, by step.
        stale: judgements since the best one.
        step: the next one.
        elapsed_s: time spent, former runs included.
    """

    net: ChangeNet
    smooth: ChangeNet
    optimiser: torch.optim.Optimizer
    best: Weights
    best_f1: float
    curve: list[tuple[int, float]] = field(default_factory=list)
    stale: int = 0
    step: int = 0
    elapsed_s: float = 0.0

    @classmethod
    def begin(cls, parent: ChangeNet, recipe: TuningRecipe, best_f1: float) -> "Tuning":
        """Two copies of the parent; what the parent reaches on validation is to be beaten."""
        torch.manual_seed(recipe.seed)
        net = deepcopy(parent).requires_grad_(True)
        encoder = list(net.encoder.parameters())
        owned = {id(one) for one in encoder}
        others = [one for one in net.parameters() if id(one) not in owned]
        groups = [{"params": others}, {"params": encoder}]
        optimiser = torch.optim.AdamW(groups, recipe.rate, weight_decay=recipe.decay)
        best = {name: value.clone() for name, value in parent.state_dict().items()}
        return cls(net, deepcopy(parent), optimiser, best, best_f1, [(0, best_f1)])

    def save(self, path: Path) -> None:
        """Write all of it, whole or not at all.

        Raises:
            ExportError: the disk is full or cannot be written.
        """
        state = {
            "net": self.net.state_dict(),
            "smooth": self.smooth.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "best": self.best,
            "told": [self.best_f1, self.stale, self.step, self.elapsed_s],
            "curve": [list(one) for one in self.curve],
        }
        try:
            fitting.save_whole(state, path)
        except OSError as error:
            msg = f"The training could not be kept in {str(path.parent)!r}."
            raise ExportError(msg, hint="Check the folder's rights and its free space.") from error

    def restore(self, path: Path) -> None:
        """Go on from what was saved."""
        state = torch.load(path, weights_only=True)
        self.net.load_state_dict(state["net"])
        self.smooth.load_state_dict(state["smooth"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.best = state["best"]
        self.best_f1, self.stale, self.step, self.elapsed_s = state["told"]
        self.curve = [(int(step), float(f1)) for step, f1 in state["curve"]]


@dataclass(frozen=True)
class Tuned:
    """The outcome.

    Attributes:
        net: the best network, which is the parent where nothing was better.
        is_better: whether one was better than the parent on validation.
        share: of the trained weights in it, the rest being the parent's.
        curve: F1 on validation by step.
        steps: how many were made.
        elapsed_s: time spent.
        ended: why it ended, in words.
    """

    net: ChangeNet
    is_better: bool
    share: float
    curve: tuple[tuple[int, float], ...]
    steps: int
    elapsed_s: float
    ended: str


@contextmanager
def threads(most: int) -> Iterator[None]:
    """So many threads of PyTorch as an operator grants, for a while."""
    before = torch.get_num_threads()
    torch.set_num_threads(min(most, before))
    try:
        yield
    finally:
        torch.set_num_threads(before)


def load_parent(path: Path, device: str) -> ChangeNet:
    """The network of a file of weights, ready to learn: not folded, BatchNorm at rest."""
    weights = load_file(path, device="cpu")
    net = ChangeNet(weights["encoder.at2.conv.weight"].shape[1])
    net.load_state_dict({name: value.float() for name, value in weights.items()})
    net.eval().requires_grad_(False)
    return fitting.laid_out(net, device)


def tune(
    parent: ChangeNet, lesson: Lesson, recipe: TuningRecipe, folder: Path, *, watcher: Watcher
) -> Tuned:
    """The parent after training on; `folder` keeps the checkpoint, from which it goes on.

    Raises:
        CancelledError: the watcher asked to stop.
        ExportError: the folder cannot be written.
    """
    state = Tuning.begin(parent, recipe, _validated(parent, lesson))
    if (folder / CHECKPOINT).exists():
        state.restore(folder / CHECKPOINT)
        log.info("goes on from step %d", state.step)
    begun, before_s = time.monotonic(), state.elapsed_s
    while not (ended := _ended(state, recipe)):
        done = _done(state, recipe)
        watcher.step(done, f"Training, step {state.step}: F1 {state.best_f1:.2f} on validation")
        _learn(state, parent, lesson, recipe, done)
        state.step += 1
        state.elapsed_s = before_s + time.monotonic() - begun
        if state.step % recipe.judge_every == 0:
            _judge(state, lesson)
            state.save(folder / CHECKPOINT)
    if state.curve[-1][0] != state.step:
        _judge(state, lesson)
    best = deepcopy(parent)
    best.load_state_dict(state.best)
    is_better = state.best_f1 > state.curve[0][1]
    share = 0.0
    if is_better:
        chosen = blend.choose(parent, best, lesson)
        best, share = chosen.net, chosen.share
    return Tuned(best, is_better, share, tuple(state.curve), state.step, state.elapsed_s, ended)


def _done(state: Tuning, recipe: TuningRecipe) -> float:
    """How much of the training is done, 0..1."""
    return max(state.step / recipe.steps, state.elapsed_s / (60 * recipe.minutes))


def _ended(state: Tuning, recipe: TuningRecipe) -> str:
    """Why the training is over; empty while it is not."""
    if state.stale >= recipe.patience:
        return "it did not get better any more"
    if state.step >= recipe.steps:
        return "all steps were made"
    return "the time was over" if _done(state, recipe) >= 1 else ""


def _learn(
    state: Tuning, parent: ChangeNet, lesson: Lesson, recipe: TuningRecipe, done: float
) -> None:
    """One step."""
    rate = rate_at(recipe, state.step, done)
    encoder = 0.0 if done < recipe.heads_first else recipe.encoder_share
    for group, share in zip(state.optimiser.param_groups, (1.0, encoder), strict=True):
        group["lr"] = rate * share
    batch = views.batch_of(lesson.grounds, lesson.places, lesson.replay, recipe, state.step)
    loss = _loss(state.net, batch)
    if recipe.few_labels:
        loss = loss + min(done / RAMP, 1.0) * _from_unlabelled(state, parent, lesson, recipe)
    fitting.descend(state, loss, recipe)


def _loss(net: ChangeNet, batch: Batch) -> Tensor:
    change, buildings = _asked(net, batch)
    device = change.device
    of_change = change_loss(change, batch.change.to(device), batch.seen.to(device))
    truth, told = batch.buildings.to(device), batch.told.to(device)
    return of_change + BUILDINGS_WEIGHT * dense_loss(buildings, truth, told)


def _asked(net: ChangeNet, batch: Batch) -> tuple[Tensor, Tensor]:
    """Logits of change (n, h, w) and of buildings (2 n, 3, h, w)."""
    device = next(net.parameters()).device
    pre, post = (picture.to(device).float() / 255 for picture in (batch.pre, batch.post))
    with torch.autocast(device.type, torch.bfloat16):
        change, buildings = net(pre, post)
    return change[:, 0].float(), buildings.float()


def _from_unlabelled(
    state: Tuning, parent: ChangeNet, lesson: Lesson, recipe: TuningRecipe
) -> Tensor:
    plain, strong = views.unlabelled(lesson.grounds, lesson.places, recipe, state.step)
    pseudo = few.agreed(parent, state.smooth, plain)
    change, _buildings = _asked(state.net, strong)
    return few.consistency_loss(change, pseudo)


def _judge(state: Tuning, lesson: Lesson) -> None:
    """Look at the validation blocks; keep the weights if they are the best so far."""
    f1 = _validated(state.smooth, lesson)
    state.curve.append((state.step, f1))
    state.stale += 1
    if f1 > state.best_f1:
        state.best_f1, state.stale = f1, 0
        state.best = {name: value.clone() for name, value in state.smooth.state_dict().items()}
    log.info("step %d, %.0f s: F1 %.3f on validation", state.step, state.elapsed_s, f1)


def _validated(net: ChangeNet, lesson: Lesson) -> float:
    return judge.validated(net, lesson.grounds, lesson.blocks, rule=lesson.rule).f1
