"""Finished counts, opened again, with the corrections people made since.

Reads what the run wrote and matches it anew; nothing is written.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.geometry.base import BaseGeometry

from analysis import count_facts, ledger_tables
from analysis.count_result import CountResult
from analysis.edits import Edit
from analysis.facts import to_json
from analysis.ledger import Counts, Entry, State
from errors import InputError, NotFoundError
from exports.count.folder import MEDIA_TYPES
from exports.count.geopackage import POST, PRE
from raster import aoi as aois
from raster.findings import Finding
from services import recorded_grid
from services.assemble_count import CountBase, assemble

AOI = "aoi"
AT_PRE = frozenset({"objects_pre", "objects_area_pre", "mean_object_area_pre",
                    "object_density_pre"})  # fmt: skip
AT_POST = frozenset({"objects_post", "objects_area_post", "mean_object_area_post",
                     "object_density_post"})  # fmt: skip
APPEARED = frozenset({"objects_appeared", "objects_area_appeared"})
VANISHED = frozenset({"objects_vanished", "objects_area_vanished"})
OF_STATE: Mapping[str, State] = {
    "objects_grown": "grown", "objects_shrunk": "shrunk", "objects_moved": "moved",
    "objects_split": "split", "objects_merged": "merged", "objects_by_splitting": "split",
    "objects_by_merging": "merged",
}  # fmt: skip


@dataclass(frozen=True)
class CountReview:
    """A finished count with corrections, for pages.

    Attributes:
        result: everything about it.
    """

    result: CountResult

    @property
    def run(self) -> Mapping[str, Any]:
        """The record of the run."""
        return self.result.run

    @property
    def counts(self) -> Counts:
        """How many."""
        return self.result.ledger.counts()

    @property
    def facts(self) -> tuple[dict[str, Any], ...]:
        """The facts as in `facts.json`."""
        return tuple(to_json(fact) for fact in self.result.facts)

    @property
    def caption(self) -> str:
        """The caption."""
        return self.result.caption

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What preflight and the run had to tell."""
        return self.result.findings

    def fact(self, name: str, *, region: str = AOI) -> dict[str, Any] | None:
        """The fact with this name and region, or None."""
        found = (one for one in self.facts if (one["name"], one["region"]) == (name, region))
        return next(found, None)

    def entries_of(self, fact_id: str) -> tuple[int, ...]:
        """Ids of the entries that a fact counts or sums; none for one about no thing.

        Raises:
            NotFoundError: there is no such fact.
        """
        fact = next((one for one in self.result.facts if one.id == fact_id), None)
        if fact is None:
            msg = "This result has no such fact."
            raise NotFoundError(msg, hint="Open the result again.")
        ledger = self.result.ledger
        chosen = [one for one in ledger.entries if self._is_in(fact.name, one)]
        if fact.region == AOI:
            return tuple(one.id for one in chosen)
        things = ledger.appeared if fact.name in APPEARED else ledger.vanished
        parts = count_facts.regions_of(things, self.result.area)
        here = {one.id for one, part in zip(things, parts, strict=True) if part == fact.region}
        return tuple(one.id for one in chosen if here & {*one.pre, *one.post})

    def _is_in(self, name: str, entry: Entry) -> bool:
        """Whether a fact with this name is about an entry."""
        pre, post = len(entry.pre), len(entry.post)
        if entry.state == "not assessed":
            wanted = "objects_not_assessed_pre" if pre else "objects_not_assessed_post"
            return name == wanted
        return (
            (name in AT_PRE and pre > 0)
            or (name in AT_POST and post > 0)
            or (name in APPEARED and post > pre)
            or (name in VANISHED and pre > post)
            or (name == "objects_change" and pre != post)
            or (name == "objects_kept" and pre > 0 and post > 0)
            or (name == "objects_second_look" and entry.is_second_look)
            or OF_STATE.get(name) == entry.state
            or (name == "edits_by_hand" and self._is_edited(entry))
        )

    def _is_edited(self, entry: Entry) -> bool:
        return bool({*entry.pre, *entry.post} & self.result.edited.decisions.keys())


@lru_cache(maxsize=8)
def review(folder: Path, corrections: tuple[Edit, ...] = ()) -> CountReview:
    """A finished count with the corrections in it; the last few are remembered.

    Raises:
        InputError: the folder is not complete, or a correction cannot be applied.
    """
    return CountReview(assemble(load(folder), corrections))


@lru_cache(maxsize=8)
def load(folder: Path) -> CountBase:
    """What a finished count rests on; it never changes, so it is read once.

    Raises:
        InputError: it is not the folder of a count, or it is incomplete.
    """
    try:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        within = _within(folder, run)
        rows = [_rows(folder, layer) for layer in (PRE, POST)]
        found = ledger_tables.read(recorded_grid.read(run["grid"]), *rows)
    except (OSError, ValueError, KeyError, TypeError, DataLayerError, DataSourceError) as error:
        msg = f"{folder.name!r} is not a complete count."
        raise InputError(msg, hint="Count again.") from error
    return CountBase(run, found, within)


def files(folder: Path) -> tuple[Path, ...]:
    """The files of a count that are there, in the order of their formats."""
    return tuple(path for name in MEDIA_TYPES if (path := folder / name).is_file())


def _within(folder: Path, run: Mapping[str, Any]) -> BaseGeometry:
    """The area that was counted, in WGS 84."""
    if run["aoi"]["is_whole_overlap"]:
        return aois.whole(recorded_grid.read(run["area"])).geometry
    content = json.loads((folder / "aoi.geojson").read_text(encoding="utf-8"))
    return aois.from_geojson(content, name="area").geometry


def _rows(folder: Path, layer: str) -> list[dict[str, Any]]:
    table = pyogrio.read_dataframe(folder / "ledger.gpkg", layer=layer)
    return [dict(row) for row in table.to_dict("records")]
