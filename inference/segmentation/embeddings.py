"""What segmenters computed of windows of scenes, kept in memory and on disk as plain arrays.

A cache: every entry can be computed again, so a damaged or missing one is no error. Knows nothing
of prompts or models.
"""

import hashlib
import logging
import os
import secrets
import struct
import threading
import time
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from inference.segmenters.base import Embedding
from raster.grid import Grid
from raster.stretch import Stretch

log = logging.getLogger(__name__)

FORMAT = 1
"""Raised when what is computed of a window changes, so that older entries are not found."""
SUFFIX = ".npz"
MEMORY_BYTES = 400_000_000
"""About ten windows of 1024 pixels of the learned segmenter."""
ROOM_LEFT = 0.9
"""A full cache is cleared down to this share of its limit, so that it is not cleared every time."""
STALE_S = 3600.0
_VALID = "observed"
_SHAPE = "observed_shape"
# What numpy raises on a file that is not, or not wholly, what it wrote.
DAMAGED = (
    NotImplementedError,
    OSError,
    ValueError,
    KeyError,
    EOFError,
    struct.error,
    zipfile.BadZipFile,
)


class Digested(Protocol):
    """What tells one entry from another."""

    @property
    def digest(self) -> str:
        """64 hexadecimal digits; equal keys have equal ones, in every process."""


@dataclass(frozen=True)
class Key:
    """What an embedding depends on.

    Attributes:
        scene_sha256: of the scene's files.
        grid: working grid.
        window: window of it, whole pixels.
        stretch: how pixels became the picture.
        segmenter: name.
        weights_sha256: of its weights; empty for none.
    """

    scene_sha256: str
    grid: Grid
    window: Window
    stretch: Stretch
    segmenter: str
    weights_sha256: str

    @property
    def digest(self) -> str:
        """64 hexadecimal digits; equal keys have equal ones, in every process."""
        content = (
            FORMAT,
            self.scene_sha256,
            self.grid.crs.to_wkt(),
            tuple(self.grid.transform)[:6],
            self.grid.shape,
            tuple(int(value) for value in self.window.flatten()),
            self.stretch,
            self.segmenter,
            self.weights_sha256,
        )
        return hashlib.sha256(repr(content).encode()).hexdigest()


@dataclass(frozen=True)
class Embedded:
    """What a segmenter computed of a chip, and which pixels of the chip were observed."""

    values: Embedding
    valid: NDArray[np.bool_]

    @property
    def size_bytes(self) -> int:
        """Memory it takes."""
        return sum(array.nbytes for array in self.values.values()) + self.valid.nbytes


class Embeddings:
    """A bounded cache. Threads of one process and processes of one machine may share a folder."""

    def __init__(self, folder: Path | None, *, limit_bytes: int) -> None:
        """Nothing is read or made yet.

        Args:
            folder: where entries lie; None keeps them in memory only.
            limit_bytes: most bytes on disk; 0 keeps them in memory only.
        """
        self._folder = folder if limit_bytes > 0 else None
        self._limit_bytes = limit_bytes
        self._memory: OrderedDict[str, Embedded] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: Digested, make: Callable[[], Embedded]) -> Embedded:
        """The entry of a key; made, and kept as far as there is room, where there is none."""
        digest = key.digest
        found = self._remembered(digest) or self._read(digest)
        if found is None:
            found = make()
            self._write(digest, found)
        self._remember(digest, found)
        return found

    def _remembered(self, digest: str) -> Embedded | None:
        with self._lock:
            if digest in self._memory:
                self._memory.move_to_end(digest)
            return self._memory.get(digest)

    def _remember(self, digest: str, entry: Embedded) -> None:
        with self._lock:
            self._memory[digest] = entry
            self._memory.move_to_end(digest)
            held = sum(one.size_bytes for one in self._memory.values())
            while held > MEMORY_BYTES and len(self._memory) > 1:
                held -= self._memory.popitem(last=False)[1].size_bytes

    def _read(self, digest: str) -> Embedded | None:
        """The entry on disk, now the latest used; None where there is none or it is damaged."""
        if self._folder is None:
            return None
        path = _place(self._folder, digest)
        try:
            entry = _load(path)
        except FileNotFoundError:
            return None
        except DAMAGED as error:
            log.warning("an embedding could not be read and is computed again (%s)", error)
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)
        return entry

    def _write(self, digest: str, entry: Embedded) -> None:
        """Write an entry whole or not at all; a disk that takes none costs time only."""
        if self._folder is None or entry.size_bytes > self._limit_bytes:
            return
        path = _place(self._folder, digest)
        beside = path.with_name(f".{digest[:8]}-{secrets.token_hex(6)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with beside.open("wb") as file:
                np.savez(file, allow_pickle=False, **_arrays(entry))
            beside.replace(path)
        except OSError as error:
            log.warning("an embedding could not be kept (%s)", error.strerror)
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            return
        trim(self._folder, self._limit_bytes)


def trim(folder: Path, limit_bytes: int) -> None:
    """Delete the entries unused for longest until a folder is within its limit.

    Others may delete at the same time; files left by a process that died go as well.
    """
    kept, now_s = [], time.time()
    for path in folder.glob("*/*"):
        with suppress(OSError):
            state = path.stat()
            if path.name.startswith(".") and now_s - state.st_mtime > STALE_S:
                path.unlink()
            else:
                kept.append((state.st_mtime_ns, state.st_size, path))
    total = sum(size for _used, size, _path in kept)
    if total <= limit_bytes:
        return
    for _used, size, path in sorted(kept):
        if total <= limit_bytes * ROOM_LEFT:
            return
        with suppress(OSError):
            path.unlink()
        total -= size


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / f"{digest}{SUFFIX}"


def _arrays(entry: Embedded) -> dict[str, NDArray[Any]]:
    observed = {_VALID: np.packbits(entry.valid), _SHAPE: np.array(entry.valid.shape)}
    return {**entry.values, **observed}


def _load(path: Path) -> Embedded:
    """An entry, its checksums verified.

    Raises:
        OSError, ValueError, KeyError, EOFError, BadZipFile: it is damaged, or not there.
    """
    # Opened here, because numpy leaves open what it cannot read.
    with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
        arrays = {name: found[name] for name in found.files}
    height, width = (int(side) for side in arrays.pop(_SHAPE))
    bits = np.unpackbits(arrays.pop(_VALID), count=height * width)
    return Embedded(arrays, bits.reshape(height, width).astype(np.bool_))
