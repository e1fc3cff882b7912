"""Cutting a grid into tiles with a core and a halo, and taking the core back out.

Pure arithmetic on windows; knows nothing of pixels.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window


@dataclass(frozen=True)
class Tile:
    """One inference unit.

    Attributes:
        core: the pixels this tile answers for; cores cover the grid once.
        outer: core plus halo, clipped to the grid; what is read and predicted.
    """

    core: Window
    outer: Window

    @property
    def inner(self) -> tuple[slice, slice]:
        """Rows and columns of the core within `outer`."""
        top = int(self.core.row_off - self.outer.row_off)
        left = int(self.core.col_off - self.outer.col_off)
        return (
            slice(top, top + int(self.core.height)),
            slice(left, left + int(self.core.width)),
        )

    def trim(self, outer: NDArray[Any]) -> NDArray[Any]:
        """The core part of an array (..., row, col) that covers `outer`."""
        return outer[..., *self.inner]


def tiles(shape: tuple[int, int], *, core_px: int, halo_px: int) -> Iterator[Tile]:
    """Tiles in row-major order; edge tiles are smaller, none is dropped.

    Raises:
        ValueError: the core is not positive or the halo is negative.
    """
    if core_px < 1 or halo_px < 0:
        msg = f"core_px must be at least 1 and halo_px at least 0, got {core_px!r} and {halo_px!r}"
        raise ValueError(msg)
    height, width = shape
    for top in range(0, height, core_px):
        for left in range(0, width, core_px):
            core = Window(left, top, min(core_px, width - left), min(core_px, height - top))
            yield Tile(core, grow(core, halo_px, shape))


def grow(window: Window, margin_px: int, shape: tuple[int, int]) -> Window:
    """The window widened by a margin on every side, clipped to (rows, cols)."""
    top = max(int(window.row_off) - margin_px, 0)
    left = max(int(window.col_off) - margin_px, 0)
    bottom = min(int(window.row_off + window.height) + margin_px, shape[0])
    right = min(int(window.col_off + window.width) + margin_px, shape[1])
    return Window(left, top, right - left, bottom - top)


def count(shape: tuple[int, int], *, core_px: int) -> int:
    """How many tiles `tiles` yields."""
    return int(np.ceil(shape[0] / core_px) * np.ceil(shape[1] / core_px))


def spread(shape: tuple[int, int], *, block_px: int, max_blocks: int) -> list[Window]:
    """At most `max_blocks` square windows, evenly spread, without overlap.

    A grid that `max_blocks` windows would cover is returned as one window, so that a small scene
    is sampled whole.
    """
    height, width = shape
    if height * width <= block_px * block_px * max_blocks:
        return [Window(0, 0, width, height)]
    rows, cols = _lattice(height, width, block_px, max_blocks)
    tops = _offsets(height, rows, block_px)
    lefts = _offsets(width, cols, block_px)
    return [
        Window(left, top, min(block_px, width), min(block_px, height))
        for top in tops
        for left in lefts
    ]


def _lattice(height: int, width: int, block_px: int, max_blocks: int) -> tuple[int, int]:
    """Rows and columns of blocks with the aspect of the grid, at most `max_blocks` together."""
    most_rows, most_cols = max(height // block_px, 1), max(width // block_px, 1)
    rows = int(np.clip(np.sqrt(max_blocks * height / width), 1, most_rows))
    cols = int(np.clip(max_blocks // rows, 1, most_cols))
    return int(np.clip(max_blocks // cols, 1, most_rows)), cols


def _offsets(length: int, parts: int, block_px: int) -> list[int]:
    """Starts of `parts` blocks, each in the middle of its share of the length."""
    share = length / parts
    return [max(int(share * part + (share - block_px) / 2), 0) for part in range(parts)]
