"""How the change network is fitted: steps, batches, rates.

Knows nothing of pictures or networks.
"""

from dataclasses import dataclass

from inference.training.recipe import FromNothing


@dataclass(frozen=True)
class ChangeRecipe(FromNothing):
    """How to fit.

    Attributes:
        buildings_every: steps from one that asks for buildings to the next; the steps between
            cost a fifth less.
        buildings_weight: of the loss of both dates' buildings beside that of change.
    """

    buildings_every: int = 2
    buildings_weight: float = 0.6
