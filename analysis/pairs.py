"""Which things of two dates lie in the same place, and who is whose partner.

Every measure is symmetric in the dates, so that swapping them swaps the answer and nothing else.
Knows nothing of states, looks or counts.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from analysis.accuracy import MATCH_IOU
from analysis.things import Thing, centres_lonlat, shapes_of
from raster.grid import ELLIPSOID, Grid

INSIDE = 0.5
"""A thing with half of its outline within another is in its place: it cannot be in two places."""
CLOSE = 0.5
"""Centroids nearer than this share of the smaller thing's size are one place; two squares this far
apart along a side still overlap with an IoU of a third."""
LIKE_SIZE = 0.3
"""Areas this far apart are of two things, however near they are, unless one holds the other."""
COVERED = 0.5
"""Share of a thing that its parts must cover together."""
REACH = 5.0
"""A thing that moves is looked for within this many times its size."""
SAME_SIZE = 0.8
"""Areas of one thing in two places differ by less than this ratio."""

EQUAL = 1e-7
"""Partners whose agreement differs by less are equally good."""
TO_MIX = np.uint64(2**32)

Star = tuple[tuple[Thing, ...], tuple[Thing, ...]]
"""Things of the earlier and of the later date that belong together."""
Array = NDArray[Any]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Things of two dates that touch or are near each other; entry `i` of every array is pair `i`.

    Attributes:
        pre: all things of the earlier date.
        post: all things of the later date.
        row: (n,) index into `pre`.
        col: (n,) index into `post`.
        shared: (n,) area of the intersection in units of the CRS.
        iou: (n,) intersection over union of the outlines.
        inside: (n,) intersection over the smaller outline.
        distance_m: (n,) between the centroids.
        closeness: (n,) 1 for one centroid, 0 from half the smaller thing's size on.
        ratio: (n,) smaller area over larger area.
    """

    pre: tuple[Thing, ...]
    post: tuple[Thing, ...]
    row: NDArray[np.int64]
    col: NDArray[np.int64]
    shared: Floats
    iou: Floats
    inside: Floats
    distance_m: Floats
    closeness: Floats
    ratio: Floats

    def candidates(self) -> "Pairs":
        """The pairs of which both may be one thing."""
        is_near = (self.closeness > 0) & (self.ratio >= LIKE_SIZE)
        return self._only((self.iou >= MATCH_IOU) | (self.inside >= INSIDE) | is_near)

    def of(self, pre_id: int, post_id: int) -> tuple[float, float]:
        """Overlap and distance in metres of two things that are a pair."""
        at = self._places[pre_id, post_id]
        return float(self.iou[at]), float(self.distance_m[at])

    def of_star(self, star: Star) -> tuple[float, float]:
        """Overlap of all parts together with the whole, and the mean distance to its centroid."""
        at = [self._places[pre.id, post.id] for pre in star[0] for post in star[1]]
        shared = float(self.shared[at].sum())
        outlines = sum(float(one.polygon.area) for side in star for one in side)
        return shared / (outlines - shared), float(self.distance_m[at].mean())

    def without(self, ids: Collection[int]) -> "Pairs":
        """The pairs of which neither thing is one of these."""
        keep = [
            self.pre[row].id not in ids and self.post[col].id not in ids
            for row, col in zip(self.row, self.col, strict=True)
        ]
        return self._only(np.array(keep, bool))

    def stars(self) -> list[Star]:
        """Things of one date that lie in the place of several of the other, with these.

        Nothing else of either date is in their place, and together they cover half of it.
        """
        held = self._only(self.inside >= INSIDE)
        of_row, of_col = _neighbours(held.row, held.col), _neighbours(held.col, held.row)
        whole_pre = [
            ((self.pre[row],), tuple(self.post[col] for col in cols))
            for row, cols in of_row.items()
            if len(cols) > 1 and all(len(of_col[col]) == 1 for col in cols)
        ]
        whole_post = [
            (tuple(self.pre[row] for row in rows), (self.post[col],))
            for col, rows in of_col.items()
            if len(rows) > 1 and all(len(of_row[row]) == 1 for row in rows)
        ]
        return [star for star in (*whole_pre, *whole_post) if self._is_covered(star)]

    def _is_covered(self, star: Star) -> bool:
        at = [self._places[pre.id, post.id] for pre in star[0] for post in star[1]]
        whole = min(star, key=len)[0]
        return float(self.shared[at].sum()) >= COVERED * float(whole.polygon.area)

    @cached_property
    def _places(self) -> dict[tuple[int, int], int]:
        return {
            (self.pre[row].id, self.post[col].id): at
            for at, (row, col) in enumerate(zip(self.row, self.col, strict=True))
        }

    def _only(self, keep: NDArray[np.bool_]) -> "Pairs":
        return replace(
            self,
            row=self.row[keep],
            col=self.col[keep],
            shared=self.shared[keep],
            iou=self.iou[keep],
            inside=self.inside[keep],
            distance_m=self.distance_m[keep],
            closeness=self.closeness[keep],
            ratio=self.ratio[keep],
        )


