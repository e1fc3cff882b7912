"""Files on their way from a browser: begun, sent in pieces, resumed after any break, finished.

A row says what was announced; what has arrived is the size of the file on disk, and a row without
a file is gone. Knows nothing of HTTP or pixels.
"""

import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import settings
from errors import InputError, LimitError, NotFoundError
from raster.text import clean
from workspace import database, places, scenes
from workspace.file_names import safe_names
from workspace.part_file import PartFile, refused_by_disk

ROLE = re.compile(r"[a-z0-9_-]{0,32}")
# What `raster.gdal` can open with a georeference: TIFF, JPEG 2000, and ENVI raw files with header.
SUFFIXES = frozenset({
    ".tif", ".tiff", ".gtiff", ".jp2", ".hdr", ".img", ".dat", ".raw", ".bsq", ".bil", ".bip",
})  # fmt: skip
MAX_NAME_CHARS = 200
MAX_FINGERPRINT_CHARS = 600
MAX_OPEN = 500
STALE_DAYS = 7
UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB"))


@dataclass(frozen=True)
class Upload:
    """One file that is on its way, or has arrived and was not taken yet.

    Attributes:
        id: 32 hexadecimal digits.
        owner: whose it is.
        name: the file's name in the browser, cleaned; never part of a path.
        size_bytes: what was announced.
        received_bytes: what lies on the disk.
        role: word of the page for what the file is for, e.g. `pre`.
        fingerprint: word of the browser by which it knows the same file again.
        created_utc: when it was begun.
    """

    id: str
    owner: str
    name: str
    size_bytes: int
    received_bytes: int
    role: str
    fingerprint: str
    created_utc: datetime

    @property
    def is_complete(self) -> bool:
        """Whether every byte has arrived."""
        return self.received_bytes == self.size_bytes


def begin(
    owner: str, name: str, size_bytes: int, *, role: str = "", fingerprint: str = ""
) -> Upload:
    """A new upload, or the one already begun for the same file (by fingerprint, size and role).

    Raises:
        InputError: the name, the size, the role or the fingerprint cannot be used.
        LimitError: the file is too large, or there is no room for it.
        ExportError: the disk cannot be written.
    """
    _check_announced(name, size_bytes, role, fingerprint)
    with database.transaction():  # two begins must not both fit into the same room
        mine = listed(owner)
        for upload in mine:
            if _is_same(upload, size_bytes, role, fingerprint):
                return upload
        _check_room(owner, mine, size_bytes)
        return _begun(
            Upload(
                places.new_id(), owner, clean(name, limit=MAX_NAME_CHARS), size_bytes, 0, role,
                fingerprint, datetime.now(UTC),
            )
        )  # fmt: skip


def get(owner: str, upload_id: str) -> Upload:
    """One upload with what has arrived.

    Raises:
        NotFoundError: there is none, or it is another user's.
    """
    found = _rows("id = ? AND owner = ?", upload_id, owner) if places.is_id(upload_id) else ()
    for upload in found:
        return upload
    msg = "There is no such upload."
    raise NotFoundError(msg, hint="Choose the file again.")


def listed(owner: str) -> tuple[Upload, ...]:
    """Every upload of `owner` that still lies here, oldest first; complete ones too."""
    return _rows("owner = ?", owner)


def open_part(owner: str, upload_id: str, offset: int) -> PartFile:
    """The part file, locked and open for one piece that begins at `offset`; close it.

    Raises:
        NotFoundError: there is no such upload of this owner.
        ConflictError: `offset` is not what has arrived, or somebody else is writing.
        LimitError: the owner's quota is used up.
    """
    upload = get(owner, upload_id)
    _check_quota(owner, listed(owner))
    piece_bytes = settings.load().chunk_bytes
    most_bytes = min(upload.size_bytes, offset + piece_bytes)
    return PartFile(_part(upload.id), offset=offset, most_bytes=most_bytes)


