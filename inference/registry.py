"""Which change detectors exist, what their cards say and whether they can run here.

Knows nothing of what a detector computes: a module that defines `CARD` is one.
"""

import difflib
import importlib
import pkgutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import cast

from errors import ModelError, UnknownDetectorError, WeightsMissingError
from inference import detectors
from inference.detectors.base import Card, Detector

_OWN_PACKAGES = frozenset({"errors", "inference", "progress", "raster", "settings"})
_WEIGHTS_DIR = Path(__file__).resolve().parents[1] / "weights"


@dataclass(frozen=True)
class Availability:
    """Whether one detector can run on this machine.

    Attributes:
        name: module name and `--detector` value.
        is_available: true if `load` succeeds.
        reason: why not, in one sentence; empty when available.
        card: what it says of itself; None where a missing package keeps it from being read.
    """

    name: str
    is_available: bool
    reason: str = ""
    card: Card | None = None


def names() -> tuple[str, ...]:
    """Names, in alphabetical order, of all detectors whose card can be read."""
    return tuple(name for name, found in _found().items() if isinstance(found, ModuleType))


def card(name: str) -> Card:
    """The card of a detector; its weights need not be present.

    Raises:
        UnknownDetectorError: no detector has this name.
        ModelError: it needs a package that is not installed.
    """
    return _module(name).CARD


def load(name: str) -> Detector:
    """The module of a detector, ready to `fit` and `predict`.

    Raises:
        UnknownDetectorError: no detector has this name.
        WeightsMissingError: its weights are not on this machine.
        ModelError: it needs a package that is not installed.
    """
    module = _module(name)
    if missing := _missing_weights(module.CARD):
        raise WeightsMissingError(missing, hint="Fetch them, or choose another detector.")
    return module


def available() -> tuple[Availability, ...]:
    """Every detector and, where it cannot run here, the reason."""
    return tuple(_availability(name, found) for name, found in _found().items())


def _availability(name: str, found: ModuleType | ModuleNotFoundError) -> Availability:
    if isinstance(found, ModuleNotFoundError):
        return Availability(name, is_available=False, reason=_missing_package(found))
    missing = _missing_weights(found.CARD)
    return Availability(name, not missing, missing, found.CARD)


def _module(name: str) -> Detector:
    found = _found()
    if name not in found:
        raise UnknownDetectorError(f"There is no detector {name!r}.", hint=_hint(name, names()))
    entry = found[name]
    if isinstance(entry, ModuleNotFoundError):
        message = f"The detector {name!r} cannot run here. {_missing_package(entry)}"
        raise ModelError(message, hint="Choose one of: " + ", ".join(names()) + ".")
    return cast("Detector", entry)


def _found() -> dict[str, ModuleType | ModuleNotFoundError]:
    """Modules that define a card, and those that a missing optional package stops, by name."""
    found: dict[str, ModuleType | ModuleNotFoundError] = {}
    for info in sorted(pkgutil.iter_modules(detectors.__path__), key=lambda info: info.name):
        try:
            module = importlib.import_module(f"{detectors.__name__}.{info.name}")
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] in _OWN_PACKAGES:
                raise
            found[info.name] = error
            continue
        if hasattr(module, "CARD"):
            found[info.name] = module
    return found


def _missing_package(error: ModuleNotFoundError) -> str:
    return f"The package {error.name!r} is not installed."


def _missing_weights(wanted: Card) -> str:
    """Why the weights of a card cannot be used; empty when it needs none or they are present."""
    if wanted.weights is None:
        return ""
    manifest = _WEIGHTS_DIR / "manifest.toml"
    listed = tomllib.loads(manifest.read_text("utf-8")) if manifest.is_file() else {}
    for entry in listed.get("weights", []):
        if entry["name"] == wanted.weights and (_WEIGHTS_DIR / entry["file"]).is_file():
            return ""
    return f"The weights {wanted.weights!r} of {wanted.name!r} are not on this machine."


def _hint(name: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    guess = f"Did you mean {close[0]!r}? " if close else ""
    return f"{guess}Detectors: {', '.join(known)}."
