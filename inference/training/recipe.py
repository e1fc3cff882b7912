"""How a network is fitted: steps, batches, rates.

Knows nothing of pictures or networks.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """What every way of fitting says.

    Attributes:
        steps: how many at most.
        batch: pictures, or pairs, a step.
        size_px: side of a picture.
        rate: highest learning rate of AdamW.
        decay: its weight decay.
        warm_up: steps until the highest rate.
        average: of the moving average of the weights, per step.
        seed: of everything random.
    """

    steps: int = 12_000
    batch: int = 12
    size_px: int = 256
    rate: float = 1.5e-3
    decay: float = 1e-2
    warm_up: int = 100
    average: float = 0.998
    seed: int = 0


@dataclass(frozen=True)
class FromNothing(Schedule):
    """How a network is fitted from random weights on.

    Attributes:
        minutes: how long, instead of `steps`; the learning rate follows the time, so speed sets the
            steps.
        save_every_s: between checkpoints.
    """

    minutes: float | None = None
    save_every_s: float = 120.0


@dataclass(frozen=True)
class Recipe(FromNothing):
    """How `clicknet` is fitted.

    Attributes:
        ask_every: steps from one that asks for things to the next; the steps between fit the
            encoder and the dense head alone, at a fifth of the time.
        asked: pictures of an asking step in which things are asked for.
        wishes: things asked for in each of these.
        dense_weight: of the dense head's loss beside that of the masks.
        real_share: of the pictures of a batch, from real places.
    """

    steps: int = 10_500
    ask_every: int = 4
    asked: int = 6
    wishes: int = 3
    dense_weight: float = 2.0
    real_share: float = 0.25


def is_asking(recipe: Recipe, step: int) -> bool:
    """Whether a step asks for things."""
    return step % recipe.ask_every == 0


def rate_at(schedule: Schedule, step: int, done: float) -> float:
    """Learning rate: a linear warm-up, then half a cosine down to a hundredth."""
    warm = min((step + 1) / schedule.warm_up, 1.0)
    return schedule.rate * warm * (0.01 + 0.99 * (1 + math.cos(math.pi * min(done, 1.0))) / 2)
