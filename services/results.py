"""Finished result folders, opened again for pages and other readers.

Reads what the exports wrote; computes nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.facts import Exclusion
from errors import InputError
from exports import registry
from exports.page.rows import titles, votes
from raster.findings import Finding
from wording import quantities

ANY, AOI = "any", "aoi"
AREA, AREA_TYPE = "aoi.geojson", "application/geo+json"
"""The area of a run in the app, which its result carries along: it was drawn, and is no file of the
user's."""
LISTED_OBJECTS = 100


@dataclass(frozen=True)
class ResultFile:
    """One file of a result folder, ready to be handed out.

    Attributes:
        path: where it is.
        media_type: for downloads.
        size_bytes: its size.
    """

    path: Path
    media_type: str
    size_bytes: int


@dataclass(frozen=True)
class ObjectRow:
    """One changed object in words.

    `votes` is e.g. `3 of 4` and `seen_by` who that is; empty where one method was asked alone.
    """

    id: int
    label: str
    area: str
    perimeter: str
    score: float
    lat: float
    lon: float
    votes: str = ""
    seen_by: str = ""


@dataclass(frozen=True)
class SavedResult:
    """A result folder.

    Attributes:
        folder: where it is.
        run: content of run.json.
        facts: content of facts.json.
        caption: the caption.
    """

    folder: Path
    run: dict[str, Any]
    facts: tuple[dict[str, Any], ...]
    caption: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What preflight and the run had to tell."""
        return tuple(Finding(**entry) for entry in self.run["findings"])

    @property
    def excluded(self) -> tuple[Exclusion, ...]:
        """Ground inside the area that was not assessed, by reason."""
        parts: list[dict[str, Any]] = next((fact["excluded"] for fact in self.facts), [])
        return tuple(Exclusion(**part) for part in parts)

    def value(self, name: str, *, change_class: str = ANY, region: str = AOI) -> Any:
        """The value of the fact with this name, class and region, or None."""
        wanted = (name, change_class, region)
        found = (
            fact["value"]
            for fact in self.facts
            if (fact["name"], fact["class"], fact["region"]) == wanted
        )
        return next(found, None)

    def words(self, name: str, unit: str, *, change_class: str = ANY) -> str:
        """The value of a fact about the whole area as text, or that it is not known."""
        value = self.value(name, change_class=change_class)
        return "not known" if value is None else quantities.text(value, unit)

    def files(self) -> tuple[ResultFile, ...]:
        """The files of the folder: those of the exports in their order, then the area."""
        return tuple(
            ResultFile(path, media_type, path.stat().st_size)
            for name, media_type in file_types().items()
            if (path := self.folder / name).is_file()
        )


def file_types() -> dict[str, str]:
    """Media type of every file a result folder may hold, by name; any other is not ours."""
    exports = registry.discover().values()
    return {export.FILE_NAME: export.MEDIA_TYPE for export in exports} | {AREA: AREA_TYPE}


@lru_cache(maxsize=32)
def load(folder: Path) -> SavedResult:
    """Open a result folder; a finished one never changes, so it is read once.

    Raises:
        InputError: it is not one, or it is incomplete.
    """
    try:
        return SavedResult(
            folder,
            json.loads((folder / "run.json").read_text(encoding="utf-8")),
            tuple(json.loads((folder / "facts.json").read_text(encoding="utf-8"))),
            (folder / "caption.txt").read_text(encoding="utf-8").strip(),
        )
    except (OSError, ValueError) as error:
        msg = f"{folder.name!r} is not a complete result folder."
        raise InputError(msg, hint="Run the comparison again.") from error


@lru_cache(maxsize=64)
def run_record(folder: Path) -> dict[str, Any]:
    """The record of the run of a result folder of any kind; read once, as it never changes.

    Raises:
        InputError: it is not there, or cannot be read.
    """
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        msg = f"{folder.name!r} is not a complete result folder."
        raise InputError(msg, hint="Run it again.") from error
    return record if isinstance(record, dict) else {}


def run_id(folder: Path) -> str:
    """The id of the run of a result folder of any kind; empty where its record cannot be read."""
    try:
        return str(run_record(folder).get("id", ""))
    except InputError:
        return ""


def features(result: SavedResult) -> tuple[dict[str, Any], ...]:
    """The changed objects as GeoJSON features in WGS 84, largest first.

    Raises:
        InputError: the folder is not complete.
    """
    return _features(result.folder)


@lru_cache(maxsize=16)
def _features(folder: Path) -> tuple[dict[str, Any], ...]:
    try:
        text = (folder / "changes.geojson").read_text(encoding="utf-8")
        return tuple(json.loads(text)["features"])
    except (OSError, ValueError, KeyError) as error:
        msg = f"{folder.name!r} is not a complete result folder."
        raise InputError(msg, hint="Run the comparison again.") from error


def largest_objects(result: SavedResult, *, limit: int = LISTED_OBJECTS) -> tuple[ObjectRow, ...]:
    """The largest changed objects of a result.

    Raises:
        InputError: the folder is not complete.
    """
    rows = (feature["properties"] for feature in features(result))
    ordered = sorted(rows, key=lambda row: -float(row["area_m2"]))
    return tuple(_object_rows(ordered[:limit], titles(result.run)))


def _object_rows(rows: list[dict[str, Any]], asked: Mapping[str, str]) -> Iterator[ObjectRow]:
    for row in rows:
        yield ObjectRow(
            int(row["id"]),
            str(row["class"]),
            quantities.text(float(row["area_m2"]), "m2"),
            quantities.text(float(row["perimeter_m"]), "m"),
            round(float(row["score"]), 3),
            round(float(row["lat"]), 6),
            round(float(row["lon"]), 6),
            *votes(row.get("seen_by"), asked),
        )
