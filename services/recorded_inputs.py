"""The input files of a finished run, found again where they were, if they are still the same.

Reads the record as untrusted data: a path in it may name anything, so that size and hash decide.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import settings
from services import provenance
from services.provenance import Role


def find(run: Mapping[str, Any], role: Role, *, beside: Path) -> Path | None:
    """The input of this role where it was, else by its name beside the record; None if it is gone.

    Cost: one hash of the file, about 1 s per GB.

    Args:
        run: content of run.json.
        role: which input.
        beside: folder of the record.
    """
    for entry in run.get("inputs") or ():
        if entry.get("role") == role:
            kept = settings.load().data_dir
            places = (kept / str(entry["path"]), beside / Path(entry["name"]).name)
            return next((place for place in places if _is_same(place, entry)), None)
    return None


def _is_same(place: Path, entry: Mapping[str, Any]) -> bool:
    """Whether it is the file that was used; its size goes first, because hashing takes time."""
    try:
        is_as_large = provenance.size_bytes(place) == int(entry["bytes"])
        return is_as_large and provenance.path_sha256(place) == str(entry["sha256"])
    except (OSError, ValueError):  # missing, forbidden, a device, or no path at all
        return False
