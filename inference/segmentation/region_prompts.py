"""What a user's prompt means on a tree of regions: the outline of one thing.

A click means the union around it that stands out most sharply for its size; a box, a polygon or a
correction is settled by a random walk. Knows nothing of models or files.
"""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.segmentation import region_walk
from inference.segmentation.region_tree import CALM, RegionTree
from inference.segmenters.base import XY, Candidate, Prompt
from raster.instances import Instance, cut

SIZE_PENALTY = (0.07, 0.009)
"""How much sharper a union must be for ln(pixels) and for its square: else the largest field wins.
Fitted to clicks on roofs of simulated and real places at 0.3 to 0.8 m."""
WORTH_EVEN, WORTH_STEP = 1.0, 0.5
"""Where the score is one half, and how fast it rises: real roofs had worths of 0.9 to 2.5."""
READINGS = 3
CORE = 0.25
"""A box surely holds the thing in its middle: this share of its sides, each way from the centre."""
CALM_SHARE = 0.2
"""A calm region that makes up this share of the middle is the thing, even if it goes on outside."""
MARGIN = 0.5
"""Share of a box's longer side that is looked at around it."""
LEAST_MARGIN_PX = 4
POLYGON_SLACK = 0.2
"""A rough polygon is trusted but for a rim of this share of its own half width."""
GRAIN_PX = 9
"""Fewer pixels than this are grain of the picture, not a thing to propose."""
SMALL_HOLE = 0.05
"""Holes of less than this share of a thing are chimneys and gleams, not courtyards."""

Mask = NDArray[np.bool_]
Array = NDArray[Any]
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Hint:
    """What a prompt says: masks of a rectangle of the picture, and regions that were pointed at."""

    box: Box
    sure: Mask
    never: Mask
    inside: list[int]
    outside: list[int]


def answer(tree: RegionTree, prompt: Prompt) -> tuple[Candidate, ...]:
    """Readings of a prompt, best first."""
    outside = _regions_at(tree, prompt.outside)
    inside = [region for region in _regions_at(tree, prompt.inside) if region not in outside]
    if prompt.polygon:
        hint = _polygon_hint(tree, prompt.polygon, inside, outside)
    elif prompt.box is not None:
        hint = _box_hint(tree, prompt.box, inside, outside)
    else:
        return _clicked(tree, inside, outside) if inside else ()
    return _walked(tree, hint)


def propose(tree: RegionTree) -> tuple[Instance, ...]:
    """The best union of every region that is the best one for most of its own pixels."""
    worth = _worth(tree)
    best = _best(tree, worth)
    regions = tree.regions
    votes = np.bincount(best[:regions], tree.pixels[:regions], minlength=len(best))
    found = []
    is_thing = (votes > 0.5 * tree.pixels) & (tree.pixels >= GRAIN_PX)
    for node in np.flatnonzero(is_thing):
        left, top, right, bottom = (int(value) for value in tree.box[node])
        held = np.append(tree.holds(int(node)), False)
        mask = _filled(held[tree.labels[top:bottom, left:right]])
        found.append(cut(mask, _score(float(worth[node])), top=top, left=left))
    return tuple(thing for thing in found if thing is not None)


def _worth(tree: RegionTree, nodes: Any = slice(None)) -> Array:
    """How sharply unions stand out for their size."""
    return np.asarray(_worth_of(tree.edge[nodes], tree.pixels[nodes]))


def _worth_of(edge: Any, pixels: Any) -> Any:
    size = np.log(pixels)
    return edge - SIZE_PENALTY[0] * size - SIZE_PENALTY[1] * size**2


def _score(worth: float) -> float:
    return float(1 / (1 + np.exp(-(worth - WORTH_EVEN) / WORTH_STEP)))


def _best(tree: RegionTree, worth: Array) -> Array:
    """(nodes,) the worthiest of a node and all unions that hold it."""
    best = list(range(len(worth)))
    values, parents = worth.tolist(), tree.parent.tolist()
    # A union's number is greater than its parts', so that it is settled before them.
    for node in range(len(best) - 1, -1, -1):
        above = parents[node]
        if above >= 0 and values[best[above]] >= values[node]:
            best[node] = best[above]
    return np.array(best, np.int64)


