"""The bundled samples as scenes that belong to everybody.

Copies them into the workspace, so that they are prepared and shown like any other scene.
"""

import filecmp
import hashlib
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Literal

from services.samples import list_samples
from workspace import database, jobs, places
from workspace.database import now_text
from workspace.records import SHARED

Date = Literal["pre", "post"]
DATES: tuple[Date, ...] = ("pre", "post")
WORDS: dict[Date, str] = {"pre": "earlier date", "post": "later date"}


def sample_id(place: str, date: Date) -> str:
    """The id of a bundled scene, the same on every machine."""
    return hashlib.sha256(f"sample:{place}/{date}".encode()).hexdigest()[:32]


def lay_out() -> None:
    """Make the samples scenes, once; again where the bundled file or its preparation changed.

    Raises:
        ExportError: the disk is full or cannot be written.
    """
    with database.transaction() as connection:
        for sample in list_samples():
            for date in DATES:
                file = sample.pre if date == "pre" else sample.post
                title = f"{sample.title}, {WORDS[date]}"
                _lay_out(connection, sample_id(sample.id, date), title, file)


def _lay_out(connection: sqlite3.Connection, scene_id: str, title: str, file: Path) -> None:
    kept = places.folder("scenes", scene_id) / "files" / file.name
    is_same = kept.is_file() and filecmp.cmp(file, kept, shallow=False)
    if is_same and _is_under_way(connection, scene_id):
        return
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(file, kept)
    connection.execute(
        "INSERT OR REPLACE INTO scenes"
        " (id, owner, title, files, size_bytes, created_utc, opened_utc)"
        " VALUES (:id, :owner, :title, :files, :size, :now, :now)",
        {
            "id": scene_id,
            "owner": SHARED,
            "title": title,
            "files": json.dumps([file.name]),
            "size": file.stat().st_size,
            "now": now_text(),
        },
    )
    jobs.enqueue(connection, SHARED, "ingest", {"scene": scene_id})


def _is_under_way(connection: sqlite3.Connection, scene_id: str) -> bool:
    """Whether a sample is ready, or a job waits or works to make it so."""
    row = connection.execute("SELECT facts FROM scenes WHERE id = ?", (scene_id,)).fetchone()
    return row is not None and bool(row["facts"] or jobs.naming(connection, scene_id))
