"""How long work tells its caller where it is and learns that it should stop.

Knows nothing of what the work is, nor how the caller shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from errors import CancelledError


def _ignore(_fraction: float, _message: str) -> None:
    """Show nothing."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Watcher:
    """A pair of callbacks handed down to long work.

    Attributes:
        on_progress: called with the finished fraction (0..1) and what is being done.
        is_cancelled: asked at every step; true stops the work with `CancelledError`.
        start: fraction at which this part of the work begins.
        end: fraction at which this part of the work ends.
    """

    on_progress: Callable[[float, str], None] = _ignore
    is_cancelled: Callable[[], bool] = _never
    start: float = 0.0
    end: float = 1.0

    def step(self, fraction: float, message: str) -> None:
        """Report `fraction` (0..1 of this part).

        Raises:
            CancelledError: the caller asked to stop.
        """
        if self.is_cancelled():
            msg = "The run was cancelled; nothing was written."
            raise CancelledError(msg)
        self.on_progress(
            self.start + (self.end - self.start) * min(max(fraction, 0.0), 1.0), message
        )

    def part(self, start: float, end: float) -> "Watcher":
        """A watcher for the part of this work between two fractions (0..1)."""
        span = self.end - self.start
        return Watcher(
            self.on_progress, self.is_cancelled, self.start + span * start, self.start + span * end
        )
