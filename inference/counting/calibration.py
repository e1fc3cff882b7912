"""What likeness the similarity slider stands for in one image: between its ground and such things.

Cosines of whitened looks are not comparable from thing to thing: crowns resemble each other less
than vehicles resemble a street. Knows nothing of finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inference.counting.channels import Cells
from inference.counting.exemplar import Ordinary, Template, compare, likeness

ORDINARY_QUANTILE = 0.9
"""All but this share of the ground look less like the examples than ground may by chance. Chosen on
rendered vehicles, trees, houses and ships; a thing's own middle is a thirty-sixth of it, so things
do not pass for ground even where they stand wall to wall."""
PLACES_A_BLOCK = 60
LEAST_GROUND = 0.15
"""Ground never counts as less alike; so much is chance on plain ground."""
LOWEST, HIGHEST = 0.6, 0.95
"""The slider's ends: this share of the ground's likeness, and all but the example itself."""


@dataclass(frozen=True)
class Scale:
    """What the slider means.

    Attributes:
        ground: likeness that ordinary ground reaches by chance.
        alike: likeness that things of the kind have to each other.
    """

    ground: float
    alike: float

    def least(self, similarity: float) -> float:
        """The likeness asked for at a place of the slider, 0..1.

        In the middle it lies halfway between the ground and the things.
        """
        low = LOWEST * self.ground
        middle = min(max((self.ground + self.alike) / 2, low), HIGHEST)
        return float(np.interp(similarity, (0, 0.5, 1), (low, middle, HIGHEST)))


def ground_likeness(blocks: Sequence[Cells], ground: Ordinary, chosen: Sequence[Template]) -> float:
    """How like the examples ordinary ground is, which is given in some blocks."""
    found = [_spread(block, ground, chosen) for block in blocks]
    usual = np.concatenate([np.zeros(1), *found])
    return max(float(np.quantile(usual, ORDINARY_QUANTILE)), LEAST_GROUND)


def kind_likeness(chance: float, places: Sequence[float], examples: int) -> float:
    """How like the examples things of their kind are: as the likest places of the image are.

    Those are the places more than half as far above the ground as the likest one. On rendered
    vehicles, trees, houses and ships this was better than how like the examples are to each other,
    which a single example does not tell.

    Args:
        chance: likeness of the ground.
        places: likeness of all places of the image, the likest first.
        examples: how many of them are the examples themselves.
    """
    others = np.array(places[examples:])
    if not others.size:
        return 1.0
    return float(np.median(others[others >= min((chance + others[0]) / 2, others[0])]))


def _spread(block: Cells, ground: Ordinary, chosen: Sequence[Template]) -> NDArray[np.float32]:
    """Likeness of evenly spread places of a block."""
    side = ground.side
    rows, cols = (size - side + 1 for size in block.valid.shape)
    half = side // 2
    if rows < 1 or cols < 1:
        return np.zeros(0, np.float32)
    seen = np.argwhere(block.valid[half : half + rows, half : half + cols])
    corners = seen[:: max(len(seen) // PLACES_A_BLOCK, 1)]
    return _likest(block, ground, chosen, corners)


def _likest(
    block: Cells, ground: Ordinary, chosen: Sequence[Template], corners: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Likeness of places to the template that responds most to each."""
    responses = compare(block, ground, chosen)[:, corners[:, 0], corners[:, 1]]
    likest = [chosen[number] for number in responses.argmax(axis=0)]
    return likeness(block, ground, likest, corners)
