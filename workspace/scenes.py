"""Scenes that users brought, and the bundled samples that belong to everybody.

Knows rows, folders, quota and time to live; preparing a scene is a job, and what a raster is, is
not known here.
"""

import json
import logging
import shutil
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import settings
from errors import ExportError, InputError, NotFoundError
from raster.text import clean
from services.scene_facts import SceneFacts
from workspace import database, jobs, places, storage
from workspace.database import now_text, time_of
from workspace.file_names import folder_name, safe_names
from workspace.records import SHARED, Job, Scene, SceneStatus
from workspace.storage import usage_bytes

__all__ = [
    "add", "delete", "get", "listed", "mark_ready", "preparation", "purge_expired", "samples",
    "touch", "usage_bytes",
]  # fmt: skip

log = logging.getLogger(__name__)

TITLE_CHARS = 120
MAX_FILES = 500
DELETED = "The scene it worked on was deleted."
UNFINISHED = "Preparing this scene did not finish. Delete it and add it again."

# A scene is what its last ingest job says until its facts are there.
_SELECT = """
SELECT scenes.*, ingests.status AS ingest_status, ingests.message AS ingest_message,
    ingests.hint AS ingest_hint
FROM scenes LEFT JOIN jobs AS ingests ON ingests.place = (
    SELECT MAX(place) FROM jobs INDEXED BY ingests_by_scene
    WHERE kind = 'ingest' AND json_extract(params, '$.scene') = scenes.id
)
"""


def add(
    owner: str, title: str, files: Sequence[Path], *, names: Sequence[str] | None = None
) -> Scene:
    """A new scene, waiting to be prepared; its files are moved into the workspace.

    Args:
        owner: whose it is.
        title: name for people.
        files: one raster, or the tiles of one date and sensor.
        names: what the files were called where they came from; their present names without it.

    Raises:
        InputError: there is no file, or there are too many.
        LimitError: the owner's storage or queue is full; the files stay where they were.
        ExportError: the disk is full or cannot be written; likewise.
    """
    _check_number(files)
    scene_id = places.new_id()
    kept = safe_names(names if names is not None else [file.name for file in files])
    if len(kept) > 1:
        below = folder_name(title)
        kept = tuple(f"{below}/{name}" for name in kept)
    size = sum(file.stat().st_size for file in files)
    storage.require_room(owner, size)
    moved = _Moved(places.folder("scenes", scene_id))
    try:
        moved.take(files, kept)
        with database.transaction() as connection:
            _insert(connection, (scene_id, owner, _title(title), kept, size))
    except BaseException:
        moved.undo()
        raise
    return get(owner, scene_id)


def get(owner: str, scene_id: str) -> Scene:
    """One scene of a user, or a bundled sample.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    row = None
    if places.is_id(scene_id):
        row = (
            database.connect()
            .execute(
                f"{_SELECT} WHERE scenes.id = ? AND scenes.owner IN (?, '')",
                (scene_id, owner),
            )
            .fetchone()
        )
    if row is None:
        raise _not_found()
    return _scene(row)


def preparation(owner: str, scene_id: str) -> Job | None:
    """The last job that prepares or prepared a scene, whoever began it; None if it was deleted.

    Raises:
        NotFoundError: the scene is not there, or another user's.
    """
    scene = get(owner, scene_id)
    row = (
        database.connect()
        .execute(
            "SELECT id FROM jobs INDEXED BY ingests_by_scene WHERE kind = 'ingest'"
            " AND json_extract(params, '$.scene') = ? ORDER BY place DESC LIMIT 1",
            (scene.id,),
        )
        .fetchone()
    )
    try:
        return jobs.get(scene.owner, row["id"]) if row else None
    except NotFoundError:
        return None


def listed(owner: str, *, with_samples: bool = True) -> tuple[Scene, ...]:
    """A user's scenes, newest first, and after them the bundled samples."""
    rows = database.connect().execute(
        f"{_SELECT} WHERE scenes.owner = ? ORDER BY scenes.created_utc DESC, scenes.id", (owner,)
    )
    own = tuple(_scene(row) for row in rows)
    return own + samples() if with_samples and owner != SHARED else own


def samples() -> tuple[Scene, ...]:
    """The bundled samples, in the order they were laid out."""
    return listed(SHARED, with_samples=False)[::-1]


def delete(owner: str, scene_id: str) -> None:
    """Remove a scene with its files; jobs that work on it are stopped, results stay.

    Raises:
        NotFoundError: it is not there, another user's, or a bundled sample.
    """
    with database.transaction() as connection:
        found = connection.execute(
            "DELETE FROM scenes WHERE id = ? AND owner = ? AND owner != ''", (scene_id, owner)
        )
        if not found.rowcount:
            raise _not_found()
        jobs.stop_naming(connection, scene_id, DELETED)
    places.remove(places.folder("scenes", scene_id))


