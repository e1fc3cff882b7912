"""Connected regions of a class-code raster, found strip by strip so that memory is bounded.

Two pixels belong together when they touch at a side or a corner and carry the same code. Strip
borders leave no trace: regions are joined across them. Knows nothing of polygons or facts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from raster.area import PixelAreas
from raster.mask import NOT_OBSERVED, UNCHANGED
from raster.parallel import in_order

STRIP_ROWS = 512

CodeReader = Callable[[Window], NDArray[np.uint8]]
ScoreReader = Callable[[Window], NDArray[np.float32]]
Array = NDArray[Any]


@dataclass(frozen=True)
class Components:
    """The connected regions of one raster; entry `i` of every array is region `i + 1`.

    Attributes:
        code: (n,) uint8 class code.
        pixels: (n,) int64 number of pixels.
        area_m2: (n,) float64 sum of the ellipsoidal areas of the pixels.
        score: (n,) float64 mean score.
        row: (n,) float64 mean pixel row (pixel centres at whole numbers).
        col: (n,) float64 mean pixel column.
        top: (n,) int64 first row; with `left`, `bottom`, `right` the half-open bounding box.
        left: (n,) int64 first column.
        bottom: (n,) int64 row after the last.
        right: (n,) int64 column after the last.
        provisional: (m + 1,) int32 map from strip-wise numbers to region numbers, 0 for none.
        bases: strip top row -> first provisional number of the strip minus one.
        shape: rows, columns of the raster.
    """

    code: NDArray[np.uint8]
    pixels: NDArray[np.int64]
    area_m2: NDArray[np.float64]
    score: NDArray[np.float64]
    row: NDArray[np.float64]
    col: NDArray[np.float64]
    top: NDArray[np.int64]
    left: NDArray[np.int64]
    bottom: NDArray[np.int64]
    right: NDArray[np.int64]
    provisional: NDArray[np.int32]
    bases: dict[int, int]
    shape: tuple[int, int]

    def __len__(self) -> int:
        """How many regions there are."""
        return len(self.code)

    def strips(self) -> Iterator[Window]:
        """The windows of full width the raster was labelled in."""
        return _strips(self.shape)

    def labels(self, strip: Window, codes: NDArray[np.uint8]) -> NDArray[np.int32]:
        """Region number (row, col) of every pixel of one of `strips`, 0 for none.

        `codes` are the class codes of that strip, as they were when the regions were found.
        """
        local = _label_strip(codes)[0]
        base = self.bases[int(strip.row_off)]
        return self.provisional[np.where(local > 0, local + base, 0)]

    def keep(self, chosen: NDArray[np.bool_]) -> "Components":
        """Only the regions where `chosen` (n,) is true, renumbered; the others become 0."""
        number = np.zeros(len(self) + 1, np.int32)
        number[1:][chosen] = np.arange(1, np.count_nonzero(chosen) + 1)
        arrays = {name: getattr(self, name)[chosen] for name in _MEASURES}
        return replace(self, provisional=number[self.provisional], **arrays)


_MEASURES = ("code", "pixels", "area_m2", "score", "row", "col", "top", "left", "bottom", "right")


def label(read_codes: CodeReader, read_scores: ScoreReader, areas: PixelAreas) -> Components:
    """The 8-connected regions of a class-code raster, numbered from top to bottom.

    Args:
        read_codes: gives the class codes (row, col) of a window; 0 and 255 belong to no region.
        read_scores: gives the scores of the same window.
        areas: ground area of each pixel; also tells the shape of the raster.
    """
    shape = areas.grid.shape
    scan = partial(_scan, read_codes=read_codes, read_scores=read_scores, areas=areas)
    parts: list[_Part] = []
    edges: list[NDArray[np.int64]] = []
    bases: dict[int, int] = {}
    base = 0
    above: _Row | None = None
    for strip, part, first, last in in_order(scan, _strips(shape)):
        bases[int(strip.row_off)] = base
        if part is not None:
            parts.append(part)
        if above is not None:
            edges.append(_touching(above, first.shifted(base)))
        above = last.shifted(base)
        base += 0 if part is None else len(part.code)
    return _join(parts, edges, bases, base, shape)


@dataclass(frozen=True)
class _Row:
    """Codes and provisional numbers (col,) of the first or last row of a strip."""

    codes: Array
    numbers: Array

    def shifted(self, base: int) -> "_Row":
        """Numbers that are unique over all strips."""
        return _Row(self.codes, np.where(self.numbers > 0, self.numbers.astype(np.int64) + base, 0))


@dataclass(frozen=True)
class _Part:
    """Sums over the provisional regions of one strip (n each)."""

    code: Array
    pixels: Array
    area_m2: Array
    score_sum: Array
    row_sum: Array
    col_sum: Array
    top: Array
    left: Array
    bottom: Array
    right: Array


def _strips(shape: tuple[int, int]) -> Iterator[Window]:
    for top in range(0, shape[0], STRIP_ROWS):
        yield Window(0, top, shape[1], min(STRIP_ROWS, shape[0] - top))


def _label_strip(codes: NDArray[np.uint8]) -> tuple[NDArray[np.int32], int]:
    """Numbers 1..n of the regions within one strip, each class labelled by itself."""
    present = np.flatnonzero(np.bincount(codes.ravel(), minlength=256))
    labels = np.zeros(codes.shape, np.int32)
    total = 0
    for code in present:
        if code in {UNCHANGED, NOT_OBSERVED}:
            continue
        is_class = (codes == code).view(np.uint8)
        found, of_class = cv2.connectedComponents(is_class, connectivity=8, ltype=cv2.CV_32S)
        np.add(of_class, total, out=labels, where=of_class > 0)
        total += found - 1
    return labels, total


def _scan(
    strip: Window, *, read_codes: CodeReader, read_scores: ScoreReader, areas: PixelAreas
) -> tuple[Window, _Part | None, _Row, _Row]:
    """The regions of one strip, and its first and last row."""
    codes = read_codes(strip)
    local, count = _label_strip(codes)
    part = _measure(strip, codes, local, read_scores(strip), areas) if count else None
    # Copies, so that the whole strip is not kept alive by two of its rows.
    first, last = (_Row(codes[at].copy(), local[at].copy()) for at in (0, -1))
    return strip, part, first, last


def _measure(strip: Window, codes: Array, local: Array, scores: Array, areas: PixelAreas) -> _Part:
    rows, cols = np.divmod(np.flatnonzero(local), local.shape[1])
    index = local[rows, cols] - 1
    count = int(index.max()) + 1

    def total(weights: Array) -> Array:
        return np.bincount(index, weights, minlength=count)

    code = np.zeros(count, np.uint8)
    code[index] = codes[rows, cols]
    top, left = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).max)
    bottom, right = np.zeros(count, np.int64), np.zeros(count, np.int64)
    on_raster = rows + int(strip.row_off)
    np.minimum.at(top, index, on_raster)
    np.minimum.at(left, index, cols)
    np.maximum.at(bottom, index, on_raster + 1)
    np.maximum.at(right, index, cols + 1)
    pixels = np.bincount(index, minlength=count)
    score_sum = total(np.nan_to_num(scores[rows, cols]))
    sums = total(areas.at(on_raster, cols)), score_sum, total(on_raster), total(cols)
    return _Part(code, pixels, *sums, top, left, bottom, right)


def _touching(above: _Row, below: _Row) -> NDArray[np.int64]:
    """Pairs (2, m) of provisional numbers that touch across a strip border and share a code."""
    upper_codes, upper, lower_codes, lower = above.codes, above.numbers, below.codes, below.numbers
    width = len(upper)
    pairs = []
    for shift in (-1, 0, 1):
        low = slice(max(shift, 0), width + min(shift, 0))
        high = slice(max(-shift, 0), width + min(-shift, 0))
        same = (upper[low] > 0) & (lower[high] > 0) & (upper_codes[low] == lower_codes[high])
        pairs.append(np.stack([upper[low][same], lower[high][same]]))
    return np.concatenate(pairs, axis=1)


def _join(
    parts: list[_Part],
    edges: list[NDArray[np.int64]],
    bases: dict[int, int],
    total: int,
    shape: tuple[int, int],
) -> Components:
    """Merge the provisional regions that touch and add up their sums."""
    links = np.concatenate([np.zeros((2, 0), np.int64), *edges], axis=1) - 1
    graph = coo_array((np.ones(links.shape[1], np.int8), (links[0], links[1])), (total, total))
    count, group = connected_components(graph, directed=False) if total else (0, np.zeros(0, int))
    provisional = np.concatenate([[0], group + 1]).astype(np.int32)

    def column(name: str) -> Array:
        return np.concatenate([np.zeros(0), *(getattr(part, name) for part in parts)])

    def total_of(name: str) -> NDArray[np.float64]:
        return np.bincount(group, column(name), minlength=count).astype(np.float64)

    def extreme(name: str, reduce: np.ufunc, start: int) -> NDArray[np.int64]:
        out = np.full(count, start, np.int64)
        reduce.at(out, group, column(name).astype(np.int64))
        return out

    code = np.zeros(count, np.uint8)
    code[group] = column("code").astype(np.uint8)
    pixels = total_of("pixels")
    each = np.maximum(pixels, 1)
    return Components(
        code=code,
        pixels=pixels.astype(np.int64),
        area_m2=total_of("area_m2"),
        score=total_of("score_sum") / each,
        row=total_of("row_sum") / each,
        col=total_of("col_sum") / each,
        top=extreme("top", np.minimum, shape[0]),
        left=extreme("left", np.minimum, shape[1]),
        bottom=extreme("bottom", np.maximum, 0),
        right=extreme("right", np.maximum, 0),
        provisional=provisional,
        bases=bases,
        shape=shape,
    )
