"""The tables of a written report about where a result comes from.

Reads the content of run.json as untrusted data; every key may be missing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from exports.page import origin
from wording.document import Table
from wording.language import Language
from wording.report_words import phrases
from wording.slots import Rendered


def tables(run: Mapping[str, Any], language: Language) -> tuple[Table, ...]:
    """Inputs with their hashes, then run, parameters and versions."""
    found = origin.describe({"detector": run.get("counter"), **run})
    words = phrases(language)
    inputs = [
        tuple(map(Rendered, (row.role, row.name, row.size, row.sha256))) for row in found.inputs
    ]
    first = Table(
        words["provenance.inputs"],
        tuple(words["provenance.inputs.columns"].split("|")),
        tuple(inputs),
        numbers=frozenset({2}),
        codes=frozenset({3}),
    )
    pairs = {"run": found.run, "parameters": found.parameters, "versions": found.versions}
    rest = (_pairs(words[f"provenance.{name}"], rows) for name, rows in pairs.items() if rows)
    return (first, *rest)


def _pairs(title: str, rows: Sequence[tuple[str, str]]) -> Table:
    """Names and values without headings."""
    cells = tuple((Rendered(name), Rendered(value)) for name, value in rows)
    return Table(title, ("", ""), cells)
