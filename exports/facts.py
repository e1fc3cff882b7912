"""`facts.json`: every number that words may cite, with unit, method and origin.

Knows nothing of how facts are derived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports import jsontext

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.result import ComparisonResult

NAME = "facts"
FILE_NAME = "facts.json"
SUFFIX = ".json"
MEDIA_TYPE = "application/json"


def write(result: ComparisonResult, path: Path) -> None:
    """Write the facts as one JSON list."""
    from analysis.facts import to_json

    path.write_text(jsontext.dumps([to_json(fact) for fact in result.facts]), encoding="utf-8")
