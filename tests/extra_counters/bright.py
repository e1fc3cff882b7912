"""A counter for tests: what is as bright as can be is a hut."""

import cv2
import numpy as np

from inference.counters.base import Card, Sighting
from raster.instances import cut

CARD = Card(
    name="bright",
    title="Bright things",
    thing="hut",
    things="huts",
    summary="Finds what is bright.",
    source="These tests",
    gsd_range_m=(0.1, 30.0),
    area_range_m2=(30.0, 5000.0),
    limits=("Cannot tell snow from huts.",),
)
BRIGHT = 250


def load(device):
    return device


def find(model, ground, wanted, watcher):
    watcher.step(0.0, "Looking")
    chip = ground.read(ground.grid.window)
    light = ((chip.image.min(axis=0) >= BRIGHT) & chip.valid).astype(np.uint8)
    number, labels = cv2.connectedComponents(light, connectivity=4)
    area_m2 = ground.grid.gsd_m**2
    things = [cut(labels == one, 0.9) for one in range(1, number)]
    kept = [one for one in things
            if wanted.min_area_m2 <= one.pixels * area_m2 <= wanted.max_area_m2]  # fmt: skip
    return Sighting(tuple(kept), light * 255)
