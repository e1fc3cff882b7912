"""Labelled ground of one pair as arrays: both pictures, what changed, what is known of it.

Knows nothing of files, coordinates or networks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from inference.training.augment import BUILDING_CODES, targets
from inference.training.change.shards import BORDER, BUILT, CHANGED, DEEPEST, SEEN

KNOWN = (64, 128)
"""Bits beside those of `shards`: whether a building stands here is known, at pre and at post."""
MOST_BUILDINGS = 60_000

Bools = NDArray[np.bool_]
Numbers = NDArray[np.uint16]
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Truth:
    """What the labels say of a ground, on its grid (row, col).

    Attributes:
        changed: where something changed.
        known: where the labels hold, changed or not.
        buildings: the number of the building that stands there at pre and at post, 0 none.
        told: where it is known whether a building stands there, at pre and at post.
    """

    changed: Bools
    known: Bools
    buildings: tuple[Numbers, Numbers]
    told: tuple[Bools, Bools]


@dataclass(frozen=True)
class Ground:
    """One labelled pair in pixels of a size the network takes.

    Attributes:
        name: for people.
        pictures: (2, row, col, 3) uint8, the earlier date first; grey where not observed.
        codes: (row, col) uint8, bits of `shards` and `KNOWN`.
        depths: (2, row, col) uint8, as in `shards`.
        observed: (row, col) at both dates.
        gsd_m: ground size of a pixel.
    """

    name: str
    pictures: Picture
    codes: NDArray[np.uint8]
    depths: Picture
    observed: Bools
    gsd_m: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        rows, cols = self.codes.shape
        return rows, cols

    @property
    def changed(self) -> Bools:
        """Where (row, col) something is labelled as changed."""
        return (self.codes & CHANGED) > 0

    @property
    def known(self) -> Bools:
        """Where (row, col) the labels hold."""
        return (self.codes & SEEN) > 0

    @property
    def objects(self) -> int:
        """Changed places that do not touch."""
        return int(ndimage.label(self.changed, np.ones((3, 3)))[1])


def make(name: str, pictures: Picture, observed: Bools, truth: Truth, *, gsd_m: float) -> Ground:
    """The ground of a pair; labels hold only where both dates were observed.

    Args:
        name: for people.
        pictures: (2, row, col, 3) both dates, 8 bits.
        observed: (row, col) observed at both dates.
        truth: what is labelled.
        gsd_m: ground size of a pixel.
    """
    known = truth.known & observed
    codes = (CHANGED * (truth.changed & known) + SEEN * known).astype(np.uint8)
    depths = np.zeros((2, *known.shape), np.uint8)
    kinds = np.full(MOST_BUILDINGS, BUILDING_CODES[0], np.uint8)
    for date, numbers in enumerate(truth.buildings):
        codes |= (KNOWN[date] * (truth.told[date] & observed)).astype(np.uint8)
        if not numbers.any():
            continue
        built, border, depth = targets(numbers, kinds)
        codes |= (BUILT[date] * (built > 0) + BORDER[date] * (border > 0)).astype(np.uint8)
        depths[date] = np.round(depth * DEEPEST)
    return Ground(name, pictures, codes, depths, observed, gsd_m)
