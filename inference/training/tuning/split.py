"""Which ground is kept for validation: one contiguous block of each pair, and a gap around it.

Neighbouring windows look alike, so a random split flatters; blocks with a gap do not (Roberts et
al. 2017, "Cross-validation strategies for data with temporal, spatial ... structure"). Knows pixels
of each ground; what lies where on Earth is for the caller.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from errors import InputError
from inference.training.tuning.ground import Bools, Ground

CELL_PX = 32
"""Blocks begin and end at multiples of it, as tiles of the network do."""
WANTED = 0.3
"""Share of the changed ground that validation should hold."""
LEAST_PX = 64
SHARES = tuple(np.arange(0.15, 0.71, 0.05))
LEAST_CHANGED_PX = 30
"""Changed pixels either side needs: about one house."""


@dataclass(frozen=True)
class Block:
    """A rectangle of a ground that is kept for validation.

    Attributes:
        ground: which one.
        top: first row.
        left: first column.
        bottom: last row + 1.
        right: last column + 1.
    """

    ground: int
    top: int
    left: int
    bottom: int
    right: int

    @property
    def window(self) -> tuple[slice, slice]:
        """Its rows and columns."""
        return np.s_[self.top : self.bottom, self.left : self.right]

    def grown(self, by_px: int) -> "Block":
        """The block with a rim, which may reach outside the ground."""
        top, left = self.top - by_px, self.left - by_px
        return Block(self.ground, top, left, self.bottom + by_px, self.right + by_px)

    def within(self, shape: tuple[int, int]) -> "Block":
        """The part inside a ground."""
        return Block(
            self.ground,
            max(self.top, 0),
            max(self.left, 0),
            min(self.bottom, shape[0]),
            min(self.right, shape[1]),
        )


def choose(grounds: Sequence[Ground], *, gap_px: int) -> tuple[Block, ...]:
    """The blocks kept for validation: one of each ground that can spare it, or a whole ground.

    Raises:
        InputError: no ground can be parted, so nothing could be validated.
    """
    blocks = [block for index in range(len(grounds)) if (block := _best(index, grounds, gap_px))]
    if blocks:
        return tuple(blocks)
    if whole := _whole(grounds):
        return (whole,)
    gap_m = gap_px * max(ground.gsd_m for ground in grounds)
    if any(_lacks_unchanged(index, grounds, gap_px) for index in range(len(grounds))):
        msg = (
            "Too little ground is known to be unchanged: some must lie beside the changes kept for"
            f" validation, and some {gap_m:.0f} m away beside those that teach."
        )
        raise InputError(msg, hint="Look at a larger area, around all the labels.")
    msg = (
        "The labelled changes lie too close together to keep some of them for validation: it needs"
        f" a gap of {gap_m:.0f} m to those that teach."
    )
    raise InputError(msg, hint="Label changes farther apart, or add another pair of scenes.")


def apart(grounds: Sequence[Ground], blocks: Sequence[Block], *, gap_px: int) -> list[Bools]:
    """Pixels (row, col) of each ground in a block of it or in the gap around one."""
    kept_out = [np.zeros(ground.shape, bool) for ground in grounds]
    for block in blocks:
        near = block.grown(gap_px).within(grounds[block.ground].shape)
        kept_out[block.ground][near.window] = True
    return kept_out


def _best(index: int, grounds: Sequence[Ground], gap_px: int) -> Block | None:
    """The block with about `WANTED` of the changes that leaves the most for training."""
    ground = grounds[index]
    changed, known = ground.changed, ground.known
    sums = _summed(changed), _summed(known & ~changed)
    found = [(_worth(block, sums, gap_px, ground.shape), block)
             for block in _candidates(index, known)]  # fmt: skip
    worth, block = max(found, key=lambda one: one[0], default=(0.0, None))
    return block if worth > 0 else None


def _lacks_unchanged(index: int, grounds: Sequence[Ground], gap_px: int) -> bool:
    """Whether the changes of a ground could be parted, if only more of it were looked at."""
    ground = grounds[index]
    changed, everything = _summed(ground.changed), np.ones(ground.shape, bool)
    return any(
        min(_parted(block, changed, gap_px, ground.shape)) >= LEAST_CHANGED_PX
        for block in _candidates(index, everything)
    )


def _parted(
    block: Block, sums: NDArray[np.int64], gap_px: int, shape: tuple[int, int]
) -> tuple[int, int]:
    """Pixels of a mask in a block, and beyond the gap around it."""
    near = block.grown(gap_px).within(shape)
    return _count(sums, block), int(sums[-1, -1]) - _count(sums, near)


def _worth(
    block: Block, sums: tuple[NDArray[np.int64], ...], gap_px: int, shape: tuple[int, int]
) -> float:
    changed, unchanged = (_parted(block, one, gap_px, shape) for one in sums)
    if min(changed) < LEAST_CHANGED_PX or min(unchanged) == 0:
        return 0.0
    (inside, left), total = changed, int(sums[0][-1, -1])
    return min(inside / total, WANTED) / WANTED * left / total


def _candidates(index: int, known: Bools) -> Iterator[Block]:
    """Blocks along each side and in each corner of what is labelled, in whole cells."""
    rows, cols = np.flatnonzero(known.any(axis=1)), np.flatnonzero(known.any(axis=0))
    if not len(rows):
        return
    spans = [(int(found[0]), int(found[-1]) + 1) for found in (rows, cols)]
    downs, acrosses = (list(_parts(*span)) for span in spans)
    for top, bottom in downs:
        for left, right in acrosses:
            if min(bottom - top, right - left) >= LEAST_PX:
                yield Block(index, top, left, bottom, right)


def _parts(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The whole of a span, its beginnings and its ends."""
    yield first, last
    for share in SHARES:
        middle = first + round(share * (last - first) / CELL_PX) * CELL_PX
        if first < middle < last:
            yield first, middle
            yield middle, last


def _summed(mask: Bools) -> NDArray[np.int64]:
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int64)
    sums[1:, 1:] = mask.cumsum(axis=0, dtype=np.int64).cumsum(axis=1)
    return sums


def _count(sums: NDArray[np.int64], block: Block) -> int:
    """Pixels of a mask in a block, by the sums of the mask."""
    top, left, bottom, right = block.top, block.left, block.bottom, block.right
    return int(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])


def _whole(grounds: Sequence[Ground]) -> Block | None:
    """The ground whose share of all changes is nearest to the wanted one, where there are two."""
    changed = [int(ground.changed.sum()) for ground in grounds]
    fit = [
        (abs(one / max(sum(changed), 1) - WANTED), index)
        for index, one in enumerate(changed)
        if one >= LEAST_CHANGED_PX and sum(changed) - one >= LEAST_CHANGED_PX
    ]
    if not fit:
        return None
    index = min(fit)[1]
    return Block(index, 0, 0, *grounds[index].shape)
