"""Runs a network that sees squares of one size over a block, wherever tiles were cut.

A network that pools over its whole input, or normalises by it, answers differently for every
window it is given. Squares at fixed places make its answer one of the ground again, whatever the
tiles. Knows no network.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inference.detectors.base import TileScores
from inference.differencing.smoothing import observed
from raster.align import PairBlock

Bools = NDArray[np.bool_]
Place = tuple[slice, slice]
ABOUT_PX = 1024


@dataclass(frozen=True)
class Squares:
    """How a block is cut for a network; the cores of its tiles begin at multiples of `step_px`.

    Attributes:
        side_px: rows and columns the network is given at once.
        margin_px: pixels at each side of a square whose answers are not used.
    """

    side_px: int
    margin_px: int = 0

    @property
    def step_px(self) -> int:
        """Distance from one square to the next."""
        return self.side_px - 2 * self.margin_px

    @property
    def tile_px(self) -> int:
        """Side of a tile's core: whole squares, about 1024 pixels."""
        return max(round(ABOUT_PX / self.step_px), 1) * self.step_px

    def run(self, block: PairBlock, score: Callable[[PairBlock], TileScores]) -> TileScores:
        """Scores of the block's core; NaN outside it and where not observed.

        Where the block ends, squares are filled up with their own mirror image. What was not
        observed is 0 in them; squares without an observed pixel are not asked for.

        Args:
            block: pixels of both dates; its core begins at a corner of a square.
            score: gives the scores of a square (`side_px`, `side_px`), all of it.
        """
        valid = observed(block)
        scores, codes = np.full(valid.shape, np.nan, np.float32), np.zeros(valid.shape, np.uint8)
        for place in self._places(
            block.core or (slice(0, valid.shape[0]), slice(0, valid.shape[1]))
        ):
            if not valid[place].any():
                continue
            found = score(self._cut(block, valid, place))
            used = tuple(
                slice(self.margin_px, self.margin_px + part.stop - part.start) for part in place
            )
            scores[place], codes[place] = found.score[used], found.code[used]
        scores[~valid] = np.nan
        return TileScores(scores, codes)

    def at(self, block: PairBlock, row: int, col: int) -> tuple[PairBlock, int, int]:
        """The square that answers for a pixel of the block's core, and the pixel's place in it.

        It is the very square that `run` asks for, to the last pixel.
        """
        valid = observed(block)
        spans = block.core or (slice(0, valid.shape[0]), slice(0, valid.shape[1]))
        firsts = [
            at - (at - span.start) % self.step_px
            for at, span in zip((row, col), spans, strict=True)
        ]
        rows, cols = (
            slice(first, min(first + self.step_px, span.stop))
            for first, span in zip(firsts, spans, strict=True)
        )
        square = self._cut(block, valid, (rows, cols))
        return square, row - firsts[0] + self.margin_px, col - firsts[1] + self.margin_px

    def _places(self, core: Place) -> list[Place]:
        """Rows and columns of the block that each square answers for."""
        rows, cols = (
            [
                slice(first, min(first + self.step_px, span.stop))
                for first in range(span.start, span.stop, self.step_px)
            ]
            for span in core
        )
        return [(row, col) for row in rows for col in cols]

    def _cut(self, block: PairBlock, valid: Bools, place: Place) -> PairBlock:
        """The whole square that answers for a place."""
        rows, cols = (
            _mirrored(part.start - self.margin_px, self.side_px, length)
            for part, length in zip(place, valid.shape, strict=True)
        )
        seen = valid[np.ix_(rows, cols)]
        pre, post = (
            np.where(seen, image[:, rows[:, None], cols], np.float32(0))
            for image in (block.pre, block.post)
        )
        return PairBlock(pre, post, seen, seen)


def _mirrored(first: int, count: int, length: int) -> NDArray[np.int64]:
    """Indexes `first`, `first` + 1, ...; beyond 0 and `length` those within are mirrored.

    Only within the square itself: what lies farther is not part of every tile.
    """
    low, high = max(first, 0), min(first + count, length)
    turned = (np.arange(first, first + count) - low) % (2 * (high - low))
    return low + np.where(turned < high - low, turned, 2 * (high - low) - 1 - turned)
