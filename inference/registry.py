"""Which change detectors exist, what their cards say and whether they can run here.

Knows nothing of what a detector computes: a module that defines `CARD` is one, and so is a network
that an operator put into the folder of weights, or that was trained here on labels.
"""

from typing import TypeAlias, cast

from errors import ModelError, UnknownDetectorError
from inference import detectors, plugins, trained_detectors
from inference.adapters import own_model
from inference.detectors.base import Card, Detector

Availability: TypeAlias = plugins.Availability[Card]

_DETECTORS: plugins.Plugins[Card, Detector] = plugins.Plugins(detectors, "detector")


def names() -> tuple[str, ...]:
    """Names of all detectors whose card can be read: ours, those trained here, the operator's."""
    own = (entry.name for entry in own_model.entries() if entry.detector is not None)
    return (*_DETECTORS.names(), *trained_detectors.names(), *own)


def card(name: str) -> Card:
    """The card of a detector; its weights need not be present.

    Raises:
        UnknownDetectorError: no detector has this name.
        ModelError: it needs a package that is not installed, or its own card cannot be used.
    """
    if name in trained_detectors.names():
        return trained_detectors.card(name)
    return _own(name).CARD if name.startswith(own_model.PREFIX) else _DETECTORS.card(name)


def load(name: str) -> Detector:
    """A detector, ready to `fit` and `predict`.

    Raises:
        UnknownDetectorError: no detector has this name.
        WeightsMissingError: its weights are not on this machine.
        ModelError: it needs a package that is not installed, or its own card cannot be used.
    """
    if name in trained_detectors.names():
        return trained_detectors.load(name)
    if name.startswith(own_model.PREFIX):
        return cast("Detector", _own(name))
    return _DETECTORS.load(name)


def available() -> tuple[Availability, ...]:
    """Every detector and, where it cannot run here, the reason."""
    own = (
        Availability(
            entry.name,
            entry.detector is not None,
            entry.reason,
            None if entry.detector is None else entry.detector.CARD,
        )
        for entry in own_model.entries()
    )
    return (*_DETECTORS.available(), *trained_detectors.available(), *own)


def _own(name: str) -> own_model.OwnDetector:
    entry = own_model.find(name)
    if entry is None:
        msg = f"There is no detector {name!r}."
        hint = "None of this name lies in the folder of the operator's own."
        raise UnknownDetectorError(msg, hint=f"{hint} Detectors: {', '.join(names())}.")
    if entry.detector is None:
        msg = f"The detector {name!r} cannot run here. {entry.reason}"
        raise ModelError(msg, hint="Choose one of: " + ", ".join(names()) + ".")
    return entry.detector
