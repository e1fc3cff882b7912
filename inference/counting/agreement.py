"""The things of both dates brought to agreement where only the model, not the ground, differed.

A roof cut in two at one date and whole at the other, or drawn larger in another light, is no
change. What truly differs is left to the ledger. Knows nothing of AOIs, areas or models.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely import STRtree, box
from shapely.geometry.base import BaseGeometry

from inference.counting.second_look import (
    ALIKE,
    SUPPORTED,
    SecondLook,
    Seen,
    likeness_at,
    look,
    support,
)
from raster.instances import Instance, cut

LINKED_IOU = 0.3
CONTAINED = 0.5
"""Things of both dates speak of one place when their IoU, or the share of the smaller one that lies
in the other, reaches these."""
SAME_IOU = 0.5
SAME_AREA = 0.8
"""One thing at each date is the same, outline and all, from this IoU and ratio of areas on."""
SLIGHT = 0.15
"""Ground that only one date gives to a thing, up to this share of it, is how outlines waver."""

Things = tuple[Instance, ...]


@dataclass(frozen=True)
class Cluster:
    """Things of both dates that speak of one place; one side may be empty.

    Attributes:
        pre: things of the earlier date.
        post: things of the later date.
        pre_looks: what the later date shows at the place of each of `pre`.
        post_looks: what the earlier date shows at the place of each of `post`.
    """

    pre: Things
    post: Things
    pre_looks: tuple[SecondLook, ...] = ()
    post_looks: tuple[SecondLook, ...] = ()


def agree(pre: Things, post: Things, pre_seen: Seen, post_seen: Seen) -> Iterator[Cluster]:
    """All things of both dates, place by place, each with a second look at the other date.

    Where they differ on ground that did not change, both dates get the outlines of the date that
    is surer of them. Swapping the dates swaps the result. Cost: a few ms a thing.
    """
    for ours, theirs in clusters(pre, post):
        if _is_disputed(ours, theirs) and _is_unchanged(ours, theirs, pre_seen, post_seen):
            ours = theirs = _surer(ours, theirs)
        yield Cluster(
            ours,
            theirs,
            tuple(look(thing, pre_seen, post_seen) for thing in ours),
            tuple(look(thing, post_seen, pre_seen) for thing in theirs),
        )


def clusters(pre: Things, post: Things) -> Iterator[tuple[Things, Things]]:
    """Things of both dates that speak of one place; those without a counterpart come alone."""
    links = np.array(list(_links(pre, post)), np.int64).reshape(-1, 2)
    total = len(pre) + len(post)
    graph = coo_array((np.ones(len(links)), (links[:, 0], links[:, 1] + len(pre))), (total, total))
    number, group = connected_components(graph, directed=False) if total else (0, np.zeros(0))
    sides: list[tuple[list[Instance], list[Instance]]] = [([], []) for _each in range(number)]
    for place, thing in enumerate((*pre, *post)):
        sides[group[place]][place >= len(pre)].append(thing)
    for ours, theirs in sides:
        yield tuple(ours), tuple(theirs)


def _links(pre: Things, post: Things) -> Iterator[tuple[int, int]]:
    """Positions in `pre` and `post` of things that speak of one place."""
    if not pre or not post:
        return
    tree = STRtree([_frame(thing) for thing in post])
    for first, thing in enumerate(pre):
        for second in tree.query(_frame(thing)):
            if _is_linked(thing, post[int(second)]):
                yield first, int(second)


def _frame(thing: Instance) -> BaseGeometry:
    rows, cols = thing.mask.shape
    return box(thing.left, thing.top, thing.left + cols, thing.top + rows)


def _is_linked(one: Instance, other: Instance) -> bool:
    shared = _shared_px(one, other)
    union = one.pixels + other.pixels - shared
    return shared >= LINKED_IOU * union or shared >= CONTAINED * min(one.pixels, other.pixels)


def _shared_px(one: Instance, other: Instance) -> int:
    """How many pixels lie in both."""
    top, left = max(one.top, other.top), max(one.left, other.left)
    bottom = min(one.top + one.mask.shape[0], other.top + other.mask.shape[0])
    right = min(one.left + one.mask.shape[1], other.left + other.mask.shape[1])
    if bottom <= top or right <= left:
        return 0
    parts = [
        each.mask[top - each.top : bottom - each.top, left - each.left : right - each.left]
        for each in (one, other)
    ]
    return int(np.count_nonzero(parts[0] & parts[1]))


def _is_disputed(ours: Things, theirs: Things) -> bool:
    """Whether both dates see something here, but not one and the same thing."""
    if not ours or not theirs:
        return False
    if len(ours) > 1 or len(theirs) > 1:
        return True
    one, other = ours[0], theirs[0]
    shared = _shared_px(one, other)
    is_same = shared >= SAME_IOU * (one.pixels + other.pixels - shared)
    small, large = sorted((one.pixels, other.pixels))
    return not (is_same and small >= SAME_AREA * large)


def _is_unchanged(ours: Things, theirs: Things, pre_seen: Seen, post_seen: Seen) -> bool:
    """Whether the ground that only one date gives to its things looks so at the other as well."""
    mine, yours = together(ours), together(theirs)
    at_most = SLIGHT * max(mine.pixels, yours.pixels)
    return all(
        rest is None or rest.pixels <= at_most or _is_shown(rest, own, other)
        for rest, own, other in (
            (_less(mine, yours), pre_seen, post_seen),
            (_less(yours, mine), post_seen, pre_seen),
        )
    )


def _is_shown(rest: Instance, own: Seen, other: Seen) -> bool:
    return support(rest, other) >= SUPPORTED or likeness_at(rest, own, other) >= ALIKE


def together(things: Things) -> Instance:
    """The pixels of several things as one."""
    top, left = min(thing.top for thing in things), min(thing.left for thing in things)
    bottom = max(thing.top + thing.mask.shape[0] for thing in things)
    right = max(thing.left + thing.mask.shape[1] for thing in things)
    mask = np.zeros((bottom - top, right - left), np.bool_)
    for thing in things:
        rows, cols = thing.mask.shape
        at = (
            slice(thing.top - top, thing.top - top + rows),
            slice(thing.left - left, thing.left - left + cols),
        )
        mask[at] |= thing.mask
    return Instance(top, left, mask, max(thing.score for thing in things))


def _less(one: Instance, other: Instance) -> Instance | None:
    """What of one thing does not lie in another."""
    both = together((one, other))
    rest = np.zeros(both.mask.shape, np.bool_)
    for thing, value in ((one, True), (other, False)):
        rows, cols = thing.mask.shape
        top, left = thing.top - both.top, thing.left - both.left
        rest[top : top + rows, left : left + cols][thing.mask] = value
    return cut(rest, one.score, top=both.top, left=both.left)


def _surer(ours: Things, theirs: Things) -> Things:
    """The things of the date with the higher mean score; of equally sure ones the larger."""
    return max((ours, theirs), key=_sureness)


def _sureness(things: Things) -> tuple[float, int, int]:
    pixels = sum(thing.pixels for thing in things)
    score = sum(thing.score * thing.pixels for thing in things) / pixels
    return round(score, 6), pixels, len(things)
