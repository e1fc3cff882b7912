"""Detectors made here by training: the change network with weights of its users' own.

Each is a second instance of the module of the detector it is a variant of, with another card and
other weights. Knows nothing of how they were trained.
"""

import importlib
import importlib.util
from dataclasses import replace
from functools import lru_cache
from types import ModuleType
from typing import cast

from errors import UnknownDetectorError
from inference import plugins, trained_weights, weights
from inference.detectors.base import Card, Detector
from inference.trained_weights import TrainedEntry

VARIED = frozenset({"changenet"})
"""Detectors that take other weights."""
NOT_JUDGED = "It was trained on one user's labels: elsewhere it may do worse than its parent."


def names() -> tuple[str, ...]:
    """Names, in alphabetical order."""
    return tuple(entry.short_name for entry in _entries())


def card(name: str) -> Card:
    """The card of one.

    Raises:
        UnknownDetectorError: there is none with this name.
    """
    found: Card = _module(_entry(name)).CARD
    return found


def load(name: str) -> Detector:
    """One of them, ready to `fit` and `predict`.

    Raises:
        UnknownDetectorError: there is none with this name.
    """
    return cast("Detector", _module(_entry(name)))


def available() -> tuple[plugins.Availability[Card], ...]:
    """Every one and, where it cannot run here, the reason."""
    return tuple(
        plugins.Availability(entry.short_name, not missing, missing, card(entry.short_name))
        for entry in _entries()
        for missing in [weights.missing(entry.name)]
    )


def _entries() -> tuple[TrainedEntry, ...]:
    return tuple(entry for entry in trained_weights.entries() if entry.detector in VARIED)


def _entry(name: str) -> TrainedEntry:
    entry = trained_weights.find(name)
    if entry is None or entry.detector not in VARIED:
        msg = f"There is no detector {name!r}."
        raise UnknownDetectorError(msg, hint="Train one on the page Train on your labels.")
    return entry


def _module(entry: TrainedEntry) -> ModuleType:
    return _varied(entry.detector, entry.name, entry.title)


@lru_cache(maxsize=16)
def _varied(detector: str, name: str, title: str) -> ModuleType:
    """The module of a detector once more, with weights of another name."""
    # Dataclasses look their module up by its name, so the parent must be there first.
    importlib.import_module(f"inference.detectors.{detector}")
    spec = importlib.util.find_spec(f"inference.detectors.{detector}")
    if spec is None or spec.loader is None:
        msg = f"The detector {detector!r} is not part of this version."
        raise UnknownDetectorError(msg)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.__dict__["WEIGHTS"] = name
    short = name.removeprefix(trained_weights.PREFIX)
    parent: Card = module.CARD
    module.__dict__["CARD"] = replace(
        parent,
        name=short,
        title=title or short,
        summary=f"{parent.title}, trained on with labels of this server's users.",
        weights=name,
        limits=(NOT_JUDGED, *parent.limits),
    )
    return module
