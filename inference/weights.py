"""Which learned weights Groundshift knows, where they lie on this machine, whether they are whole.

The list is `weights/manifest.toml`. Knows nothing of networks, and fetches nothing.
"""

import hashlib
import os
import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

import settings
from errors import InputError, WeightsCorruptError, WeightsMissingError

SHIPPED_DIR = Path(__file__).resolve().parents[1] / "weights"
MANIFEST_NAME = "manifest.toml"
HASH_PIECE_BYTES = 8 << 20
FILE_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
GUIDE = "docs/weights.md"


class WeightsEntry(BaseModel):
    """One file of weights as the manifest describes it.

    Attributes:
        name: what a card names in its field `weights`.
        title: name for people.
        file: file name, without a folder.
        sha256: of the whole file, in lower case; any other file is refused.
        bytes: size of the file.
        url: where it was published; empty when it is shipped with Groundshift.
        licence: SPDX name, or the terms in one sentence.
        paper: where the method is described.
        trained_on: data sets, with their licences.
        bands: roles in the order the network expects.
        gsd_m: smallest and largest ground size of a pixel it was trained for; empty if not said.
        card: model card in the folder of the manifest, a Markdown file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,49}$")
    title: str = Field(default="", max_length=80)
    file: str = Field(pattern=rf"^{FILE_NAME}$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(gt=0)
    url: str = Field(default="", max_length=300)
    licence: str = Field(min_length=1, max_length=300)
    paper: str = Field(default="", max_length=300)
    trained_on: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    gsd_m: tuple[float, float] | tuple[()] = ()
    card: str = Field(default="", pattern=rf"^({FILE_NAME}\.md)?$")

    @field_validator("url")
    @classmethod
    def _is_https(cls, url: str) -> str:
        if url and not url.startswith("https://"):
            msg = "must begin with https://"
            raise ValueError(msg)
        return url

    @property
    def is_shipped(self) -> bool:
        """Whether the file belongs to Groundshift itself and is never fetched."""
        return not self.url


class _Manifest(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: tuple[WeightsEntry, ...] = ()

    @field_validator("weights")
    @classmethod
    def _are_distinct(cls, listed: tuple[WeightsEntry, ...]) -> tuple[WeightsEntry, ...]:
        for what in ("name", "file"):
            values = [getattr(entry, what) for entry in listed]
            if len(set(values)) != len(values):
                msg = f"two entries have one {what}"
                raise ValueError(msg)
        return listed


def entries() -> tuple[WeightsEntry, ...]:
    """Every entry of the manifest, in its order.

    Raises:
        InputError: the manifest cannot be read, or an entry lacks or misspells a field.
    """
    manifest = SHIPPED_DIR / MANIFEST_NAME
    return _read(manifest, manifest.stat().st_mtime_ns if manifest.is_file() else 0)


def entry(name: str) -> WeightsEntry:
    """The entry with a name.

    Raises:
        InputError: the manifest has none.
    """
    found = _find(name)
    if found is None:
        names = ", ".join(one.name for one in entries())
        msg = f"There are no weights called {name!r}."
        raise InputError(msg, hint=f"Choose one of: {names}.")
    return found


def kept_dir() -> Path:
    """The folder of weights that are not shipped: what is fetched, or put there by an operator."""
    limits = settings.load()
    return limits.data_dir / "weights" if limits.weights_dir == Path() else limits.weights_dir


def place(listed: WeightsEntry) -> Path:
    """Where the file of an entry lies, or would lie."""
    return (SHIPPED_DIR if listed.is_shipped else kept_dir()) / listed.file


def part_place(listed: WeightsEntry) -> Path:
    """Where a fetch that is not finished keeps what has arrived of exactly this file."""
    return kept_dir() / f"{listed.file}.{listed.sha256[:8]}.part"


def missing(name: str) -> str:
    """Why weights cannot be used, in one or two sentences; empty when they are here.

    Looks at the size alone, so that a page may ask for every entry; `path` looks at every byte.
    """
    listed = _find(name)
    if listed is None:
        return f"The weights {name!r} are not on this machine, nor in the list of weights."
    found_bytes = _size(place(listed))
    if found_bytes is None:
        return f"The weights {name!r} are not on this machine ({size_words(listed.bytes)})."
    if found_bytes != listed.bytes:
        return (
            f"The weights {name!r} on this machine are damaged: {found_bytes:,} of"
            f" {listed.bytes:,} bytes."
        )
    return ""


def path(name: str) -> Path:
    """The file of weights, after every byte of it was checked once in this process.

    Cost: about a second per GB at the first call, and again when the file changes.

    Raises:
        WeightsMissingError: they are not on this machine.
        WeightsCorruptError: the file is not the one that was published.
        InputError: the manifest has no such name.
    """
    listed = entry(name)
    file = place(listed)
    if _size(file) is None:
        raise WeightsMissingError(missing(name), hint=remedy(listed))
    if not is_whole(listed):
        msg = f"The weights {name!r} on this machine are damaged, or another file: {file.name!r}."
        raise WeightsCorruptError(msg, hint=remedy(listed))
    return file


def sha256(name: str) -> str:
    """The hash that stands for weights in a record or a cache, as the manifest states it.

    Raises:
        InputError: the manifest has no such name.
    """
    return entry(name).sha256


def is_whole(listed: WeightsEntry) -> bool:
    """Whether the file of an entry is the published one; false where there is none.

    Cost: as `path`.
    """
    file = place(listed)
    try:
        state = file.stat()
        # A file of another size cannot be the one, and may be large.
        return state.st_size == listed.bytes and _kept_hash(file, _mark(state)) == listed.sha256
    except OSError:
        return False


def hash_of(file: Path, on_piece: Callable[[int], None] = lambda _done_bytes: None) -> str:
    """SHA-256 of a file; `on_piece` is told after every 8 MB how many bytes were read.

    Raises:
        OSError: the file cannot be read.
    """
    digest, done_bytes = hashlib.sha256(), 0
    with file.open("rb") as opened:
        while piece := opened.read(HASH_PIECE_BYTES):
            digest.update(piece)
            done_bytes += len(piece)
            on_piece(done_bytes)
    return digest.hexdigest()


def remedy(listed: WeightsEntry) -> str:
    """What to do about weights that are missing or damaged."""
    if not (listed.is_shipped or listed.url):
        return "They were trained here: restore the file, or train again."
    if listed.is_shipped:
        return "The file belongs to Groundshift: install it again, or restore the folder `weights`."
    if not settings.load().allow_downloads:
        return (
            "This server may not fetch weights: its operator can put the file into the folder for"
            f" weights, or allow it ({GUIDE})."
        )
    return f"Fetch them on the page Models, or with `python cli.py weights fetch {listed.name}`."


def size_words(size_bytes: int) -> str:
    """A size for people: `375 MB`."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size_bytes >= scale:
            return f"{size_bytes / scale:.3g} {unit}"
    return f"{size_bytes} bytes"


