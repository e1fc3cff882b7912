"""What a test may use: of the processors, and of memory."""

import resource
import sys
import time
from contextlib import contextmanager

UNIT = 1 if sys.platform == "darwin" else 1024


@contextmanager
def within(*, work_s, most_bytes):
    """Fail where the block takes more work of all processors, or makes this process grow larger.

    Wall-clock time depends on what else the machine does; what tests before this one needed at
    their peak is none of its business.
    """
    before, started = _peak_bytes(), time.process_time()
    yield
    assert time.process_time() - started < work_s
    assert _peak_bytes() <= max(before, most_bytes)


def _peak_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
