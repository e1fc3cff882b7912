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
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")
MAX_STEM = 80
CHUNK_BYTES = 4 << 20
FOLDER_NAME = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """One file from a browser: its name there and its open content."""

    name: str
    content: IO[bytes]


@dataclass(frozen=True)
class Uploads:
    """Everything a user brought for one pair.

    Attributes:
        pre: files of the earlier date; at least one.
        post: files of the later date; at least one.
        aoi: area of interest, or None for the whole overlap.
    """

    pre: Sequence[Upload]
    post: Sequence[Upload]
    aoi: Upload | None = None


@dataclass(frozen=True)
class StoredPair:
    """Where the files of a pair lie.

    Attributes:
        folder: folder of the pair; nothing else is in it.
        pre: file, or folder of tiles.
        post: likewise.
        aoi: area of interest, or None.
    """

    folder: Path
    pre: Path
    post: Path
    aoi: Path | None


def keep(uploads: Uploads) -> StoredPair:
    """Write the files into a new folder; nothing stays behind on an error.

    Raises:
        InputError: a date has no file, or two of its files have one name.
        ExportError: the disk is full or cannot be written.
    """
    _check(uploads)
    folder = place() / secrets.token_hex(16)
    try:
        folder.mkdir(parents=True, mode=0o700)
        aoi = _write(folder / "aoi", [uploads.aoi]) if uploads.aoi else None
        pre, post = _write(folder / "pre", uploads.pre), _write(folder / "post", uploads.post)
    except OSError as error:
        discard(folder)
        msg = f"The files could not be stored ({error.strerror})."
        raise ExportError(msg, hint="Free some space on the disk of this program.") from error
    return StoredPair(folder, pre, post, aoi)


def discard(folder: Path) -> None:
    """Delete the files of one pair; a folder that `keep` did not make is left alone."""
    is_ours = folder.parent == place() and FOLDER_NAME.fullmatch(folder.name)
    if is_ours and not folder.is_symlink():
        shutil.rmtree(folder, ignore_errors=True)


def place() -> Path:
    """The folder that holds the pairs users brought."""
    return settings.load().scenes_dir.absolute()


def _check(uploads: Uploads) -> None:
    for date, files in (("earlier", uploads.pre), ("later", uploads.post)):
        if not files:
            msg = f"There is no file for the {date} date."
            raise InputError(msg, hint="Add one GeoTIFF, or several tiles of one sensor.")
        names = [file.name for file in files]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            msg = f"Two files for the {date} date are called {twice!r}."
            raise InputError(msg, hint="Remove one of them, or rename it if it is another tile.")


def _write(folder: Path, files: Sequence[Upload]) -> Path:
    """The file, or the folder when there are several."""
    folder.mkdir()
    paths = []
    for number, file in enumerate(files):
        path = folder / _safe_name(file.name, number if len(files) > 1 else None)
        file.content.seek(0)
        with path.open("xb") as out:
            shutil.copyfileobj(file.content, out, CHUNK_BYTES)
        paths.append(path)
    return folder if len(paths) > 1 else paths[0]


def _safe_name(name: str, number: int | None) -> str:
    """Letters, digits, dots and dashes of the last part of a name: never hidden, never empty.

    A number keeps the names of several tiles apart whatever the cleaning and the file system do
    to them.
    """
    last = UNSAFE.sub("_", re.split(r"[/\\]", name)[-1])
    found = SUFFIX.search(last)
    suffix = found.group().lower() if found else ""
    stem = last.removesuffix(found.group() if found else "").strip(".")[:MAX_STEM] or "scene"
    return f"{stem}{suffix}" if number is None else f"{stem}_tile{number}{suffix}"
