"""Questions asked about a project, with their answers, in the order they were asked.

A turn is JSON of whoever answers, kept as it is; knows nothing of what is in it.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

from errors import LimitError, NotFoundError
from workspace import database, places, projects
from workspace.database import now_text

MAX_TURNS = 200
MAX_TURN_BYTES = 4_000_000


def listed(owner: str, project_id: str) -> tuple[str, ...]:
    """The turns of a project's dialogue as JSON texts, the first one first.

    Raises:
        NotFoundError: the project is not there, or another user's.
    """
    projects.get(owner, project_id)
    rows = database.connect().execute(
        "SELECT turn FROM dialogue_turns WHERE project = ? ORDER BY place", (project_id,)
    )
    return tuple(row["turn"] for row in rows)


def add(owner: str, project_id: str, turn: Mapping[str, Any]) -> None:
    """Keep one more turn.

    Raises:
        NotFoundError: the project is not there, or another user's.
        LimitError: the dialogue is full.
        InputError: the turn is no JSON, or too large.
    """
    text = database.json_text(dict(turn), limit_bytes=MAX_TURN_BYTES)
    with database.transaction() as connection:
        _require_project(connection, owner, project_id)
        _require_room(connection, project_id)
        connection.execute(
            "INSERT INTO dialogue_turns (project, turn, created_utc) VALUES (?, ?, ?)",
            (project_id, text, now_text()),
        )


def require_room(owner: str, project_id: str) -> None:
    """Nothing, if one more turn can be kept; asked before a question is answered.

    Raises:
        NotFoundError: the project is not there, or another user's.
        LimitError: the dialogue is full.
    """
    connection = database.connect()
    _require_project(connection, owner, project_id)
    _require_room(connection, project_id)


def clear(owner: str, project_id: str) -> None:
    """Forget the whole dialogue of a project.

    Raises:
        NotFoundError: the project is not there, or another user's.
    """
    with database.transaction() as connection:
        _require_project(connection, owner, project_id)
        connection.execute("DELETE FROM dialogue_turns WHERE project = ?", (project_id,))


def _require_project(connection: sqlite3.Connection, owner: str, project_id: str) -> None:
    """Within the caller's transaction: the project may go while a question is answered."""
    found = connection.execute(
        "SELECT 1 FROM projects WHERE id = ? AND owner = ?",
        (project_id if places.is_id(project_id) else "", owner),
    )
    if found.fetchone() is None:
        raise NotFoundError("There is no such project.", hint="It may have been deleted.")


def _require_room(connection: sqlite3.Connection, project_id: str) -> None:
    query = "SELECT COUNT(*) FROM dialogue_turns WHERE project = ?"
    turns = connection.execute(query, (project_id,)).fetchone()[0]
    if turns >= MAX_TURNS:
        msg = f"This dialogue has {turns} questions; the limit is {MAX_TURNS}."
        raise LimitError(msg, hint="Download it and clear it, then go on asking.")
