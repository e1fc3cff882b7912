"""Questions and captions of a published dataset, and what its people answered.

Records only; how each dataset lays out its files is `importers.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """One question of a dataset.

    Attributes:
        id: names it within the set.
        pair: name of the image pair.
        kind: type of the question.
        query: as asked.
        answers: answers that count as right; every one of them for open questions and captions.
        options: answers to choose from; empty where any may be given.
        turn: number of the question within its dialogue, from 0 on.
    """

    id: str
    pair: str
    kind: str
    query: str
    answers: tuple[str, ...]
    options: tuple[str, ...] = ()
    turn: int = 0


@dataclass(frozen=True)
class QuestionSet:
    """The questions of a dataset, or of a part of it.

    Attributes:
        name: of the dataset.
        source: who published it.
        questions: in the order of the files.
        is_changed: whether the two images of a pair differ, where the dataset says so.
        skipped: entries that hold no question with an answer, by reason.
    """

    name: str
    source: str
    questions: tuple[Asked, ...]
    is_changed: Mapping[str, bool]
    skipped: Mapping[str, int]
