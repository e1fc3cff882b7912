"""`run.json`: where the result comes from and how to make it again.

Knows nothing of how provenance is gathered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from exports import jsontext

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


NAME = "run"
FILE_NAME = "run.json"
SUFFIX = ".json"
MEDIA_TYPE = "application/json"


class WithRun(Protocol):
    """What has a record of its run: a comparison or a count."""

    @property
    def run(self) -> Mapping[str, Any]:
        """The record."""


def write(result: WithRun, path: Path) -> None:
    """Write the run's record as one JSON object."""
    path.write_text(jsontext.dumps(result.run), encoding="utf-8")
