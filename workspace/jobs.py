"""Jobs: submitted by users, taken in turns by worker processes, followed until they end.

Knows the queue and its rules; nothing of what a job computes.
"""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

import settings
from errors import NotFoundError
from raster.text import clean
from workspace import database, heartbeat, lanes, places, storage
from workspace.database import now_text, time_of
from workspace.kinds import registry
from workspace.records import Job, Lane

MESSAGE_CHARS = 1000
STOPPED = "It was stopped."
LOST = "The process that ran this job ended before the job did."
LOST_HINT = "Run it again; if it happens again, choose a smaller area."

_VISIBLE = "is_deleted = 0"
_END = """
UPDATE jobs SET status = :status, message = :message, hint = :hint, finished_utc = :now
WHERE id = :id AND status = 'running'
"""
_END_OF_WORKER = """
UPDATE jobs SET status = CASE WHEN stop_reason IS NULL THEN 'lost' ELSE 'cancelled' END,
    message = COALESCE(stop_reason, :message),
    hint = CASE WHEN stop_reason IS NULL THEN :hint ELSE '' END, finished_utc = :now
WHERE status = 'running' AND worker = :worker
RETURNING id, is_deleted
"""


# What users do.


def submit(owner: str, kind: str, params: dict[str, Any], *, project: str | None = None) -> Job:
    """A new job at the end of its owner's queue.

    Raises:
        InputError: there is no such kind, or the parameters cannot be kept.
        NotFoundError: the project is not there, or another user's.
        LimitError: the owner's queue, the whole queue or the owner's storage is full.
    """
    with database.transaction() as connection:
        job_id = enqueue(connection, owner, kind, params, project=project)
    return get(owner, job_id)


def enqueue(
    connection: sqlite3.Connection,
    owner: str,
    kind: str,
    params: dict[str, Any],
    *,
    project: str | None = None,
) -> str:
    """The id of a new job that is part of the caller's transaction; raises as `submit` does."""
    lane = registry.find(kind).LANE
    text = database.json_text(params, limit_bytes=2 * settings.load().max_aoi_bytes)
    _require_project(connection, owner, project)
    lanes.require_turn(connection, owner)
    storage.require_room(owner, 0, connection)
    job_id = places.new_id()
    connection.execute(
        "INSERT INTO jobs (id, owner, project, kind, lane, params, created_utc)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (job_id, owner, project, kind, lane, text, now_text()),
    )
    return job_id


def get(owner: str, job_id: str) -> Job:
    """One job.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    return _job(_row(database.connect(), owner, job_id))


def listed(owner: str, *, project: str | None = None, limit: int = 100) -> tuple[Job, ...]:
    """A user's jobs, or those of one project, newest first."""
    rows = database.connect().execute(
        f"SELECT * FROM jobs WHERE owner = :owner AND {_VISIBLE}"  # noqa: S608 - a constant
        " AND (:project IS NULL OR project = :project) ORDER BY place DESC LIMIT :limit",
        {"owner": owner, "project": project, "limit": limit},
    )
    return tuple(_job(row) for row in rows)


def position(owner: str, job_id: str) -> int:
    """How many jobs will run before this one; 0 when it is next, runs or has ended.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    connection = database.connect()
    row = _row(connection, owner, job_id)
    if row["status"] != "waiting":
        return 0
    queue = [job.id for job in lanes.queue(connection, row["lane"])]
    return queue.index(job_id) if job_id in queue else 0


def cancel(owner: str, job_id: str) -> Job:
    """The job, ended if it waited, or asked to stop if it runs; one that has ended stays as it is.

    A running job stops at its next step; its process is ended when that takes too long.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    with database.transaction() as connection:
        _row(connection, owner, job_id)
        _stop(connection, [job_id], STOPPED)
    return get(owner, job_id)


def again(owner: str, job_id: str) -> Job:
    """A new job with the parameters of one that has ended; an active job itself.

    While an equal job waits or runs, this is it, so that a second click adds nothing.

    Raises:
        NotFoundError: it is not there, or another user's.
        LimitError: as `submit`.
    """
    with database.transaction() as connection:
        row = _row(connection, owner, job_id)
        job = _job(row)
        fresh = _active_twin(connection, row) or enqueue(
            connection, owner, job.kind, job.params, project=job.project
        )
    return get(owner, fresh)


