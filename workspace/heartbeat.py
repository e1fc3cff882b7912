"""Signs of life of the worker processes, by which a job whose worker died is found.

Knows processes by name and number; nothing of jobs.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from workspace import database
from workspace.records import Lane

BEAT_S = 2.0
SILENT_S = 60.0
"""Far above a beat and the database's patience, far below anybody's for a dead job."""


@dataclass(frozen=True)
class Worker:
    """One worker process.

    Attributes:
        name: by which its jobs name it; used once.
        lane: which jobs it takes.
        device: what it computes on.
        parent: number of the server's process, without which it ends; 0 when started by hand.
    """

    name: str
    lane: Lane
    device: str
    parent: int = 0


def beat(worker: Worker) -> None:
    """Say that this process lives and is this worker."""
    now = database.now_text()
    with database.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO workers (name, lane, device, pid, parent, seen_utc)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (worker.name, worker.lane, worker.device, os.getpid(), worker.parent, now),
        )


def forget(name: str) -> None:
    """Take a worker off the list because it has ended."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM workers WHERE name = ?", (name,))


def forget_children() -> None:
    """Take every worker that a server started off the list.

    For a server that has just taken the data folder and started none: these were another's, whose
    process numbers may by now belong to anybody.
    """
    with database.transaction() as connection:
        connection.execute("DELETE FROM workers WHERE parent != 0")


def sweep() -> None:
    """Take the workers off the list that have ended without a word."""
    living_ones = living()
    rows = database.connect().execute("SELECT name FROM workers").fetchall()
    for row in rows:
        if row["name"] not in living_ones:
            forget(row["name"])


def living() -> frozenset[str]:
    """Names of the workers whose process exists and was heard of lately."""
    oldest = database.utc_text(datetime.now(UTC) - timedelta(seconds=SILENT_S))
    rows = database.connect().execute(
        "SELECT name, pid FROM workers WHERE seen_utc >= ?", (oldest,)
    )
    return frozenset(row["name"] for row in rows if _exists(row["pid"]))


def _exists(pid: int) -> bool:
    """Whether a process has this number; signal 0 asks without touching it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
