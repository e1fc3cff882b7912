"""Files kept open between small reads, because opening one costs as much as a map tile.

One shelf per thread, since a dataset belongs to the thread that opened it. Knows nothing of what
the files hold.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar, cast

ROOM = 24


class Closable(Protocol):
    """Anything that holds files open."""

    def close(self) -> None:
        """Close them."""


Stamp = tuple[int, int, int]
T = TypeVar("T", bound=Closable)


class _Shelf(threading.local):
    def __init__(self) -> None:
        self.held: OrderedDict[tuple[str, Path], tuple[Stamp, Closable]] = OrderedDict()


_SHELF = _Shelf()


def stamp(path: Path) -> Stamp:
    """What changes when a file is replaced: inode, size and time of its last change.

    Raises:
        FileNotFoundError: there is no such file.
    """
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def take(kind: type[T], path: Path, make: Callable[[], T]) -> T:
    """What `make` opened for a file, as long as the file is the same; the caller closes nothing.

    Raises:
        FileNotFoundError: the file was deleted.
    """
    held, key, now = _SHELF.held, (kind.__name__, path), stamp(path)
    known = held.get(key)
    if known is not None and known[0] == now:
        held.move_to_end(key)
        return cast("T", known[1])
    _drop([key] if known else [])
    _drop([other for other in held if not other[1].exists()])
    _drop(list(held)[: max(len(held) - ROOM + 1, 0)])
    opened = make()
    held[key] = now, opened
    return opened


def clear() -> None:
    """Close everything this thread holds open."""
    _drop(list(_SHELF.held))


def _drop(keys: list[tuple[str, Path]]) -> None:
    for key in keys:
        _SHELF.held.pop(key)[1].close()
