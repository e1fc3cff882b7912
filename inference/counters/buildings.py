"""Counts buildings by the footprints our own network sees, touching ones told apart.

The card and the door; the search is `inference.counting.footprints`. Knows nothing of dates, CRS
or files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inference.counters.base import Card, Ground, Sighting, Wanted
from inference.segmenters import clicknet
from progress import Watcher

if TYPE_CHECKING:
    from inference.networks.clicknet import ClickNet

CARD = Card(
    name="buildings",
    title="Buildings",
    thing="building",
    things="buildings",
    summary="Finds building footprints at each date and tells touching buildings apart.",
    source="Groundshift's own weights: the dense head of the click network",
    gsd_range_m=(0.25, 1.0),
    area_range_m2=(25.0, 100_000.0),
    sure_score=0.8,
    weights=clicknet.WEIGHTS,
    limits=(
        "It learned from pictures with pixels of 0.2 to 1 m; coarser ones hide small houses.",
        "Terraces under one roof count as one building.",
        "Sheds and garages below 25 m2 are left out unless you ask for smaller things: lorries look"
        " like them.",
        "Roofs of the colour of the ground beside them, and houses under trees, are missed.",
        "Heaps of rubble are often taken for roofs, so that destroyed houses may pass as kept.",
    ),
)


def load(device: str) -> ClickNet:
    """The trained network.

    Raises:
        WeightsMissingError: its weights are not on this machine.
        WeightsCorruptError: the file is not the one that was published.
    """
    return clicknet.load(device)


def find(model: ClickNet, ground: Ground, wanted: Wanted, watcher: Watcher) -> Sighting:
    """All buildings, whole and once.

    Raises:
        CancelledError: the watcher asked to stop.
    """
    # Imported here: cards are read at start-up, and the search needs heavy packages.
    from inference.counting.footprints import find_footprints

    return find_footprints(model, ground, wanted, watcher)
