"""A sentence cut at its citations, each with the number of its source.

Knows neither pages nor documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from exports.page import citations
from wording.slots import Rendered


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; `source` is set where it is cited."""

    text: str
    source: int | None


def of(said: Rendered, numbers: Mapping[str, int]) -> tuple[Piece, ...]:
    """Pieces that join to exactly the sentence.

    Words without a digit, such as a class or a place, carry the number of their source only where
    the sentence has not named that source yet.

    Args:
        said: the sentence.
        numbers: number of each source by the id of its fact.
    """
    cites = [(cite.start, cite.end, cite.fact_id) for cite in said.citations]
    named: set[int] = set()
    found = []
    for one in citations.pieces(said.text, cites, frozenset(numbers)):
        source = numbers.get(one.fact_id or "")
        is_known = source in named and not any(char.isdigit() for char in one.text)
        found.append(Piece(one.text, None if is_known else source))
        named |= set() if source is None else {source}
    return tuple(found)
