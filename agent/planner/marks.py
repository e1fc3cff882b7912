"""What a question says, as marks: concepts of the lexicon and where they stand.

Knows neither results nor tools.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agent.languages.speech import Speech, speech
from agent.planner.tokens import Vocabulary

NAMES = frozenset({"thing", "class", "layer", "layername", "area", "feature", "unmapped"})
"""Kinds that name what a question is about."""
LISTED = ("unmapped:thing", "no:unseen")
"""Concepts of long lists, whose words no misspelt word is taken for."""
GAP = r"(?:\w+ ){0,2}"
FAR = r"(?:\S+ ){0,8}?"
APART = " ... "
"""Between the parts of a phrase that other words part; those words keep what they mean."""


@dataclass(frozen=True)
class Mark:
    """One concept in a question.

    Attributes:
        concept: e.g. `state:appeared`.
        start: first character in the text of the tokens.
        end: one behind the last.
    """

    concept: str
    start: int
    end: int

    @property
    def kind(self) -> str:
        """The part before the colon."""
        return self.concept.partition(":")[0]

    @property
    def value(self) -> str:
        """The part behind it."""
        return self.concept.partition(":")[2]


@dataclass(frozen=True)
class Marks:
    """Everything a question says.

    Attributes:
        text: the question's words, one space around each.
        marks: by where they stand.
    """

    text: str
    marks: tuple[Mark, ...]

    def has(self, *concepts: str) -> bool:
        """Whether any of these is there; `ask:` alone stands for any of its kind."""
        return any(
            mark.concept == one or (one.endswith(":") and mark.concept.startswith(one))
            for one in concepts
            for mark in self.marks
        )

    def values(self, kind: str) -> tuple[str, ...]:
        """Values of one kind, each once, in the order they were said."""
        return tuple(dict.fromkeys(mark.value for mark in self.marks if mark.kind == kind))

    def first(self, kind: str) -> str | None:
        """The first value of a kind."""
        return next(iter(self.values(kind)), None)

    def rest(self, fillers: frozenset[str]) -> tuple[tuple[int, str], ...]:
        """Where each word stands that no mark covers and that says something."""
        covered = [(mark.start, mark.end) for mark in self.marks]
        return tuple(
            (word.start(), word.group())
            for word in re.finditer(r"\S+", self.text)
            if not any(start <= word.start() < end for start, end in covered)
            and word.group() not in fillers
        )


def find(text: str, tag: str, names: Mapping[str, str]) -> Marks:
    """The marks of a text.

    Args:
        text: words with one space around each.
        tag: of the language.
        names: further phrases with their concepts: classes, places and layers of the results.
    """
    found = [
        Mark(concept, *match.span(group))
        for concept, needle, pattern in _patterns(tag)
        if needle in text
        for match in pattern.finditer(text)
        for group in range(1, pattern.groups + 1)
    ]
    for phrase, concept in names.items():
        found += _occurrences(text, phrase, concept)
    return Marks(text, tuple(sorted(_longest(found), key=lambda mark: (mark.start, -mark.end))))


@cache
def vocabulary(tag: str) -> Vocabulary:
    """The words of a language; a stem (`vanish*`) counts as a word, and with an `s`."""
    spoken = speech(tag)
    lists = {concept: spoken.lexicon.get(concept, ()) for concept in LISTED}
    phrases = [
        phrase for table in (spoken.lexicon, spoken.sets)
        for concept, phrases in table.items() if concept not in lists for phrase in phrases
    ]  # fmt: skip
    every = {word for phrase in phrases for word in phrase.split() if word != APART.strip()} | {
        *spoken.numbers
    }
    stems = {word.removesuffix("*") for word in every if word.endswith("*") and word[0] != "*"}
    stems |= {word.strip("*") for word in every if word[0] == "*"}
    words = every | spoken.fillers | {*spoken.ordinals} | stems | {f"{stem}s" for stem in stems}
    things = {
        word.strip("*")
        for kind in ("thing", "layer")
        for phrases in spoken.words_for(kind).values()
        for word in phrases
        if len(word.split()) == 1
    }
    alone = {phrase.strip("*") for phrase in phrases if " " not in phrase}
    partial = every - alone - spoken.fillers - {*spoken.numbers, *spoken.ordinals}
    listed = {word for phrases in lists.values() for phrase in phrases for word in phrase.split()}
    stems |= {word.strip("*") for word in listed if word.endswith("*")}
    return Vocabulary(
        frozenset(word for word in words if word.isalpha()), tuple(sorted(stems)),
        spoken.common | {word.strip("*") for word in listed}, frozenset(things), frozenset(partial),
    )  # fmt: skip


def _occurrences(text: str, phrase: str, concept: str) -> list[Mark]:
    if f" {phrase} " not in text:
        return []
    where = re.finditer(rf"(?<= ){re.escape(phrase)}(?= )", text)
    return [Mark(concept, match.start(), match.end()) for match in where]


def _longest(found: Iterable[Mark]) -> list[Mark]:
    """Without marks that lie within a longer one: `net change` is no `change`."""
    every = set(found)
    return [mark for mark in every if not any(_hides(other, mark) for other in every)]


def _hides(other: Mark, mark: Mark) -> bool:
    """Whether a mark is but a part of another; names stand within phrases (`of the buildings`)."""
    is_within = other.start <= mark.start and mark.end <= other.end
    is_longer = other.end - other.start > mark.end - mark.start
    is_name = mark.kind in NAMES and mark.value != "any"
    is_hidden = not is_name or other.kind in NAMES | {"aside"}
    # `And how many` leans on the question before and still asks how many.
    return is_within and is_longer and is_hidden and other.kind not in {"follow", "none"}


@cache
def _patterns(tag: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Concept, a word without which it cannot be there, and pattern; longest phrases first."""
    spoken = speech(tag)
    return tuple(
        (concept, needle, re.compile(rf"(?<= ){pattern}(?= )"))
        for concept, phrases in spoken.lexicon.items()
        for needle, pattern in _alternatives(phrases, spoken)
    )


def _alternatives(phrases: Sequence[str], spoken: Speech) -> Iterator[tuple[str, str]]:
    """One pattern of all phrases, longest first, and one of each phrase of two parts."""
    ordered = sorted((one for one in phrases if APART not in one), key=len, reverse=True)
    if ordered:
        yield "", f"({'|'.join(_pattern(one, spoken) for one in ordered)})"
    for phrase in phrases:
        if APART in phrase:
            head, tail = (_pattern(one, spoken) for one in phrase.split(APART))
            first = phrase.split()[0]
            yield f" {first} " if first.isalpha() else "", rf"({head}) {FAR}({tail})"


def _pattern(phrase: str, spoken: Speech) -> str:
    """A phrase with its stems, gaps and sets; words of politeness may stand between its words."""
    polite = "|".join(sorted(spoken.particles))
    between = f" (?:(?:{polite}) )?" if polite else " "
    words = [_word(one, spoken) for one in phrase.split()]
    return between.join(words).replace(f"_{between}", GAP)


def _word(word: str, spoken: Speech) -> str:
    """One word of a phrase: a set, or a word that may have any ending."""
    if word.startswith("<"):
        return f"(?:{'|'.join(_word(one, spoken) for one in spoken.sets[word.strip('<>')])})"
    return re.escape(word).replace(r"\*", r"\w*")
