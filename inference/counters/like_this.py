"""Counts what looks like the things a user boxed: trees, vehicles, tanks, anything that repeats.

The card and the door; the search is `inference.counting.alike`. Knows nothing of dates, CRS or
files.
"""

from inference.counters.base import Card, Ground, Sighting, Wanted
from progress import Watcher

CARD = Card(
    name="like_this",
    title="Things like this one",
    thing="thing like the example",
    things="things like the example",
    summary="Finds what looks like the things you boxed, at any angle and a little larger or "
    "smaller.",
    source="Exemplar templates whitened by the statistics of the ground (Hariharan et al. 2012)",
    gsd_range_m=(0.02, 1000.0),
    area_range_m2=(0.1, 1_000_000.0),
    needs_examples=True,
    limits=(
        "Finds what looks alike, whatever it is: check the map and move the slider.",
        "Crowns that form one closed canopy are told apart badly.",
        "Things smaller than about 5 pixels are found by their colour alone.",
    ),
)


def load(device: str) -> None:
    """Nothing: it has no model, and computes on the CPU."""
    del device


def find(model: None, ground: Ground, wanted: Wanted, watcher: Watcher) -> Sighting:
    """All things like the examples, whole and once.

    Raises:
        InputError: no example, or too many.
        CancelledError: the watcher asked to stop.
    """
    # Imported here: cards are read at start-up, and the search needs heavy packages.
    from inference.counting.alike import find_alike

    del model
    return find_alike(ground, wanted, watcher)
