"""Fails in the way it is told."""

import errno
import os

from errors import InputError

NAME, LANE = "wrong", "compute"
ERRORS = {
    "ours": InputError("The box is empty.", hint="Fill it."),
    "memory": MemoryError(),
    "disk": OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "bug": ZeroDivisionError("secret detail"),
}


def run(job, watcher):
    raise ERRORS[job.params["how"]]