def _find(name: str) -> WeightsEntry | None:
    # Imported here: what was trained on this machine is kept by a module that needs this one.
    from inference import trained_weights

    if name.startswith(trained_weights.PREFIX):
        return trained_weights.find(name)
    return next((listed for listed in entries() if listed.name == name), None)


def _size(file: Path) -> int | None:
    """Size of a file; None where there is none."""
    try:
        return file.stat().st_size if file.is_file() else None
    except OSError:
        return None


def _mark(state: os.stat_result) -> tuple[int, ...]:
    """What changes when a file does."""
    return (state.st_size, state.st_mtime_ns, state.st_ino)


@lru_cache(maxsize=64)
def _kept_hash(file: Path, _marked: tuple[int, ...]) -> str:
    """The hash of a file, computed again when the file has changed."""
    return hash_of(file)


@cache
def _read(manifest: Path, _changed_ns: int) -> tuple[WeightsEntry, ...]:
    try:
        return _Manifest.model_validate(tomllib.loads(manifest.read_text("utf-8"))).weights
    except (OSError, ValueError, ValidationError) as error:
        msg = f"The list of weights {manifest.name!r} cannot be used: {_first_line(error)}."
        raise InputError(msg, hint=f"Correct it; {GUIDE} names the fields.") from error


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error).partition("\n")[0][:200]
