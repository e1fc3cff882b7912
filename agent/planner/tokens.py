"""A question as plain lower-case words, with small slips of spelling put right.

Names in quotes are left as they were written. Knows no meaning of a word.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "ø": "oe", "å": "a"})
DROPPED = str.maketrans("", "", "'\u2019\u2018`\u00b4^")
TOKEN = re.compile(
    r"\d{1,2}(?:st|nd|rd|th|te[rns]?)(?![^\W_])|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]+[23]?(?![^\W\d_])|[^\W\d_]+|%"
)
QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{1,80})[\"“”„«»]")
CLOSED = re.compile(r"\S+(?=[,;:.!?)](?:\s|$)|\s+[-\u2013\u2014(])")
PER_AREA = re.compile(r"\b1\s?/\s?(?=km|ha|m)")
"""`1/km2` is a unit and no number."""
CLAUSE = re.compile(r"[,;:.!?()](?=\s|$)|\s[-\u2013\u2014]+\s|(?<=\s)\(")
SHORTEST_REPAIRED = 4
SHORTEST_PART = 4
SHORTEST_ABRIDGED = 2
SHORTEST_NAME = 6
LONG = 8
SOUND_ALIKE = ({"f", "v"}, {"c", "k"})
VOWELS = frozenset("aeiouy")
LEFT_OUT = frozenset("aeiou")


@dataclass(frozen=True)
class Tokens:
    """The words of a question.

    Attributes:
        text: words with one space between them, repaired, and one at either end.
        quoted: what stood in quotes, as written.
        raw: the words before they were repaired.
    """

    text: str
    quoted: tuple[str, ...]
    raw: str

    @property
    def words(self) -> list[str]:
        """The words one by one."""
        return self.text.split()


def plain(text: str) -> str:
    """Words in lower case without accents or marks, one space between them."""
    return " ".join(_split(text))


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Words of a language.

    Attributes:
        words: whole words.
        stems: beginnings of words with any ending.
        common: words that are left as they are and are no repair of another.
        things: words for things, which are no heads of a compound: a `Rathaus` is no `Haus`.
        partial: words that mean something only within a longer phrase.
    """

    words: frozenset[str]
    stems: tuple[str, ...]
    common: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()

    def __contains__(self, word: str) -> bool:
        return self.is_whole(word) or word.startswith(self.stems)

    def is_whole(self, word: str) -> bool:
        """Whether the word itself is known, not only how it begins."""
        return word in self.words or word in self.common


def read(
    question: str,
    vocabulary: Vocabulary,
    *,
    names: Collection[str] = (),
    cues: Collection[str] = (),
    places: Collection[str] = (),
    joints: tuple[str, ...] = (),
) -> Tokens:
    """The words of a question, repaired towards a vocabulary.

    Args:
        question: as asked.
        vocabulary: words that a language knows.
        names: the user's own names, whose words are never repaired.
        cues: words a place follows; a capital behind one is a name, which is repaired only
            towards `places`: `in Paris` is not `in pairs`.
        places: words for parts of the area.
        joints: what may stand between the parts of a compound.
    """
    quoted = tuple(QUOTED.findall(question))
    question = PER_AREA.sub("per ", question)
    kept = {word for name in (*quoted, *names) for word in _split(name)}
    words = _split(question)
    proper = _proper(question, cues) if cues else frozenset()
    # In a language of compounds every noun has a capital; long ones are seldom names.
    proper = frozenset(one for one in proper if not joints or len(one) <= LONG)
    known = {one: vocabulary.words if one not in proper else frozenset(places) for one in words}
    repaired = [
        part
        for one in words
        for part in ((one,) if one in kept else _understood(one, vocabulary, known[one], joints))
    ]
    return Tokens(f" {' '.join(repaired)} ", quoted, f" {' '.join(words)} ")


def _understood(
    word: str, vocabulary: Vocabulary, known: frozenset[str], joints: tuple[str, ...]
) -> tuple[str, ...]:
    """A word as it stands, else its parts, else what it was meant to be."""
    parts = _parts(word, vocabulary, joints) if joints else ()
    if parts or word in vocabulary:
        return parts or (word,)
    return (_repaired(word, known),)


@lru_cache(maxsize=4096)
def _parts(word: str, vocabulary: Vocabulary, joints: tuple[str, ...]) -> tuple[str, ...]:
    """Both known parts of a compound (`Vegetationsverlustliste`), the longest head first."""
    bare = {word.removesuffix(ending) for ending in joints}
    if any(vocabulary.is_whole(one) and one not in vocabulary.partial for one in bare):
        return ()
    begun = max((len(stem) for stem in vocabulary.stems if word.startswith(stem)), default=0)
    for cut in range(max(begun, SHORTEST_PART), len(word) - SHORTEST_PART + 1):
        first, head = word[:cut], word[cut:]
        if not vocabulary.is_whole(head) or head in vocabulary.things:
            continue
        firsts = (first.removesuffix(joint) for joint in joints if first.endswith(joint))
        if part := next((one for one in firsts if vocabulary.is_whole(one)), ""):
            return part, head
    return ()


