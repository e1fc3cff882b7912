"""Fetches published weights when somebody asks for them: in pieces, resumable, and checked.

Asks the publisher named in the manifest, or the operator's mirror, through `services.outbound`.
Knows nothing of what is inside the files.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import settings
from errors import (
    CancelledError,
    ConflictError,
    ExportError,
    ForbiddenError,
    InputError,
    OutboundError,
    WeightsCorruptError,
    WeightsMissingError,
)
from inference import weights
from inference.weights import GUIDE, WeightsEntry, size_words
from progress import Watcher
from services.basemap import host_of
from services.outbound import Reply, Session, Wanted

PIECE_BYTES = 4 << 20
"""One request; small enough for a slow line within the time that `outbound` gives a request."""
TYPES = ("application/", "binary/octet-stream")
"""A page of words, such as a login of the network, is none of these."""
ATTEMPTS = 4
FIRST_PAUSE_S = 1.0
BUSY = frozenset({408, 429, 500, 502, 503, 504})
SPARE_BYTES = 200_000_000
"""What must stay free on the disk."""
CHECKING = 0.95
"""Share of the progress at which everything has arrived and is checked."""
LOCK_NAME = ".fetching"
KEPT = "What has arrived is kept, and the next try goes on from there."


def fetch(name: str, *, watcher: Watcher) -> Path:
    """The file of weights on this machine, fetched unless it is here and whole.

    An interrupted fetch goes on where it stopped. The file appears under its name only after every
    byte of it was checked.

    Raises:
        InputError: there are no such weights, or the mirror in the settings is no address.
        ForbiddenError: the operator allows no downloads.
        WeightsMissingError: they are shipped with Groundshift, or were trained here, and cannot be
            fetched.
        OutboundError: the server cannot be asked, or offers another file.
        WeightsCorruptError: what arrived is not the published file; it was deleted.
        ConflictError: weights are being fetched already.
        ExportError: the disk is full or cannot be written.
        CancelledError: the watcher asked to stop; what has arrived is kept.
    """
    entry = weights.entry(name)
    if weights.is_whole(entry):
        return weights.place(entry)
    _require_allowed(entry)
    source = _source(entry)
    try:
        with _turn():
            _require_room(entry)
            part = weights.part_place(entry)
            _grow(part, entry, source, watcher.part(0.0, CHECKING))
            return _settled(part, entry, watcher.part(CHECKING, 1.0))
    except CancelledError as error:
        raise CancelledError("Fetching was stopped.", hint=KEPT) from error
    except OSError as error:
        msg = f"The weights {name!r} could not be written to {str(weights.kept_dir())!r}."
        raise ExportError(msg, hint="Check the folder's rights and its free space.") from error


def _require_allowed(entry: WeightsEntry) -> None:
    if not entry.url:
        whose = "are part of Groundshift" if entry.is_shipped else "were trained here"
        msg = f"The weights {entry.name!r} {whose} and not published elsewhere."
        raise WeightsMissingError(msg, hint=weights.remedy(entry))
    if not settings.load().allow_downloads:
        raise ForbiddenError("This server may not fetch weights.", hint=weights.remedy(entry))


def _source(entry: WeightsEntry) -> str:
    """Where the file is asked for."""
    mirror = settings.load().weights_mirror
    if not mirror:
        return entry.url
    try:
        host_of(mirror)
    except ValueError as error:
        msg = "The setting GROUNDSHIFT_WEIGHTS_MIRROR is not a web address."
        raise InputError(msg, hint=f"Correct or unset it; {GUIDE} shows the form.") from error
    return f"{mirror.rstrip('/')}/{entry.file}"


@contextmanager
def _turn() -> Iterator[None]:
    """One fetch at a time on this machine: it uses the line and a worker alone."""
    folder = weights.kept_dir()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_NAME).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            msg = "Weights are being fetched already."
            raise ConflictError(msg, hint="Try again when that has ended.") from error
        yield


def _require_room(entry: WeightsEntry) -> None:
    free_bytes = shutil.disk_usage(weights.kept_dir()).free
    part = weights.part_place(entry)
    needed_bytes = entry.bytes - (part.stat().st_size if part.is_file() else 0) + SPARE_BYTES
    if free_bytes < needed_bytes:
        msg = f"The disk has {size_words(free_bytes)} left; {size_words(needed_bytes)} are needed."
        raise ExportError(msg, hint="Make room, or set GROUNDSHIFT_WEIGHTS_DIR to another folder.")


def _grow(part: Path, entry: WeightsEntry, source: str, watcher: Watcher) -> None:
    """Fetch what is still missing of a file."""
    with Session(frozenset({host_of(source)})) as session, part.open("ab") as file:
        done = file.tell()
        if done > entry.bytes:
            done = file.truncate(0)
        while done < entry.bytes:
            words = f"{size_words(done)} of {size_words(entry.bytes)}"
            watcher.step(done / entry.bytes, f"Fetching {entry.title or entry.name}: {words}")
            span = (done, min(done + PIECE_BYTES, entry.bytes) - 1)
            done += file.write(_piece(session, entry, source, span))
        file.flush()
        os.fsync(file.fileno())


def _piece(session: Session, entry: WeightsEntry, source: str, span: tuple[int, int]) -> bytes:
    """The bytes from the first to the last number, both included."""
    length = span[1] - span[0] + 1
    try:
        reply = _patiently(session, source, Wanted(TYPES, length, span))
    except OutboundError as error:
        raise OutboundError(error.message, hint=_hint(entry)) from error
    if reply.status != 206:
        msg = f"The server {host_of(source)!r} answered with status {reply.status}."
        raise OutboundError(msg, hint=_hint(entry))
    if len(reply.body) != length or reply.total_bytes not in {None, entry.bytes}:
        msg = f"The server {host_of(source)!r} offers another file under the name {entry.file!r}."
        raise OutboundError(msg, hint=_hint(entry))
    return reply.body


def _patiently(session: Session, source: str, wanted: Wanted) -> Reply:
    """The answer; a busy or silent server is asked again, at growing intervals."""
    for attempt in range(ATTEMPTS - 1):
        pause_s = FIRST_PAUSE_S * 2**attempt
        try:
            reply = session.get(source, wanted)
        except OutboundError:
            time.sleep(pause_s)
            continue
        if reply.status not in BUSY:
            return reply
        time.sleep(pause_s if reply.retry_after_s is None else reply.retry_after_s)
    return session.get(source, wanted)


def _settled(part: Path, entry: WeightsEntry, watcher: Watcher) -> Path:
    """The file under its own name, once every byte of it was checked."""

    def on_piece(done_bytes: int) -> None:
        watcher.step(done_bytes / entry.bytes, f"Checking {entry.title or entry.name}")

    if weights.hash_of(part, on_piece) != entry.sha256:
        part.unlink()
        msg = f"What was fetched is not the published file {entry.file!r}, and was deleted."
        hint = f"Try again. If it happens again, the server offers another file; see {GUIDE}."
        raise WeightsCorruptError(msg, hint=hint)
    return part.replace(weights.place(entry))


def _hint(entry: WeightsEntry) -> str:
    return (
        f"{KEPT} Without a connection, put {entry.file} into the folder for weights by hand"
        f" ({GUIDE})."
    )
