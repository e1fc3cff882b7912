"""Which kinds of job there are: every module of this package that defines `NAME` is one.

Knows nothing of what a kind does. Kinds import heavy libraries inside `run`, so that a page may
submit a job without loading them; `warm_up` loads them before the first job of a worker.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol, cast

from errors import InputError
from progress import Watcher
from workspace import kinds
from workspace.records import Job, Lane


class Kind(Protocol):
    """What a module in `workspace/kinds/` offers; `warm_up()` beside it may be left out.

    Attributes:
        NAME: name of the kind in the database.
        LANE: which workers take its jobs.
    """

    NAME: str
    LANE: Lane

    def run(self, job: Job, watcher: Watcher) -> dict[str, Any]:
        """Do the work; what it returns is the job's result, as plain JSON.

        Raises:
            GroundshiftError: the job failed; nothing half-made stays behind.
        """


@cache
def discover() -> Mapping[str, Kind]:
    """All kinds by name."""
    found: dict[str, Kind] = {}
    for info in sorted(pkgutil.iter_modules(kinds.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{kinds.__name__}.{info.name}")
        if hasattr(module, "NAME"):
            found[module.NAME] = cast("Kind", module)
    return MappingProxyType(found)


def find(name: str) -> Kind:
    """The kind with this name.

    Raises:
        InputError: there is none.
    """
    kind = discover().get(name)
    if kind is None:
        msg = f"There is no kind of job called {name!r}."
        raise InputError(msg, hint=f"Kinds: {', '.join(discover())}.")
    return kind


def warm_up(lane: Lane) -> None:
    """Load what the kinds of a lane need, so that their first job does not wait for it."""
    for kind in discover().values():
        if lane == kind.LANE:
            getattr(kind, "warm_up", _nothing)()


def _nothing() -> None:
    """What a kind without `warm_up` needs loaded."""
