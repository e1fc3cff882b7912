"""Scenes a user brought, kept on disk under random names, one folder per pair.

File names from outside are only kept in a cleaned form, for their dates.
"""

import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import settings
from errors import ExportError, InputError

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
MAX_NAME = 80
CHUNK_BYTES = 4 << 20


@dataclass(frozen=True)
class Upload:
    """One file from a browser: its name there and its open content."""

    name: str
    content: IO[bytes]


def save(role: str, files: Sequence[Upload], folder: Path) -> Path:
    """Write the files of one role; the file, or the folder when there are several.

    Raises:
        InputError: two files have one name.
        ExportError: the disk is full or cannot be written.
    """
    place = folder / role
    try:
        place.mkdir(parents=True)
        for number, file in enumerate(files):
            _write(file, place / _safe_name(file.name, number))
    except FileExistsError as error:
        msg = f"Two of the files for {role} have the same name."
        raise InputError(msg, hint="Rename one of them.") from error
    except OSError as error:
        shutil.rmtree(place, ignore_errors=True)
        msg = f"The files for {role} could not be stored ({error.strerror})."
        raise ExportError(msg, hint="Free some space on the server.") from error
    return place if len(files) > 1 else next(place.iterdir())


def new_folder() -> Path:
    """A new folder for one pair, named by chance."""
    return settings.load().scenes_dir / secrets.token_hex(16)


def _write(file: Upload, path: Path) -> None:
    file.content.seek(0)
    with path.open("xb") as out:
        shutil.copyfileobj(file.content, out, CHUNK_BYTES)


def _safe_name(name: str, number: int) -> str:
    """Letters, digits, dots and dashes of the last part of a name, never hidden, never empty."""
    last = re.split(r"[/\\]", name)[-1]
    cleaned = UNSAFE.sub("_", last).lstrip(".")[-MAX_NAME:].lstrip(".")
    return cleaned or f"file_{number}.tif"
