"""The queues: which jobs wait in a lane, in what order they run, and whether one more may wait.

Reads the database and asks `turns` for the order; changes nothing.
"""

import sqlite3
from collections.abc import Iterator

import settings
from errors import LimitError
from workspace import database, turns
from workspace.records import SHARED, Lane


def has_waiting(lane: Lane) -> bool:
    """Whether a claim could succeed; asked without a lock, twenty times a second."""
    found = database.connect().execute(
        "SELECT 1 FROM jobs WHERE lane = ? AND status = 'waiting' LIMIT 1", (lane,)
    )
    return found.fetchone() is not None


def queue(connection: sqlite3.Connection, lane: Lane) -> Iterator[turns.Waiting]:
    """The waiting jobs of a lane in the order they will run."""
    waiting = connection.execute(
        "SELECT id, owner, place FROM jobs WHERE lane = ? AND status = 'waiting' ORDER BY place",
        (lane,),
    )
    running = connection.execute(
        "SELECT owner, COUNT(*) FROM jobs WHERE lane = ? AND status = 'running' GROUP BY owner",
        (lane,),
    )
    served = connection.execute("SELECT owner, turn FROM turns WHERE lane = ?", (lane,))
    return turns.order(
        [turns.Waiting(*row) for row in waiting],
        running={row[0]: row[1] for row in running},
        turns={row[0]: row[1] for row in served},
    )


def require_turn(connection: sqlite3.Connection, owner: str) -> None:
    """Nothing, if one more job of this owner may wait.

    Raises:
        LimitError: the owner's queue or the whole queue is full.
    """
    if owner == SHARED:
        return
    limits = settings.load()
    all_jobs, own = connection.execute(
        "SELECT COUNT(*), COALESCE(SUM(owner = ?), 0) FROM jobs"
        " WHERE status IN ('waiting', 'running')",
        (owner,),
    ).fetchone()
    if own >= limits.max_jobs_per_user:
        msg = f"You have {own} jobs that wait or run; the limit is {limits.max_jobs_per_user}."
        raise LimitError(msg, hint="Wait until one has finished, or stop one.")
    if all_jobs >= limits.max_jobs:
        msg = f"The queue is full: {all_jobs} jobs of all users wait or run."
        raise LimitError(msg, hint="Try again in a few minutes.")