def delete(owner: str, job_id: str) -> None:
    """Remove a job with its files; a running one is stopped and goes when it has.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    with database.transaction() as connection:
        _row(connection, owner, job_id)
        gone = drop(connection, [job_id])
    discard(gone)


# What scenes and projects do with the jobs that depend on them.


def drop(connection: sqlite3.Connection, job_ids: list[str]) -> list[str]:
    """Remove jobs, running ones as soon as they have stopped; the ids of those gone at once.

    The caller discards the files of these after the transaction.
    """
    _stop(connection, job_ids, STOPPED)
    gone = []
    for job_id in job_ids:
        found = connection.execute(
            "DELETE FROM jobs WHERE id = ? AND status != 'running'", (job_id,)
        )
        gone += [job_id] * found.rowcount
    connection.executemany(
        "UPDATE jobs SET is_deleted = 1, project = NULL WHERE id = ?",
        [(job_id,) for job_id in job_ids],
    )
    return gone


def discard(job_ids: list[str]) -> None:
    """Delete what jobs left on the disk."""
    for job_id in job_ids:
        places.remove_all_of(job_id)


def naming(connection: sqlite3.Connection, object_id: str) -> list[str]:
    """Ids of the active jobs with this id among their parameters."""
    rows = connection.execute(
        "SELECT id FROM jobs WHERE status IN ('waiting', 'running')"
        " AND EXISTS (SELECT 1 FROM json_each(params) WHERE value = ?)",
        (object_id,),
    )
    return [row["id"] for row in rows]


def stop_naming(connection: sqlite3.Connection, object_id: str, reason: str) -> None:
    """Stop all jobs that work on this object because it goes away."""
    _stop(connection, naming(connection, object_id), reason)


# What worker processes do.


def claim(lane: Lane, worker: str, *, device: str = "cpu") -> Job | None:
    """The next job of a lane, now running under the name of this worker, or None."""
    if not lanes.has_waiting(lane):
        return None
    with database.transaction() as connection:
        chosen = next(lanes.queue(connection, lane), None)
        if chosen is None:
            return None
        connection.execute(
            "UPDATE jobs SET status = 'running', worker = ?, device = ?, started_utc = ?,"
            " progress = 0, message = 'Starting' WHERE id = ?",
            (worker, device, now_text(), chosen.id),
        )
        connection.execute(
            "INSERT OR REPLACE INTO turns (lane, owner, turn) VALUES"
            " (:lane, :owner, (SELECT COALESCE(MAX(turn), 0) + 1 FROM turns WHERE lane = :lane))",
            {"lane": lane, "owner": chosen.owner},
        )
        return _job(connection.execute("SELECT * FROM jobs WHERE id = ?", (chosen.id,)).fetchone())


def report(job_id: str, progress: float, message: str) -> None:
    """Show how far a running job is."""
    with database.transaction() as connection:
        connection.execute(
            "UPDATE jobs SET progress = ?, message = ? WHERE id = ? AND status = 'running'",
            (min(1.0, max(0.0, progress)), clean(message, limit=MESSAGE_CHARS), job_id),
        )


def is_cancel_asked(job_id: str) -> bool:
    """Whether the work should stop: it was asked to, or the job is not this worker's any more."""
    row = (
        database.connect()
        .execute("SELECT status, stop_reason FROM jobs WHERE id = ?", (job_id,))
        .fetchone()
    )
    return row is None or row["status"] != "running" or row["stop_reason"] is not None


def finish(job_id: str, result: dict[str, Any]) -> None:
    """End a running job well; a `device` in the result corrects what ran it.

    One that is not running any more keeps its end, and what was made for it is deleted.
    """
    size = places.size_bytes(places.folder("results", job_id))
    with database.transaction() as connection:
        is_ended = connection.execute(
            "UPDATE jobs SET status = 'done', progress = 1, message = '', finished_utc = ?,"
            " result = ?, size_bytes = ?, device = COALESCE(?, device)"
            " WHERE id = ? AND status = 'running' AND is_deleted = 0",
            (now_text(), json.dumps(result), size, result.get("device"), job_id),
        ).rowcount
    if not is_ended:
        stopped(job_id)
        _discard_unless_done(job_id)


def fail(job_id: str, message: str, hint: str) -> None:
    """End a running job with what was wrong and what to do about it."""
    _end(job_id, "failed", message, hint)


def stopped(job_id: str) -> None:
    """End a running job whose work stopped because it was asked to, with the reason."""
    row = (
        database.connect()
        .execute("SELECT stop_reason FROM jobs WHERE id = ?", (job_id,))
        .fetchone()
    )
    _end(job_id, "cancelled", (row and row["stop_reason"]) or STOPPED, "")


def mark_lost(
    worker: str | None = None, *, message: str = LOST, spared: frozenset[str] = frozenset()
) -> int:
    """End the running jobs of a worker that is gone, or of all workers that are; how many.

    Jobs that were asked to stop are stopped, the others lost. Workers that are `spared` are known
    to live: on a machine that slept they have not been heard of for long.
    """
    names = [worker] if worker else [name for name in _workers_gone() if name not in spared]
    if not names:
        return 0
    with database.transaction() as connection:
        ended = [row for name in names for row in _end_of(connection, name, message)]
        connection.executemany(
            "DELETE FROM jobs WHERE id = ? AND is_deleted = 1", [(row["id"],) for row in ended]
        )
    discard([row["id"] for row in ended])
    return len(ended)


