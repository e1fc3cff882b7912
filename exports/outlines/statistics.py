"""`statistics.csv`: the numbers of a segmentation in one row.

Every number is that of a fact. Knows nothing of how areas are measured.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.outlined import Outlined

FILE_NAME = "statistics.csv"
MEDIA_TYPE = "text/csv"

COLUMNS = {
    "things": "thing_count",
    "covered_area_m2": "covered_area",
    "mean_area_m2": "mean_thing_area",
    "smallest_area_m2": "smallest_thing_area",
    "largest_area_m2": "largest_thing_area",
}
"""Column -> name of the fact; a column without a fact is empty."""


def write(outlined: Outlined, path: Path) -> None:
    """Write the class and one column per number, areas in m2 to the square centimetre."""
    values = {fact.name: fact.value for fact in outlined.facts}
    row = [_rounded(values.get(name, "")) for name in COLUMNS.values()]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("class", *COLUMNS))
        table.writerow(("thing", *row))


def _rounded(value: float | str) -> float | str:
    return round(value, 4) if isinstance(value, float) else value