def compared(pre: Sequence[Thing], post: Sequence[Thing], grid: Grid) -> Pairs:
    """Every pair of things that touch or whose centroids are near, measured."""
    row, col = _near(pre, post)
    shapes = shapes_of(pre)[row], shapes_of(post)[col]
    shared = shapely.area(shapely.intersection(*shapes))
    outlines = np.array([shapely.area(side) for side in shapes])
    areas_m2 = np.array([_column(pre, "area_m2")[row], _column(post, "area_m2")[col]])
    distance_m = _distances_m(pre, post, row, col, grid)
    size_m = np.sqrt(areas_m2.min(axis=0))
    return Pairs(
        tuple(pre),
        tuple(post),
        row,
        col,
        shared,
        shared / (outlines.sum(axis=0) - shared),
        shared / outlines.min(axis=0),
        distance_m,
        np.maximum(1 - distance_m / (CLOSE * size_m), 0),
        areas_m2.min(axis=0) / areas_m2.max(axis=0),
    )


def best_partners(pairs: Pairs) -> list[tuple[Thing, Thing]]:
    """Candidates chosen one to one so that their overlap and closeness are largest in sum."""
    chosen = pairs.candidates()
    lots = _lots(chosen.pre, chosen.post, chosen.row, chosen.col)
    weight = 1 + chosen.iou + chosen.closeness + lots
    return [
        (pairs.pre[row], pairs.post[col]) for row, col in _assigned(chosen.row, chosen.col, weight)
    ]


def moved_partners(
    pre: Sequence[Thing], post: Sequence[Thing], grid: Grid
) -> list[tuple[tuple[Thing, Thing], float]]:
    """Things of one size within reach of each other, chosen one to one, and how far they moved."""
    if not pre or not post:
        return []
    row, col = _within_reach(pre, post, grid)
    areas_m2 = np.array([_column(pre, "area_m2")[row], _column(post, "area_m2")[col]])
    distance_m = _distances_m(pre, post, row, col, grid)
    nearness = 1 - distance_m / (REACH * np.sqrt(areas_m2.max(axis=0)))
    ratio = areas_m2.min(axis=0) / areas_m2.max(axis=0)
    keep = (nearness > 0) & (ratio >= SAME_SIZE)
    how_far = dict(zip(zip(row.tolist(), col.tolist(), strict=True), distance_m, strict=True))
    weight = 1 + nearness + _lots(pre, post, row, col)
    return [
        ((pre[one], post[other]), float(how_far[one, other]))
        for one, other in _assigned(row[keep], col[keep], weight[keep])
    ]


def _near(pre: Sequence[Thing], post: Sequence[Thing]) -> tuple[Array, Array]:
    """Indices of pairs whose outlines meet once each is widened by its own larger side."""
    if not pre or not post:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    boxes = _widened(shapes_of(pre)), _widened(shapes_of(post))
    row, col = shapely.STRtree(boxes[1]).query(boxes[0])
    return row, col


