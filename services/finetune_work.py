"""The folder in which a training keeps its checkpoint: gone when it ends, kept when it is killed.

Knows nothing of what is in it.
"""

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import settings
from errors import ConflictError, ExportError

FOLDER, LOCK = "finetune", ".lock"
KEPT_S = 7 * 24 * 3600
"""A killed training that nobody took up again within a week is forgotten."""


@contextmanager
def folder(identity: str) -> Iterator[Path]:
    """The folder of one training; another one with the same inputs and wishes must wait.

    Raises:
        ConflictError: the same training is running.
        ExportError: the data folder cannot be written.
    """
    home = settings.load().data_dir / FOLDER
    work = home / identity
    try:
        work.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (work / LOCK).open("w")
    except OSError as error:
        msg = f"The folder {str(home)!r} cannot be written."
        raise ExportError(msg, hint="Check its rights and its free space.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            msg = "The same training is running already."
            raise ConflictError(msg, hint="Wait until it has ended.") from error
        forget_old(home)
        # Also after an error and after Ctrl-C. Only a process that was killed comes not this far.
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def forget_old(home: Path) -> None:
    """Remove what killed trainings left long ago."""
    oldest = time.time() - KEPT_S
    for one in home.iterdir():
        with suppress(OSError):
            if max(path.stat().st_mtime for path in (one, *one.iterdir())) < oldest:
                shutil.rmtree(one, ignore_errors=True)
