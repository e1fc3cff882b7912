"""The one SQLite file in which the workspace keeps its rows, its schema and how it is written.

Knows tables and transactions; nothing of what a scene or a job means.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import settings
from errors import ExportError, InputError

FILE_NAME = "workspace.sqlite3"
BUSY_S = 10.0

_SCENES = """
CREATE TABLE scenes (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, files TEXT NOT NULL,
    size_bytes INTEGER NOT NULL, facts TEXT, created_utc TEXT NOT NULL, opened_utc TEXT NOT NULL
) STRICT;
CREATE INDEX scenes_by_owner ON scenes (owner, created_utc);
"""

# `pre` and `post` are no foreign keys: a project outlives its scenes and keeps its results.
_PROJECTS = """
CREATE TABLE projects (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, pre TEXT NOT NULL,
    post TEXT NOT NULL, created_utc TEXT NOT NULL, opened_utc TEXT NOT NULL,
    areas TEXT NOT NULL, map_state TEXT NOT NULL
) STRICT;
CREATE INDEX projects_by_owner ON projects (owner, opened_utc);
"""

# `place` orders jobs as they were submitted, which two equal times would not.
_JOBS = """
CREATE TABLE jobs (
    place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL,
    project TEXT REFERENCES projects (id), kind TEXT NOT NULL, lane TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting' CHECK
        (status IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'lost')),
    progress REAL NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '',
    hint TEXT NOT NULL DEFAULT '', params TEXT NOT NULL, result TEXT NOT NULL DEFAULT '{}',
    size_bytes INTEGER NOT NULL DEFAULT 0, device TEXT NOT NULL DEFAULT 'cpu',
    worker TEXT NOT NULL DEFAULT '', stop_reason TEXT, stop_asked_utc TEXT,
    is_deleted INTEGER NOT NULL DEFAULT 0, created_utc TEXT NOT NULL, started_utc TEXT,
    finished_utc TEXT
) STRICT;
CREATE INDEX jobs_by_owner ON jobs (owner, place);
CREATE INDEX jobs_by_project ON jobs (project);
CREATE INDEX jobs_by_status ON jobs (status, lane);
CREATE INDEX ingests_by_scene ON jobs (json_extract(params, '$.scene')) WHERE kind = 'ingest';
CREATE TABLE turns (
    lane TEXT NOT NULL, owner TEXT NOT NULL, turn INTEGER NOT NULL, PRIMARY KEY (lane, owner)
) STRICT;
CREATE TABLE workers (
    name TEXT PRIMARY KEY, lane TEXT NOT NULL, device TEXT NOT NULL, pid INTEGER NOT NULL,
    parent INTEGER NOT NULL, seen_utc TEXT NOT NULL
) STRICT;
"""

_UPLOADS = """
CREATE TABLE uploads (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, size_bytes INTEGER NOT NULL,
    received_bytes INTEGER NOT NULL DEFAULT 0, role TEXT NOT NULL DEFAULT '',
    fingerprint TEXT NOT NULL DEFAULT '', status TEXT NOT NULL, created_utc TEXT NOT NULL,
    touched_utc TEXT NOT NULL
) STRICT;
CREATE INDEX uploads_by_owner ON uploads (owner, created_utc);
"""

# What was done with outlined things, one row a step: the last one can be taken back.
_THINGS = """
CREATE TABLE thing_steps (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    project TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    step TEXT NOT NULL, created_utc TEXT NOT NULL
) STRICT;
CREATE INDEX thing_steps_by_project ON thing_steps (project, place);
"""

# Corrections of a count, one row a step: the last one can be taken back.
_EDITS = """
CREATE TABLE edit_steps (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    step TEXT NOT NULL, created_utc TEXT NOT NULL
) STRICT;
CREATE INDEX edit_steps_by_job ON edit_steps (job, place);
"""

# Questions with their answers, one row a turn, and the vector layers questions may name; both go
# with their project.
_ASKING = """
CREATE TABLE dialogue_turns (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    project TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    turn TEXT NOT NULL, created_utc TEXT NOT NULL
) STRICT;
CREATE INDEX dialogue_turns_by_project ON dialogue_turns (project, place);
CREATE TABLE layers (
    place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    project TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name TEXT NOT NULL, features INTEGER NOT NULL, content TEXT NOT NULL,
    size_bytes INTEGER NOT NULL, created_utc TEXT NOT NULL
) STRICT;
CREATE INDEX layers_by_project ON layers (project, place);
"""

# Step n takes a database from version n to n + 1. A step that was released is never changed.
MIGRATIONS = (
    _SCENES + _PROJECTS + _JOBS + _UPLOADS,
    _THINGS,
    _EDITS,
    _ASKING,
)

_threads = threading.local()


@contextmanager
def translated() -> Iterator[None]:
    """SQLite's troubles with the disk in our words.

    Raises:
        ExportError: the database cannot be read or written.
    """
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        msg = f"The database in the data folder cannot be used ({error})."
        hint = "See that the disk of this program has room, then try again."
        raise ExportError(msg, hint=hint) from error


class Connection(sqlite3.Connection):
    """A connection whose statements raise `ExportError` when the disk or a lock stops them."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """The cursor of one statement."""
        with translated():
            return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        """The cursor of one statement run with each of several parameters."""
        with translated():
            return super().executemany(sql, parameters)


def connect() -> sqlite3.Connection:
    """This thread's connection to the database in the data folder, made with its schema if new.

    Statements outside `transaction` commit by themselves. Rows are `sqlite3.Row`.

    Raises:
        InputError: the database was written by a newer version.
        ExportError: the data folder cannot be written.
    """
    path = settings.load().data_dir.absolute() / FILE_NAME
    # A connection must not cross a fork, hence the process in the key.
    key = (path, os.getpid())
    if getattr(_threads, "key", None) != key:
        with translated():
            _threads.connection = _open(path)
        _threads.key = key
    connection: sqlite3.Connection = _threads.connection
    return connection


@contextmanager
def transaction() -> Iterator[sqlite3.Connection]:
    """One change of the database: all of it or nothing, one writer at a time.

    Raises:
        ExportError: the disk is full, or the database is locked for too long.
    """
    connection = connect()
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def utc_text(when: datetime) -> str:
    """A time as the database keeps it: UTC, ISO 8601, sortable as text."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def now_text() -> str:
    """The present as the database keeps it."""
    return utc_text(datetime.now(UTC))