def append(owner: str, upload_id: str, offset: int, pieces: bytes | Iterable[bytes]) -> Upload:
    """The upload after `pieces` were added at `offset`; together they are one chunk at most.

    Raises:
        GroundshiftError: as `open_part` and `PartFile.write`.
    """
    with open_part(owner, upload_id, offset) as part:
        for piece in (pieces,) if isinstance(pieces, bytes) else pieces:
            part.write(piece)
    return touched(owner, upload_id)


def touched(owner: str, upload_id: str) -> Upload:
    """The upload as it is now; it counts as in use from today."""
    with database.transaction() as connection:
        connection.execute(
            "UPDATE uploads SET touched_utc = ? WHERE id = ? AND owner = ?",
            (database.now_text(), upload_id, owner),
        )
    return get(owner, upload_id)


def finish(owner: str, upload_id: str) -> Path:
    """The complete file under its own, cleaned name; the same path when asked again.

    Whoever moves the file away has taken it: the upload is then gone.

    Raises:
        NotFoundError: there is no such upload of this owner.
        InputError: bytes are still missing.
    """
    upload = get(owner, upload_id)
    if not upload.is_complete:
        msg = f"Only {upload.received_bytes} of {upload.size_bytes} bytes of this file arrived."
        raise InputError(msg, hint="Choose the file again; it goes on where it stopped.")
    path = _finished(upload.id, upload.name)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with suppress(FileNotFoundError):  # finished before
        _part(upload.id).rename(path)
    return path


def cancel(owner: str, upload_id: str) -> None:
    """Delete the upload and what has arrived; a piece still on its way goes nowhere.

    Raises:
        NotFoundError: there is no such upload of this owner.
    """
    _delete(get(owner, upload_id).id)


def purge_stale(*, now: datetime | None = None) -> int:
    """How many were deleted: uploads nobody added to for a week, and files without a row."""
    limit = (now or datetime.now(UTC)) - timedelta(days=STALE_DAYS)
    rows = database.connect().execute("SELECT id, touched_utc FROM uploads").fetchall()
    stale = {row["id"] for row in rows if database.time_of(row["touched_utc"]) < limit}
    known = {row["id"] for row in rows}
    orphans = {
        path.stem for path in place().iterdir()
        if places.is_id(path.stem) and path.stem not in known
        and path.lstat().st_mtime < limit.timestamp()
    }  # fmt: skip
    for upload_id in stale | orphans:
        _delete(upload_id)
    return len(stale | orphans)


def place() -> Path:
    """The folder of unfinished and untaken files; made when missing."""
    folder = places.data_dir() / "uploads"
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    return folder


def _check_announced(name: str, size_bytes: int, role: str, fingerprint: str) -> None:
    if not clean(name) or len(name) > MAX_NAME_CHARS:
        msg = f"The file name has {len(name)} characters; 1 to {MAX_NAME_CHARS} can be used."
        raise InputError(msg, hint="Rename the file and choose it again.")
    if Path(name).suffix.lower() not in SUFFIXES:
        msg = f"{clean(name, limit=60)!r} is not a raster we read."
        hint = "Choose GeoTIFF or JPEG 2000 files, or an ENVI raw file together with its .hdr."
        raise InputError(msg, hint=hint)
    if size_bytes < 1:
        msg = f"{clean(name, limit=60)!r} is empty."
        raise InputError(msg, hint="Export or copy the file again.")
    if not ROLE.fullmatch(role) or len(fingerprint) > MAX_FINGERPRINT_CHARS:
        msg = "The announcement of this file cannot be used."
        raise InputError(msg, hint="Reload the page and choose the file again.")


def _is_same(upload: Upload, size_bytes: int, role: str, fingerprint: str) -> bool:
    wanted = (fingerprint, role, size_bytes)
    return bool(fingerprint) and (upload.fingerprint, upload.role, upload.size_bytes) == wanted


