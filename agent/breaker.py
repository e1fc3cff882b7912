"""Leaves a server that fails alone for a while, so that nobody waits for it in vain.

Knows neither the server nor the question.
"""

import threading
import time
from collections.abc import Callable

FIRST_PAUSE_S = 30.0
LONGEST_PAUSE_S = 600.0


class Breaker:
    """Whether a server should be asked; safe for several threads.

    After a failure it is left alone, each time for twice as long; then one question at a time is
    used to try it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pause_s = 0.0
        self._until = 0.0
        self._lock = threading.Lock()

    def may_try(self) -> bool:
        """Whether to ask it now; after a pause only the first who wants to know may."""
        with self._lock:
            if not self._pause_s:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._pause_s
            return True

    def succeeded(self) -> None:
        """It answered."""
        with self._lock:
            self._pause_s = 0.0

    def failed(self) -> None:
        """It did not."""
        with self._lock:
            longer_s = max(FIRST_PAUSE_S, 2 * self._pause_s)
            self._pause_s = min(longer_s, LONGEST_PAUSE_S)
            self._until = self._clock() + self._pause_s