def time_of(text: str) -> datetime:
    """The time that `utc_text` wrote."""
    return datetime.fromisoformat(text)


def json_text(content: Any, *, limit_bytes: int) -> str:
    """Content from outside as the database keeps it.

    Raises:
        InputError: it is no JSON, or larger than `limit_bytes`.
    """
    try:
        text = json.dumps(content, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        msg = "This content cannot be stored: it is not plain JSON."
        raise InputError(msg, hint="Reload the page and try again.") from error
    if len(text) > limit_bytes:
        msg = f"This content has {len(text)} bytes; the limit is {limit_bytes}."
        raise InputError(msg, hint="Use fewer areas, or simplify them.")
    return text


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, factory=Connection)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        # With WAL a power cut may lose the last changes but never damages the file.
        connection.execute("PRAGMA synchronous = NORMAL")
        _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have migrated while this one waited for the lock.
        for step in range(_known_version(connection), len(MIGRATIONS)):
            for statement in _statements(MIGRATIONS[step]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step + 1}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _known_version(connection: sqlite3.Connection) -> int:
    version = _version(connection)
    if version > len(MIGRATIONS):
        msg = "The data folder was written by a newer version of this program."
        raise InputError(msg, hint="Update the program, or use another data folder.")
    return version


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would commit the transaction around it."""
    return (part for part in script.split(";") if part.strip())
