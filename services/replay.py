"""Make a result again from its record and say whether it is the same."""

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

from pydantic import BaseModel, ConfigDict, Field, field_validator

import settings
from errors import InputError
from progress import Watcher
from services import provenance
from services.compare import CompareRequest, Outcome, compare
from services.results import AREA

MAX_RECORD_BYTES = 50_000_000
UNPACKING = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
"""What the standard library raises for damaged, encrypted or oddly compressed members."""
REMEDY = "Give the run.json or the bundle.zip that `compare` wrote."


class _Input(BaseModel):
    """One entry of `inputs`, read from an untrusted record."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    role: Literal["pre", "post", "aoi"]
    name: str = Field(max_length=1000)
    path: str = Field(max_length=4000)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size_bytes: int = Field(alias="bytes", ge=0)


class _Parameters(BaseModel):
    """The parameters that make the run again."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)
    detector: str = Field(max_length=100)
    threshold: float | None = Field(default=None, ge=0, le=1)
    min_area_m2: float | None = Field(default=None, ge=0)


class _Record(BaseModel):
    """What replay needs of run.json."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str = Field(max_length=64)
    inputs: tuple[_Input, ...] = Field(max_length=8)
    parameters: _Parameters
    mask_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    facts_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @field_validator("inputs")
    @classmethod
    def _one_input_per_role(cls, inputs: tuple[_Input, ...]) -> tuple[_Input, ...]:
        roles = sorted(item.role for item in inputs if item.role != "aoi")
        if roles != ["post", "pre"] or len(inputs) > 3:
            msg = "a run has one pre, one post and at most one aoi"
            raise ValueError(msg)
        return inputs


@dataclass(frozen=True)
class ReplayOutcome:
    """A run made again.

    Attributes:
        outcome: the new comparison.
        differences: what is not the same as in the record; empty when identical.
    """

    outcome: Outcome
    differences: tuple[str, ...]

    @property
    def is_identical(self) -> bool:
        """Whether mask and facts are those of the record."""
        return not self.differences

    @property
    def folder(self) -> Path:
        """Where the new result is."""
        return self.outcome.folder

    def as_json(self) -> dict[str, Any]:
        """What `replay --json` prints."""
        return {
            "identical": self.is_identical,
            "differences": list(self.differences),
            "out": str(self.folder),
            "run": self.outcome.run["id"],
        }


def replay(source: Path, *, out_dir: Path | None, watcher: Watcher) -> ReplayOutcome:
    """Run the comparison of a run.json or a bundle again.

    Raises:
        InputError: the record cannot be read, or an input is missing or has changed.
    """
    with _unpacked(source) as folder:
        record = _read(folder / "run.json" if folder.is_dir() else folder)
        beside = (folder if folder.is_dir() else source.parent, source.parent)
        paths = {item.role: _find(item, beside) for item in record.inputs}
        wanted = record.parameters
        request = CompareRequest(
            paths["pre"],
            paths["post"],
            paths.get("aoi"),
            wanted.detector,
            wanted.threshold,
            wanted.min_area_m2,
        )
        outcome = compare(request, out_dir=out_dir, watcher=watcher)
    return ReplayOutcome(outcome, tuple(_differences(record, outcome)))


@contextmanager
def _unpacked(source: Path) -> Iterator[Path]:
    """The run.json itself, or a temporary folder with the record and the area of a bundle."""
    if source.is_dir():
        yield source
    elif zipfile.is_zipfile(source):
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


def _read(path: Path) -> _Record:
    try:
        if path.stat().st_size > MAX_RECORD_BYTES:
            msg = f"{path.name!r} is too large for a run record."
            raise InputError(msg, hint=REMEDY)
        return _Record.model_validate(json.loads(path.read_text(encoding="utf-8")))
    # pydantic's and json's errors are ValueErrors; RecursionError is deeply nested JSON.
    except (OSError, ValueError, RecursionError) as error:
        msg = f"{path.name!r} is not a run record of Groundshift."
        raise InputError(msg, hint=REMEDY) from error


def _find(item: _Input, beside: tuple[Path, ...]) -> Path:
    """The input where it was, else by its name beside the record, with the recorded hash."""
    kept, name = settings.load().data_dir, Path(item.name).name
    for candidate in (kept / item.path, *(folder / name for folder in beside)):
        if _is_same(candidate, item):
            return candidate
    msg = f"The {item.role} input {item.name!r} of the run is missing or has changed."
    raise InputError(msg, hint=f"Put the original file at {item.path!r} or beside the record.")


def _is_same(candidate: Path, item: _Input) -> bool:
    """Whether size and hash are those of the record; a path from outside may name anything.

    The size goes first, so that a record cannot make this machine hash whatever it names.
    """
    try:
        return (
            provenance.size_bytes(candidate) == item.size_bytes
            and provenance.path_sha256(candidate) == item.sha256
        )
    except (OSError, ValueError):  # missing, forbidden, a device, or no path at all
        return False


def _differences(record: _Record, outcome: Outcome) -> Iterator[str]:
    if outcome.run["mask_sha256"] != record.mask_sha256:
        yield "the mask differs"
    if outcome.run["facts_sha256"] != record.facts_sha256:
        yield "the facts differ"
