"""Where training windows may lie: outside validation and its gap, where labels hold.

Knows nothing of what a window looks like.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from errors import InputError
from inference.training.tuning.ground import Bools, Ground
from inference.training.tuning.split import CELL_PX, Block

BUSY_PX = 12
"""Changed pixels that make a window one in which something changed."""
KNOWN_SHARE = 0.02
"""Share of a window that has to be labelled for it to teach."""


@dataclass(frozen=True)
class Place:
    """A training window by its ground and first pixel."""

    ground: int
    top: int
    left: int


@dataclass(frozen=True)
class Places:
    """Training windows by what they teach.

    Attributes:
        busy: something changed in them.
        calm: labelled, and nothing changed in them.
        bare: without labels; for learning from unlabelled ground.
        size_px: side of a window.
    """

    busy: tuple[Place, ...]
    calm: tuple[Place, ...]
    bare: tuple[Place, ...]
    size_px: int

    def __iter__(self) -> Iterator[Place]:
        """All of them."""
        yield from (*self.busy, *self.calm, *self.bare)


def side_px(grounds: Sequence[Ground], wanted_px: int) -> int:
    """The side of windows that fit into every ground, a multiple of the network's stride."""
    least = min(min(ground.shape) for ground in grounds)
    return max(min(wanted_px, least) // CELL_PX, 1) * CELL_PX


def find(grounds: Sequence[Ground], kept_out: Sequence[Bools], *, size_px: int) -> Places:
    """Every window at a quarter of a window's distance.

    Args:
        grounds: what may be learned from.
        kept_out: (row, col) of each ground: kept for validation, or the gap around it.
        size_px: side of a window.

    Raises:
        InputError: none of them shows a change.
    """
    busy, calm, bare = [], [], []
    for index, (ground, out) in enumerate(zip(grounds, kept_out, strict=True)):
        changed, known = ground.changed, ground.known
        for top, left in _corners(ground.shape, size_px):
            here = np.s_[top : top + size_px, left : left + size_px]
            if out[here].any() or not ground.observed[here].any():
                continue
            place = Place(index, top, left)
            if changed[here].sum() >= BUSY_PX:
                busy.append(place)
            elif known[here].mean() >= KNOWN_SHARE:
                calm.append(place)
            else:
                bare.append(place)
    if not busy:
        msg = "No labelled change is left for training beside the ground kept for validation."
        raise InputError(msg, hint="Label more changes, or changes farther apart.")
    return Places(tuple(busy), tuple(calm), tuple(bare), size_px)


def require_apart(places: Places, kept_out: Sequence[Bools], blocks: Sequence[Block]) -> None:
    """Nothing, if no training window touches ground of validation or its gap.

    Raises:
        InputError: one does; training on it would flatter the figures.
    """
    for block in blocks:
        if not kept_out[block.ground][block.window].all():
            raise _leaking()
    for place in places:
        rows = slice(place.top, place.top + places.size_px)
        if kept_out[place.ground][rows, place.left : place.left + places.size_px].any():
            raise _leaking()


def _leaking() -> InputError:
    msg = "A training window touches ground that is kept for validation."
    return InputError(msg, hint="Report this: the ground was not parted as it should be.")


def _corners(shape: tuple[int, int], size_px: int) -> Iterator[tuple[int, int]]:
    step = max(size_px // 4 // CELL_PX, 1) * CELL_PX
    for top in _starts(shape[0], size_px, step):
        for left in _starts(shape[1], size_px, step):
            yield top, left


def _starts(length: int, size_px: int, step: int) -> list[int]:
    """Where windows begin along a side; the last one ends with it."""
    last = length - size_px
    return sorted({*range(0, last + 1, step), last}) if last >= 0 else []
