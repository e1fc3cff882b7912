"""Fits `clicknet` to a pool of simulated and one of real pictures.

Knows nothing of files beside its own folder.
"""

import math
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from inference.networks.clicknet import ClickNet, Features
from inference.training import fitting
from inference.training.batches import Batch, batches, prompts_of
from inference.training.clicks import Wish, corrected
from inference.training.fitting import Fit
from inference.training.losses import dense_loss, iou, mask_loss
from inference.training.pools import Pool
from inference.training.recipe import Recipe

COLUMNS = ("mask", "score", "dense", "iou")
CORRECT_EVERY = 3
"""Every third asking step asks again with a click where the first answer was most wrong."""


def fit(
    simulated: Pool, real: Pool, recipe: Recipe, folder: Path, *, device: str, resume: bool = False
) -> ClickNet:
    """The moving average of a network fitted to both pools; `folder` keeps checkpoint and log."""
    state = fitting.begin_or_resume(ClickNet, recipe, folder, device=device, resume=resume)
    steps = (
        partial(take_step, state, batch, recipe)
        for batch in batches(simulated, real, recipe, first=state.step)
    )
    return fitting.run(state, steps, recipe, folder, COLUMNS)


def take_step(state: Fit[ClickNet], batch: Batch, recipe: Recipe, done: float) -> tuple[float, ...]:
    """Fit one batch; returns losses of masks, scores and the dense head, and the mean IoU.

    NaN for masks, scores and IoU where nothing was asked for.
    """
    device = state.device
    fitting.begin_step(state, recipe, done)
    seen = batch.seen.to(device)
    with torch.autocast(device.type, torch.bfloat16):
        features = state.net.encode(batch.image.to(device))
        dense = state.net.dense(features).float()
    everywhere = dense_loss(dense, batch.dense.to(device), seen)
    parts, reached = _ask(state, batch, features, recipe) if batch.wishes else ((), None)
    total = torch.stack([recipe.dense_weight * everywhere, *parts]).sum()
    fitting.descend(state, total, recipe)
    mask, score = (float(part.detach()) for part in parts or (everywhere * math.nan,) * 2)
    iou_reached = math.nan if reached is None else float(reached.mean())
    return mask, score, float(everywhere.detach()), iou_reached


def _ask(
    state: Fit[ClickNet], batch: Batch, features: Features, recipe: Recipe
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
    """The wishes with a corrective click each, where the answer so far is wrong.

    Args:
        net: the network, in training again afterwards.
        features: maps (wish, channel, row, col) of the picture of each wish.
        wishes: what is asked for.
        seen: (wish, row, col) 1 where observed.
    """
    net.eval()
    with torch.no_grad():
        detached = {name: value.detach() for name, value in features.items()}
        logits, _score = net.decode(detached, prompts_of(wishes, seen.device))
    net.train()
    answers, observed = (logits > 0).cpu().numpy(), (seen > 0).cpu().numpy()
    return tuple(map(corrected, wishes, answers, observed))
