"""How far each thing lies from the features of a layer, and which of them it touches.

Knows nothing of classes, states or facts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from analysis.inquiry import projected
from analysis.inquiry.case import Case, Layer, Near
from analysis.inquiry.columns import columns
from raster.grid import ELLIPSOID

KEPT = 16
PIECE = 16
"""Vertices of a piece a long outline is cut into: finding the nearest of few is much faster."""
SHARE_INSIDE = 1 - 1e-9

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Nearness:
    """One entry for each thing (as in `columns`).

    Attributes:
        feature: number of the nearest feature; the first it touches.
        distance_m: to it, geodesic, between the outlines; 0 where they share ground.
        is_within: the thing lies wholly within polygons of the layer.
        touching: (thing, feature) of all pairs that share ground.
    """

    feature: NDArray[np.int64]
    distance_m: NDArray[np.float64]
    is_within: NDArray[np.bool_]
    touching: NDArray[np.int64]

    @property
    def is_touching(self) -> NDArray[np.bool_]:
        """Which things share ground with any feature."""
        return np.equal(self.distance_m, 0.0)

    def chosen(self, near: Near) -> NDArray[np.bool_]:
        """Which things lie as a question wants it."""
        if near.relation == "within":
            return self.is_within
        if near.relation == "touches":
            return self.is_touching
        if near.relation == "outside":
            return ~self.is_touching
        return self.distance_m <= near.distance_m


@lru_cache(maxsize=KEPT)
def nearness(case: Case, layer: Layer) -> Nearness:
    """How the things of a case lie to the features of a layer; worked out once.

    The nearest point of each pair of outlines is found in a local equidistant projection, and
    the distance between the two is a geodesic on the ellipsoid (Karney 2013, by pyproj).
    """
    things = projected.outlines_in_metres(columns(case).shape, case.grid)
    features = _placed(layer, case)
    touching = _touching(things, features)
    feature, distance_m = _distances(things, features, case)
    if len(touching):
        first, at = np.unique(touching[:, 0], return_index=True)
        feature[first], distance_m[first] = touching[at, 1], 0.0
    return Nearness(feature, distance_m, _within(things, features, touching), touching)


def _placed(layer: Layer, case: Case) -> Array:
    """The features in metres; those the local projection cannot show are empty."""
    placed = projected.in_metres(np.array(layer.shapes, object), case.grid)
    bounds = shapely.bounds(placed)
    placed[~np.isfinite(bounds).all(axis=1)] = shapely.Point()
    shapely.prepare(placed)
    return placed


def _touching(things: Array, features: Array) -> NDArray[np.int64]:
    """Pairs (thing, feature) that share ground, by thing."""
    pairs = shapely.STRtree(features).query(things).T
    # Prepared, a feature of many vertices is asked as fast as a small one.
    is_touching = shapely.intersects(features[pairs[:, 1]], things[pairs[:, 0]])
    kept = pairs[is_touching]
    return np.asarray(kept[np.lexsort((kept[:, 1], kept[:, 0]))], np.int64)


def _distances(things: Array, features: Array, case: Case) -> tuple[Array, Array]:
    """Nearest feature (n,) and geodesic distance (n,) to its outline."""
    pieces, owner = _pieces(features)
    feature, distance_m = np.zeros(len(things), np.int64), np.full(len(things), np.inf)
    if not len(pieces) or not len(things):
        return feature, distance_m
    at = shapely.STRtree(pieces).query_nearest(things, all_matches=False)[1]
    lines = shapely.shortest_line(things, pieces[at])
    ends = projected.positions_lonlat(shapely.get_coordinates(lines), case.grid)
    from_, to = ends[0::2], ends[1::2]
    _forth, _back, length_m = ELLIPSOID.inv(*from_.T, *to.T)
    return owner[at], np.asarray(length_m, float)


def _pieces(features: Array) -> tuple[Array, NDArray[np.int64]]:
    """Points and short lines that make up the outlines, and the feature each belongs to."""
    parts, owner = shapely.get_parts(features, return_index=True)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, of_area = shapely.get_rings(parts[is_area], return_index=True)
    lines = np.concatenate([parts[~is_area], rings])
    owners = np.concatenate([owner[~is_area], owner[is_area][of_area]])
    is_long = shapely.get_num_coordinates(lines) > PIECE
    cut = [
        (piece, number)
        for line, number in zip(lines[is_long], owners[is_long], strict=True)
        for piece in _cut(line)
    ]
    pieces = np.array([*lines[~is_long], *(piece for piece, _number in cut)], object)
    numbers = np.array([*owners[~is_long], *(number for _piece, number in cut)], np.int64)
    is_there = ~shapely.is_empty(pieces)
    return pieces[is_there], numbers[is_there]


def _cut(line: Any) -> Iterator[Any]:
    xy = shapely.get_coordinates(line)
    for start in range(0, len(xy) - 1, PIECE):
        yield shapely.linestrings(xy[start : start + PIECE + 1])


def _within(things: Array, features: Array, touching: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which things lie wholly within one polygon, or within several that share their ground."""
    is_within = np.zeros(len(things), bool)
    is_area = shapely.get_dimensions(features) == 2
    pairs = touching[is_area[touching[:, 1]]]
    is_covered = shapely.covers(features[pairs[:, 1]], things[pairs[:, 0]])
    is_within[pairs[is_covered, 0]] = True
    open_ = pairs[~is_within[pairs[:, 0]]]
    for thing in np.unique(open_[:, 0]):
        around = features[open_[open_[:, 0] == thing, 1]]
        if len(around) > 1:
            shared = shapely.intersection(things[thing], shapely.union_all(around))
            is_within[thing] = shared.area >= SHARE_INSIDE * things[thing].area
    return is_within
