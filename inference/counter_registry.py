"""Which counters exist, what their cards say, and one loaded with its model.

Knows nothing of what a counter computes: a module that defines `CARD` is one.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from inference import counters, plugins, weights
from inference.counters.base import Card, Counter

Availability: TypeAlias = plugins.Availability[Card]

_COUNTERS: plugins.Plugins[Card, Counter] = plugins.Plugins(counters, "counter")


@dataclass(frozen=True)
class Loaded:
    """A counter that is ready to look.

    Attributes:
        counter: its module.
        model: what its `load` returned.
        weights_sha256: of its weights file; empty when it has none.
    """

    counter: Counter
    model: Any
    weights_sha256: str

    @property
    def card(self) -> Card:
        """Its card."""
        return self.counter.CARD


def names() -> tuple[str, ...]:
    """Names, in alphabetical order, of all counters whose card can be read."""
    return _COUNTERS.names()


def card(name: str) -> Card:
    """The card of a counter; its weights need not be present.

    Raises:
        UnknownDetectorError: no counter has this name.
        ModelError: it needs a package that is not installed.
    """
    return _COUNTERS.card(name)


def load(name: str, device: str) -> Loaded:
    """A counter with its model on a device.

    Raises:
        UnknownDetectorError: no counter has this name.
        WeightsMissingError: its weights are not on this machine.
        ModelError: they are damaged, or a package is not installed.
    """
    counter = _COUNTERS.load(name)
    needed = counter.CARD.weights
    return Loaded(counter, counter.load(device), weights.sha256(needed) if needed else "")


def available() -> tuple[Availability, ...]:
    """Every counter and, where it cannot run here, the reason."""
    return _COUNTERS.available()
