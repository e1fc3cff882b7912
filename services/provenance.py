"""Where a result comes from: hashes of the inputs, versions, time and memory.

Knows nothing of pixels or facts.
"""

import hashlib
import json
import resource
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

import settings

VERSION = "0.1.0"
PACKAGES = (
    "numpy",
    "opencv-python-headless",
    "rasterio",
    "scipy",
    "shapely",
    "pyproj",
    "geopandas",
    "scikit-image",
    "torch",
    "openvino",
)
CHUNK_BYTES = 8 << 20

Role = Literal["pre", "post", "scene", "aoi"]


@dataclass(frozen=True)
class Input:
    """One input of a run.

    Attributes:
        role: what it was used as.
        name: file or folder name.
        path: where it lay when the run was made; see `recorded`.
        sha256: of the file; for a folder, of the names and hashes of its files.
        size_bytes: total size.
    """

    role: Role
    name: str
    path: str
    sha256: str
    size_bytes: int

    def as_json(self) -> dict[str, Any]:
        """The entry of `inputs` in run.json."""
        return {
            "role": self.role,
            "name": self.name,
            "path": self.path,
            "sha256": self.sha256,
            "bytes": self.size_bytes,
        }


def identify(role: Role, path: Path, *, sha256: str | None = None) -> Input:
    """The identity of an input file, or of a folder of tiles; hashed unless its hash is known."""
    known = sha256 or path_sha256(path)
    return Input(role, path.name, recorded(path), known, size_bytes(path))


def recorded(path: Path) -> str:
    """The path as a record keeps it: inside the app's data folder from there, else in full.

    Records leave a server by download and should not tell how its disk is laid out.
    """
    full, kept = path.resolve(), settings.load().data_dir.resolve()
    return str(full.relative_to(kept)) if full.is_relative_to(kept) else str(full)


def size_bytes(path: Path) -> int:
    """Size of a file; of the files that `path_sha256` reads for a folder."""
    return sum(file.stat().st_size for file in _files(path))


def path_sha256(path: Path) -> str:
    """SHA-256 of a file; of the sorted names and hashes of its files for a folder."""
    if path.is_file():
        return file_sha256(path)
    listing = [[file.name, file_sha256(file)] for file in _files(path)]
    return hashlib.sha256(json.dumps(listing).encode()).hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.iterdir() if file.is_file() and file.name[0] != ".")


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, read in chunks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def run_id(inputs: Sequence[Input], parameters: Mapping[str, Any]) -> str:
    """16 hex digits that name the work: same inputs, parameters and version, same id."""
    content = [sorted((i.role, i.sha256) for i in inputs), dict(parameters), VERSION]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def now_utc() -> datetime:
    """The present, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def versions() -> dict[str, str]:
    """Versions of what computes numbers."""
    found = {"python": sys.version.split()[0]}
    for name in PACKAGES:
        with suppress(PackageNotFoundError):  # A processor without OpenVINO's builds has none.
            found[name] = version(name)
    return found


def peak_memory_bytes() -> int:
    """Largest resident memory of this process so far; Linux counts in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