def _workers_gone() -> list[str]:
    """Names of the workers that have a running job and are not heard of."""
    rows = database.connect().execute("SELECT DISTINCT worker FROM jobs WHERE status = 'running'")
    names = [row["worker"] for row in rows]
    living = heartbeat.living() if names else frozenset()
    return [name for name in names if name not in living]


def overdue(grace_s: float) -> tuple[str, ...]:
    """Names of the workers whose job was asked to stop longer ago than `grace_s`."""
    latest = database.utc_text(datetime.now(UTC) - timedelta(seconds=grace_s))
    rows = database.connect().execute(
        "SELECT DISTINCT worker FROM jobs WHERE status = 'running' AND stop_asked_utc < ?",
        (latest,),
    )
    return tuple(row["worker"] for row in rows)


def counts() -> dict[str, int]:
    """How many jobs of everybody are in each status."""
    rows = database.connect().execute("SELECT status, COUNT(*) FROM jobs GROUP BY status")
    return {row[0]: row[1] for row in rows}


def _row(connection: sqlite3.Connection, owner: str, job_id: str) -> sqlite3.Row:
    """The row of a user's job."""
    row = None
    if places.is_id(job_id):
        row = connection.execute(
            f"SELECT * FROM jobs WHERE id = ? AND owner = ? AND {_VISIBLE}",  # noqa: S608 - as above
            (job_id, owner),
        ).fetchone()
    if row is None:
        msg = "There is no such job."
        raise NotFoundError(msg, hint="It may have been deleted; see the history of the project.")
    found: sqlite3.Row = row
    return found


def _job(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"],
        owner=row["owner"],
        project=row["project"],
        kind=row["kind"],
        lane=row["lane"],
        status=row["status"],
        progress=row["progress"],
        message=row["message"],
        hint=row["hint"],
        params=json.loads(row["params"]),
        result=json.loads(row["result"]),
        created_utc=time_of(row["created_utc"]),
        started_utc=time_of(row["started_utc"]) if row["started_utc"] else None,
        finished_utc=time_of(row["finished_utc"]) if row["finished_utc"] else None,
        device=row["device"],
    )


def _active_twin(connection: sqlite3.Connection, row: sqlite3.Row) -> str | None:
    """The id of an active job, perhaps this one, that was asked the same by the same user."""
    found = connection.execute(
        f"SELECT id FROM jobs WHERE {_VISIBLE} AND status IN ('waiting', 'running')"  # noqa: S608
        " AND (owner, kind, params) = (:owner, :kind, :params) AND project IS :project",
        {key: row[key] for key in ("owner", "kind", "params", "project")},
    ).fetchone()
    return None if found is None else str(found["id"])


def _require_project(connection: sqlite3.Connection, owner: str, project: str | None) -> None:
    if project is None:
        return
    found = connection.execute(
        "SELECT 1 FROM projects WHERE id = ? AND owner = ?", (project, owner)
    )
    if found.fetchone() is None:
        raise NotFoundError("There is no such project.", hint="It may have been deleted.")


def _stop(connection: sqlite3.Connection, job_ids: list[str], reason: str) -> None:
    """End jobs that wait, and ask those that run to stop; the first reason stays."""
    now = now_text()
    for job_id in job_ids:
        connection.execute(
            "UPDATE jobs SET status = 'cancelled', message = ?, finished_utc = ?"
            " WHERE id = ? AND status = 'waiting'",
            (reason, now, job_id),
        )
        connection.execute(
            "UPDATE jobs SET stop_reason = ?, stop_asked_utc = ?, message = 'Stopping'"
            " WHERE id = ? AND status = 'running' AND stop_reason IS NULL",
            (reason, now, job_id),
        )


def _end(job_id: str, status: str, message: str, hint: str) -> None:
    values = {
        "id": job_id,
        "status": status,
        "message": clean(message, limit=MESSAGE_CHARS),
        "hint": clean(hint, limit=MESSAGE_CHARS),
        "now": now_text(),
    }
    with database.transaction() as connection:
        is_ended = connection.execute(_END, values).rowcount
        connection.execute(
            "DELETE FROM jobs WHERE id = ? AND is_deleted = 1 AND status != 'running'", (job_id,)
        )
    if is_ended:
        places.remove_all_of(job_id)


def _discard_unless_done(job_id: str) -> None:
    """Delete the files of a job that ended in another way while it was still worked on."""
    row = database.connect().execute("SELECT status FROM jobs WHERE id = ?", (job_id,)).fetchone()
    if row is None or row["status"] != "done":
        places.remove_all_of(job_id)


def _end_of(connection: sqlite3.Connection, worker: str, message: str) -> list[sqlite3.Row]:
    values = {"worker": worker, "message": message, "hint": LOST_HINT, "now": now_text()}
    return connection.execute(_END_OF_WORKER, values).fetchall()
