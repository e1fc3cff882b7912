"""Weights that people trained on their own labels here: which there are, and how they are kept.

Each is a file of weights with a record of where it comes from, in the folder `own` beside the
fetched weights. Knows nothing of networks.
"""

import fcntl
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from pydantic import Field, ValidationError

from errors import ConflictError, ExportError, InputError
from inference import weights
from inference.weights import WeightsEntry

log = logging.getLogger(__name__)

FOLDER = "own"
PREFIX = f"{FOLDER}/"
NAME = r"[a-z][a-z0-9_]{2,39}"
RESERVED = frozenset({"auto"})
"""What `--detector` takes for something else than a detector."""
OPERATORS = "own_"
"""Begins the names of networks that the operator put into the same folder."""
MAX_RECORD_BYTES = 2_000_000
RECORD, WEIGHTS, LOCK = ".json", ".safetensors", ".keeping"


class TrainedEntry(WeightsEntry):
    """One file of weights trained here.

    Attributes:
        detector: the detector it is a variant of.
        parent_sha256: of the weights the training began with.
        figures: what was reached before and after, on ground kept for validation.
        record: everything else about the training, as it was kept.
    """

    name: str = Field(pattern=rf"^{PREFIX}{NAME}$")
    file: str = Field(pattern=rf"^{PREFIX}{NAME}\.safetensors$")
    detector: str = Field(pattern=r"^[a-z][a-z0-9_]{0,49}$")
    parent_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    figures: dict[str, Any] = Field(default_factory=dict)
    record: dict[str, Any] = Field(default_factory=dict)

    @property
    def is_shipped(self) -> bool:
        """Never."""
        return False

    @property
    def short_name(self) -> str:
        """Name without the folder: what `--detector` is given."""
        return self.name.removeprefix(PREFIX)


def entries() -> tuple[TrainedEntry, ...]:
    """Every one whose record can be read, by name; a damaged record is logged and left out."""
    folder = weights.kept_dir() / FOLDER
    if not folder.is_dir():
        return ()
    # Nothing but a file is opened: a pipe would be waited for.
    records = (path for path in sorted(folder.glob(f"*{RECORD}")) if path.is_file())
    found = (_read(path, path.stat().st_mtime_ns) for path in records)
    return tuple(entry for entry in found if entry is not None)


def find(name: str) -> TrainedEntry | None:
    """The entry called `own/<name>` or `<name>`, or None."""
    wanted = name if name.startswith(PREFIX) else PREFIX + name
    return next((entry for entry in entries() if entry.name == wanted), None)


def keep(entry: TrainedEntry, write: Callable[[Path], None]) -> Path:
    """Keep new weights under a name nobody has; the record appears last, and with it the entry.

    Args:
        entry: what is known of them; size and hash are those of the file that `write` makes.
        write: writes the file of weights.

    Raises:
        ConflictError: there are weights of this name already.
        ExportError: the folder cannot be written.
    """
    folder = weights.kept_dir() / FOLDER
    file = folder / f"{entry.short_name}{WEIGHTS}"
    record = folder / f"{entry.short_name}{RECORD}"
    try:
        with _turn(folder):
            if record.exists():
                raise taken(entry.short_name)
            _write(entry, write, file, record)
    except OSError as error:
        raise _unwritable(folder) from error
    return file


def remove(name: str) -> None:
    """Take weights trained here, and their record, away for good; the name is free then.

    Args:
        name: `own/<name>` or `<name>`; its record may be damaged.

    Raises:
        InputError: nothing of this name was trained here.
        ExportError: the folder cannot be written.
    """
    folder, short = weights.kept_dir() / FOLDER, name.removeprefix(PREFIX)
    record = folder / f"{short}{RECORD}"
    if not re.fullmatch(NAME, short) or not record.is_file():
        msg = f"No weights called {name[:60]!r} were trained here."
        trained = ", ".join(entry.short_name for entry in entries()) or "none"
        raise InputError(msg, hint=f"Trained here: {trained}.")
    try:
        with _turn(folder):
            # The record first: weights without one are nobody's.
            for gone in (record, folder / f"{short}{WEIGHTS}"):
                gone.unlink(missing_ok=True)
    except OSError as error:
        msg = f"The weights {short!r} could not be taken away from {str(folder)!r}."
        raise ExportError(msg, hint="Check the folder's rights.") from error


def require_writable() -> None:
    """Nothing, if new weights can be kept here; asked before hours are spent on them.

    Raises:
        ExportError: the folder cannot be written.
    """
    folder = weights.kept_dir() / FOLDER
    try:
        with _turn(folder), TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _unwritable(folder) from error


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One writer at a time: of two trainings with one name the second must not touch the files."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(entry: TrainedEntry, write: Callable[[Path], None], file: Path, record: Path) -> None:
    """Both files, or neither."""
    part = record.with_suffix(".part")
    try:
        write(file)
        measured = {"sha256": weights.hash_of(file), "bytes": file.stat().st_size}
        text = entry.model_copy(update=measured).model_dump_json(indent=2)
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(record)
    except BaseException:
        # No entry without a record, so nothing that is in use goes with them.
        for left in (part, file):
            left.unlink(missing_ok=True)
        raise


def _unwritable(folder: Path) -> ExportError:
    msg = f"New weights could not be written to {str(folder)!r}."
    return ExportError(msg, hint="Check the folder's rights and its free space.")


def taken(name: str) -> ConflictError:
    """What is said where a name is taken."""
    msg = f"There is a detector called {name!r} already."
    return ConflictError(msg, hint="Choose another name; trained weights are never overwritten.")


def require_free(name: str, detectors: tuple[str, ...]) -> None:
    """Nothing, if new weights may have this name.

    Raises:
        InputError: it is no name for a detector.
        ConflictError: a detector has it already.
    """
    if name in RESERVED:
        msg = f"{name!r} cannot be the name of a detector: it leaves the choice to Groundshift."
        raise InputError(msg, hint="Choose another name.")
    if not re.fullmatch(NAME, name) or name.startswith(OPERATORS):
        msg = f"{name[:60]!r} cannot be the name of a detector."
        hint = "Use 3 to 40 lower-case letters, digits and underscores, a letter first, not own_."
        raise InputError(msg, hint=hint)
    # A record that cannot be read holds its name as well: nothing is overwritten.
    is_kept = (weights.kept_dir() / FOLDER / f"{name}{RECORD}").exists()
    if name in detectors or is_kept:
        raise taken(name)


@lru_cache(maxsize=64)
def _read(path: Path, _changed_ns: int) -> TrainedEntry | None:
    try:
        if path.stat().st_size > MAX_RECORD_BYTES:
            log.warning("%s is too large to be a record of weights; it is left out", path.name)
            return None
        entry = TrainedEntry.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError, RecursionError):
        log.warning("%s is no record of weights; it is left out", path.name)
        return None
    return entry if f"{entry.short_name}{RECORD}" == path.name else None
