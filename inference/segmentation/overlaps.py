"""Which of many overlapping readings are things, so that every pixel belongs to one at most.

Knows nothing of where the readings come from, nor of metres.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely import STRtree
from shapely.geometry import Polygon, box

from raster.instances import Instance, cut

FREE_SHARE = 0.5
"""A thing must own at least this share of what it was seen as."""
SAME = 0.5
"""Two views show one thing when they agree to this IoU where both could see."""

Mask = NDArray[np.bool_]


def settle(
    things: Sequence[Instance], *, least_px: float = 1, most_px: float = float("inf")
) -> tuple[Instance, ...]:
    """Things that do not overlap, chosen surest first.

    A thing is taken if at least half of it does not yet belong to a surer one, and keeps the
    largest connected part of what is free. So of two readings of one thing the surer stays; a
    dormer less sure than its roof goes, a pool surer than its lawn stays and is cut out of it, and
    a block of houses goes when the houses in it are surer and cover most of it.

    Args:
        things: on one grid; they may overlap.
        least_px: things of fewer pixels are not taken.
        most_px: nor are those of more.
    """
    if not things:
        return ()
    left, top, right, bottom = _extent(things)
    taken = np.zeros((bottom - top, right - left), bool)
    chosen = []
    for thing in sorted(things, key=_surest_first):
        if not least_px <= thing.pixels <= most_px:
            continue
        row, col = thing.top - top, thing.left - left
        claimed = taken[row : row + thing.mask.shape[0], col : col + thing.mask.shape[1]]
        free = _largest_part(thing.mask & ~claimed)
        pixels = np.count_nonzero(free)
        if pixels >= max(FREE_SHARE * thing.pixels, least_px, 1):
            claimed |= free
            chosen.append(cut(free, thing.score, top=thing.top, left=thing.left))
    return tuple(thing for thing in chosen if thing is not None)


def belonging(pieces: Sequence[Instance], seen: Sequence[Window]) -> tuple[tuple[int, ...], ...]:
    """Which pieces are parts of one thing: they agree wherever both of their windows looked.

    Args:
        pieces: on one grid.
        seen: the window each piece was seen in.

    Returns:
        Positions in `pieces`, every one in exactly one group.
    """
    pairs = [
        (one, other)
        for one, other in _close(pieces, pieces)
        if one < other and _agree(pieces[one], pieces[other], seen[one], seen[other])
    ]
    count = len(pieces)
    ends = np.array(pairs, int).reshape(-1, 2).T
    graph = coo_array((np.ones(ends.shape[1]), (ends[0], ends[1])), shape=(count, count))
    number, group = connected_components(graph, directed=False) if count else (0, np.zeros(0, int))
    return tuple(tuple(np.flatnonzero(group == one).tolist()) for one in range(number))


def union(things: Sequence[Instance]) -> Instance:
    """One thing made of several, its score their mean by size."""
    left, top, right, bottom = _extent(things)
    mask = np.zeros((bottom - top, right - left), bool)
    for thing in things:
        paint(mask, thing, (top, left))
    pixels = [thing.pixels for thing in things]
    score = float(np.average([thing.score for thing in things], weights=pixels))
    return Instance(top, left, mask, score)


def paint(canvas: Mask, thing: Instance, origin: tuple[int, int]) -> None:
    """Set a thing's pixels on a canvas (row, col) that begins at a row and column of the grid."""
    place = Window(origin[1], origin[0], canvas.shape[1], canvas.shape[0])
    shared = _meeting(thing.window, place)
    if shared is not None:
        row, col = int(shared.row_off) - origin[0], int(shared.col_off) - origin[1]
        target = canvas[row : row + int(shared.height), col : col + int(shared.width)]
        target |= _part(thing, shared)


def held(pieces: Sequence[Instance], things: Sequence[Instance], share: float) -> Mask:
    """(pieces, things) whether at least that share of a piece belongs to a thing."""
    found = np.zeros((len(pieces), len(things)), bool)
    for piece, thing in _close(pieces, things):
        found[piece, thing] = _within(pieces[piece], things[thing]) >= share
    return found


def _within(thing: Instance, other: Instance) -> float:
    """The share of a thing's pixels that belong to another as well."""
    return _common(thing, other, _meeting(thing.window, other.window)) / max(thing.pixels, 1)


def _close(some: Sequence[Instance], others: Sequence[Instance]) -> list[tuple[int, int]]:
    """Pairs of positions whose boxes touch."""
    if not some or not others:
        return []
    tree = STRtree([_outline(thing) for thing in others])
    pairs = tree.query([_outline(thing) for thing in some])
    return [(int(one), int(other)) for one, other in pairs.T]


def _outline(thing: Instance) -> Polygon:
    rows, cols = thing.mask.shape
    return box(thing.left, thing.top, thing.left + cols, thing.top + rows)


def _surest_first(thing: Instance) -> tuple[float, int, int, int]:
    """Order of claims; ties are settled by size and place, so that results repeat."""
    return -thing.score, -thing.pixels, thing.top, thing.left


def _extent(things: Sequence[Instance]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of all."""
    return (
        min(thing.left for thing in things),
        min(thing.top for thing in things),
        max(thing.left + thing.mask.shape[1] for thing in things),
        max(thing.top + thing.mask.shape[0] for thing in things),
    )


def _largest_part(mask: Mask) -> Mask:
    """The largest connected part of a mask."""
    number, labels, stats, _centres = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=4
    )
    if number <= 2:
        return mask
    return np.asarray(labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()), bool)


def _agree(one: Instance, other: Instance, seen: Window, seen_other: Window) -> bool:
    both = _meeting(seen, seen_other)
    if seen == seen_other or both is None:
        return False
    common = _common(one, other, both)
    either = _part(one, both).sum() + _part(other, both).sum() - common
    return common > 0 and common >= SAME * either


def _meeting(one: Window, other: Window) -> Window | None:
    """The rectangle two windows share."""
    left, top = max(one.col_off, other.col_off), max(one.row_off, other.row_off)
    right = min(one.col_off + one.width, other.col_off + other.width)
    bottom = min(one.row_off + one.height, other.row_off + other.height)
    return Window(left, top, right - left, bottom - top) if right > left and bottom > top else None


def _common(one: Instance, other: Instance, place: Window | None) -> int:
    """How many pixels of a rectangle belong to both."""
    for thing in (one, other):
        place = None if place is None else _meeting(thing.window, place)
    if place is None:
        return 0
    return int(np.count_nonzero(_part(one, place) & _part(other, place)))


def _part(thing: Instance, place: Window) -> Mask:
    """The mask of a thing inside a rectangle, as far as the thing's own box reaches."""
    top, left = place.row_off - thing.top, place.col_off - thing.left
    return thing.mask[
        max(top, 0) : max(top + place.height, 0), max(left, 0) : max(left + place.width, 0)
    ]
