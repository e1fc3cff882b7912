"""A few stored pairs, held in memory, and a short recipe."""

from inference.training.change.pairs import either
from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import Shards, Stored, stored
from tests.inference.training.change.village import chip

RECIPE = ChangeRecipe(steps=4, batch=2, size_px=64, warm_up=1, save_every_s=0.0)
PAIR = stored(either(chip(houses=9), chip(houses=4)))


class Few(Shards):
    """The same pair four times."""

    def __init__(self) -> None:
        super().__init__(())

    def __len__(self) -> int:
        return 4

    def __getitem__(self, _index: int) -> Stored:
        return Stored(PAIR.pictures.copy(), PAIR.codes.copy(), PAIR.depths.copy())

    def gsd_m(self, _index: int) -> float:
        return 0.5
