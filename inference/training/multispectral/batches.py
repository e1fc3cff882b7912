"""Batches of multispectral pairs: cut, turned, lit anew, without some of the bands.

Each is a pure function of its step. Knows nothing of networks.
"""

from collections.abc import Iterator
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.siamese.multispectral import BANDS
from inference.training.change.batches import Batch, ahead, cut, joined
from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import SEEN, Shards, Stored
from inference.training.multispectral.places import Rng
from raster.stretch import NOT_OBSERVED_GREY

Pictures = NDArray[np.uint8]
GAPPED = 0.04
FOUR, SOME = 0.35, 0.15
"""Shares of pairs of which only the four bands of 10 m, or any four or more, are shown."""
FEWEST_BANDS = 4


def batches(pool: Shards, recipe: ChangeRecipe, *, first: int) -> Iterator[Batch]:
    """Endless batches from a step on; the next ones are made while one is fitted."""
    return ahead(partial(batch_of, pool, recipe), first=first)


def batch_of(pool: Shards, recipe: ChangeRecipe, step: int) -> Batch:
    """The batch of a step."""
    rng = np.random.default_rng([recipe.seed, step])
    chosen = rng.integers(len(pool), size=recipe.batch)
    parts = [cut(rng, pool[int(index)], recipe.size_px) for index in chosen]
    return joined(parts, [shown(rng, part) for part in parts])


def shown(rng: Rng, pair: Stored) -> Pictures:
    """Both pictures (2, row, col, band) in light of their own; grey where nothing is known."""
    missing = _is_missing(pair.pictures) | _withheld(rng)
    pictures = np.stack([_lit(rng, picture) for picture in pair.pictures])
    pictures[..., missing] = NOT_OBSERVED_GREY
    if rng.random() < GAPPED:
        gap = _gap(rng, pair.codes.shape[0])
        pair.codes[gap] &= 0xFF ^ SEEN
        pictures[:, *gap] = NOT_OBSERVED_GREY
    return pictures


def _is_missing(pictures: Pictures) -> NDArray[np.bool_]:
    """Which bands a place never had."""
    return np.asarray((pictures == NOT_OBSERVED_GREY).all(axis=(0, 1, 2)))


def _withheld(rng: Rng) -> NDArray[np.bool_]:
    """Which bands are not shown this time."""
    choice = rng.random()
    if choice < FOUR:
        return np.array([role.startswith("swir") for role in BANDS])
    hidden = np.zeros(len(BANDS), bool)
    if choice < FOUR + SOME:
        count = int(rng.integers(1, len(BANDS) - FEWEST_BANDS + 1))
        hidden[rng.choice(len(BANDS), count, replace=False)] = True
    return hidden


def _gap(rng: Rng, size_px: int) -> tuple[slice, slice]:
    """A strip that was not observed."""
    start, width = int(rng.integers(size_px)), int(rng.integers(4, size_px // 3))
    strip = (slice(start, start + width), slice(None))
    return strip if rng.random() < 0.5 else (strip[1], strip[0])


def _lit(rng: Rng, picture: Pictures) -> Pictures:
    """One date with its own tone, contrast and ends, a little different in each band."""
    levels = np.linspace(0, 1, 256)[:, None] ** np.exp(rng.normal(0, 0.15) + _each(rng, 0.06))
    levels = 0.5 + (levels - 0.5) * np.exp(rng.normal(0, 0.1) + _each(rng, 0.05))
    levels = levels + rng.normal(0, 0.03) + _each(rng, 0.02)
    table = np.clip(levels * 255, 0, 255).astype(np.uint8)
    return np.stack([cv2.LUT(picture[..., band], table[:, band]) for band in range(len(BANDS))], -1)


def _each(rng: Rng, spread: float) -> NDArray[np.float64]:
    return rng.normal(0, spread, len(BANDS))