def _clicked(tree: RegionTree, inside: list[int], outside: list[int]) -> tuple[Candidate, ...]:
    """The worthiest unions around a point that hold none of those outside.

    Several points inside are first each taken alone; where that gives different things, or where
    the worthiest union would hold a point outside, a walk settles what belongs together.
    """
    alone = [_order(tree, region) for region in inside]
    tops = {order[0] for order in alone}
    is_clear = not any(_holds(tree, top, region) for top in tops for region in outside)
    if len(tops) == 1 and is_clear:
        clear = [
            node
            for node in alone[0]
            if not any(_holds(tree, node, at) for at in outside)
            and all(_holds(tree, node, at) for at in inside)
        ]
        return tuple(_reading(tree, node) for node in clear[:READINGS])
    boxes = tree.box[list(tops)].astype(float)
    (left, top), (right, bottom) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    hint = _box_hint(tree, (left, top, right, bottom), inside, outside)
    return _walked(tree, replace(hint, sure=np.zeros_like(hint.sure)))


def _order(tree: RegionTree, region: int) -> list[int]:
    """A region and the unions that hold it, the worthiest first."""
    nodes = np.array(tree.path(region))
    return [int(node) for node in nodes[np.argsort(-_worth(tree, nodes), kind="stable")]]


def _reading(tree: RegionTree, node: int) -> Candidate:
    """A union as a candidate."""
    mask = np.zeros(tree.labels.shape, bool)
    left, top, right, bottom = (int(value) for value in tree.box[node])
    held = np.append(tree.holds(node), False)
    mask[top:bottom, left:right] = _filled(held[tree.labels[top:bottom, left:right]])
    return Candidate(mask, _score(float(_worth(tree, node))))


def _box_hint(
    tree: RegionTree, box: tuple[float, float, float, float], inside: list[int], outside: list[int]
) -> _Hint:
    """Surely the thing in the middle of a box, surely not beyond it."""
    look = _around(tree, box)
    xs, ys = _centres(look)
    left, top, right, bottom = box
    across = np.abs(xs - (left + right) / 2) / max(right - left, 1e-9)
    down = np.abs(ys - (top + bottom) / 2) / max(bottom - top, 1e-9)
    sure = (across <= CORE) & (down <= CORE)
    never = (across > 0.5) | (down > 0.5)
    return _Hint(look, sure, never, inside, outside)


