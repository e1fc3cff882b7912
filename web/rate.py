"""How often one visitor may ask: a bucket that fills steadily and is emptied by requests.

Kept in memory, because one process serves the app; knows nothing of requests.
"""

import time
from collections import OrderedDict
from threading import Lock

MAX_VISITORS = 10_000
"""Those who asked longest ago are forgotten first: a forgotten bucket is a full one."""


class Buckets:
    """One bucket per visitor; each holds one minute's worth.

    The method is the token bucket of network shapers (RFC 2697 calls it that).
    """

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._filled: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, visitor: str, *, now_s: float | None = None) -> float:
        """Zero if the visitor may go on, else seconds until it may."""
        now_s = time.monotonic() if now_s is None else now_s
        with self._lock:
            content = self._content(visitor, now_s)
            is_let_in = content >= 1.0
            self._filled[visitor] = (content - is_let_in, now_s)
            if len(self._filled) > MAX_VISITORS:
                self._filled.popitem(last=False)
        return 0.0 if is_let_in else (1.0 - content) * 60 / self._per_minute

    def _content(self, visitor: str, now_s: float) -> float:
        content, since_s = self._filled.pop(visitor, (float(self._per_minute), now_s))
        return min(content + (now_s - since_s) * self._per_minute / 60, float(self._per_minute))
