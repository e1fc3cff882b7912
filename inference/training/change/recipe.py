"""How the change network is fitted: steps, batches, rates.

Knows nothing of pictures or networks.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChangeRecipe:
    """How to fit.

    Attributes:
        steps: how many, when `minutes` is None.
        minutes: how long instead; the learning rate follows the time, so speed sets the steps.
        batch: pairs a step.
        size_px: side of a picture.
        buildings_every: steps from one that asks for buildings to the next; the steps between
            cost a fifth less.
        buildings_weight: of the loss of both dates' buildings beside that of change.
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
    size_px: int = 256
    buildings_every: int = 2
    buildings_weight: float = 0.6
    rate: float = 1.5e-3
    decay: float = 1e-2
    warm_up: int = 100
    average: float = 0.998
    seed: int = 0
    save_every_s: float = 120.0
