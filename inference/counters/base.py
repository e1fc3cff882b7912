"""What every counter is: a card and a function that finds the things of one kind in one image.

Knows nothing of dates, CRS or files; counters do not know each other.

A counter is a module `inference/counters/<name>.py` that defines

    CARD: Card
    def load(device: str) -> Any
    def find(model, ground: Ground, wanted: Wanted, watcher: Watcher) -> Sighting
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from progress import Watcher
from raster.chip import Chip
from raster.findings import Finding
from raster.grid import Grid
from raster.instances import Instance


@dataclass(frozen=True)
class Card:
    """What a counter finds and needs; shown to users.

    Attributes:
        name: module name.
        title: name for people.
        thing: what one object is called, e.g. `building`.
        things: the same in the plural.
        summary: one or two sentences.
        source: paper or project the method comes from.
        gsd_range_m: chips are read at a GSD within this range.
        area_range_m2: smallest and largest thing looked for unless the user says otherwise.
        sure_score: a thing that only one date shows is believed from this score on.
        needs_examples: whether the user has to box examples.
        weights: name in the weights manifest, or None.
        limits: plain sentences on where it fails.
    """

    name: str
    title: str
    thing: str
    things: str
    summary: str
    source: str
    gsd_range_m: tuple[float, float]
    area_range_m2: tuple[float, float]
    sure_score: float = 0.0
    needs_examples: bool = False
    weights: str | None = None
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ground:
    """One image to look for things in.

    Attributes:
        grid: working grid; every instance lies on it.
        read: gives the chip of a window of the grid, which may reach outside (not valid there).
    """

    grid: Grid
    read: Callable[[Window], Chip]


@dataclass(frozen=True)
class Example:
    """A thing the user boxed.

    Attributes:
        window: the box on the working grid.
        chip: what was seen in it and around it, from the image it was boxed on.
        inner: the box within the chip: left, top, right, bottom in pixels.
    """

    window: Window
    chip: Chip
    inner: tuple[float, float, float, float]


@dataclass(frozen=True)
class Wanted:
    """What to look for.

    Attributes:
        min_area_m2: smallest thing.
        max_area_m2: largest thing.
        examples: boxed things, for counters that need them.
        similarity: how like the examples a thing must be, 0..1.
    """

    min_area_m2: float
    max_area_m2: float
    examples: tuple[Example, ...] = ()
    similarity: float = 0.5


@dataclass(frozen=True)
class Sighting:
    """What was found in one image.

    Attributes:
        instances: the things, in no order; none overlaps another.
        support: (row, col) uint8, 0..255: how much each pixel of the working grid looks like such
            a thing; lets another date be asked about a place where nothing was found there.
        notes: what the user must know about this look.
    """

    instances: tuple[Instance, ...]
    support: NDArray[np.uint8]
    notes: tuple[Finding, ...] = ()


class Counter(Protocol):
    """The module of one counter."""

    CARD: Card

    def load(self, device: str) -> Any:
        """The model on a device.

        Raises:
            ModelError: weights are missing or damaged, or a package is not installed.
        """

    def find(self, model: Any, ground: Ground, wanted: Wanted, watcher: Watcher) -> Sighting:
        """All things of the kind, whole: never cut by a tile, never found twice.

        Raises:
            CancelledError: the watcher asked to stop.
        """
