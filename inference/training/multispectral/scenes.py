"""Pairs of multispectral pictures with true labels, made of places: the recipe.

Learning change from single dates (label = built up at either date but not at both) is the idea of
ChangeStar (Zheng et al. 2021). Knows nothing of files or networks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from inference.siamese.multispectral import HIGH_PCT, LOW_PCT
from inference.training.change.pairs import SIZE_PX, Pair
from inference.training.multispectral.canvas import Canvas, Floats
from inference.training.multispectral.edits import develop, settle
from inference.training.multispectral.places import Place, Rng
from inference.training.multispectral.weather import photograph, turn_over
from raster.stretch import NOT_OBSERVED_GREY

EITHER = 0.15
"""Share of pairs made of two unlike places."""
OPEN_GROUND = 0.7
"""Share of rendered grounds that are open country; the others are towns."""
OF_OBSERVED = 0.3
"""Share of backgrounds and of towns that satellites or planes took, where there are any."""


@dataclass(frozen=True)
class Bank:
    """What pairs are made of.

    Attributes:
        open: rendered places outside towns.
        towns: rendered towns, suburbs and industry.
        observed: places taken from above, with towns in them.
        empty: places taken from above on which nothing is built.
    """

    open: tuple[Place, ...]
    towns: tuple[Place, ...]
    observed: tuple[Place, ...] = ()
    empty: tuple[Place, ...] = ()

    def ground(self, rng: Rng) -> Place:
        """A place to build on."""
        taken = (*self.observed, *self.empty)
        if taken and rng.random() < OF_OBSERVED:
            # Either kind as often: there are many dates of the one empty place.
            kind = self.observed if rng.random() < 0.5 and self.observed else self.empty or taken
            return kind[int(rng.integers(len(kind)))]
        kind = self.open if rng.random() < OPEN_GROUND else self.towns
        return kind[int(rng.integers(len(kind)))]

    def quarters(self, rng: Rng) -> Sequence[Place]:
        """Places whose towns are set down elsewhere."""
        return self.observed if self.observed and rng.random() < OF_OBSERVED else self.towns


def made(rng: Rng, bank: Bank) -> Pair:
    """A pair with all nuisances."""
    if rng.random() < EITHER:
        canvas = _either(rng, bank)
    else:
        canvas = Canvas.of(rng, bank.ground(rng), SIZE_PX)
        settle(rng, canvas, bank.quarters(rng))
        turn_over(rng, canvas)
        develop(rng, canvas, bank.quarters(rng))
    photograph(rng, canvas)
    return _as_pair(rng, canvas)


def _either(rng: Rng, bank: Bank) -> Canvas:
    """Two unlike places as dates of one: changed where only one is built up."""
    canvas, other = (Canvas.of(rng, bank.ground(rng), SIZE_PX) for _date in range(2))
    settle(rng, canvas, bank.quarters(rng))
    settle(rng, other, bank.quarters(rng))
    canvas.dates[1], canvas.built[1] = other.dates[1], other.built[1]
    canvas.changed = canvas.built[0] ^ canvas.built[1]
    canvas.held = tuple(one and two for one, two in zip(canvas.held, other.held, strict=True))
    return canvas


def _as_pair(rng: Rng, canvas: Canvas) -> Pair:
    pre, post = stretched(rng, canvas)
    numbers = [ndimage.label(built)[0].astype(np.uint16) for built in canvas.built]
    came = canvas.changed & canvas.built[1]
    return Pair(pre, post, numbers[0], numbers[1], canvas.changed & ~came, came,
                canvas.seen, canvas.gsd_m)  # fmt: skip


def stretched(rng: Rng, canvas: Canvas) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Both dates (row, col, band) in 8 bits, each from its own darkest to its brightest."""
    slack = np.array([rng.normal(0.02, 0.05), rng.normal(0.08, 0.15)])
    pictures = []
    for pixels in canvas.dates:
        ends = np.percentile(pixels[:, ::3, ::3], [LOW_PCT, HIGH_PCT], axis=(1, 2))
        # The whole scene holds darker and brighter things than the cut, seldom the reverse.
        own = slack[:, None] + rng.normal(0, 0.04, ends.shape)
        pictures.append(_levels(pixels, ends, own, canvas.held))
    pre, post = pictures
    return pre, post


def _levels(
    pixels: Floats, ends: NDArray[np.float64], slack: NDArray[np.float64], held: tuple[bool, ...]
) -> NDArray[np.uint8]:
    low, high = ends
    span = np.maximum(high - low, 1e-3)
    low, high = (end[:, None, None] for end in (low - slack[0] * span, high + slack[1] * span))
    levels = np.clip((pixels - low) / np.maximum(high - low, 1e-3), 0, 1) * 255
    levels[~np.array(held)] = NOT_OBSERVED_GREY
    return np.ascontiguousarray(np.round(levels).astype(np.uint8).transpose(1, 2, 0))
