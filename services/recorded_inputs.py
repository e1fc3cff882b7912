"""The input files of a finished run, found again where they were, if they are still the same.

Reads the record as untrusted data: a path in it may name anything, so that size and hash decide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import settings
from services import provenance
from services.provenance import Role


@dataclass(frozen=True)
class InputFile:
    """One input as a record names it.

    Attributes:
        path: where it was, from the data folder or absolute.
        name: of the file.
        sha256: of its content.
        size_bytes: likewise.
    """

    path: str
    name: str
    sha256: str
    size_bytes: int

    def locate(self, beside: Iterable[Path]) -> Path | None:
        """Where it was, else by its name in one of these folders; None if it is gone or changed.

        Cost: one hash of the file, about 1 s per GB.
        """
        name = Path(self.name).name
        places = (settings.load().data_dir / self.path, *(folder / name for folder in beside))
        return next((place for place in places if self._is_at(place)), None)

    def _is_at(self, place: Path) -> bool:
        """Whether it is the file that was used.

        The size goes first, so that a record cannot make this machine hash whatever it names.
        """
        try:
            is_as_large = provenance.size_bytes(place) == self.size_bytes
            return is_as_large and provenance.path_sha256(place) == self.sha256
        except (OSError, ValueError):  # missing, forbidden, a device, or no path at all
            return False


def find(run: Mapping[str, Any], role: Role, *, beside: Path) -> Path | None:
    """The input of this role where it was, else by its name beside the record; None if it is gone.

    Args:
        run: content of run.json.
        role: which input.
        beside: folder of the record.
    """
    entries = (one for one in run.get("inputs") or () if one.get("role") == role)
    entry = next(entries, None)
    found = None if entry is None else _input(entry)
    return found.locate((beside,)) if found else None


def _input(entry: Mapping[str, Any]) -> InputFile | None:
    """An entry of a record; None where its size is no number."""
    try:
        size_bytes = int(entry["bytes"])
    except (TypeError, ValueError):
        return None
    return InputFile(str(entry["path"]), str(entry["name"]), str(entry["sha256"]), size_bytes)
