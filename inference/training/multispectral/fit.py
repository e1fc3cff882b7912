"""Fits the change network to pairs of six bands.

Knows nothing of files beside its own folder.
"""

from functools import partial
from pathlib import Path

from inference.networks.changenet import ChangeNet
from inference.siamese.multispectral import BANDS
from inference.training import fitting
from inference.training.change.fit import COLUMNS, take_step
from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import Shards
from inference.training.multispectral.batches import batches

RECIPE = ChangeRecipe(batch=24, size_px=128, buildings_weight=0.4)


def untrained() -> ChangeNet:
    """The network with random weights."""
    return ChangeNet(len(BANDS))


def fit(
    pool: Shards, recipe: ChangeRecipe, folder: Path, *, device: str, resume: bool = False
) -> ChangeNet:
    """The moving average of a network fitted to a pool; `folder` keeps checkpoint and log."""
    state = fitting.begin_or_resume(untrained, recipe, folder, device=device, resume=resume)
    steps = (
        partial(take_step, state, batch, recipe)
        for batch in batches(pool, recipe, first=state.step)
    )
    return fitting.run(state, steps, recipe, folder, COLUMNS)
