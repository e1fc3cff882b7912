"""`facts.json`: every number that words may cite, with unit, method and origin.

Knows nothing of how facts are derived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from exports import jsontext

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.facts import Fact

NAME = "facts"
FILE_NAME = "facts.json"
SUFFIX = ".json"
MEDIA_TYPE = "application/json"


class WithFacts(Protocol):
    """What has facts: a comparison or a count."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts."""


def write(result: WithFacts, path: Path) -> None:
    """Write the facts as one JSON list."""
    from analysis.facts import to_json

    path.write_text(jsontext.dumps([to_json(fact) for fact in result.facts]), encoding="utf-8")