def _widened(shapes: Array) -> Array:
    """Boxes around the shapes, larger by a quarter of the longer side: sum of both reaches all."""
    west, south, east, north = shapely.bounds(shapes).T
    by = 0.25 * np.maximum(east - west, north - south)
    return np.asarray(shapely.box(west - by, south - by, east + by, north + by))


def _within_reach(
    pre: Sequence[Thing], post: Sequence[Thing], grid: Grid
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Indices of pairs within `REACH` times the larger size, found on the sphere."""
    largest_m2 = max(float(_column(side, "area_m2").max()) for side in (pre, post))
    reach_m = REACH * math.sqrt(largest_m2)
    trees = [cKDTree(_on_sphere_m(centres_lonlat(side, grid.crs))) for side in (pre, post)]
    near = trees[0].query_ball_tree(trees[1], reach_m)
    row = np.repeat(np.arange(len(pre)), [len(found) for found in near])
    return row, np.array([other for found in near for other in found], np.int64)


def _on_sphere_m(lonlat: Floats) -> Floats:
    """Places (n, 3) in metres from the middle of a sphere a little smaller than the Earth.

    Straight distances between them are at most those on the ground, so that none is missed.
    """
    lon, lat = np.radians(lonlat).T
    flat = np.cos(lat)
    return 6_300_000.0 * np.column_stack([flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)])


def _distances_m(
    pre: Sequence[Thing], post: Sequence[Thing], row: Array, col: Array, grid: Grid
) -> Floats:
    """Geodesic distance (n,) between the centroids of pairs."""
    if not len(row):
        return np.zeros(0)
    from_lonlat = centres_lonlat(pre, grid.crs)[row]
    to_lonlat = centres_lonlat(post, grid.crs)[col]
    return np.asarray(ELLIPSOID.inv(*from_lonlat.T, *to_lonlat.T)[2], np.float64)


def _lots(pre: Sequence[Thing], post: Sequence[Thing], row: Array, col: Array) -> Floats:
    """A tiny number for each pair that decides between equals, whichever date comes first.

    Without it the choice between partners that fit equally well would hang on their order.
    """
    ids = [np.array([one.id for one in side], np.uint64) for side in (pre, post)]
    one, other = ids[0][row], ids[1][col]
    mixed = (one * other * np.uint64(2654435761) + (one ^ other) * np.uint64(40503)) % TO_MIX
    return EQUAL * mixed.astype(np.float64) / float(TO_MIX)


def _column(things: Sequence[Thing], name: str) -> Floats:
    return np.array([getattr(thing, name) for thing in things], np.float64)


def _neighbours(of: Array, others: Array) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in zip(of.tolist(), others.tolist(), strict=True):
        found[one].append(other)
    return found


def _assigned(row: Array, col: Array, weight: Floats) -> Iterator[tuple[int, int]]:
    """Pairs chosen one to one with the largest sum of weights (Kuhn 1955, by scipy).

    Pairs that share no thing with others need no choice, so each connected group is solved alone.
    """
    if not len(row):
        return
    rows, cols = int(row.max()) + 1, int(col.max()) + 1
    graph = coo_array((np.ones(len(row)), (row, rows + col)), shape=(rows + cols, rows + cols))
    group = connected_components(graph, directed=False)[1][row]
    order = np.argsort(group, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        yield from _solved(row[part], col[part], weight[part])


def _solved(row: Array, col: Array, weight: Floats) -> Iterator[tuple[int, int]]:
    """The choice within one group."""
    if len(row) == 1:
        yield int(row[0]), int(col[0])
        return
    rows, row_at = np.unique(row, return_inverse=True)
    cols, col_at = np.unique(col, return_inverse=True)
    gain = np.zeros((len(rows), len(cols)))
    gain[row_at, col_at] = weight
    for one, other in zip(*linear_sum_assignment(gain, maximize=True), strict=True):
        if gain[one, other] > 0:
            yield int(rows[one]), int(cols[other])
