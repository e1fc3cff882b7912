"""A folder for one run's working files, beside the result so that renaming is instant.

It vanishes with the run, however the run ends.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import settings
from errors import ExportError

BYTES_PER_PIXEL = 14
"""Working scores, classes and observation codes (6), their final copies (6) and slack."""
SPARE_BYTES = 20_000_000


def result_folder(out_dir: Path | None, run: str, when: datetime) -> Path:
    """Where the result goes: `out_dir`, or a new folder named by time and run.

    Raises:
        ExportError: the folder exists and is not empty.
    """
    if out_dir is None:
        stem = f"{when:%Y%m%dT%H%M%SZ}-{run[:8]}"
        return _free_name(settings.load().results_dir, stem)
    require_free(out_dir)
    return out_dir


def require_free(out_dir: Path | None) -> None:
    """Nothing, if a result can be written there; asked before any work is done.

    Raises:
        ExportError: the folder exists and is not empty, or lies below a file.
    """
    if out_dir is None:
        return
    above = next(folder for folder in out_dir.absolute().parents if folder.exists())
    if not above.is_dir():
        msg = f"The output folder {str(out_dir)!r} lies below {above.name!r}, which is a file."
        raise ExportError(msg, hint="Choose a folder whose parents are folders.")
    if out_dir.exists() and (not out_dir.is_dir() or any(out_dir.iterdir())):
        msg = f"The output folder {str(out_dir)!r} already holds something."
        raise ExportError(msg, hint="Choose a new folder; results are never overwritten.")


def _free_name(parent: Path, stem: str) -> Path:
    """The name, or the name with a number when the same run was made in the same second."""
    names = (parent / stem, *(parent / f"{stem}-{number}" for number in range(2, 1000)))
    return next(name for name in names if not name.exists())


@contextmanager
def workspace(beside: Path, *, pixels: int) -> Iterator[Path]:
    """A temporary folder in the parent of `beside`, removed at the end.

    Raises:
        ExportError: the parent cannot be written, or the disk has no room for the run.
    """
    folder = beside.parent / f".groundshift-{secrets.token_hex(6)}"
    made = [parent for parent in folder.parents if not parent.exists()]
    try:
        folder.mkdir(parents=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        msg = f"The output folder {str(beside)!r} cannot be written ({error.strerror})."
        raise ExportError(msg, hint="Choose a folder you may write to with --out.") from error
    try:
        _require_room(free, pixels * BYTES_PER_PIXEL + SPARE_BYTES, beside)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _remove_empty(made)


def _remove_empty(folders: list[Path]) -> None:
    """Take back the folders that were made for a result that never came; the deepest first."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _require_room(free: int, needed: int, beside: Path) -> None:
    if free < needed:
        msg = (
            f"The disk of {str(beside)!r} has {free / 1e6:,.0f} MB free;"
            f" this run may need {needed / 1e6:,.0f} MB."
        )
        raise ExportError(msg, hint="Free some space, choose a smaller AOI or another --out.")
