"""What a question says beside the point: `my grandma lives there, how many houses are new?`.

Tells clauses that ask from clauses that tell; knows marks, no tools.
"""

from itertools import pairwise

from agent.planner import tokens
from agent.planner.heard import Heard
from agent.planner.marks import Mark

ASKING = frozenset(
    f"ask:{cue}" for cue in (
        "count", "area", "share", "howmuch", "where", "rank", "density", "average", "median",
        "compare_dates", "compare_places", "net", "largest", "smallest", "nearest", "yesno",
        "caption", "report", "each", "transitions", "length", "excluded", "sure", "method",
    )
)  # fmt: skip
TOLD = frozenset({"no:not_observable", "maybe:not_observable", "no:unseen", "no:outside_area",
                  "no:outside_dates", "ask:other", "ask:supposed"})  # fmt: skip
"""What would be refused if it were asked, and may be told."""
SPOKEN = frozenset({"no", "maybe", "ask"})
SHORTEST_WORDS = 3


def barred(heard: Heard) -> frozenset[Mark]:
    """Marks of matters that cannot be told, where they stand in a clause that asks nothing."""
    before = [mark for mark in heard.marks.marks
              if any(start <= mark.start < end for start, end in heard.told)]  # fmt: skip
    return _in_clauses(heard) | {mark for mark in before if mark.kind in SPOKEN}


def _in_clauses(heard: Heard) -> frozenset[Mark]:
    """Those within the clauses of one sentence."""
    told = {mark for mark in heard.marks.marks if mark.concept in TOLD}
    spans = _spans(heard) if told else ()
    asking = [span for span in spans if _asks(span, heard, told)]
    if not asking or len(asking) == len(spans):
        return frozenset()
    rest = [span for span in spans if span not in asking and not _is_question(span, heard)]
    return frozenset(mark for mark in told if any(start <= mark.start < end for start, end in rest))


def _spans(heard: Heard) -> tuple[tuple[int, int], ...]:
    """Where each clause stands in the words; none where a compound was taken apart."""
    counts = [len(tokens.plain(clause).split()) for clause in tokens.clauses(heard.question)]
    words = heard.marks.text.split()
    if len(counts) < 2 or sum(counts) != len(words):
        return ()
    ends = [0]
    for count in counts:
        ends.append(ends[-1] + count)
    starts = [1]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    return tuple((starts[low], starts[high]) for low, high in pairwise(ends) if high > low)


def _within(span: tuple[int, int], heard: Heard) -> list[Mark]:
    return [mark for mark in heard.marks.marks if span[0] <= mark.start < span[1]]


def _asks(span: tuple[int, int], heard: Heard, told: set[Mark]) -> bool:
    """Whether a clause asks for something that can be told."""
    marks = _within(span, heard)
    is_about = any(mark.kind in {"thing", "class", "state", "place", "area"} for mark in marks)
    return is_about and any(mark.concept in ASKING for mark in marks) and not told & {*marks}


def _is_question(span: tuple[int, int], heard: Heard) -> bool:
    """Whether a clause begins like a question or asks for a number."""
    words = heard.marks.text[slice(*span)].split()
    cues = {mark.concept for mark in _within(span, heard)} & (ASKING - {"ask:yesno"})
    return (
        bool(cues)
        or bool({*words[:2]} & heard.speech.grammar.asking)
        or len(words) < SHORTEST_WORDS
    )