def _proper(question: str, cues: Collection[str]) -> frozenset[str]:
    """Capitalised words behind a place word, in lower case."""
    found = zip(question.split(), question.split()[1:], strict=False)
    named = [word for cue, word in found if cue.casefold() in cues and word[:1].isupper()]
    return frozenset(part for word in named for part in _split(word))


def capitals(question: str) -> frozenset[str]:
    """Words written with a capital that do not begin a sentence, in lower case.

    There are none where everything is written in capitals, which then says nothing.
    """
    if question.isupper():
        return frozenset()
    words = question.split()
    pairs = pairwise(words)
    named = [word for before, word in pairs if word[:1].isupper() and before[-1] not in ".?!:"]
    return frozenset(part for word in named for part in _split(word))


def closed(question: str) -> frozenset[str]:
    """Words with a comma, colon or bracket behind them, in lower case: what follows is apart."""
    return frozenset(part for word in CLOSED.findall(question) for part in _split(word)[-1:])


def clauses(question: str) -> tuple[str, ...]:
    """The parts of a question between its commas and full stops; decimals are not parted."""
    return tuple(part for part in CLAUSE.split(question) if part.strip())


@lru_cache(maxsize=65536)
def _split(text: str) -> tuple[str, ...]:
    if text.isascii():
        return tuple(TOKEN.findall(text.lower().translate(DROPPED)))
    folded = unicodedata.normalize("NFKC", text).casefold().translate(UMLAUTS).translate(DROPPED)
    bare = "".join(
        char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char)
    )
    return tuple(TOKEN.findall(bare))


@lru_cache(maxsize=4096)
def _repaired(word: str, vocabulary: frozenset[str]) -> str:
    """The one known word a slip away, else the word itself.

    A slip is a letter too many, one missing, two swapped or a wrong vowel; a wrong consonant makes
    another word (`horses` are not `houses`). Long words may hold two.
    """
    if not word.isalpha():
        return word
    if len(word) < SHORTEST_REPAIRED or not LEFT_OUT & {*word}:
        return _unabridged(word, vocabulary)
    most = 2 if len(word) >= LONG else 1
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=6)
    slips = [
        (distance, len(known) == len(word), known)
        for known, distance, _ in found
        if _is_slip(word, known)
    ]
    # A letter too many or too few is the likelier slip: `mutch` is `much`, not `match`.
    return min(slips)[-1] if slips else word


def _unabridged(word: str, vocabulary: frozenset[str]) -> str:
    """The shortest known word that has its letters swapped (`teh`) or its vowels left out (`mny`).

    Words with a vowel keep it, so that a name of three letters is not taken for another word.
    """
    swapped = [known for known in vocabulary if len(known) == len(word) and _is_swap(word, known)]
    if swapped or LEFT_OUT & {*word} or len(word) < SHORTEST_ABRIDGED:
        return min(swapped, default=word)
    same = [known for known in vocabulary if known[0] == word[0] and _bare(known) == word]
    return min(same, key=lambda known: (len(known), known), default=word)


def _is_swap(word: str, known: str) -> bool:
    """Whether two letters side by side are swapped, the only slip told in a word of three."""
    return (
        len(word) > SHORTEST_ABRIDGED
        and OSA.distance(word, known) == 1
        and (sorted(word) == sorted(known))
    )


@lru_cache(maxsize=16384)
def _bare(word: str) -> str:
    """A word without its vowels."""
    return "".join(letter for letter in word if letter not in LEFT_OUT)


def is_misspelt(word: str, name: str) -> bool:
    """Whether a word is a name with one slip in it; short names are too like other words."""
    is_close = len(name) >= SHORTEST_NAME and OSA.distance(word, name, score_cutoff=1) == 1
    return is_close and _is_slip(word, name)


def _has_in_order(longer: str, shorter: str) -> bool:
    """Whether letters were only added: `brechen` is not within `bruecken`."""
    letters = iter(longer)
    return all(letter in letters for letter in shorter)


def _begin_alike(word: str, known: str) -> bool:
    """The same first letter, or in a long word one that sounds like it."""
    sounds = {word[0], known[0]} in SOUND_ALIKE and len(word) >= LONG
    return word[0] == known[0] or sounds


def _is_slip(word: str, known: str) -> bool:
    if len(known) < SHORTEST_REPAIRED or not _begin_alike(word, known):
        return False
    if len(word) != len(known):
        shorter, longer = sorted((word, known), key=len)
        # Letters left out and swapped: `bulidngs`; one that is not in it makes another word.
        is_shuffled = len(shorter) >= LONG and not Counter(word) - Counter(known)
        return is_shuffled or _has_in_order(longer, shorter)
    differing = [(a, b) for a, b in zip(word, known, strict=True) if a != b]
    is_swap = sorted(word) == sorted(known)
    is_doubled = len(word) >= LONG and {*word} == {*known}
    is_sound = word[0] != known[0] and len(differing) == 1
    return (
        is_swap or is_doubled or is_sound or all(a in VOWELS and b in VOWELS for a, b in differing)
    )
