"""Batches of pairs: cut, turned, coloured anew; each is a pure function of its step.

Colour is changed here, where it is cheap, so that a pair is never seen twice alike. Knows nothing
of networks.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from inference.training import team
from inference.training.change.chips import Rng
from inference.training.change.coarse import draw
from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import BORDER, BUILT, CHANGED, DEEPEST, SEEN, Shards, Stored
from raster.stretch import NOT_OBSERVED_GREY

PERMUTED, GREY, HAZY, GAPPED = 0.12, 0.06, 0.3, 0.05
ODD_GREY = 0.3
"""Share of grey pairs of which one date only is grey."""
AHEAD = 3


@dataclass(frozen=True)
class Batch:
    """Pairs with what is true of them.

    Attributes:
        pre: (n, bands, h, w) uint8.
        post: likewise.
        change: (n, h, w) float32.
        buildings: (2 n, 3, h, w) float32: footprint, border and depth, the earlier dates first.
        seen: (n, h, w) float32.
    """

    pre: Tensor
    post: Tensor
    change: Tensor
    buildings: Tensor
    seen: Tensor


def batches(pool: Shards, recipe: ChangeRecipe, *, first: int) -> Iterator[Batch]:
    """Endless batches from a step on; the next ones are made while one is fitted."""
    return ahead(partial(batch_of, pool, recipe), first=first)


def ahead(make: Callable[[int], Batch], *, first: int) -> Iterator[Batch]:
    """Endless batches that `make` gives of a step and those after it, made in the background."""
    with ThreadPoolExecutor(1) as maker:
        coming = [maker.submit(make, team.turn(first + i)) for i in range(AHEAD)]
        step = first + AHEAD
        while True:
            coming.append(maker.submit(make, team.turn(step)))
            step += 1
            yield coming.pop(0).result()


def batch_of(pool: Shards, recipe: ChangeRecipe, step: int) -> Batch:
    """The batch of a step."""
    rng = np.random.default_rng([recipe.seed, step])
    drawn = [draw(rng, pool).pair for _pair in range(recipe.batch)]
    parts = [cut(rng, pair, recipe.size_px) for pair in drawn]
    return joined(parts, [_shown(rng, part) for part in parts])


def joined(parts: list[Stored], pictures: list[NDArray[np.uint8]]) -> Batch:
    """Pairs as a batch; `pictures` (2, row, col, band) are shown in place of their own."""
    shown = np.stack(pictures)
    codes = np.stack([part.codes for part in parts])
    pre, post = (_channels_first(shown[:, date]) for date in range(2))
    buildings = np.concatenate([_buildings(parts, codes, date) for date in range(2)])
    return Batch(pre, post, _bit(codes, CHANGED), torch.from_numpy(buildings), _bit(codes, SEEN))


def _channels_first(pictures: NDArray[np.uint8]) -> Tensor:
    """(n, bands, h, w), laid out as it was."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2)


def _bit(codes: NDArray[np.uint8], bit: int) -> Tensor:
    return torch.from_numpy(((codes & bit) > 0).astype(np.float32))


def _buildings(parts: list[Stored], codes: NDArray[np.uint8], date: int) -> NDArray[np.float32]:
    """(n, 3, h, w)."""
    depth = np.stack([part.depths[date] for part in parts]) / np.float32(DEEPEST)
    flags = [(codes & bits[date]) > 0 for bits in (BUILT, BORDER)]
    return np.stack([*flags, depth], axis=1).astype(np.float32)


def cut(rng: Rng, pair: Stored, size_px: int) -> Stored:
    """A random part of a pair, turned by quarters and mirrored, its dates in either order."""
    room = pair.codes.shape[0] - size_px
    top, left = (int(rng.integers(room + 1)) for _axis in range(2))
    turns, flip, swap = int(rng.integers(4)), bool(rng.random() < 0.5), bool(rng.random() < 0.5)
    window = np.s_[top : top + size_px, left : left + size_px]

    def turned(array: NDArray[np.uint8]) -> NDArray[np.uint8]:
        out = np.rot90(array[window], turns)
        return np.ascontiguousarray(out[:, ::-1] if flip else out)

    order = (1, 0) if swap else (0, 1)
    pictures = np.stack([turned(pair.pictures[date]) for date in order])
    depths = np.stack([turned(pair.depths[date]) for date in order])
    codes = turned(pair.codes)
    return Stored(pictures, _exchanged(codes) if swap else codes, depths)


def _exchanged(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Codes with the bits of the dates exchanged."""
    out = codes & (CHANGED | SEEN)
    for one, other in (BUILT, BORDER):
        out |= np.where(codes & one, other, 0).astype(np.uint8)
        out |= np.where(codes & other, one, 0).astype(np.uint8)
    return np.asarray(out, np.uint8)


def _shown(rng: Rng, pair: Stored) -> NDArray[np.uint8]:
    """Both pictures (2, row, col, 3) in light of their own; grey where not observed."""
    size = pair.codes.shape[0]
    if rng.random() < GAPPED:
        pair.codes[_gap(rng, size)] &= 0xFF ^ SEEN
    order = rng.permutation(3) if rng.random() < PERMUTED else np.arange(3)
    is_grey = rng.random() < GREY
    odd = int(rng.integers(2)) if is_grey and rng.random() < ODD_GREY else None
    shown = [
        _lit(rng, picture[..., order], is_grey=is_grey and odd in {None, date})
        for date, picture in enumerate(pair.pictures)
    ]
    pictures = np.stack(shown)
    pictures[:, (pair.codes & SEEN) == 0] = NOT_OBSERVED_GREY
    return pictures


def _gap(rng: Rng, size_px: int) -> tuple[slice, slice]:
    """A strip that was not observed."""
    start, width = int(rng.integers(size_px)), int(rng.integers(8, size_px // 3))
    strip = (slice(start, start + width), slice(None))
    return strip if rng.random() < 0.5 else (strip[1], strip[0])


def _lit(rng: Rng, picture: NDArray[np.uint8], *, is_grey: bool) -> NDArray[np.uint8]:
    """One date with its saturation, tone, contrast, tint and haze."""
    keep = 0.0 if is_grey else float(np.clip(rng.normal(1.0, 0.3), 0.1, 1.8))
    mix = keep * np.eye(3) + (1 - keep) / 3
    tinted = cv2.transform(picture, mix.astype(np.float32))
    levels = np.linspace(0, 1, 256)[:, None] ** np.exp(rng.normal(0, 0.2))
    levels = 0.5 + (levels - 0.5) * np.exp(rng.normal(0, 0.15)) + rng.normal(0, 0.05)
    levels = levels * np.exp(rng.normal(0, 0.07, 3))
    if rng.random() < HAZY:
        haze = float(rng.beta(1, 4))
        levels = levels * (1 - haze) + haze * rng.uniform(0.5, 0.9)
    table = np.clip(np.broadcast_to(levels, (256, 3)) * 255, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(tinted, np.ascontiguousarray(table[None])), np.uint8)
