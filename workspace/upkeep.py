"""What is cleared away by the clock: expired scenes, uploads, answers, previews, stray folders.

Also lays out the bundled samples. Knows ages and owners of folders, not what is in them.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from workspace import database, heartbeat, places, prompts, sample_scenes, scenes, uploads

PREVIEW_S = 6 * 3600.0
STRAY_S = 3600.0
"""A folder is made before its row, so a young one without a row may be about to get it."""
_TABLES: dict[places.Kind, str] = {
    "scenes": "scenes", "jobs": "jobs", "results": "jobs", "previews": "jobs",
    "reports": "projects",
}  # fmt: skip


def tidy() -> None:
    """Clear away what is due, and lay out samples that are missing."""
    sample_scenes.lay_out()
    scenes.purge_expired()
    uploads.purge_stale()
    prompts.forget_old()
    now_s = time.time()
    _remove_old_previews(now_s)
    strays = tuple(_strays(now_s))
    places.remove(*strays)
    heartbeat.sweep()


def _remove_old_previews(now_s: float) -> None:
    for file in (places.data_dir() / "previews").glob("*/*"):
        if file.is_file() and _age_s(file, now_s) > PREVIEW_S:
            file.unlink(missing_ok=True)


def _strays(now_s: float) -> Iterator[Path]:
    """Folders that belong to nothing: a crash came between the row and the files."""
    connection = database.connect()
    for kind, table in _TABLES.items():
        known = {row["id"] for row in connection.execute(f"SELECT id FROM {table}")}  # noqa: S608 - a constant
        for folder in (places.data_dir() / kind).glob("*"):
            if folder.name not in known and _age_s(folder, now_s) > STRAY_S:
                yield folder


def _age_s(path: Path, now_s: float) -> float:
    try:
        return now_s - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
