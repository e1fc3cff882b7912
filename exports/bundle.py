"""A finished result folder as a zip that is made while it is sent: no copy in memory or on disk.

Knows nothing of what the files hold, nor of who receives them.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold; the real ones are in run.json."""
PACKED_SUFFIXES = frozenset({".tif", ".png", ".webp", ".zip"})
FILE_MODE = 0o644 << 16
PIECE_BYTES = 1 << 20


class _Outlet(io.RawIOBase):
    """Where the zip writes: it cannot go back, so each piece can leave at once."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]  # zipfile gives bytes
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last call."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def stream_zip(files: Sequence[Path], folder_name: str) -> Iterator[bytes]:
    """The zip of `files`, in pieces; inside it they lie in a folder of this name.

    The same files give the same bytes.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as archive:
        for file in sorted(files):
            yield from _packed(archive, outlet, file, folder_name)
    yield outlet.taken()


def _packed(
    archive: zipfile.ZipFile, outlet: _Outlet, file: Path, folder_name: str
) -> Iterator[bytes]:
    with file.open("rb") as source, archive.open(_entry(file, folder_name), "w") as sink:
        while piece := source.read(PIECE_BYTES):
            sink.write(piece)
            yield outlet.taken()


def _entry(file: Path, folder_name: str) -> zipfile.ZipInfo:
    """The entry of a file; its size lets the zip choose the large format where it is needed."""
    entry = zipfile.ZipInfo(f"{folder_name}/{file.name}", EPOCH)
    is_packed = file.suffix in PACKED_SUFFIXES
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    entry.external_attr = FILE_MODE
    entry.file_size = file.stat().st_size
    return entry