def _check_room(owner: str, mine: tuple[Upload, ...], size_bytes: int) -> None:
    """Refuse at the start what cannot end well: announced bytes count as if they were here."""
    limits = settings.load()
    if size_bytes > limits.max_upload_bytes:
        msg = f"The file has {_size(size_bytes)}; the limit is {_size(limits.max_upload_bytes)}."
        hint = "Cut it to your area, or send it as several tiles."
        raise LimitError(msg, hint=hint)
    if len(mine) >= MAX_OPEN:
        msg = f"{len(mine)} files are on their way; that is the limit."
        raise LimitError(msg, hint="Finish or remove some of them first.")
    promised = scenes.usage_bytes(owner) + sum(upload.size_bytes for upload in mine)
    if promised + size_bytes > limits.quota_bytes:
        left = _size(max(limits.quota_bytes - promised, 0))
        msg = (
            f"The file has {_size(size_bytes)}; {left} of your {_size(limits.quota_bytes)} is free."
        )
        raise LimitError(msg, hint="Delete scenes or half-finished uploads you no longer need.")
    free = shutil.disk_usage(place()).free
    if size_bytes > free:
        msg = f"The file has {_size(size_bytes)}; the disk of the server has {_size(free)} left."
        raise LimitError(
            msg, hint="Delete scenes you no longer need, or ask the operator for space."
        )


def _check_quota(owner: str, mine: tuple[Upload, ...]) -> None:
    quota_bytes = settings.load().quota_bytes
    if scenes.usage_bytes(owner) + sum(upload.received_bytes for upload in mine) >= quota_bytes:
        msg = f"Your {_size(quota_bytes)} are used up. What has arrived is kept."
        raise LimitError(msg, hint="Delete scenes you no longer need; then resume.")


def _begun(upload: Upload) -> Upload:
    """The file first: a row without a file would not be seen."""
    try:
        _part(upload.id).touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise refused_by_disk(error) from error
    now = database.utc_text(upload.created_utc)
    database.connect().execute(
        "INSERT INTO uploads (id, owner, name, size_bytes, role, fingerprint, status, created_utc,"
        " touched_utc) VALUES (?, ?, ?, ?, ?, ?, 'open', ?, ?)",
        (upload.id, upload.owner, upload.name, upload.size_bytes, upload.role,
         upload.fingerprint, now, now),
    )  # fmt: skip
    return upload


def _rows(where: str, *values: str) -> tuple[Upload, ...]:
    """Uploads that a fixed condition selects, without those whose file is gone."""
    rows = database.connect().execute(
        f"SELECT * FROM uploads WHERE {where} ORDER BY created_utc, id",  # noqa: S608 - ours
        values,
    )
    found = ((row, _received_bytes(row["id"], row["name"])) for row in rows)
    return tuple(
        Upload(
            id=row["id"], owner=row["owner"], name=row["name"], size_bytes=row["size_bytes"],
            received_bytes=received, role=row["role"], fingerprint=row["fingerprint"],
            created_utc=database.time_of(row["created_utc"]),
        )
        for row, received in found if received is not None
    )  # fmt: skip


def _received_bytes(upload_id: str, name: str) -> int | None:
    """Size of the file under whichever of its two names it has; None when it has none."""
    for path in (_part(upload_id), _finished(upload_id, name)):
        with suppress(FileNotFoundError):
            return path.stat().st_size
    return None


def _part(upload_id: str) -> Path:
    return place() / f"{upload_id}.part"


def _finished(upload_id: str, name: str) -> Path:
    """A folder of its own, so that no two files meet."""
    return place() / upload_id / safe_names([name])[0]


def _delete(upload_id: str) -> None:
    with database.transaction() as connection:
        connection.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))
    _part(upload_id).unlink(missing_ok=True)
    shutil.rmtree(place() / upload_id, ignore_errors=True)


def _size(size_bytes: int) -> str:
    """Bytes in the unit a file manager would show."""
    for unit_bytes, unit in UNITS:
        if size_bytes >= unit_bytes:
            return f"{size_bytes / unit_bytes:.3g} {unit}"
    return f"{size_bytes} bytes"
