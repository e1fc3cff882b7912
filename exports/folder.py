"""A result folder: written beside its place under a hidden name, then renamed, or not there at all.

Knows nothing of formats; the registry does.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import settings
from errors import ExportError
from exports import registry

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ComparisonResult
    from progress import Watcher


def write_all(result: ComparisonResult, out_dir: Path, *, watcher: Watcher) -> tuple[Path, ...]:
    """Write every export into `out_dir`, all or nothing; the paths of the files.

    `out_dir` must not exist, or be an empty folder.

    Raises:
        ExportError: the folder holds something, cannot be written, or the disk is full.
        CancelledError: the user cancelled; nothing is left.
    """
    target = out_dir.resolve()
    _require_free(target)
    exports = registry.discover()
    with _staging(target) as staging:
        write = partial(_write_one, result=result, folder=staging)
        with ThreadPoolExecutor(settings.load().threads) as pool:
            try:
                for done, name in enumerate(pool.map(write, exports.values())):
                    watcher.step((done + 1) / len(exports), f"Wrote {name}")
            finally:
                pool.shutdown(cancel_futures=True)
        watcher.step(1.0, "Files written")
        _move(staging, target)
    return tuple(target / export.FILE_NAME for export in exports.values())


def _require_free(target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise _occupied(target)


def _occupied(target: Path) -> ExportError:
    msg = f"The output folder {str(target)!r} already holds something."
    return ExportError(msg, hint="Choose a new folder; results are never overwritten.")


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A hidden folder beside `target`, gone at the end however that comes."""
    folder = target.parent / f".{target.name[:80]}.{secrets.token_hex(6)}.part"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        msg = f"The output folder {str(target)!r} cannot be made ({error.strerror})."
        raise ExportError(msg, hint="Choose a folder you may write to.") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_one(export: registry.Export, result: ComparisonResult, folder: Path) -> str:
    """Write one file; its name.

    Raises:
        ExportError: it cannot be written.
    """
    try:
        export.write(result, folder / export.FILE_NAME)
    except OSError as error:
        reason = error.strerror or str(error)
        msg = f"{export.FILE_NAME!r} could not be written into {str(folder.parent)!r} ({reason})."
        hint = "Free some space or choose another output folder; nothing was left behind."
        raise ExportError(msg, hint=hint) from error
    return export.FILE_NAME


def _move(staging: Path, target: Path) -> None:
    """Rename over nothing or over an empty folder; POSIX refuses any other."""
    try:
        staging.rename(target)
    except OSError as error:
        raise _occupied(target) from error
