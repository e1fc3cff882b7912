"""Takes touching things apart: where a shape narrows, or where the model doubts that it is one.

Two things are held apart by a neck, not by a line: nothing here knows what the things are.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.segmentation import watershed

from raster.instances import Instance, cut

NECK_RATIO = 0.75
"""A neck narrower than this share of the narrower part separates two things.

Two equal disks of 12 px or more part when their centres lie 1.5 radii apart, and stay together at
1.3; a rectangle is never cut.
"""
HEIGHTS = (0.0, 0.4, 0.8)
"""Where between the threshold and 1 the interior is cut to see gaps that are shallow, not empty."""
RIPPLE_PX = 0.75
"""Dents of a distance map lower than this come from the pixel grid, not from the shape."""

Floats = NDArray[np.float32]
Labels = NDArray[np.int32]


def split(
    inside: Floats,
    *,
    threshold: float = 0.5,
    min_area_px: int = 1,
    neck_ratio: float = NECK_RATIO,
    heights: tuple[float, ...] = HEIGHTS,
) -> tuple[Instance, ...]:
    """The things of an interior map, touching ones apart; none overlaps another.

    Together they are exactly the pixels above the threshold, less connected patches smaller than
    `min_area_px`; a piece that a cut would leave smaller than that stays with its neighbour.

    Args:
        inside: (row, col) 0..1, how likely a pixel is the inside of a thing; NaN is not observed.
        threshold: a thing's pixels are above it.
        min_area_px: smallest thing.
        neck_ratio: see `NECK_RATIO`; 0 never cuts, 1 cuts at every dent.
        heights: see `HEIGHTS`; `(0.0,)` looks at the outline alone.
    """
    observed = np.nan_to_num(inside, nan=0.0)
    number, labels, stats, _centres = cv2.connectedComponentsWithStats(
        (observed > threshold).astype(np.uint8), connectivity=4, ltype=cv2.CV_32S
    )
    found: list[Instance] = []
    for label in range(1, number):
        left, top, width, height, pixels = (int(value) for value in stats[label])
        if pixels < min_area_px:
            continue
        at = slice(top, top + height), slice(left, left + width)
        patch = labels[at] == label
        levels = [threshold + height * (1 - threshold) for height in heights]
        parts = _parts(_relief(np.where(patch, observed[at], 0), levels), patch)
        parts.merge_necks(neck_ratio)
        parts.merge_small(min_area_px)
        found += _instances(parts.labels(), observed[at], top, left)
    return tuple(found)


def _relief(inside: Floats, levels: list[float]) -> Floats:
    """Distance in px to the outside, averaged over cuts of the interior at several levels."""
    total = np.zeros(inside.shape, np.float32)
    for level in levels:
        above = (inside > level).astype(np.uint8)
        framed = cv2.copyMakeBorder(above, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
        total += cv2.distanceTransform(framed, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[1:-1, 1:-1]
    return total / np.float32(len(levels))


@dataclass
class _Parts:
    """Basins of a relief and how they hang together; joined step by step.

    Attributes:
        basins: (row, col) 1..n, 0 outside.
        owner: (n + 1,) the part that a basin belongs to now.
        crest: (n + 1,) greatest relief of each part.
        pixels: (n + 1,) size of each part.
        saddles: greatest relief on the border of two parts, by their sorted numbers.
    """

    basins: Labels
    owner: NDArray[np.int64]
    crest: NDArray[np.float64]
    pixels: NDArray[np.int64]
    saddles: dict[tuple[int, int], float]

    def merge_necks(self, neck_ratio: float) -> None:
        """Join the parts whose neck is the widest for their size, until only true necks remain."""
        while self.saddles:
            pair = max(self.saddles, key=self._width)
            if self._width(pair) < neck_ratio:
                return
            self._join(*pair)

    def merge_small(self, min_area_px: int) -> None:
        """Join every part that is too small with the neighbour it is joined to most widely."""
        while self.saddles:
            small = min(self._living(), key=lambda part: int(self.pixels[part]))
            if self.pixels[small] >= min_area_px:
                return
            touching = [pair for pair in self.saddles if small in pair]
            self._join(*max(touching, key=lambda pair: self.saddles[pair]))

    def labels(self) -> Labels:
        """(row, col) numbers 1..m of the parts, without gaps."""
        number = np.zeros(len(self.owner), np.int32)
        for index, part in enumerate(self._living(), start=1):
            number[part] = index
        return number[self.owner][self.basins]

    def _living(self) -> list[int]:
        return [part for part in range(1, len(self.owner)) if self.owner[part] == part]

    def _width(self, pair: tuple[int, int]) -> float:
        """Width of the neck as a share of the narrower part."""
        narrower = min(self.crest[pair[0]], self.crest[pair[1]])
        return float(self.saddles[pair] / max(narrower - RIPPLE_PX, 1e-6))

    def _join(self, kept: int, gone: int) -> None:
        self.owner[self.owner == gone] = kept
        self.crest[kept] = max(self.crest[kept], self.crest[gone])
        self.pixels[kept] += self.pixels[gone]
        for pair in [pair for pair in self.saddles if gone in pair]:
            height = self.saddles.pop(pair)
            other = pair[0] if pair[1] == gone else pair[1]
            if other != kept:
                key = (min(kept, other), max(kept, other))
                self.saddles[key] = max(height, self.saddles.get(key, 0.0))


def _parts(relief: Floats, patch: NDArray[np.bool_]) -> _Parts:
    """Basins around every crest of the relief of one connected patch."""
    crest = patch & (relief > 0) & (relief >= cv2.dilate(relief, np.ones((3, 3), np.uint8)))
    _number, markers = cv2.connectedComponents(crest.astype(np.uint8), connectivity=8)
    basins = np.asarray(watershed(-relief, markers, mask=patch), np.int32)
    size = int(basins.max()) + 1
    heights = np.zeros(size)
    np.maximum.at(heights, basins.ravel(), relief.ravel())
    pixels = np.bincount(basins.ravel(), minlength=size).astype(np.int64)
    return _Parts(basins, np.arange(size), heights, pixels, _saddles(basins, relief))


def _saddles(basins: Labels, relief: Floats) -> dict[tuple[int, int], float]:
    """The highest pass between every two basins that share a side."""
    found: dict[tuple[int, int], float] = {}
    for one, other in _sides():
        here, there = basins[one], basins[other]
        meet = (here != there) & (here > 0) & (there > 0)
        low = np.minimum(here[meet], there[meet])
        high = np.maximum(here[meet], there[meet])
        passes = np.minimum(relief[one][meet], relief[other][meet])
        for first, second, height in zip(low, high, passes, strict=True):
            key = (int(first), int(second))
            found[key] = max(float(height), found.get(key, 0.0))
    return found


def _sides() -> tuple[tuple[Any, Any], ...]:
    """Every pixel and its right neighbour; every pixel and the one below."""
    everything = slice(None)
    return (
        ((everything, slice(None, -1)), (everything, slice(1, None))),
        ((slice(None, -1), everything), (slice(1, None), everything)),
    )


def _instances(labels: Labels, inside: Floats, top: int, left: int) -> list[Instance]:
    """One instance a number, with its mean interior as the score."""
    found = []
    for number in range(1, int(labels.max()) + 1):
        mask = labels == number
        thing = cut(mask, float(inside[mask].mean()), top=top, left=left)
        if thing is not None:
            found.append(thing)
    return found
