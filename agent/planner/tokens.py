"""A question as plain lower-case words, with small slips of spelling put right.

Names in quotes are left as they were written. Knows no meaning of a word.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "ø": "oe", "å": "a"})
DROPPED = str.maketrans("", "", "'\u2019\u2018`\u00b4")
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+[23]?(?![^\W\d_])|[^\W\d_]+|%")
QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{1,80})[\"“”„«»]")
SHORTEST_REPAIRED = 4
LONG = 8
VOWELS = frozenset("aeiouy")


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


@dataclass(frozen=True)
class Vocabulary:
    """Words of a language.

    Attributes:
        words: whole words.
        stems: beginnings of words with any ending.
    """

    words: frozenset[str]
    stems: tuple[str, ...]

    def __contains__(self, word: str) -> bool:
        return word in self.words or word.startswith(self.stems)


def read(question: str, vocabulary: Vocabulary, *, names: Collection[str] = ()) -> Tokens:
    """The words of a question, repaired towards a vocabulary.

    Args:
        question: as asked.
        vocabulary: words that a language knows.
        names: the user's own names, whose words are never repaired.
    """
    quoted = tuple(QUOTED.findall(question))
    kept = {word for name in (*quoted, *names) for word in _split(name)}
    words = _split(question)
    repaired = [
        one if one in kept or one in vocabulary else _repaired(one, vocabulary.words)
        for one in words
    ]
    return Tokens(f" {' '.join(repaired)} ", quoted, f" {' '.join(words)} ")


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
    if len(word) < SHORTEST_REPAIRED or not word.isalpha():
        return word
    most = 2 if len(word) >= LONG else 1
    found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=6)
    slips = [(distance, known) for known, distance, _ in found if _is_slip(word, known)]
    return min(slips)[1] if slips else word


def _is_slip(word: str, known: str) -> bool:
    if len(known) < SHORTEST_REPAIRED or word[0] != known[0]:
        return False
    if len(word) != len(known):
        return True
    differing = [(a, b) for a, b in zip(word, known, strict=True) if a != b]
    is_swap = sorted(word) == sorted(known)
    return is_swap or all(a in VOWELS and b in VOWELS for a, b in differing)
