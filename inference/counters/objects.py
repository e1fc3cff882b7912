"""Counts everything a segmenter takes for a thing, whatever it is, within the sizes asked for.

The automatic mode of the learned segmenter, or of the one without weights. Knows nothing of dates,
CRS or files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from inference.counters.base import Card, Ground, Sighting, Wanted
from progress import Watcher
from raster.instances import Instance, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inference.segmenter_registry import Loaded

CARD = Card(
    name="objects",
    title="Everything in sight",
    thing="object",
    things="objects",
    summary="Outlines every distinct thing of the sizes asked for, without naming it.",
    source="Automatic mode in the manner of Segment Anything (Kirillov et al. 2023)",
    gsd_range_m=(0.2, 100.0),
    area_range_m2=(10.0, 20_000.0),
    limits=(
        "What counts as one thing is the model's choice and may differ between the dates.",
        "Slow: every part of the area is asked many times.",
    ),
)

PREFERRED = ("clicknet", "graph")
LEVELS = 255


def load(device: str) -> Loaded:
    """The segmenter that does the work: the learned one where its weights are here.

    Raises:
        ModelError: no segmenter can run here.
    """
    from inference import segmenter_registry

    able = {entry.name for entry in segmenter_registry.available() if entry.is_available}
    name = next((name for name in PREFERRED if name in able), PREFERRED[-1])
    return segmenter_registry.load(name, device)


def find(model: Loaded, ground: Ground, wanted: Wanted, watcher: Watcher) -> Sighting:
    """All things of the sizes wanted, whole and once; their scores are the support.

    Raises:
        OutOfDeviceMemoryError: the graphics card has too little memory.
        CancelledError: the watcher asked to stop.
    """
    from inference.segmentation.automatic import everything

    proposed = everything(
        model.segmenter,
        model.model,
        ground.read,
        ground.grid,
        ground.grid.window,
        min_area_m2=wanted.min_area_m2,
        max_area_m2=wanted.max_area_m2,
        watcher=watcher,
    )
    things = tuple(_observed(proposed, ground, wanted))
    support = np.zeros(ground.grid.shape, np.uint8)
    for thing in sorted(things, key=lambda thing: thing.score):
        support[thing.window.toslices()][thing.mask] = round(LEVELS * thing.score)
    return Sighting(things, support)


def _observed(things: Iterable[Instance], ground: Ground, wanted: Wanted) -> Iterator[Instance]:
    """What was observed of things, where that still has a size wanted: a model draws over gaps."""
    pixel_m2 = ground.grid.gsd_m**2
    for thing in things:
        valid = ground.read(thing.window).valid
        seen = cut(thing.mask & valid, thing.score, top=thing.top, left=thing.left)
        if seen and wanted.min_area_m2 <= seen.pixels * pixel_m2 <= wanted.max_area_m2:
            yield seen
