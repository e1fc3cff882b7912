"""`statistics.csv`: changed area and objects per class.

Knows nothing of how areas are measured.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ClassStatistics, ComparisonResult

NAME = "statistics"
FILE_NAME = "statistics.csv"
SUFFIX = ".csv"
MEDIA_TYPE = "text/csv"

COLUMNS = ("class", "objects", "area_m2", "area_share_pct", "valid_area_m2")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write(result: ComparisonResult, path: Path) -> None:
    """Write one row per class of the legend, areas in m2 to the square centimetre.

    The sum over all classes (`any`) is left out, so that adding up a column is right.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(_row(entry) for entry in result.statistics if entry.name != "any")


def _row(entry: ClassStatistics) -> tuple[str, int, float, float, float]:
    return (
        as_text(entry.name),
        entry.objects,
        round(entry.area_m2, 4),
        round(entry.area_share_pct, 8),
        round(entry.valid_area_m2, 4),
    )


def as_text(cell: str) -> str:
    """The cell, quoted where a spreadsheet would run it as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
