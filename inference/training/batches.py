"""Batches of pictures with what is asked for in them; each is a pure function of its step.

Knows nothing of networks.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from inference.training import team
from inference.training.augment import View, view
from inference.training.clicks import Wish, wish
from inference.training.pools import UNSEEN, Pool
from inference.training.recipe import Recipe, is_asking


@dataclass(frozen=True)
class Batch:
    """Pictures with what is asked for; wishes of one picture follow each other.

    Attributes:
        image: (n, 3, h, w).
        dense: (n, 3, h, w).
        seen: (n, h, w).
        wishes: those of the first pictures, the same number for each; there may be none.
    """

    image: Tensor
    dense: Tensor
    seen: Tensor
    wishes: tuple[Wish, ...]


def batches(simulated: Pool, real: Pool, recipe: Recipe, *, first: int) -> Iterator[Batch]:
    """Endless batches from a step on; the next one is made while this one is fitted."""
    with ThreadPoolExecutor(1) as maker:
        step = first
        coming = maker.submit(batch_of, simulated, real, recipe, team.turn(step))
        while True:
            batch = coming.result()
            step += 1
            coming = maker.submit(batch_of, simulated, real, recipe, team.turn(step))
            yield batch


def batch_of(simulated: Pool, real: Pool, recipe: Recipe, step: int) -> Batch:
    """The batch of a step."""
    rng = np.random.default_rng([recipe.seed, step])
    to_ask = recipe.asked if is_asking(recipe, step) else 0
    views: list[View] = []
    wishes: list[Wish] = []
    while len(views) < recipe.batch:
        is_real = len(real) > 0 and rng.random() < recipe.real_share
        pool = real if is_real else simulated
        shown = view(rng, pool[int(rng.integers(len(pool)))], recipe.size_px)
        number = recipe.wishes if len(views) < to_ask else 0
        asked = [wish(rng, shown.labels, shown.kinds) for _wish in range(number)]
        if None not in asked:
            views.append(shown)
            wishes += [one for one in asked if one is not None]
    image, dense = (
        torch.from_numpy(np.stack([getattr(v, n) for v in views])) for n in ("image", "dense")
    )
    seen = torch.from_numpy(np.stack([v.labels != UNSEEN for v in views]).astype(np.float32))
    return Batch(image.contiguous(memory_format=torch.channels_last), dense, seen, tuple(wishes))


def prompts_of(wishes: tuple[Wish, ...], device: torch.device) -> Tensor:
    """Prompt maps (n, 3, h, w)."""
    return torch.from_numpy(np.stack([one.maps() for one in wishes])).to(device)
