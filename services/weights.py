"""Which learned weights there are, which of them are on this machine, whether they are whole.

Takes away those that were trained here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import settings
from inference import trained_weights, weights
from inference.weights import WeightsEntry
from progress import Watcher
from services.basemap import host_of

Status = Literal["shipped", "present", "missing", "damaged", "forbidden"]


@dataclass(frozen=True)
class WeightsRow:
    """What people may know of one file of weights.

    Attributes:
        name: by which it is asked for.
        title: name for people.
        status: `shipped` with Groundshift and here, `present` because it was fetched or put here,
            `missing`, `damaged`, or `forbidden`: missing, and this server may not fetch.
        size_bytes: of the whole file.
        arrived_bytes: how much of it an interrupted fetch has left here.
        licence: SPDX name, or the terms in one sentence.
        paper: where the method is described.
        trained_on: data sets, with their licences.
        is_shipped: whether it is part of Groundshift.
        host: machine that published it; empty when it is shipped or was trained here.
        remedy: what to do where it cannot be used; empty where it can.
        can_fetch: whether this server may fetch it now.
    """

    name: str
    title: str
    status: Status
    size_bytes: int
    arrived_bytes: int
    licence: str
    paper: str
    trained_on: tuple[str, ...]
    is_shipped: bool
    host: str
    remedy: str
    can_fetch: bool

    @property
    def is_usable(self) -> bool:
        """Whether it is here."""
        return self.status in {"shipped", "present"}


def list_weights() -> tuple[WeightsRow, ...]:
    """One row per entry of the manifest and per training kept here; looks at sizes only.

    Raises:
        InputError: the manifest cannot be used.
    """
    return tuple(_row(entry, is_damaged=_is_cut_short(entry)) for entry in _all())


def verify(names: Sequence[str] = (), *, watcher: Watcher) -> tuple[WeightsRow, ...]:
    """Rows after reading every byte of the weights that are here: all, or those named.

    Raises:
        InputError: the manifest cannot be used, or has no such name.
        CancelledError: the watcher asked to stop.
    """
    asked = [weights.entry(name) for name in names] or list(_all())
    rows = []
    for number, entry in enumerate(asked):
        watcher.step(number / len(asked), f"Checking {entry.name}")
        is_here = weights.place(entry).is_file()
        rows.append(_row(entry, is_damaged=is_here and not weights.is_whole(entry)))
    return tuple(rows)


def remove(name: str) -> None:
    """Take weights that were trained here away for good.

    Raises:
        InputError: nothing of this name was trained here.
        ExportError: the folder cannot be written.
    """
    trained_weights.remove(name)


def _all() -> tuple[WeightsEntry, ...]:
    """What the manifest lists, and what was trained here."""
    return (*weights.entries(), *trained_weights.entries())


def _row(entry: WeightsEntry, *, is_damaged: bool) -> WeightsRow:
    status = _status(entry, is_damaged=is_damaged)
    is_usable = status in {"shipped", "present"}
    return WeightsRow(
        name=entry.name,
        title=entry.title or entry.name.replace("_", " "),
        status=status,
        size_bytes=entry.bytes,
        arrived_bytes=_arrived_bytes(entry),
        licence=entry.licence,
        paper=entry.paper,
        trained_on=entry.trained_on,
        is_shipped=entry.is_shipped,
        host=host_of(entry.url) if entry.url else "",
        remedy="" if is_usable else weights.remedy(entry),
        can_fetch=bool(entry.url) and not is_usable and settings.load().allow_downloads,
    )


def _status(entry: WeightsEntry, *, is_damaged: bool) -> Status:
    if is_damaged:
        return "damaged"
    if weights.place(entry).is_file():
        return "shipped" if entry.is_shipped else "present"
    is_forbidden = bool(entry.url) and not settings.load().allow_downloads
    return "forbidden" if is_forbidden else "missing"


def _is_cut_short(entry: WeightsEntry) -> bool:
    return weights.place(entry).is_file() and bool(weights.missing(entry.name))


def _arrived_bytes(entry: WeightsEntry) -> int:
    part = weights.part_place(entry)
    return part.stat().st_size if part.is_file() else 0
