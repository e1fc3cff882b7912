"""Keeping freed memory in the process, where the C library offers it.

Knows nothing of who allocates.
"""

import ctypes
from functools import cache

# glibc, malloc.h
M_TRIM_THRESHOLD, M_MMAP_MAX, M_ARENA_MAX = -1, -4, -8
MOST = 2**31 - 1


@cache
def keep_freed() -> bool:
    """Tell glibc to keep what is freed, once per process; false where it cannot be told.

    Every large array is otherwise given back to the kernel and asked for anew, and a network
    spends three quarters of its time on that. One arena for all threads: in those of other threads
    large arrays are mapped whatever the options say (glibc, malloc.c, sysmalloc).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    options = ((M_MMAP_MAX, 0), (M_TRIM_THRESHOLD, MOST), (M_ARENA_MAX, 1))
    told = [mallopt(option, value) for option, value in options]
    return told == [1] * len(options)
