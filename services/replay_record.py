"""The record of a run, read as untrusted data, and the inputs it names, found again.

Knows the form of records; not how a run is made again.
"""

import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

import settings
from errors import InputError
from services.recorded_inputs import InputFile
from services.results import AREA

MAX_RECORD_BYTES = 50_000_000
UNPACKING = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
"""What the standard library raises for damaged, encrypted or oddly compressed members."""
REMEDY = "Give the run.json or the ZIP of a result that `compare`, `count` or `segment` wrote."


class Strict(BaseModel):
    """A part of an untrusted record; what is not known is left out."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class Input(Strict):
    """One entry of `inputs`."""

    role: Literal["pre", "post", "scene", "aoi"]
    name: str = Field(max_length=1000)
    path: str = Field(max_length=4000)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size_bytes: int = Field(alias="bytes", ge=0)


class Record(Strict):
    """What every kind of run records."""

    id: str = Field(max_length=64)
    inputs: tuple[Input, ...] = Field(max_length=8)
    facts_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    def require(self, *roles: str) -> None:
        """Check that there is one input for each of these roles, and at most one area.

        Raises:
            ValueError: there is not.
        """
        found = sorted(item.role for item in self.inputs)
        if found not in (sorted(roles), sorted([*roles, "aoi"])):
            msg = f"a run of this kind has one {', one '.join(roles)} and at most one aoi"
            raise ValueError(msg)


@dataclass(frozen=True)
class Source:
    """A record as it was given.

    Attributes:
        content: of run.json, unchecked.
        name: of the file, for words.
        beside: folders in which its inputs may lie.
    """

    content: dict[str, Any]
    name: str
    beside: tuple[Path, ...]

    def path_of(self, item: Input) -> Path:
        """An input where it was, else by its name beside the record, with the recorded hash.

        Raises:
            InputError: it is missing or has changed.
        """
        kept = InputFile(item.path, item.name, item.sha256, item.size_bytes)
        found = kept.locate(self.beside)
        if found is not None:
            return found
        msg = f"The {item.role} input {item.name!r} of the run is missing or has changed."
        hint = f"Put the original file at {item.path!r} or beside the record."
        raise InputError(msg, hint=hint)


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The record in a run.json, a result folder or a bundle; a bundle's area lies beside it.

    Raises:
        InputError: there is no record, or it cannot be read.
    """
    with _unpacked(path) as place:
        record = place / "run.json" if place.is_dir() else place
        folder = place if place.is_dir() else path.parent
        yield Source(_content(record), record.name, (folder, path.parent))


def refuse(name: str) -> InputError:
    """The error for a file that is no record."""
    return InputError(f"{name!r} is not a run record of Groundshift.", hint=REMEDY)


@contextmanager
def _unpacked(source: Path) -> Iterator[Path]:
    """The run.json itself, or a temporary folder with the record and the area of a bundle."""
    if not source.is_dir() and zipfile.is_zipfile(source):
        with TemporaryDirectory(prefix="groundshift-") as folder:
            unpacked = Path(folder)
            (unpacked / "run.json").write_bytes(_record_of(source))
            if area := _only(source, AREA, settings.load().max_aoi_bytes):
                (unpacked / AREA).write_bytes(area)
            yield unpacked
    else:
        yield source


def _record_of(bundle: Path) -> bytes:
    """The one run.json of a bundle."""
    record = _only(bundle, "run.json", MAX_RECORD_BYTES)
    if record is None:
        msg = f"{bundle.name!r} does not hold one run.json of a sensible size."
        raise InputError(msg, hint=REMEDY)
    return record


def _only(bundle: Path, name: str, most_bytes: int) -> bytes | None:
    """The one member of a bundle with this name; None if there is none, several, or it is large."""
    try:
        with zipfile.ZipFile(bundle) as archive:
            found = [item for item in archive.infolist() if Path(item.filename).name == name]
            is_usable = len(found) == 1 and found[0].file_size <= most_bytes
            return archive.read(found[0]) if is_usable else None
    except UNPACKING as error:
        msg = f"{bundle.name!r} is a damaged or encrypted archive."
        raise InputError(msg, hint=REMEDY) from error


def _content(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_RECORD_BYTES:
            msg = f"{path.name!r} is too large for a run record."
            raise InputError(msg, hint=REMEDY)
        content = json.loads(path.read_text(encoding="utf-8"))
    # json's errors are ValueErrors; RecursionError is deeply nested JSON.
    except (OSError, ValueError, RecursionError) as error:
        raise refuse(path.name) from error
    if not isinstance(content, dict):
        raise refuse(path.name)
    return content
