"""Divides a neighbourhood of regions between what surely is the thing and what surely is not.

The random walker of Grady (2006, "Random walks for image segmentation"), on regions instead of
pixels. Knows nothing of prompts.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array
from scipy.sparse.linalg import spsolve

from inference.segmentation.region_tree import RegionTree

STEP = 1.0
"""Gradient (Lab units a pixel) that lets 1 walker in e across."""
COLOUR_STEP = 10.0
"""Difference of colour (Lab units) that lets 1 walker in e across."""
FLOOR = 1e-6
"""Least conductance between neighbours."""
LEAK = 1e-12
"""Lets a walker vanish anywhere, so that ground without any way to a sure place has an answer."""
MOST_GROUPS = 3000
"""Regions beyond this are joined along the tree before walking: about 30 ms on one core."""

Array = NDArray[Any]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Patch:
    """The regions seen in a rectangle, the most alike joined until there are few enough.

    Attributes:
        tree: where they come from.
        left: first column of the rectangle.
        top: first row.
        group: (row, col) group of each pixel, -1 where not observed.
        number: (regions + 1,) group of each region, -1 for those not seen, and for no region.
        colour: (groups, 3) mean L*, a*, b*.
    """

    tree: RegionTree
    left: int
    top: int
    group: NDArray[np.int32]
    number: NDArray[np.int32]
    colour: Array

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.colour)

    def share(self, mask: Mask) -> Array:
        """(groups,) part of each group's pixels that a mask of the rectangle covers."""
        return np.asarray(self._count(mask) / np.maximum(self._count(np.ones_like(mask)), 1))

    def make_up(self, mask: Mask) -> Array:
        """(groups,) part of the mask's pixels that each group makes up."""
        return np.asarray(self._count(mask) / max(int(np.count_nonzero(mask)), 1))

    def _count(self, mask: Mask) -> Array:
        seen = mask & (self.group >= 0)
        return np.asarray(np.bincount(self.group[seen], minlength=self.groups))

    def of_regions(self, held: Mask) -> Mask:
        """(groups,) whether a group holds one of the regions (regions,)."""
        found = np.zeros(self.groups, bool)
        numbers = self.number[:-1][held]
        found[numbers[numbers >= 0]] = True
        return found


def patch(tree: RegionTree, box: tuple[int, int, int, int]) -> Patch:
    """The patch of a rectangle: left, top, right, bottom in px."""
    left, top, right, bottom = box
    labels = tree.labels[top:bottom, left:right]
    seen = np.zeros(tree.regions + 1, bool)
    seen[labels.ravel()] = True
    regions = np.flatnonzero(seen[:-1])
    nodes, index = np.unique(_joined(tree, regions), return_inverse=True)
    number = np.full(tree.regions + 1, -1, np.int32)
    number[regions] = index
    return Patch(tree, left, top, number[labels], number, tree.colour[nodes])


def _joined(tree: RegionTree, regions: Array) -> Array:
    """For each region, the union that stands for it among at most `MOST_GROUPS` or so."""
    if len(regions) <= MOST_GROUPS:
        return regions
    unions = np.sort(tree.difference[tree.regions :])
    # As if the joins were spread evenly over the picture; a little more or less does not matter.
    joins = int(len(unions) * (1 - MOST_GROUPS / len(regions)))
    limit = unions[min(joins, len(unions) - 1)]
    node = regions.copy()
    while True:
        above = tree.parent[node]
        climbs = (above >= 0) & (tree.difference[above] <= limit)
        if not climbs.any():
            return node
        node = np.where(climbs, above, node)


def divide(ground: Patch, inside: Mask, outside: Mask) -> Mask:
    """(groups,) whether a walker from a group more likely reaches `inside` before `outside`.

    Args:
        ground: the groups and where they touch.
        inside: (groups,) surely the thing.
        outside: (groups,) surely not; `inside` wins where both are true.
    """
    chance = np.where(inside, 1.0, 0.0)
    free = ~(inside | outside)
    if not free.any() or not inside.any():
        return inside
    conductance = _conductance(ground)
    degree = np.asarray(conductance.sum(axis=1)).ravel()
    places = np.flatnonzero(free)
    coupling = conductance[places]
    laplacian = (
        coo_array((degree[places] + LEAK, (np.arange(len(places)),) * 2), shape=(len(places),) * 2)
        - coupling[:, places]
    )
    chance[free] = spsolve(csc_array(laplacian), coupling @ chance)
    return chance > 0.5


def _conductance(ground: Patch) -> Any:
    """(groups, groups) how easily a walker crosses between two groups, symmetric, sparse."""
    tree = ground.tree
    one, other = ground.number[tree.pairs].T
    touch = (one >= 0) & (other >= 0) & (one != other)
    one, other = one[touch], other[touch]
    apart = np.linalg.norm(ground.colour[one] - ground.colour[other], axis=1)
    ease = tree.side_px[touch] * np.exp(-tree.gradient[touch] / STEP - apart / COLOUR_STEP) + FLOOR
    rows, cols = np.concatenate([one, other]), np.concatenate([other, one])
    shape = (ground.groups, ground.groups)
    return coo_array((np.tile(ease, 2).astype(np.float64), (rows, cols)), shape=shape).tocsr()
