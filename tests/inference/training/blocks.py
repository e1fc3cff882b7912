"""Small chips and a short recipe for the tests of the fit."""

import numpy as np

from inference.training.pools import KINDS, MOST_THINGS, Pool, Sample
from inference.training.recipe import Recipe

RECIPE = Recipe(
    steps=4, batch=2, ask_every=2, asked=2, wishes=2, size_px=64, warm_up=1, save_every_s=0.0
)


class Blocks(Pool):
    """Chips of 96 pixels with two bright buildings on dark ground."""

    def __init__(self, chips: int) -> None:
        super().__init__(())
        object.__setattr__(self, "chips", chips)

    def __len__(self) -> int:
        return self.chips

    def __getitem__(self, index: int) -> Sample:
        rng = np.random.default_rng(index)
        labels, kinds = np.zeros((96, 96), np.uint16), np.zeros(MOST_THINGS, np.uint8)
        for number in (1, 2):
            row, col = rng.integers(5, 60, 2)
            labels[row : row + 25, col : col + 25] = number
            kinds[number] = KINDS.index("building") + 1
        image = np.where(labels > 0, 200, 60) + rng.integers(0, 30, (3, 96, 96))
        return Sample(image.astype(np.uint8), labels, kinds, is_real=False)
