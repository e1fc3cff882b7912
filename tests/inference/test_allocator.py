import resource
import subprocess
import sys

import pytest

PAGES = (20 << 20) // resource.getpagesize()
PROGRAM = """
import resource, threading
import numpy as np
from inference import allocator
if {keeps}:
    assert allocator.keep_freed()
def work():
    for turn in range(20):
        if turn == 2:
            counted.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
        np.ones(20 << 20, np.uint8)
    counted.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
counted = []
thread = threading.Thread(target=work)
thread.start()
thread.join()
print(counted[1] - counted[0])
"""


def faults(*, keeps):
    program = PROGRAM.format(keeps=keeps)
    told = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return int(told.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="an option of glibc")
def test_large_arrays_of_a_thread_are_not_asked_for_anew():
    # One pass over the array alone would be as many as it has pages.
    assert faults(keeps=True) < PAGES / 4
