"""A picture as small regions, how strongly neighbours are parted, and a tree of their unions.

The picture is flooded from its calm spots; then the two neighbours that differ least are joined
again and again, as Robinson, Redding and Crisp (2002, "Implementation of a scalable algorithm for
segmenting SAR imagery") proposed: a large difference of colour over a long region on a short border
keeps regions apart. Knows nothing of prompts or of what the regions are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.segmentation import watershed

SMOOTHING_PX = 0.7
"""Blur before gradients are taken: more of it costs the corners of small roofs."""
GRADIENT_SHARE = 4.0
"""How much more a step at the border counts than a difference of mean colours."""
CALM = 0.3
"""Gradient (Lab units a pixel) below which a border is no border: keeps logarithms finite."""

Floats = NDArray[np.float32]
Labels = NDArray[np.int32]
Array = NDArray[Any]


@dataclass(frozen=True)
class RegionTree:
    """Regions 0..n-1 of a picture, and unions of two numbered from n; a parent follows its parts.

    Attributes:
        labels: (row, col) region of each pixel, -1 where not observed.
        parent: (nodes,) the union a node goes into, -1 for none.
        difference: (nodes,) how unlike its two parts were; never less than that of its parts.
        pixels: (nodes,) size.
        colour: (nodes, 3) mean L*, a*, b*.
        box: (nodes, 4) left, top, right, bottom in px.
        border_px: (nodes,) pixel sides it shares with its neighbours.
        edge: (nodes,) mean logarithm of the gradient on that border: high where all of it is sharp.
        start: (nodes,) with `leaves`: its regions are those whose own `start` lies in
            start..start + leaves - 1.
        leaves: (nodes,) how many regions it holds.
        pairs: (m, 2) neighbouring regions.
        side_px: (m,) pixel sides that a pair shares.
        gradient: (m,) mean gradient there, Lab units a pixel.
    """

    labels: Labels
    parent: Labels
    difference: Floats
    pixels: Floats
    colour: Floats
    box: Labels
    border_px: Floats
    edge: Floats
    start: Labels
    leaves: Labels
    pairs: Labels
    side_px: Floats
    gradient: Floats

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> "RegionTree":
        """The tree that `arrays` took apart."""
        return cls(**{each.name: arrays[each.name] for each in fields(cls)})

    @property
    def regions(self) -> int:
        """How many regions there are."""
        return int(np.searchsorted(self.leaves, 2))

    def path(self, node: int) -> list[int]:
        """A node and all unions that hold it, smallest first."""
        found = [node]
        while self.parent[found[-1]] >= 0:
            found.append(int(self.parent[found[-1]]))
        return found

    def holds(self, node: int) -> NDArray[np.bool_]:
        """(regions,) which regions a node holds."""
        first = self.start[: self.regions]
        begin = self.start[node]
        return np.asarray((first >= begin) & (first < begin + self.leaves[node]), bool)

    def arrays(self) -> dict[str, Array]:
        """Everything as plain arrays by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def grow(image: NDArray[np.uint8], valid: NDArray[np.bool_]) -> RegionTree:
    """The tree of a picture (3, row, col) red, green, blue; about one second a megapixel."""
    picture = np.ascontiguousarray(image.transpose(1, 2, 0)).astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), np.float32)
    slope = _slope(lab)
    labels = _flood(slope, valid)
    neighbours = _Neighbours.of(labels, slope)
    return _join_all(labels, _Regions.of(labels, lab, neighbours), neighbours)


def _slope(lab: Floats) -> Floats:
    """Gradient (row, col) in Lab units a pixel."""
    smooth = cv2.GaussianBlur(lab, (0, 0), SMOOTHING_PX)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(np.sqrt((across**2 + down**2).sum(axis=2)), np.float32)


def _flood(slope: Floats, valid: NDArray[np.bool_]) -> Labels:
    """Basins 0..n-1 of the gradient around its local minima; -1 where not observed."""
    calm = (slope <= cv2.erode(slope, np.ones((3, 3), np.uint8))) & valid
    _number, markers = cv2.connectedComponents(calm.astype(np.uint8), connectivity=8)
    return np.asarray(watershed(slope, markers, mask=valid), np.int32) - 1


