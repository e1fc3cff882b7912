"""Finished segmentations, opened again for pages.

Reads what the run wrote; computes nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from errors import InputError
from exports.outlines.folder import MEDIA_TYPES
from raster.findings import Finding
from services.results import AREA


@dataclass(frozen=True)
class SavedThings:
    """The folder of a segmentation.

    Attributes:
        folder: where it is.
        run: content of run.json.
        features: outlines as GeoJSON features in WGS 84, largest first, each with the properties
            `area_m2`, `score` and `segmenter`.
    """

    folder: Path
    run: Mapping[str, Any]
    features: tuple[Mapping[str, Any], ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the run had to tell."""
        return tuple(Finding(**entry) for entry in self.run["findings"])

    def files(self) -> tuple[Path, ...]:
        """The files that are there, in the order of their formats."""
        names = (*MEDIA_TYPES, AREA)
        return tuple(path for name in names if (path := self.folder / name).is_file())


@lru_cache(maxsize=16)
def load(folder: Path) -> SavedThings:
    """Open a folder; a finished one never changes, so it is read once.

    Raises:
        InputError: it is not one, or it is incomplete.
    """
    try:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        found = json.loads((folder / "things.geojson").read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError) as error:
        msg = f"{folder.name!r} is not a complete segmentation."
        raise InputError(msg, hint="Run it again.") from error
    ordered = sorted(found, key=lambda feature: -float(feature["properties"]["area_m2"]))
    return SavedThings(folder, run, tuple(ordered))
