"""Compares things of two dates by what Segment Anything sees in them: bitemporal latent matching.

A thing outlined at either date has changed as far as its mean features of both dates point in
different directions. After Zheng et al. 2024, "Segment Any Change", NeurIPS, arXiv:2402.01188,
written anew. Knows nothing of prompts or of how things were outlined.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from raster.instances import Instance

Floats = NDArray[np.float32]
ALIKE_DEG = 60.0
"""Things whose features lie within this angle are of one kind (the authors' setting)."""
SIZE_RATIO = 4.0
"""Things of one kind are at most this many times as large or as small (the authors' setting)."""


@dataclass(frozen=True)
class Seen:
    """One date of a square: its features, and the things outlined in it.

    Attributes:
        features: (channel, row, col), coarser than the square, before the encoder's last scaling.
        things: in pixels of the square.
    """

    features: Floats
    things: tuple[Instance, ...]


@dataclass(frozen=True)
class Query:
    """A thing somebody pointed at: changes of things like it are wanted.

    Attributes:
        features: (channel,) its mean features.
        pixels: its size.
    """

    features: Floats
    pixels: int

    def matches(self, features: Floats, pixels: int) -> bool:
        """Whether a thing with such features is of the same kind and of similar size."""
        is_alike = angle_deg(self.features, features) <= ALIKE_DEG
        return is_alike and self.pixels / SIZE_RATIO < pixels < self.pixels * SIZE_RATIO


def angles(
    pre: Seen,
    post: Seen,
    shape: tuple[int, int],
    *,
    most_share: float,
    queries: Sequence[Query] = (),
) -> Floats:
    """Largest angle in degrees (row, col) of all things that cover a pixel; 0 where none does.

    Args:
        pre: the earlier date.
        post: the later date.
        shape: rows and columns of the square.
        most_share: things larger than this share of the square are taken for ground.
        queries: only things like one of these count, at the date they were outlined at; none: all.
    """
    found = np.zeros(shape, np.float32)
    for own, other in ((pre, post), (post, pre)):
        for thing in own.things:
            if thing.pixels > most_share * found.size:
                continue
            features = mean_features(own.features, thing, shape)
            if queries and not any(one.matches(features, thing.pixels) for one in queries):
                continue
            angle = angle_deg(features, mean_features(other.features, thing, shape))
            part = found[thing.window.toslices()]
            part[thing.mask] = np.maximum(part[thing.mask], np.float32(angle))
    return found


def mean_features(features: Floats, thing: Instance, shape: tuple[int, int]) -> Floats:
    """Mean features (channel,) of a thing; each cell counts as far as the thing covers it."""
    whole = np.zeros(shape, np.float32)
    whole[thing.window.toslices()] = thing.mask
    rows, cols = features.shape[1:]
    weights = cv2.resize(whole, (cols, rows), interpolation=cv2.INTER_AREA)
    # A thing with a pixel has a weight: cells are whole multiples of pixels.
    return np.asarray((features * weights).sum((1, 2)) / weights.sum(), np.float32)


def things_at(
    pre: Seen, post: Seen, shape: tuple[int, int], *, row: int, col: int, most_share: float
) -> list[tuple[float, Query]]:
    """Every thing of either date at a place, the smallest first: its angle, and it as a query.

    Args:
        pre: the earlier date.
        post: the later date.
        shape: rows and columns of the square.
        row: of the place in the square.
        col: likewise.
        most_share: things larger than this share of the square are taken for ground.
    """
    found = []
    for own, other in ((pre, post), (post, pre)):
        for thing in own.things:
            if thing.pixels > most_share * shape[0] * shape[1] or not _covers(thing, row, col):
                continue
            features = mean_features(own.features, thing, shape)
            angle = angle_deg(features, mean_features(other.features, thing, shape))
            found.append((angle, Query(features, thing.pixels)))
    return sorted(found, key=lambda one: one[1].pixels)


def angle_deg(one: Floats, two: Floats) -> float:
    """Angle between two vectors; 0 for equal ones, to the last bit."""
    if np.array_equal(one, two):
        return 0.0
    a, b = one.astype(np.float64), two.astype(np.float64)
    length = np.linalg.norm(a) * np.linalg.norm(b)
    return float(np.degrees(np.arccos(np.clip(a @ b / length, -1, 1)))) if length > 0 else 0.0


def unscaled(
    features: NDArray[np.floating], weight: Sequence[float], bias: Sequence[float]
) -> Floats:
    """Features (channel, row, col) before the encoder's last scaling, which favours some channels.

    Args:
        features: what the encoder gives.
        weight: (channel,) of its last normalisation.
        bias: likewise.
    """
    scale, offset = (np.asarray(one, np.float32)[:, None, None] for one in (weight, bias))
    return np.asarray((features.astype(np.float32) - offset) / scale, np.float32)


def _covers(thing: Instance, row: int, col: int) -> bool:
    rows, cols = thing.mask.shape
    inside = 0 <= row - thing.top < rows and 0 <= col - thing.left < cols
    return inside and bool(thing.mask[row - thing.top, col - thing.left])
