"""What a test may use: of the processors, and of memory."""

import resource
import sys
import time
from contextlib import contextmanager
from pathlib import Path

UNIT = 1 if sys.platform == "darwin" else 1024
STATM = Path("/proc/self/statm")


@contextmanager
def within(*, work_s, more_bytes):
    """Fail where the block takes more work of all processors, or makes this process grow by more.

    Wall-clock time depends on what else the machine does; what tests before this one left in this
    process, networks that stay loaded above all, is none of its business.
    """
    peak, held, started = _peak_bytes(), _held_bytes(), time.process_time()
    yield
    assert time.process_time() - started < work_s
    assert _peak_bytes() <= max(peak, held + more_bytes)


def _peak_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT


def _held_bytes():
    """What this process holds now; at most so far where the system does not say."""
    if not STATM.exists():
        return _peak_bytes()
    return int(STATM.read_text(encoding="utf-8").split()[1]) * resource.getpagesize()
