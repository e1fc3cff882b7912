"""What a segmenter takes for things in one chip: its own proposals, or answers to many prompts.

Knows nothing of where the chip lies, nor of what its neighbours show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inference.segmenters.base import XY, Embedding, Prompt, Segmenter
from progress import Watcher
from raster.chip import Chip
from raster.instances import Instance, cut

GRID_PX = 64
"""A segmenter that makes no proposals is first asked on a lattice this wide."""
FINEST_GRID_PX = 16
LARGE_FOR_LATTICE = 4
"""Points on a thing more than this many lattice steps wide are asked still: it may hold others."""
LEAST_SCORE = 0.5
STABLE = 0.7
"""A reading is kept if the segmenter, asked for its box, gives it back to this IoU."""
MESSAGE = "Looking for things"


@dataclass(frozen=True)
class _Asked:
    """A segmenter with what it made of a chip."""

    segmenter: Segmenter
    model: Any
    embedding: Embedding

    def answers(self, point: XY) -> Iterator[Instance]:
        """The sure and stable readings of a point."""
        for candidate in self.segmenter.answer(self.model, self.embedding, Prompt(inside=(point,))):
            thing = cut(candidate.mask, candidate.score)
            if candidate.score >= LEAST_SCORE and thing is not None and self._is_stable(thing):
                yield thing

    def _is_stable(self, thing: Instance) -> bool:
        """Whether the box around a thing gives the same thing."""
        if "box" not in self.segmenter.CARD.prompts:
            return True
        rows, cols = thing.mask.shape
        left, top = float(thing.left), float(thing.top)
        prompt = Prompt(box=(left, top, left + cols, top + rows))
        again = self.segmenter.answer(self.model, self.embedding, prompt)
        if not again:
            return False
        common = np.count_nonzero(again[0].mask[thing.window.toslices()] & thing.mask)
        either = thing.pixels + np.count_nonzero(again[0].mask) - common
        return bool(common >= STABLE * either)


def readings(
    segmenter: Segmenter, model: Any, chip: Chip, *, least_px: float, watcher: Watcher
) -> list[Instance]:
    """What a segmenter takes for things in a chip, in pixels of the chip; they may overlap.

    Args:
        segmenter: a module; its `propose(model, embedding)` is asked where it has one.
        model: what its `load` gave.
        chip: the picture.
        least_px: smallest thing wanted; settles how dense the prompts are.
        watcher: asked whether to stop at every line of prompts.

    Raises:
        CancelledError: the watcher asked to stop.
    """
    if not chip.valid.any():
        return []
    embedding = segmenter.embed(model, chip)
    propose = getattr(segmenter, "propose", None)
    if propose is not None:
        return [thing for thing in propose(model, embedding) if thing.score >= LEAST_SCORE]
    return prompted(segmenter, model, embedding, chip.valid, least_px=least_px, watcher=watcher)


def prompted(
    segmenter: Segmenter,
    model: Any,
    embedding: Embedding,
    valid: NDArray[np.bool_],
    *,
    least_px: float,
    watcher: Watcher,
) -> list[Instance]:
    """Answers to prompts on ever finer lattices, but not where small things were found already.

    Args:
        segmenter: a module.
        model: what its `load` gave.
        embedding: what its `embed` gave of a picture.
        valid: observed pixels (row, col) of that picture.
        least_px: as for `readings`.
        watcher: as for `readings`.
    """
    asked = _Asked(segmenter, model, embedding)
    found: list[Instance] = []
    settled = ~valid
    steps = _steps(least_px)
    for number, step in enumerate(steps):
        for line, points in enumerate(_lattice(settled.shape, step)):
            watcher.step((number + line * step / settled.shape[0]) / len(steps), MESSAGE)
            for x, y in points:
                if settled[int(y), int(x)]:
                    continue
                things = list(asked.answers((x, y)))
                found += things
                for thing in things:
                    if thing.pixels < (LARGE_FOR_LATTICE * step) ** 2:
                        settled[thing.window.toslices()] |= thing.mask
    return found


def _steps(least_px: float) -> list[int]:
    """Widths of the lattices: halved until the smallest thing wanted cannot slip through."""
    finest = np.clip(np.sqrt(least_px), FINEST_GRID_PX, GRID_PX)
    halvings = int(np.ceil(np.log2(GRID_PX / finest)))
    return [GRID_PX >> number for number in range(halvings + 1)]


def _lattice(shape: tuple[int, int], step: int) -> Iterator[list[XY]]:
    """Points in the middle of squares of a picture, row by row."""
    for y in np.arange(min(step, shape[0]) / 2, shape[0], step):
        yield [(float(x), float(y)) for x in np.arange(min(step, shape[1]) / 2, shape[1], step)]
