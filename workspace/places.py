"""Where the files of the workspace lie below the data folder, and how they go.

Names of folders are ids of ours; no name from outside is ever part of a path.
"""

import os
import re
import secrets
import shutil
from pathlib import Path
from typing import Literal

import settings

Kind = Literal["scenes", "jobs", "results", "previews", "reports"]
KINDS: tuple[Kind, ...] = ("scenes", "jobs", "results", "previews", "reports")
ID = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """A name nobody can guess: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether a text from outside could be an id of ours."""
    return ID.fullmatch(text) is not None


def data_dir() -> Path:
    """The data folder, absolute."""
    return settings.load().data_dir.absolute()


def folder(kind: Kind, object_id: str) -> Path:
    """The folder of one object; it need not exist."""
    return data_dir() / kind / object_id


def preview(job_id: str, threshold: float) -> Path:
    """The class codes of a result under another threshold (0..1, four decimals)."""
    return folder("previews", job_id) / f"{threshold:.4f}.tif"


def size_bytes(place: Path) -> int:
    """Total size of the files below a folder; 0 when there is none."""
    return sum(
        (Path(parent) / name).lstat().st_size
        for parent, _folders, names in os.walk(place)
        for name in names
    )


def remove(*places: Path) -> None:
    """Delete folders with all they hold; one that is not there is fine."""
    for place in places:
        shutil.rmtree(place, ignore_errors=True)


def remove_all_of(job_id: str) -> None:
    """Delete everything a job left on the disk."""
    remove(*(folder(kind, job_id) for kind in ("jobs", "results", "previews")))
