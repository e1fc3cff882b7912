"""Which change detectors exist, what their cards say and whether they can run here.

Knows nothing of what a detector computes: a module that defines `CARD` is one.
"""

from typing import TypeAlias

from inference import detectors, plugins
from inference.detectors.base import Card, Detector

Availability: TypeAlias = plugins.Availability[Card]

_DETECTORS: plugins.Plugins[Card, Detector] = plugins.Plugins(detectors, "detector")


def names() -> tuple[str, ...]:
    """Names, in alphabetical order, of all detectors whose card can be read."""
    return _DETECTORS.names()


def card(name: str) -> Card:
    """The card of a detector; its weights need not be present.

    Raises:
        UnknownDetectorError: no detector has this name.
        ModelError: it needs a package that is not installed.
    """
    return _DETECTORS.card(name)


def load(name: str) -> Detector:
    """The module of a detector, ready to `fit` and `predict`.

    Raises:
        UnknownDetectorError: no detector has this name.
        WeightsMissingError: its weights are not on this machine.
        ModelError: it needs a package that is not installed.
    """
    return _DETECTORS.load(name)


def available() -> tuple[Availability, ...]:
    """Every detector and, where it cannot run here, the reason."""
    return _DETECTORS.available()
