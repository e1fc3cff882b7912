"""Which counters there are and whether each can run here."""

from dataclasses import dataclass

from inference import counter_registry
from inference.counter_registry import Availability


@dataclass(frozen=True)
class CounterRow:
    """What people may know of one counter.

    Attributes:
        name: by which users ask for it.
        title: name for people.
        thing: what one object is called, e.g. `building`.
        things: the same in the plural.
        summary: what it does; empty where a missing package keeps its card from being read, as
            everything below.
        source: paper or project.
        gsd_range_m: ground sizes of a pixel it works at; None where not known.
        needs_examples: whether the user has to box examples.
        limits: where it fails, a sentence each.
        weights: name of its weights, or None.
        is_available: whether it can run here.
        reason: why not; empty when it can.
    """

    name: str
    title: str
    is_available: bool
    reason: str = ""
    thing: str = "thing"
    things: str = "things"
    summary: str = ""
    source: str = ""
    gsd_range_m: tuple[float, float] | None = None
    needs_examples: bool = False
    limits: tuple[str, ...] = ()
    weights: str | None = None


def list_counters() -> tuple[CounterRow, ...]:
    """One row per counter, those that can run here first."""
    rows = (_row(entry) for entry in counter_registry.available())
    return tuple(sorted(rows, key=lambda row: (not row.is_available, row.title)))


def _row(entry: Availability) -> CounterRow:
    card = entry.card
    if card is None:
        title = entry.name.replace("_", " ")
        return CounterRow(entry.name, title, entry.is_available, entry.reason)
    return CounterRow(
        entry.name,
        card.title,
        entry.is_available,
        entry.reason,
        card.thing,
        card.things,
        card.summary,
        card.source,
        card.gsd_range_m,
        card.needs_examples,
        card.limits,
        card.weights,
    )