def touch(scene_ids: Sequence[str]) -> None:
    """Begin the time to live of scenes anew, because somebody works with them."""
    with database.transaction() as connection:
        connection.executemany(
            "UPDATE scenes SET opened_utc = ? WHERE id = ?",
            [(now_text(), scene_id) for scene_id in scene_ids],
        )


def purge_expired() -> int:
    """Delete the scenes nobody opened for as long as the settings say; how many.

    One with a job that waits or runs is kept.
    """
    days = settings.load().scene_days
    if not days:
        return 0
    oldest = database.utc_text(datetime.now(UTC) - timedelta(days=days))
    with database.transaction() as connection:
        rows = connection.execute(
            "SELECT id FROM scenes WHERE owner != '' AND opened_utc < ?", (oldest,)
        ).fetchall()
        expired = [row["id"] for row in rows if not jobs.naming(connection, row["id"])]
        connection.executemany("DELETE FROM scenes WHERE id = ?", [(one,) for one in expired])
    for scene_id in expired:
        places.remove(places.folder("scenes", scene_id))
    if expired:
        log.info("deleted %d expired scenes", len(expired))
    return len(expired)


def mark_ready(scene_id: str, facts: SceneFacts) -> None:
    """Keep what was found on preparing a scene, and count its reduced copies.

    Raises:
        NotFoundError: the scene was deleted meanwhile.
    """
    size = places.size_bytes(places.folder("scenes", scene_id))
    with database.transaction() as connection:
        found = connection.execute(
            "UPDATE scenes SET facts = ?, size_bytes = ? WHERE id = ?",
            (json.dumps(facts.to_json()), size, scene_id),
        )
        if not found.rowcount:
            raise NotFoundError(DELETED)


class _Moved:
    """Files on their way into a scene's folder, until the scene is safe in the database."""

    def __init__(self, folder: Path) -> None:
        """Nothing is moved yet."""
        self._folder = folder
        self._back: list[tuple[Path, Path]] = []

    def take(self, files: Sequence[Path], names: Sequence[str]) -> None:
        """Move each file below `files/` under its name."""
        try:
            for file, name in zip(files, names, strict=True):
                target = self._folder / "files" / name
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                shutil.move(file, target)
                self._back.append((target, file))
        except OSError as error:
            msg = f"The files could not be stored ({error.strerror})."
            hint = "Free some space on the disk of this program and try again."
            raise ExportError(msg, hint=hint) from error

    def undo(self) -> None:
        """Put everything back where it was."""
        for target, file in self._back:
            shutil.move(target, file)
        places.remove(self._folder)


def _insert(
    connection: sqlite3.Connection, values: tuple[str, str, str, tuple[str, ...], int]
) -> None:
    scene_id, owner, title, names, size = values
    now = now_text()
    storage.require_room(owner, size, connection)
    connection.execute(
        "INSERT INTO scenes (id, owner, title, files, size_bytes, created_utc, opened_utc)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (scene_id, owner, title, json.dumps(names), size, now, now),
    )
    jobs.enqueue(connection, owner, "ingest", {"scene": scene_id})


def _check_number(files: Sequence[Path]) -> None:
    if not files:
        msg = "There is no file for this scene."
        raise InputError(msg, hint="Add one GeoTIFF, or several tiles of one date and sensor.")
    if len(files) > MAX_FILES:
        msg = f"A scene may have {MAX_FILES} files; these are {len(files)}."
        raise InputError(msg, hint="Merge the tiles first.")


def _title(title: str) -> str:
    return clean(title, limit=TITLE_CHARS) or "Untitled scene"


def _not_found() -> NotFoundError:
    return NotFoundError("There is no such scene.", hint="It may have been deleted.")


def _scene(row: sqlite3.Row) -> Scene:
    status = _status(row)
    return Scene(
        id=row["id"],
        owner=row["owner"],
        title=row["title"],
        status=status,
        message=_why(row) if status == "failed" else "",
        created_utc=time_of(row["created_utc"]),
        expires_utc=_expires(row),
        size_bytes=row["size_bytes"],
        facts=SceneFacts.from_json(json.loads(row["facts"])) if row["facts"] else None,
        folder=places.folder("scenes", row["id"]),
        files=tuple(json.loads(row["files"])),
    )


def _status(row: sqlite3.Row) -> SceneStatus:
    if row["facts"]:
        return "ready"
    if row["ingest_status"] == "waiting":
        return "waiting"
    return "preparing" if row["ingest_status"] == "running" else "failed"


def _why(row: sqlite3.Row) -> str:
    """What was wrong on preparing a scene, and the remedy."""
    if row["ingest_status"] == "failed":
        return f"{row['ingest_message']} {row['ingest_hint']}".strip()
    return UNFINISHED


def _expires(row: sqlite3.Row) -> datetime | None:
    days = settings.load().scene_days
    if not days or row["owner"] == SHARED:
        return None
    return time_of(row["opened_utc"]) + timedelta(days=days)
