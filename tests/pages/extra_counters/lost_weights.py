"""A counter for tests whose weights are nowhere."""

from inference.counters.base import Card

CARD = Card(
    name="lost_weights",
    title="Lost weights",
    thing="ship",
    things="ships",
    summary="",
    source="made for the tests",
    gsd_range_m=(0.1, 10.0),
    area_range_m2=(1.0, 1e6),
    weights="nowhere",
)
