"""A few stored pairs of six bands, held in memory, and a short recipe."""

import numpy as np

from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import Shards, Stored, stored
from inference.training.multispectral.scenes import made
from tests.inference.training.multispectral.ground import bank

RECIPE = ChangeRecipe(steps=4, batch=2, size_px=64, warm_up=1, save_every_s=0.0)
PAIR = stored(made(np.random.default_rng(4), bank()))


class Few(Shards):
    """The same pair four times."""

    def __init__(self) -> None:
        super().__init__(())

    def __len__(self) -> int:
        return 4

    def __getitem__(self, _index: int) -> Stored:
        return Stored(PAIR.pictures.copy(), PAIR.codes.copy(), PAIR.depths.copy())
