"""A result folder: written beside its place under a hidden name, then renamed, or not there at all.

Knows nothing of formats; the registry, or who calls, does.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
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
    writers = {
        export.FILE_NAME: partial(export.write, result) for export in registry.discover().values()
    }
    return write_files(writers, out_dir, watcher=watcher)


def write_files(
    writers: Mapping[str, Callable[[Path], None]], out_dir: Path, *, watcher: Watcher
) -> tuple[Path, ...]:
    """Write every named file into `out_dir`, all or nothing; their paths, in order.

    `out_dir` must not exist, or be an empty folder.

    Raises:
        ExportError: the folder holds something, cannot be written, or the disk is full.
        CancelledError: the user cancelled; nothing is left.
    """
    target = out_dir.resolve()
    _require_free(target)
    with _staging(target) as staging:
        write = partial(_write_one, folder=staging)
        with ThreadPoolExecutor(settings.load().threads) as pool:
            try:
                for done, name in enumerate(pool.map(write, writers.items())):
                    watcher.step((done + 1) / len(writers), f"Wrote {name}")
            finally:
                pool.shutdown(cancel_futures=True)
        watcher.step(1.0, "Files written")
        _move(staging, target)
    return tuple(target / name for name in writers)


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


def _write_one(writer: tuple[str, Callable[[Path], None]], folder: Path) -> str:
    """Write one file; its name.

    Raises:
        ExportError: it cannot be written.
    """
    name, write = writer
    try:
        write(folder / name)
    except OSError as error:
        reason = error.strerror or str(error)
        msg = f"{name!r} could not be written into {str(folder.parent)!r} ({reason})."
        hint = "Free some space or choose another output folder; nothing was left behind."
        raise ExportError(msg, hint=hint) from error
    return name


def _move(staging: Path, target: Path) -> None:
    """Rename over nothing or over an empty folder; POSIX refuses any other."""
    try:
        staging.rename(target)
    except OSError as error:
        raise _occupied(target) from error
