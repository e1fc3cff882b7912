"""Residual shifts that this process measured before, so that a second area of a pair need not wait.

Knows nothing of how a shift is measured; forgets the oldest, and any whose files changed since.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raster.align import AlignedPair, ResidualShift

KEPT = 16

_lock = Lock()
_kept: OrderedDict[Hashable, ResidualShift] = OrderedDict()


def recall(
    pair: AlignedPair, measured: Callable[[], ResidualShift], *, correct: bool
) -> ResidualShift:
    """The shift of a pair (its `shift` is not looked at): known, or `measured` now and kept.

    Two threads that ask at once may both measure; they get the same.
    """
    key = (pair, correct, _stamps(pair))
    with _lock:
        known = _kept.get(key)
    if known is not None:
        return known
    shift = measured()
    with _lock:
        _kept[key] = shift
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return shift


def _stamps(pair: AlignedPair) -> tuple[tuple[int, int], ...]:
    """Size and time of change of every file, as they are now."""
    stats = [path.stat() for path in (*pair.pre.paths, *pair.post.paths)]
    return tuple((stat.st_size, stat.st_mtime_ns) for stat in stats)
