"""Projects: a pair of scenes with the areas, the map and the results that belong to it.

Knows rows and ids; whether the scenes of a project still exist is asked of `scenes`.
"""

import json
import sqlite3
from typing import Any

import settings
from errors import InputError, NotFoundError
from raster.text import clean
from workspace import areas as area_rules
from workspace import database, jobs, places, scenes
from workspace.database import now_text, time_of
from workspace.records import Project

TITLE_CHARS = 120
MAX_MAP_BYTES = 1_000_000


def create(
    owner: str, title: str, pre: str, post: str, *, areas: dict[str, Any] | None = None
) -> Project:
    """A new project of two scenes.

    Raises:
        NotFoundError: a scene is not there, or another user's.
        InputError: both dates are one scene.
        UnreadableAoiError: the areas are no polygons.
    """
    for scene_id in (pre, post):
        scenes.get(owner, scene_id)
    if pre == post:
        msg = "The earlier and the later date are the same scene."
        raise InputError(msg, hint="Choose two different scenes.")
    project_id, now = places.new_id(), now_text()
    text = _areas_text(areas or area_rules.NONE)
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO projects"
            " (id, owner, title, pre, post, created_utc, opened_utc, areas, map_state)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}')",
            (project_id, owner, _title(title), pre, post, now, now, text),
        )
    scenes.touch((pre, post))
    return get(owner, project_id)


def get(owner: str, project_id: str) -> Project:
    """One project.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    row = None
    if places.is_id(project_id):
        row = (
            database.connect()
            .execute("SELECT * FROM projects WHERE id = ? AND owner = ?", (project_id, owner))
            .fetchone()
        )
    if row is None:
        raise _not_found()
    return _project(row)


def listed(owner: str) -> tuple[Project, ...]:
    """A user's projects, the one opened last first."""
    rows = database.connect().execute(
        "SELECT * FROM projects WHERE owner = ? ORDER BY opened_utc DESC, id", (owner,)
    )
    return tuple(_project(row) for row in rows)


def latest(owner: str) -> Project | None:
    """The project a user opened last, or None without any."""
    row = (
        database.connect()
        .execute(
            "SELECT * FROM projects WHERE owner = ? ORDER BY opened_utc DESC, id LIMIT 1",
            (owner,),
        )
        .fetchone()
    )
    return None if row is None else _project(row)


def opened(owner: str, project_id: str) -> None:
    """Note that a project is being worked on; the time to live of its scenes begins anew.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    _change(owner, project_id, "opened_utc", now_text())
    project = get(owner, project_id)
    scenes.touch((project.pre, project.post))


def save_areas(owner: str, project_id: str, areas: dict[str, Any]) -> None:
    """Keep the named areas of interest; of their properties only `id` and `name`.

    Raises:
        NotFoundError: the project is not there, or another user's.
        UnreadableAoiError: the areas are no polygons; those kept so far stay.
    """
    _change(owner, project_id, "areas", _areas_text(areas))


def save_map(owner: str, project_id: str, map_state: dict[str, Any]) -> None:
    """Keep what the map wants to find again.

    Raises:
        NotFoundError: the project is not there, or another user's.
        InputError: it is no JSON, or too large.
    """
    text = database.json_text(map_state, limit_bytes=MAX_MAP_BYTES)
    _change(owner, project_id, "map_state", text)


def rename(owner: str, project_id: str, title: str) -> None:
    """Give a project another title.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    _change(owner, project_id, "title", _title(title))


def delete(owner: str, project_id: str) -> None:
    """Remove a project with its jobs and results; running jobs are stopped, scenes stay.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    get(owner, project_id)
    with database.transaction() as connection:
        rows = connection.execute(
            "SELECT id FROM jobs WHERE project = ? AND owner = ?", (project_id, owner)
        )
        gone = jobs.drop(connection, [row["id"] for row in rows])
        connection.execute("DELETE FROM projects WHERE id = ? AND owner = ?", (project_id, owner))
    jobs.discard(gone)
    places.remove(places.folder("reports", project_id))


def _change(owner: str, project_id: str, column: str, value: str) -> None:
    """Set one column, whose name is a constant of this module."""
    with database.transaction() as connection:
        found = connection.execute(
            f"UPDATE projects SET {column} = ? WHERE id = ? AND owner = ?",  # noqa: S608 - see above
            (value, project_id if places.is_id(project_id) else "", owner),
        )
        if not found.rowcount:
            raise _not_found()


def _areas_text(areas: dict[str, Any]) -> str:
    checked = area_rules.checked(areas)
    return database.json_text(checked, limit_bytes=settings.load().max_aoi_bytes)


def _title(title: str) -> str:
    return clean(title, limit=TITLE_CHARS) or "Untitled project"


def _not_found() -> NotFoundError:
    return NotFoundError("There is no such project.", hint="It may have been deleted.")


def _project(row: sqlite3.Row) -> Project:
    return Project(
        id=row["id"],
        owner=row["owner"],
        title=row["title"],
        pre=row["pre"],
        post=row["post"],
        created_utc=time_of(row["created_utc"]),
        opened_utc=time_of(row["opened_utc"]),
        areas=json.loads(row["areas"]),
        map_state=json.loads(row["map_state"]),
    )
