"""Classes, changes, places and dates that a text names, by the lexicon of questions.

Finds words; whether they are borne out is for others. Knows no fact.
"""

import re
from collections.abc import Mapping
from functools import cache

from agent.languages.speech import speech

KINDS = frozenset({"thing", "class", "state", "place", "area", "feature", "layername", "date"})

Span = tuple[int, int]
Meaning = tuple[str, str]
"""Kind of concept and its value."""


def found(words: str, tag: str, names: Mapping[str, str]) -> dict[Span, list[Meaning]]:
    """What each span of a text may mean; spans within longer ones are left out.

    Args:
        words: in lower case without accents, one space around each (`tokens.plain`).
        tag: of their language.
        names: the user's own names with their concepts.
    """
    spans: dict[Span, list[Meaning]] = {}
    own = ((concept, _compiled((phrase,))) for phrase, concept in names.items())
    for concept, pattern in (*_lexicon(tag), *own):
        kind, _, value = concept.partition(":")
        for match in pattern.finditer(words) if kind in KINDS else ():
            spans.setdefault(match.span(), []).append((kind, value))
    return {span: means for span, means in spans.items() if not _is_part(span, spans)}


def _is_part(span: Span, spans: Mapping[Span, object]) -> bool:
    """`built` is but a part of `built up`."""
    return any(one != span and one[0] <= span[0] and span[1] <= one[1] for one in spans)


@cache
def _lexicon(tag: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lexicon = speech(tag).lexicon.items()
    return tuple((concept, _compiled(phrases)) for concept, phrases in lexicon if phrases)


def _compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Longest phrases first; `*` is any beginning or ending of a word, `_` up to two words."""
    ordered = sorted(phrases, key=len, reverse=True)
    written = (
        re.escape(one).replace(r"\*", r"\w*").replace(r"\ ", " ").replace("_ ", r"(?:\w+ ){0,2}")
        for one in ordered
    )
    return re.compile(rf"(?<= )(?:{'|'.join(written)})(?= )")
