"""A counter for tests: every bright patch is a house. It needs no model and cannot be wrong."""

import cv2
import numpy as np

from inference.counters.base import Card, Sighting
from raster.instances import cut

CARD = Card(
    name="bright_roofs",
    title="Bright roofs",
    thing="house",
    things="houses",
    summary="Counts bright patches.",
    source="made for the tests",
    gsd_range_m=(0.1, 10.0),
    area_range_m2=(20.0, 100_000.0),
    limits=("It takes snow for roofs.",),
)


def load(device):
    return device


def find(_model, ground, wanted, watcher):
    image = ground.read(ground.grid.window).image
    watcher.step(0.5, "Looking for bright roofs")
    bright = (image.min(axis=0) > 200).astype(np.uint8)
    count, labels = cv2.connectedComponents(bright, connectivity=4)
    found = (cut(labels == number, 0.9) for number in range(1, count))
    kept = [one for one in found if wanted.min_area_m2 <= one.pixels <= wanted.max_area_m2]
    return Sighting(tuple(kept), bright * np.uint8(255))
