"""A counter for tests: everything bright is a thing, unless it is too small or too large."""

import numpy as np
from scipy import ndimage

from inference.counter_registry import Loaded
from inference.counters.base import Card, Ground, Sighting, Wanted
from raster.instances import cut

BRIGHT = 245
CARD = Card(
    name="bright",
    title="Bright things",
    thing="bright thing",
    things="bright things",
    summary="Finds bright things.",
    source="tests",
    gsd_range_m=(0.5, 2.0),
    area_range_m2=(4.0, 10_000.0),
)


def load(device):
    return device


def find(model, ground: Ground, wanted: Wanted, watcher) -> Sighting:
    watcher.step(0.0, "Looking")
    chip = ground.read(ground.grid.window)
    level = np.where(chip.valid, chip.image.min(axis=0), 0).astype(np.uint8)
    labels, number = ndimage.label(level > BRIGHT)
    found = [cut(labels == at, 0.9) for at in range(1, number + 1)]
    pixel_m2 = ground.grid.gsd_m**2
    things = tuple(
        one for one in found if wanted.min_area_m2 <= one.pixels * pixel_m2 <= wanted.max_area_m2
    )
    support = np.where(level > BRIGHT, np.uint8(240), np.uint8(10))
    return Sighting(things, support)


class Module:
    CARD = CARD
    load = staticmethod(load)
    find = staticmethod(find)


def loaded() -> Loaded:
    return Loaded(Module(), "cpu", "")
