"""A file that grows at its end, one writer at a time, and whose size is what has arrived.

Knows nothing of owners, names or HTTP.
"""

import errno
import fcntl
import os
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from errors import ConflictError, ExportError, LimitError, NotFoundError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# Appended to only, never through a link, and not inherited by worker processes.
MODE = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW


class PartFile:
    """An open part file: bytes go to its end until it holds `most_bytes`.

    The lock belongs to the open file, so it ends with the writer whatever happens to it, and it
    also holds between processes.

    Attributes:
        size_bytes: what the file holds now.
        most_bytes: what it may hold at the end of this piece.
    """

    def __init__(self, path: Path, *, offset: int, most_bytes: int) -> None:
        """Open and lock the file, which must hold `offset` bytes.

        Raises:
            NotFoundError: the file is gone.
            ConflictError: somebody else is writing, or the file holds another number of bytes.
        """
        self._file = _opened(path)
        try:
            self.size_bytes = _locked_size(self._file.fileno(), offset)
        except ConflictError:
            self._file.close()
            raise
        self._start = offset
        self.most_bytes = most_bytes

    def write(self, piece: bytes | bytearray) -> None:
        """Append; what fitted stays when the disk is full.

        Raises:
            LimitError: more than was agreed, and then nothing of it stays; or the disk is full.
            ExportError: the disk cannot be written.
        """
        if self.size_bytes + len(piece) > self.most_bytes:
            os.ftruncate(self._file.fileno(), self._start)
            self.size_bytes = self._start
            msg = "More was sent than was announced; this piece was refused."
            raise LimitError(msg, hint="Choose the file again.")
        left = memoryview(piece)
        while left:
            left = left[self._write_some(left) :]

    def close(self) -> None:
        """Put what was written on the disk itself, then let the next writer in.

        Synced here, once per piece, so that what a browser was told survives a power cut.

        Raises:
            LimitError: the disk is full.
            ExportError: the disk cannot be written.
        """
        if self._file.closed:
            return
        try:
            if self.size_bytes > self._start:
                os.fsync(self._file.fileno())
        except OSError as error:
            raise refused_by_disk(error) from error
        finally:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close; the first error is the one that is told."""
        with suppress(*([LimitError, ExportError] if error else [])):
            self.close()

    def _write_some(self, piece: memoryview) -> int:
        try:
            written = os.write(self._file.fileno(), piece)
        except OSError as error:
            raise refused_by_disk(error) from error
        self.size_bytes += written
        return written


def refused_by_disk(error: OSError) -> LimitError | ExportError:
    """The words for a disk that is full, or that cannot be written."""
    if error.errno in FULL:
        msg = "The disk of the server is full. What has arrived is kept."
        hint = "Delete scenes you no longer need, or ask the operator for space; then resume."
        return LimitError(msg, hint=hint)
    msg = f"The file could not be stored ({error.strerror}). What has arrived is kept."
    return ExportError(msg, hint="Tell the operator of this server; then resume.")


def _opened(path: Path) -> FileIO:
    try:
        descriptor = os.open(path, MODE)
    except FileNotFoundError as error:
        msg = "There is no such upload."
        raise NotFoundError(msg, hint="Choose the file again.") from error
    except OSError as error:
        raise refused_by_disk(error) from error
    return FileIO(descriptor, "ab")


def _locked_size(descriptor: int, offset: int) -> int:
    """Size of the file once it is locked; it must be `offset`."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        msg = "This file is being sent from another tab or window."
        raise ConflictError(msg, hint="It goes on here when that one stops.") from error
    size_bytes = os.fstat(descriptor).st_size
    if size_bytes != offset:
        msg = f"This piece begins at byte {offset}, but {size_bytes} bytes have arrived."
        raise ConflictError(msg, hint="Go on from what has arrived.")
    return size_bytes