@dataclass(frozen=True)
class _Neighbours:
    """Pairs (m, 2) of neighbours, smaller number first, and sums over the sides they share.

    Attributes:
        pairs: (m, 2) numbers.
        side_px: (m,) shared pixel sides.
        steps: (m,) sum of gradients there.
        edges: (m,) sum of their logarithms.
    """

    pairs: Array
    side_px: Array
    steps: Array
    edges: Array

    @classmethod
    def of(cls, labels: Labels, slope: Floats) -> "_Neighbours":
        """Those of a labelled picture."""
        pairs, steps = [], []
        for one, other in SIDES:
            here, there = labels[one], labels[other]
            meet = (here != there) & (here >= 0) & (there >= 0)
            pairs.append(np.sort(np.stack([here[meet], there[meet]], axis=1), axis=1))
            steps.append(np.maximum(slope[one][meet], slope[other][meet]))
        step = np.concatenate(steps).astype(np.float64)
        whole = cls(np.concatenate(pairs), np.ones(len(step)), step, np.zeros(len(step)))
        once = whole.renumbered(np.arange(labels.max() + 1))
        # The border of two regions is as sharp as its mean step, so logarithms come after sums.
        logs = np.log(once.steps / np.maximum(once.side_px, 1) + CALM)
        return replace(once, edges=once.side_px * logs)

    def renumbered(self, number: Array) -> "_Neighbours":
        """The same after regions got new numbers; equal pairs are one, pairs of equals none."""
        pairs = np.sort(number[self.pairs], axis=1)
        differ = pairs[:, 0] != pairs[:, 1]
        size = int(number.max(initial=0)) + 1
        keys, index = np.unique(pairs[differ] @ np.array([size, 1]), return_inverse=True)

        def total(values: Array) -> Array:
            return np.bincount(index, values[differ], minlength=len(keys))

        found = np.stack([keys // size, keys % size], axis=1)
        return _Neighbours(found, total(self.side_px), total(self.steps), total(self.edges))


EVERYTHING, BUT_FIRST, BUT_LAST = slice(None), slice(1, None), slice(None, -1)
SIDES = (
    ((EVERYTHING, BUT_LAST), (EVERYTHING, BUT_FIRST)),
    ((BUT_LAST, EVERYTHING), (BUT_FIRST, EVERYTHING)),
)
"""Every pixel and its right neighbour; every pixel and the one below."""


@dataclass(frozen=True)
class _Regions:
    """Sums over regions, one entry each.

    Attributes:
        node: number in the tree.
        pixels: size.
        colour: (n, 3) sums of L*, a*, b*.
        box: (n, 4) left, top, right, bottom.
        border_px: pixel sides shared with neighbours.
        edges: sum of the logarithms of the gradient there.
    """

    node: Array
    pixels: Array
    colour: Array
    box: Array
    border_px: Array
    edges: Array

    @classmethod
    def of(cls, labels: Labels, lab: Floats, neighbours: _Neighbours) -> "_Regions":
        """Those of a labelled picture."""
        rows, cols = np.nonzero(labels >= 0)
        region = labels[rows, cols]
        size = int(labels.max(initial=-1)) + 1

        def total(weights: Array) -> Array:
            return np.bincount(region, weights, minlength=size)

        box = np.empty((size, 4), np.int64)
        for column, values in enumerate((cols, rows)):
            box[:, column] = max(labels.shape)
            np.minimum.at(box[:, column], region, values)
            box[:, column + 2] = 0
            np.maximum.at(box[:, column + 2], region, values + 1)
        colour = np.stack([total(lab[rows, cols, band]) for band in range(3)], axis=1)
        ends = neighbours.pairs.T.ravel()
        border, edges = (
            np.bincount(ends, np.tile(values, 2), minlength=size)
            for values in (neighbours.side_px, neighbours.edges)
        )
        pixels = np.bincount(region, minlength=size).astype(np.float64)
        return cls(np.arange(size), pixels, colour, box, border, edges)

    def unions(self, one: Array, other: Array, shared: _Neighbours, first: int) -> "_Regions":
        """The unions of regions `one` with `other`, which share the pairs `shared`."""
        return _Regions(
            first + np.arange(len(one)),
            self.pixels[one] + self.pixels[other],
            self.colour[one] + self.colour[other],
            np.concatenate(
                [
                    np.minimum(self.box[one, :2], self.box[other, :2]),
                    np.maximum(self.box[one, 2:], self.box[other, 2:]),
                ],
                axis=1,
            ),
            self.border_px[one] + self.border_px[other] - 2 * shared.side_px,
            self.edges[one] + self.edges[other] - 2 * shared.edges,
        )

    def put(self, at: Array, others: "_Regions", kept: NDArray[np.bool_]) -> "_Regions":
        """These with `others` in the places `at`, less those that are not `kept`."""
        values = []
        for each in fields(self):
            column = getattr(self, each.name).copy()
            column[at] = getattr(others, each.name)
            values.append(column[kept])
        return _Regions(*values)


def _join_all(labels: Labels, regions: _Regions, neighbours: _Neighbours) -> RegionTree:
    """Join mutually closest neighbours, round by round, until none are left."""
    every_pair, total = neighbours, len(regions.node)
    made, joins = [regions], []
    while len(neighbours.pairs):
        chosen, difference = _mutual(regions, neighbours)
        one, other = neighbours.pairs[chosen].T
        shared = _Neighbours(
            *(getattr(neighbours, each.name)[chosen] for each in fields(neighbours))
        )
        unions = regions.unions(one, other, shared, total)
        joins.append((regions.node[one], regions.node[other], unions.node, difference))
        made.append(unions)
        total += len(one)
        kept = np.ones(len(regions.node), bool)
        kept[other] = False
        number = np.cumsum(kept) - 1
        number[other] = number[one]
        neighbours = neighbours.renumbered(number)
        regions = regions.put(one, unions, kept)
    return _tree(labels, made, joins, every_pair)


def _mutual(regions: _Regions, neighbours: _Neighbours) -> tuple[Array, Array]:
    """Which pairs are each other's closest neighbour, and how unlike they are.

    The difference is that of the full lambda schedule (Robinson et al. 2002, eq. 2) with the
    gradient on the border beside the difference of means.
    """
    one, other = neighbours.pairs.T
    mean = regions.colour / regions.pixels[:, None]
    step = neighbours.steps / neighbours.side_px
    apart = ((mean[one] - mean[other]) ** 2).sum(axis=1) + GRADIENT_SHARE * step**2
    weight = (
        regions.pixels[one] * regions.pixels[other] / (regions.pixels[one] + regions.pixels[other])
    )
    difference = weight * apart / neighbours.side_px
    order = np.argsort(difference, kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    closest = np.full(len(regions.node), len(order))
    np.minimum.at(closest, one, place)
    np.minimum.at(closest, other, place)
    chosen = np.flatnonzero((closest[one] == place) & (closest[other] == place))
    return chosen, difference[chosen]


def _tree(
    labels: Labels,
    made: list[_Regions],
    joins: list[tuple[Array, Array, Array, Array]],
    neighbours: _Neighbours,
) -> RegionTree:
    """Everything put together once all unions are known."""
    column = {
        each.name: np.concatenate([getattr(part, each.name) for part in made])
        for each in fields(_Regions)
    }
    nodes = len(column["node"])
    parent, difference = np.full(nodes, -1, np.int32), np.zeros(nodes, np.float32)
    leaves, start = np.ones(nodes, np.int32), np.zeros(nodes, np.int32)
    for one, other, union, unlike in joins:
        parent[one] = parent[other] = union
        leaves[union] = leaves[one] + leaves[other]
        below = np.maximum(difference[one], difference[other])
        difference[union] = np.maximum(unlike, below)
    roots = np.flatnonzero(parent < 0)
    start[roots] = np.cumsum(leaves[roots]) - leaves[roots]
    for one, other, union, _unlike in reversed(joins):
        start[one] = start[union]
        start[other] = start[union] + leaves[one]
    border = column["border_px"]
    return RegionTree(
        labels=labels,
        parent=parent,
        difference=difference,
        pixels=column["pixels"].astype(np.float32),
        colour=(column["colour"] / column["pixels"][:, None]).astype(np.float32),
        box=column["box"].astype(np.int32),
        border_px=border.astype(np.float32),
        edge=(column["edges"] / np.maximum(border, 1)).astype(np.float32),
        start=start,
        leaves=leaves,
        pairs=neighbours.pairs.astype(np.int32),
        side_px=neighbours.side_px.astype(np.float32),
        gradient=(neighbours.steps / np.maximum(neighbours.side_px, 1)).astype(np.float32),
    )
