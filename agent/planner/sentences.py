"""Sentences before a question that only tell something: `I work for the Red Cross. How many ...?`.

Tells where they stand in the words; knows marks, no results and no tools.
"""

import re
from itertools import accumulate, pairwise

from agent.languages.speech import Grammar
from agent.planner import tokens
from agent.planner.marks import Marks

END = re.compile(r"(?<=[.!?])\s+(?=\S)")
SMALL = re.compile(r"\b(?:e\.g|i\.e|z\.B|d\.h|no|nr|approx|ca|bzw|sq|dr|mr|mrs)\.\s", re.IGNORECASE)
WANTS = ("ask:", "work:", "format:", "calc:", "follow:same", "unit:", "relation:near")
ASKS_NOTHING = frozenset(
    f"ask:{cue}" for cue in (
        "yesno", "help", "sure", "excluded", "yes", "list", "limits", "pair", "check", "other",
    )
)  # fmt: skip
"""Concepts whose small words stand in any sentence."""


def told(question: str, said: Marks, grammar: Grammar) -> tuple[tuple[int, int], ...]:
    """Where the sentences stand that want nothing; the last one always wants something.

    Args:
        question: as asked.
        said: its marks.
        grammar: of its language.
    """
    sentences = END.split(SMALL.sub(lambda found: found.group().replace(".", " "), question))
    spans = _spans(sentences, said)
    telling = [
        span
        for sentence, span in zip(sentences[:-1], spans, strict=False)
        if not sentence.rstrip().endswith("?") and not _wants(span, said, grammar)
    ]
    return tuple(telling)


def _spans(sentences: list[str], said: Marks) -> list[tuple[int, int]]:
    """Where each sentence stands in the words; none where a compound was taken apart."""
    counts = [len(tokens.plain(sentence).split()) for sentence in sentences]
    words = said.text.split()
    if len(counts) < 2 or sum(counts) != len(words):
        return []
    starts = [1, *accumulate((len(word) + 1 for word in words), initial=1)][1:]
    ends = [0, *accumulate(counts)]
    return [(starts[low], starts[high]) for low, high in pairwise(ends)]


def _wants(span: tuple[int, int], said: Marks, grammar: Grammar) -> bool:
    """Whether a sentence asks for something or names what is asked for in another."""
    words = said.text[slice(*span)].split()
    within = [mark.concept for mark in said.marks if span[0] <= mark.start < span[1]]
    is_wish = any(one.startswith(WANTS) and one not in ASKS_NOTHING for one in within)
    return is_wish or bool({*words[:1]} & grammar.asking)
