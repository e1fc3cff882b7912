"""`statistics.csv`: the numbers of a count in one row.

Every number is that of a fact. Knows nothing of how things are matched.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from exports.statistics import as_text

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.count_result import CountResult

FILE_NAME = "statistics.csv"
MEDIA_TYPE = "text/csv"

COLUMNS = {
    "pre": "objects_pre",
    "post": "objects_post",
    "appeared": "objects_appeared",
    "vanished": "objects_vanished",
    "kept": "objects_kept",
    "grown": "objects_grown",
    "shrunk": "objects_shrunk",
    "split": "objects_split",
    "merged": "objects_merged",
    "moved": "objects_moved",
    "second_look": "objects_second_look",
    "not_assessed_pre": "objects_not_assessed_pre",
    "not_assessed_post": "objects_not_assessed_post",
    "area_pre_m2": "objects_area_pre",
    "area_post_m2": "objects_area_post",
    "area_appeared_m2": "objects_area_appeared",
    "area_vanished_m2": "objects_area_vanished",
    "valid_area_m2": "valid_area",
    "edits": "edits_by_hand",
}
"""Column -> name of the fact about the whole area; a column without a fact is empty."""


def write(result: CountResult, path: Path) -> None:
    """Write the class and one column per number, areas in m2 to the square centimetre."""
    values = {fact.name: fact.value for fact in result.facts if fact.region == "aoi"}
    row = [_rounded(values.get(name, "")) for name in COLUMNS.values()]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("class", *COLUMNS))
        table.writerow((as_text(result.counter.thing), *row))


def _rounded(value: float | str) -> float | str:
    return round(value, 4) if isinstance(value, float) else value