def _polygon_hint(
    tree: RegionTree, polygon: tuple[XY, ...], inside: list[int], outside: list[int]
) -> _Hint:
    """Surely the thing deep inside a rough outline, surely not far beyond it."""
    points = np.array(polygon, float)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    look = _around(tree, (left, top, right, bottom))
    drawn = np.zeros((look[3] - look[1], look[2] - look[0]), np.uint8)
    if not drawn.size:
        nothing = drawn.astype(bool)
        return _Hint(look, nothing, nothing, inside, outside)
    # Corners in sixteenths of a pixel, counted from the centre of the first.
    corners = np.rint((points - look[:2]) * 16 - 8).astype(np.int32)
    cv2.fillPoly(drawn, [corners], 1, shift=4)
    depth, distance = (
        cv2.distanceTransform(side, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        for side in (np.pad(drawn, 1), 1 - drawn)
    )
    rim = POLYGON_SLACK * float(depth.max())
    return _Hint(look, depth[1:-1, 1:-1] > 2 * rim, distance > rim, inside, outside)


def _walked(tree: RegionTree, hint: _Hint) -> tuple[Candidate, ...]:
    """The one thing that a walk from a hint gives."""
    ground = region_walk.patch(tree, hint.box)
    if not ground.groups:
        return ()
    inside, outside = _seeds(ground, hint)
    if not inside.any():
        return ()
    found = region_walk.divide(ground, inside, outside)
    pointed = ground.of_regions(_marked(tree, hint.inside))
    # A calm region may reach far beyond what was drawn; there it ends where the drawing ends.
    held = _spread(found, ground) & (~hint.never | _spread(pointed, ground))
    thing = _main_part(held, _spread(inside, ground))
    mask = np.zeros(tree.labels.shape, bool)
    left, top, right, bottom = hint.box
    mask[top:bottom, left:right] = _filled(thing)
    return (Candidate(mask, _sharpness(tree, mask)),)


def _spread(groups: Mask, ground: region_walk.Patch) -> Mask:
    """The pixels (row, col) of some groups."""
    return np.asarray(np.append(groups, False)[ground.group], bool)


def _seeds(ground: region_walk.Patch, hint: _Hint) -> tuple[Mask, Mask]:
    """(groups,) surely the thing; surely not."""
    share = ground.make_up(hint.sure)
    never = ground.share(hint.never) > 0.5
    sure = ((ground.share(hint.sure) > 0.5) | (share > CALM_SHARE)) & ~never
    if not sure.any() and share.any():
        sure = share == share.max()
    foes = _sides(ground, hint.outside, hint.inside)
    friends = _sides(ground, hint.inside, hint.outside)
    at = ground.of_regions(_marked(ground.tree, hint.inside))
    inside = (sure & ~foes) | (friends & ~never & ~foes) | at
    return inside, (never | foes) & ~inside


def _sides(ground: region_walk.Patch, points: list[int], against: list[int]) -> Mask:
    """(groups,) all that stands with some points: their worthiest unions without the others."""
    tree = ground.tree
    held = np.zeros(tree.regions, bool)
    for region in points:
        clear = [
            node
            for node in _order(tree, region)
            if not any(_holds(tree, node, foe) for foe in against)
        ]
        held |= tree.holds(clear[0])
    return ground.of_regions(held)


def _marked(tree: RegionTree, regions: list[int]) -> Mask:
    held = np.zeros(tree.regions, bool)
    held[regions] = True
    return held


def _sharpness(tree: RegionTree, mask: Mask) -> float:
    """The score of a mask that is no union: of the regions it holds most of."""
    seen = tree.labels >= 0
    covered = np.bincount(tree.labels[mask & seen], minlength=tree.regions)
    held = covered > 0.5 * tree.pixels[: tree.regions]
    one, other = tree.pairs.T
    border = held[one] != held[other]
    sides = tree.side_px[border]
    if not sides.sum():
        return _score(float(_worth_of(np.log(CALM), max(int(mask.sum()), 1))))
    edge = float((sides * np.log(tree.gradient[border] + CALM)).sum() / sides.sum())
    return _score(float(_worth_of(edge, max(int(mask.sum()), 1))))


def _main_part(held: Mask, sure: Mask) -> Mask:
    """The connected part of a mask with the most of what is surely the thing."""
    _number, labels = cv2.connectedComponents(held.astype(np.uint8), connectivity=4)
    votes = np.bincount(labels[held & sure], minlength=2)
    votes[0] = 0
    return np.asarray(labels == int(votes.argmax()), bool)


def _filled(mask: Mask) -> Mask:
    """A mask without its small holes."""
    framed = np.pad(~mask, 1, constant_values=True)
    number, labels, stats, _centres = cv2.connectedComponentsWithStats(
        framed.astype(np.uint8), connectivity=4
    )
    small = stats[:, cv2.CC_STAT_AREA] < SMALL_HOLE * np.count_nonzero(mask)
    small[0] = False
    small[labels[0, 0]] = False
    return mask | small[labels][1:-1, 1:-1] if number > 2 else mask


def _holds(tree: RegionTree, node: int, region: int) -> bool:
    begin = int(tree.start[node])
    return begin <= int(tree.start[region]) < begin + int(tree.leaves[node])


def _regions_at(tree: RegionTree, points: tuple[XY, ...]) -> list[int]:
    """The regions under points, each once; points outside the picture or on nodata have none."""
    rows, cols = tree.labels.shape
    places = [(int(np.floor(y)), int(np.floor(x))) for x, y in points]
    at = [tree.labels[r, c] for r, c in places if 0 <= r < rows and 0 <= c < cols]
    return list(dict.fromkeys(int(region) for region in at if region >= 0))


def _around(tree: RegionTree, box: tuple[float, float, float, float]) -> Box:
    """A box with its surroundings, within the picture; empty where it lies outside."""
    rows, cols = tree.labels.shape
    left, top, right, bottom = box
    margin = max(MARGIN * max(right - left, bottom - top), LEAST_MARGIN_PX)
    sides = np.array([left - margin, top - margin, right + margin, bottom + margin])
    low = np.clip(np.floor(sides[:2]), 0, (cols, rows)).astype(int)
    high = np.clip(np.ceil(sides[2:]), low, (cols, rows)).astype(int)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def _centres(box: Box) -> tuple[Array, Array]:
    """Pixel centres of a box: x (1, col) and y (row, 1)."""
    left, top, right, bottom = box
    return np.arange(left, right)[None] + 0.5, np.arange(top, bottom)[:, None] + 0.5
