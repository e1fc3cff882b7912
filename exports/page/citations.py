"""Cutting a caption at its citations, so that every number can link to its fact.

Knows nothing of what the caption says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A piece of the caption; `fact_id` is set where it is cited from a fact."""

    text: str
    fact_id: str | None = None


def pieces(
    caption: str, citations: Iterable[Sequence[int | str]], known_ids: frozenset[str]
) -> tuple[Piece, ...]:
    """The caption in pieces that join to exactly the caption.

    A citation that is not `[start, end, fact id]` within the text, overlaps an earlier one or names
    an unknown fact is shown as plain text: a wrong link is worse than none.
    """
    found: list[Piece] = []
    position = 0
    for citation in citations:
        span = _span(citation, position, len(caption))
        if span is None or str(citation[2]) not in known_ids:
            continue
        start, end = span
        found += [Piece(caption[position:start]), Piece(caption[start:end], str(citation[2]))]
        position = end
    found.append(Piece(caption[position:]))
    return tuple(piece for piece in found if piece.text)


def _span(citation: Sequence[int | str], least: int, most: int) -> tuple[int, int] | None:
    """Start and end of a usable citation."""
    if len(citation) != 3:
        return None
    start, end, _fact_id = citation
    if isinstance(start, int) and isinstance(end, int) and least <= start < end <= most:
        return start, end
    return None
