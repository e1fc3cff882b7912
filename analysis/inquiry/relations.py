"""How things lie to the features of a user's layer: near, on them, or not."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.fact_maker import Subject
from analysis.facts import Fact
from analysis.inquiry import places
from analysis.inquiry.case import Case, Layer, Measured, Which
from analysis.inquiry.chosen import Chosen, choose
from analysis.inquiry.extent import assessed_features
from analysis.inquiry.measure import counted
from analysis.inquiry.nearness import nearness
from analysis.inquiry.unanswerable import Unanswerable
from analysis.statistics import share_pct

DISTANCE = (
    "Geodesic on the ellipsoid between the nearest points of the outlines of thing {} and of the "
    "nearest feature of the layer “{}”."
)
TOUCHED = "Features of the layer “{}” that share ground with at least one of these things."
FEATURES = "Features of the layer “{}” that reach into assessed ground."
SHARE = "Features that share ground with such things divided by all features on assessed ground."

Array = NDArray[Any]


def related(case: Case, which: Which) -> Measured:
    """How many things lie to a layer as `which.near` says.

    Raises:
        Unanswerable: see `choose`; or no relation is asked for.
    """
    if which.near is None:
        raise Unanswerable("ambiguous", "relation", tuple(one.name for one in case.layers))
    return counted(choose(case, which))


def nearest(case: Case, which: Which, layer: str, k: int) -> tuple[Measured, ...]:
    """Distance in metres of the k things nearest to a layer, rising; the region is the feature.

    Where there are no such things, their number, which is zero.

    Raises:
        Unanswerable: see `choose`.
    """
    features = places.layer_called(case, layer)
    chosen = choose(case, which)
    near = nearness(case, features)
    at = np.flatnonzero(chosen.here & np.isfinite(near.distance_m))
    order = at[np.lexsort((chosen.table.id[at], near.distance_m[at]))]
    if not len(order):
        return (counted(chosen),)
    return tuple(
        _distance(chosen, features, int(one), rank)
        for rank, one in enumerate(order[: max(k, 0)], 1)
    )


def touched(case: Case, which: Which, layer: str) -> tuple[Measured, ...]:
    """How many features share ground with such things, how many there are, and the share.

    Only features that reach into assessed ground are counted.

    Raises:
        Unanswerable: see `choose`; or no feature reaches into assessed ground.
    """
    features = places.layer_called(case, layer)
    chosen = choose(case, which)
    known = assessed_features(case, features)
    if not known.any():
        raise Unanswerable("outside_area", features.name)
    pairs = nearness(case, features).touching
    pairs = pairs[chosen.here[pairs[:, 0]] & known[pairs[:, 1]]]
    number, whole = len(np.unique(pairs[:, 1])), int(known.sum())
    values = {
        "features_touched": ((number, "1"), TOUCHED.format(features.name)),
        "features_assessed": ((whole, "1"), FEATURES.format(features.name)),
        "share_of_features": ((share_pct(number, whole), "%"), SHARE),
    }
    ids = tuple(np.unique(chosen.table.id[pairs[:, 0]]).tolist())
    return tuple(
        Measured(chosen.fact(name, quantity, method), ids, case.id)
        for name, (quantity, method) in values.items()
    )


def _distance(chosen: Chosen, layer: Layer, at: int, rank: int) -> Measured:
    near = nearness(chosen.case, layer)
    item = int(chosen.table.id[at])
    region = layer.features[int(near.feature[at])]
    method = chosen.explained(DISTANCE.format(item, layer.name))
    subject = Subject(chosen.meant.change_class, chosen.meant.state, region)
    name = "distance_to_feature" if rank == 1 else f"distance_to_feature_{rank}"
    fact: Fact = chosen.case.make(name, (float(near.distance_m[at]), "m"), subject, method)
    return Measured(fact, (item,), chosen.case.id)
