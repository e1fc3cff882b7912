"""Pairs seen from higher up: several pairs side by side, reduced to one.

What is far down shows the neighbourhoods of several places at once and each house in few pixels;
single open pictures are too small for that. Knows nothing of how pairs are made or lit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.training.change.chips import Rng
from inference.training.change.nuisances import blurred, packed
from inference.training.change.shards import BORDER, BUILT, CHANGED, SEEN, Shards, Stored
from inference.training.change.sources import GSD_M

REDUCED = 0.4
"""Share of the pairs of a batch that are seen from higher up, where that stays in the range."""
TIMES, SHARES = (2, 3), (0.6, 0.4)
ALIKE = 1.5
"""Pairs side by side differ in ground size by this factor at most."""
TRIES = 12
FULL = 255
LEAST = {CHANGED: 0.5, SEEN: 0.99, BUILT[0]: 0.5, BUILT[1]: 0.5, BORDER[0]: 0.34, BORDER[1]: 0.34}
"""Share of the finer pixels that must have a bit for the coarser pixel to have it."""


@dataclass(frozen=True)
class Drawn:
    """A pair to learn from.

    Attributes:
        pair: its pictures and codes.
        gsd_m: ground size of a pixel.
    """

    pair: Stored
    gsd_m: float


def draw(rng: Rng, pool: Shards) -> Drawn:
    """A pair of a pool, or several of them reduced to one."""
    index = int(rng.integers(len(pool)))
    gsd_m = pool.gsd_m(index)
    times = int(rng.choice(TIMES, p=SHARES)) if rng.random() < REDUCED else 1
    if times == 1 or times * gsd_m > GSD_M[1]:
        return Drawn(pool[index], gsd_m)
    return _from_higher_up(rng, pool, index, times)


def reduced(rng: Rng, pool: Shards, *, finest_m: float) -> Drawn:
    """Several pairs reduced to one whose pixels have at least this ground size."""
    while True:
        index, times = int(rng.integers(len(pool))), int(rng.choice(TIMES, p=SHARES))
        if finest_m <= times * pool.gsd_m(index) <= GSD_M[1]:
            return _from_higher_up(rng, pool, index, times)


def _from_higher_up(rng: Rng, pool: Shards, index: int, times: int) -> Drawn:
    gsd_m = pool.gsd_m(index)
    chosen = [index, *(_alike(rng, pool, gsd_m) for _other in range(times**2 - 1))]
    together = side_by_side([pool[one] for one in chosen], times)
    return Drawn(_taken(rng, together), times * gsd_m)


def _alike(rng: Rng, pool: Shards, gsd_m: float) -> int:
    """A pair of about this ground size, or any pair if none is found."""
    for _trial in range(TRIES):
        index = int(rng.integers(len(pool)))
        if gsd_m / ALIKE < pool.gsd_m(index) < gsd_m * ALIKE:
            break
    return index


def side_by_side(pairs: Sequence[Stored], times: int) -> Stored:
    """So many times so many pairs in a square, each pixel the mean of those it covers."""
    parts = [_smaller(pair, times) for pair in pairs]
    rows = [parts[row : row + times] for row in range(0, times**2, times)]
    return Stored(
        np.concatenate([np.concatenate([p.pictures for p in row], axis=2) for row in rows], axis=1),
        np.concatenate([np.concatenate([p.codes for p in row], axis=1) for row in rows]),
        np.concatenate([np.concatenate([p.depths for p in row], axis=2) for row in rows], axis=1),
    )


def _smaller(pair: Stored, times: int) -> Stored:
    codes = np.asarray(pair.codes)
    size = codes.shape[0] // times
    out = np.zeros((size, size), np.uint8)
    for bit, least in LEAST.items():
        # Shares are counted in 255ths.
        share = _mean(np.where(codes & bit, FULL, 0).astype(np.uint8), size)
        out |= np.where(share >= least * FULL, bit, 0).astype(np.uint8)
    pictures = np.stack([_mean(picture, size) for picture in pair.pictures])
    depths = np.stack([_mean(depth, size) for depth in pair.depths])
    return Stored(pictures, out, depths)


def _mean(array: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(array, (size, size), interpolation=cv2.INTER_AREA), np.uint8)


def _taken(rng: Rng, pair: Stored) -> Stored:
    """As a sensor of this ground size takes it: reducing wiped out what the finer one had left."""
    pictures = [packed(rng, blurred(rng, picture)) for picture in pair.pictures]
    return Stored(np.stack(pictures), pair.codes, pair.depths)
