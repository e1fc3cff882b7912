"""What an operator watches: can the database be written, is anybody working, is there room.

Knows nothing of users; every figure is about the whole installation.
"""

import shutil
from typing import get_args

from errors import GroundshiftError
from workspace import database, heartbeat, jobs, places
from workspace.records import JobStatus, Lane

LOW_DISK_BYTES = 1 << 30
LANES = frozenset(get_args(Lane))
STATUSES: tuple[JobStatus, ...] = get_args(JobStatus)


def checks() -> dict[str, bool]:
    """What must be true for the app to do its work."""
    return {
        "database": _is_writable(),
        "workers": _is_working(),
        "disk": disk_free_bytes() >= LOW_DISK_BYTES,
    }


def jobs_by_status() -> dict[str, int]:
    """How many jobs are in each status; zeros included, so that a graph has no gaps."""
    return dict.fromkeys(STATUSES, 0) | jobs.counts()


def disk_free_bytes() -> int:
    """Free space where the data folder lies; 0 before there is one."""
    folder = places.data_dir()
    return shutil.disk_usage(folder).free if folder.is_dir() else 0


def _is_writable() -> bool:
    try:
        with database.transaction():
            return True
    except GroundshiftError:
        return False


def _is_working() -> bool:
    """Whether each lane has a worker that was heard of lately; a worker is named after its lane."""
    try:
        return {name.partition("-")[0] for name in heartbeat.living()} >= LANES
    except GroundshiftError:
        return False
