"""`run.json`: where the result comes from and how to make it again.

Knows nothing of how provenance is gathered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import jsontext

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ComparisonResult

NAME = "run"
FILE_NAME = "run.json"
SUFFIX = ".json"
MEDIA_TYPE = "application/json"


def write(result: ComparisonResult, path: Path) -> None:
    """Write the run's record as one JSON object."""
    path.write_text(jsontext.dumps(result.run), encoding="utf-8")
