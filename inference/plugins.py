"""Finds the modules of a package that define a card, and says which of them can run here.

One discovery for detectors, segmenters and counters; knows nothing of what they compute.
"""

import difflib
import importlib
import pkgutil
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Generic, Protocol, TypeVar, cast

from errors import ModelError, UnknownDetectorError, WeightsMissingError
from inference import weights

_OWN_PACKAGES = frozenset({"errors", "inference", "progress", "raster", "settings"})


class Card(Protocol):
    """What every card says, whatever it is the card of."""

    @property
    def name(self) -> str:
        """Module name."""

    @property
    def weights(self) -> str | None:
        """Name in the weights manifest, or None."""


C = TypeVar("C", bound=Card)
M = TypeVar("M")


@dataclass(frozen=True)
class Availability(Generic[C]):
    """Whether one plug-in can run on this machine.

    Attributes:
        name: module name, by which users ask for it.
        is_available: true if it can be loaded.
        reason: why not, in plain sentences; empty when available.
        card: what it says of itself; None where a missing package keeps it from being read.
    """

    name: str
    is_available: bool
    reason: str = ""
    card: C | None = None


@dataclass(frozen=True)
class Plugins(Generic[C, M]):
    """The plug-ins of one package; `C` is what their cards are, `M` what their modules offer.

    Attributes:
        package: where to look.
        noun: what one is called, e.g. `detector`.
    """

    package: ModuleType
    noun: str

    def names(self) -> tuple[str, ...]:
        """Names, in alphabetical order, of all whose card can be read."""
        return tuple(name for name, found in self._found().items() if isinstance(found, ModuleType))

    def card(self, name: str) -> C:
        """The card of one; its weights need not be present.

        Raises:
            UnknownDetectorError: there is none with this name.
            ModelError: it needs a package that is not installed.
        """
        card: C = _card(self._module(name))
        return card

    def load(self, name: str) -> M:
        """The module of one, whose package and weights are on this machine.

        Raises:
            UnknownDetectorError: there is none with this name.
            WeightsMissingError: its weights are not on this machine.
            ModelError: it needs a package that is not installed.
        """
        module = self._module(name)
        if missing := _missing_weights(_card(module)):
            hint = f"Fetch them on the page Models, or choose another {self.noun}."
            raise WeightsMissingError(missing, hint=hint)
        return cast("M", module)

    def available(self) -> tuple[Availability[C], ...]:
        """Every one and, where it cannot run here, the reason."""
        return tuple(self._availability(name, found) for name, found in self._found().items())

    def _availability(self, name: str, found: ModuleType | ModuleNotFoundError) -> Availability[C]:
        if isinstance(found, ModuleNotFoundError):
            return Availability(name, is_available=False, reason=_missing_package(found))
        card: C = _card(found)
        missing = _missing_weights(card)
        return Availability(name, not missing, missing, card)

    def _module(self, name: str) -> ModuleType:
        found = self._found()
        if name not in found:
            msg = f"There is no {self.noun} {name!r}."
            raise UnknownDetectorError(msg, hint=self._hint(name))
        entry = found[name]
        if isinstance(entry, ModuleNotFoundError):
            msg = f"The {self.noun} {name!r} cannot run here. {_missing_package(entry)}"
            raise ModelError(msg, hint="Choose one of: " + ", ".join(self.names()) + ".")
        return entry

    def _found(self) -> dict[str, ModuleType | ModuleNotFoundError]:
        """Modules that define a card, and those that a missing optional package stops, by name."""
        found: dict[str, ModuleType | ModuleNotFoundError] = {}
        for info in sorted(pkgutil.iter_modules(self.package.__path__), key=lambda info: info.name):
            try:
                module = importlib.import_module(f"{self.package.__name__}.{info.name}")
            except ModuleNotFoundError as error:
                if (error.name or "").partition(".")[0] in _OWN_PACKAGES:
                    raise
                found[info.name] = error
                continue
            if hasattr(module, "CARD"):
                found[info.name] = module
        return found

    def _hint(self, name: str) -> str:
        known = self.names()
        close = difflib.get_close_matches(name, known, n=1)
        guess = f"Did you mean {close[0]!r}? " if close else ""
        return f"{guess}{self.noun.capitalize()}s: {', '.join(known)}."


def _card(module: ModuleType) -> Any:
    return module.CARD


def _missing_package(error: ModuleNotFoundError) -> str:
    return f"The package {error.name!r} is not installed."


def _missing_weights(card: Card) -> str:
    """Why the weights of a card cannot be used; empty when it needs none or they are present."""
    return "" if card.weights is None else weights.missing(card.weights)
