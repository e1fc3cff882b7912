"""The tables of a written report about where a result comes from.

Reads the content of run.json as untrusted data; every key may be missing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from exports.page import origin
from wording import quantities
from wording.document import Table
from wording.language import Language
from wording.report_words import phrases, provenance
from wording.slots import Rendered

SMALLEST, MEMORY = "smallest mapped area", "peak memory"


def tables(run: Mapping[str, Any], language: Language) -> tuple[Table, ...]:
    """Inputs with their hashes, then run, parameters and versions."""
    found = origin.describe({"detector": run.get("counter"), **run})
    words = phrases(language)
    inputs = [
        (Rendered(row.role), Rendered(row.name), Rendered(_marked(row.size, language)),
         Rendered(row.sha256))
        for row in found.inputs
    ]  # fmt: skip
    first = Table(
        words["provenance.inputs"],
        tuple(words["provenance.inputs.columns"].split("|")),
        tuple(inputs),
        numbers=frozenset({2}),
        codes=frozenset({3}),
    )
    pairs = {"run": found.run, "parameters": found.parameters, "versions": found.versions}
    rest = (
        _pairs(words[f"provenance.{name}"], [_worded(row, run, language) for row in rows])
        for name, rows in pairs.items()
        if rows
    )
    return (first, *rest)


def _pairs(title: str, rows: Sequence[tuple[str, str]]) -> Table:
    """Names and values without headings."""
    cells = tuple((Rendered(name), Rendered(value)) for name, value in rows)
    return Table(title, ("", ""), cells)


def _worded(row: tuple[str, str], run: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """A name and a value in words of the language, as they are where it has none."""
    (name, value), words = row, provenance(language)
    if name == SMALLEST:
        value = quantities.text(float(run["min_area_m2"]), "m2", language=language)
    elif name == MEMORY:
        value = _marked(value, language)
    return words.get(name, name), words.get(value, value)


def _marked(size: str, language: Language) -> str:
    """A size in bytes with the language's decimal mark."""
    return size.replace(".", language.decimal)
