"""Batches of training windows: turned, mirrored, dates exchanged, in light of their own.

Each batch is a pure function of its step. Knows nothing of networks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from inference.training.change.chips import Rng
from inference.training.change.shards import BORDER, BUILT, CHANGED, DEEPEST, SEEN, Stored
from inference.training.tuning.ground import KNOWN, Ground, Picture
from inference.training.tuning.recipe import TuningRecipe
from inference.training.tuning.windows import Place, Places

HAZY, BLURRED = 0.15, 0.2


@dataclass(frozen=True)
class Batch:
    """Pairs with what is known of them.

    Attributes:
        pre: (n, 3, h, w) uint8.
        post: likewise.
        change: (n, h, w) float32.
        seen: (n, h, w) float32, where change is known.
        buildings: (2 n, 3, h, w) float32: footprint, border and depth, the earlier dates first.
        told: (2 n, h, w) float32, where buildings are known.
    """

    pre: Tensor
    post: Tensor
    change: Tensor
    seen: Tensor
    buildings: Tensor
    told: Tensor


def batch_of(
    grounds: Sequence[Ground],
    places: Places,
    replay: Sequence[Stored],
    recipe: TuningRecipe,
    step: int,
) -> Batch:
    """The batch of a step."""
    rng = np.random.default_rng([recipe.seed, step])
    from_replay = round(recipe.replay_share * recipe.batch) if replay else 0
    parts = [_replayed(rng, replay, places.size_px) for _pair in range(from_replay)]
    while len(parts) < recipe.batch:
        parts.append(part_of(grounds, _drawn(rng, places, recipe), places.size_px))
    parts = [turned(rng, part) for part in parts]
    shown = np.stack([lit(rng, part.pictures) for part in parts])
    return _batch(parts, shown)


def unlabelled(
    grounds: Sequence[Ground], places: Places, recipe: TuningRecipe, step: int
) -> tuple[Batch, Batch]:
    """The same windows twice: as they are, and in another light; labels do not matter."""
    rng = np.random.default_rng([recipe.seed, step, 1])
    pool = (*places.bare, *places.calm, *places.busy)
    chosen = [pool[int(rng.integers(len(pool)))] for _pair in range(max(recipe.batch // 2, 1))]
    parts = [turned(rng, part_of(grounds, place, places.size_px)) for place in chosen]
    plain = np.stack([part.pictures for part in parts])
    strong = np.stack([lit(rng, part.pictures) for part in parts])
    return _batch(parts, plain), _batch(parts, strong)


def part_of(grounds: Sequence[Ground], place: Place, size_px: int) -> Stored:
    """What a window shows."""
    ground = grounds[place.ground]
    here = np.s_[place.top : place.top + size_px, place.left : place.left + size_px]
    return Stored(ground.pictures[:, *here], ground.codes[here], ground.depths[:, *here])


def _drawn(rng: Rng, places: Places, recipe: TuningRecipe) -> Place:
    is_busy = not places.calm or rng.random() < recipe.busy_share
    kind = places.busy if is_busy else places.calm
    return kind[int(rng.integers(len(kind)))]


def _replayed(rng: Rng, replay: Sequence[Stored], size_px: int) -> Stored:
    """A part of a rendered pair, of which everything is known."""
    pair = replay[int(rng.integers(len(replay)))]
    room = max(pair.codes.shape[0] - size_px, 0)
    top, left = (int(rng.integers(room + 1)) for _axis in range(2))
    here = np.s_[top : top + size_px, left : left + size_px]
    codes = np.where(pair.codes[here] & SEEN, pair.codes[here] | sum(KNOWN), pair.codes[here])
    part = Stored(pair.pictures[:, *here], codes.astype(np.uint8), pair.depths[:, *here])
    return _padded(part, size_px)


def _padded(part: Stored, size_px: int) -> Stored:
    """A part on a square of the wanted side; what is added is not known."""
    missing = size_px - part.codes.shape[0]
    if missing <= 0:
        return part
    sides = ((0, missing), (0, missing))
    pictures = np.pad(part.pictures, ((0, 0), *sides, (0, 0)), mode="edge")
    return Stored(pictures, np.pad(part.codes, sides), np.pad(part.depths, ((0, 0), *sides)))


def turned(rng: Rng, part: Stored) -> Stored:
    """A part turned by quarters and mirrored, its dates in either order."""
    turns, flip = int(rng.integers(4)), bool(rng.random() < 0.5)

    def moved(array: NDArray[np.uint8]) -> NDArray[np.uint8]:
        out = np.rot90(array, turns)
        return np.ascontiguousarray(out[:, ::-1] if flip else out)

    order = (1, 0) if rng.random() < 0.5 else (0, 1)
    pictures = np.stack([moved(part.pictures[date]) for date in order])
    depths = np.stack([moved(part.depths[date]) for date in order])
    codes = moved(part.codes)
    return Stored(pictures, exchanged(codes) if order[0] else codes, depths)


def exchanged(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Codes (row, col) with the bits of the dates exchanged."""
    out = codes & np.uint8(CHANGED | SEEN)
    for one, other in (BUILT, BORDER, KNOWN):
        out |= np.where(codes & one, other, 0).astype(np.uint8)
        out |= np.where(codes & other, one, 0).astype(np.uint8)
    return out


def lit(rng: Rng, pictures: Picture) -> Picture:
    """Both pictures (2, row, col, 3) each in a light a little different from its own."""
    return np.stack([_lit(rng, picture) for picture in pictures])


def _lit(rng: Rng, picture: Picture) -> Picture:
    levels = np.linspace(0, 1, 256)[:, None] ** np.exp(rng.normal(0, 0.12))
    levels = 0.5 + (levels - 0.5) * np.exp(rng.normal(0, 0.1)) + rng.normal(0, 0.03)
    levels = levels * np.exp(rng.normal(0, 0.04, 3))
    if rng.random() < HAZY:
        haze = float(rng.uniform(0, 0.3))
        levels = levels * (1 - haze) + 0.7 * haze
    table = np.clip(levels * 255, 0, 255).astype(np.uint8)
    shown = cv2.LUT(np.ascontiguousarray(picture), np.ascontiguousarray(table[None]))
    if rng.random() < BLURRED:
        shown = cv2.GaussianBlur(shown, (0, 0), float(rng.uniform(0.4, 0.9)))
    return np.asarray(shown, np.uint8)


def _batch(parts: Sequence[Stored], shown: Picture) -> Batch:
    codes = np.stack([part.codes for part in parts])
    pre, post = (torch.from_numpy(shown[:, date]).permute(0, 3, 1, 2) for date in range(2))
    buildings = np.concatenate([_buildings(parts, codes, date) for date in range(2)])
    told = torch.cat([_bit(codes, bit) for bit in KNOWN])
    return Batch(pre, post, _bit(codes, CHANGED), _bit(codes, SEEN), torch.from_numpy(buildings),
                 told)  # fmt: skip


def _bit(codes: NDArray[np.uint8], bit: int) -> Tensor:
    return torch.from_numpy(((codes & bit) > 0).astype(np.float32))


def _buildings(parts: Sequence[Stored], codes: NDArray[np.uint8], date: int) -> NDArray[np.float32]:
    depth = np.stack([part.depths[date] for part in parts]) / np.float32(DEEPEST)
    flags = [(codes & bits[date]) > 0 for bits in (BUILT, BORDER)]
    return np.stack([*flags, depth], axis=1).astype(np.float32)
