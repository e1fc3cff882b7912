"""Whether the words around slots claim what the cited facts say: class, change, place and date.

Judges part by part of each sentence; strict rather than clever, for a sentence that is turned down
costs a second try and a false one costs trust. Knows no model.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from babel import Locale

from agent.book_slots import tag_of
from agent.claim_words import CLAIMS, ELSEWHERE, NUMERIC_SIGNS, ClaimWords, Elsewhere
from agent.desk import Desk
from agent.languages.speech import Speech, languages
from agent.named import found
from agent.planner import names
from agent.planner.known import known
from agent.planner.tokens import plain
from agent.support import Support
from analysis.inquiry.case import AOI, Measured
from wording.degrees import SCALES
from wording.slots import SLOT

MARK = re.compile("\ue000(\\d+)\ue001")
SENTENCES = re.compile("[.!?;\n\u3002\uff01\uff1f\uff1b]+")
"""Ends of sentences, the East Asian ones too."""
MOST_WORDS_PER_SLOT = 40
FEWEST_FILLERS = 3
"""Common words of a language, from which on a text may be in it."""
LEAST_LETTERS = 4
"""Shorter words of one language are often words of another, such as `se` or `was`."""


@dataclass(frozen=True)
class Part:
    """A part of a sentence and the facts cited in it."""

    words: str
    supports: tuple[Support, ...]


def unsupported(text: str, desk: Desk, tag: str) -> str:
    """What the text claims without a fact, as one sentence for whoever wrote it; else empty."""
    cited = [desk.book.get(slot.group(1)) for slot in SLOT.finditer(text)]
    facts = [one for one in cited if one is not None]
    numbers = iter(range(len(cited)))
    bare = SLOT.sub(lambda _: f"\ue000{next(numbers)}\ue001", text)
    if len(bare.split()) > MOST_WORDS_PER_SLOT * max(1, len(cited)):
        return "Say less: there are too many words for so few facts."
    sentences = [
        one for one in SENTENCES.split(bare) if plain(MARK.sub(" ", one)) or MARK.search(one)
    ]
    if not all(MARK.search(one) for one in sentences):
        return "A sentence cites no fact: leave it out, or cite one."
    objections = _objections(sentences, facts, desk, tag)
    return next((one for one in objections if one), "")


def is_checked(tag: str) -> bool:
    """Whether answers in a language can be checked."""
    base = tag.partition("-")[0]
    return base in CLAIMS or base in ELSEWHERE


def has_own_words(tag: str) -> bool:
    """Whether classes and changes of a language are known, and not only numbers and directions."""
    return tag.partition("-")[0] in CLAIMS


def _objections(
    sentences: Sequence[str], facts: Sequence[Measured], desk: Desk, tag: str
) -> Iterator[str]:
    if not is_checked(tag):
        yield f"Answers in {tag!r} cannot be checked: answer in English."
        return
    supports = [Support.of(one, desk.cases) for one in facts]
    whole = " ".join(sentences)
    if not has_own_words(tag):
        yield from _elsewhere(sentences, supports, ELSEWHERE[tag.partition("-")[0]])
    yield _dated(whole, tag)
    phrases = names.phrases(known(desk), MARK.sub(" ", whole))
    yield from _in_other_words(sentences, supports, tag, phrases)
    for speech in _spoken(whole, tag):
        claims = CLAIMS[speech.tag]
        for sentence in sentences:
            yield from _of_sentence(sentence, supports, claims)
            for part in _parts(sentence, supports, claims):
                yield from _of_part(part, speech.tag, phrases)
                yield from _degrees(part, claims)


def _in_other_words(
    sentences: Sequence[str], supports: Sequence[Support], tag: str, phrases: dict[str, str]
) -> Iterator[str]:
    """Classes, changes, places and ratios in other languages than the text claims to be in."""
    base = tag.partition("-")[0]
    innocent = next((one.fillers for one in languages() if one.tag == base), frozenset[str]())
    for other in (one for one in languages() if one.tag in CLAIMS and one.tag != base):
        claims = CLAIMS[other.tag]
        for part in (one for each in sentences for one in _parts(each, supports, claims)):
            kept = [word for word in part.words.split() if _tells(word, innocent)]
            bare = Part(f" {' '.join(kept)} ", part.supports)
            yield from _of_part(bare, other.tag, phrases)
            said = _said(bare.words, claims.multiples)
            if said:
                yield f"{said!r} states a ratio: say only the values."


def _tells(word: str, innocent: Collection[str]) -> bool:
    """Whether a word of another language can be none of the text's own."""
    return len(word) >= LEAST_LETTERS and word not in innocent


def _spoken(text: str, tag: str) -> list[Speech]:
    """Languages to judge a text by: the one it claims to be in, and those it looks more like."""
    words = plain(MARK.sub(" ", text)).split()
    base = tag.partition("-")[0]
    known = [one for one in languages() if one.tag in CLAIMS]
    hits = {one.tag: sum(word in one.fillers for word in words) for one in known}
    least = max(FEWEST_FILLERS, hits.get(base, 0) + 1)
    return [one for one in known if one.tag == base or hits[one.tag] >= least]


def _parts(sentence: str, supports: Sequence[Support], claims: ClaimWords) -> Iterator[Part]:
    """Parts of a sentence, each with at least one fact: a part without joins the next one."""
    joints = "|".join(sorted(claims.joints))
    pieces = re.split(rf",|\b(?:{joints})\b| [-\u2013\u2014] ", sentence, flags=re.IGNORECASE)
    gathered: list[str] = []
    waiting = ""
    for piece in pieces:
        waiting = f"{waiting} {piece}"
        if MARK.search(piece):
            gathered.append(waiting)
            waiting = ""
    if waiting and gathered:
        gathered[-1] += f" {waiting}"
    for one in gathered:
        cited = tuple(supports[int(mark.group(1))] for mark in MARK.finditer(one))
        yield Part(f" {plain(MARK.sub(' ', one))} ", cited)


def _of_part(part: Part, tag: str, phrases: dict[str, str]) -> Iterator[str]:
    """Objections to names of classes, changes, places and dates; a word may mean several."""
    for (start, end), meanings in found(part.words, tag, phrases).items():
        said = part.words[start:end]
        if ("place", AOI) in meanings and not _said(f" {said} ", CLAIMS[tag].whole):
            continue  # "in the north of the area" is not about all of it.
        if not any(_is_borne_out(part, *one) for one in meanings):
            yield f"No fact cited beside {said!r} says so: cite one that does, or leave it out."


def _is_borne_out(part: Part, kind: str, value: str) -> bool:
    """Whether facts of the part say so; `vegetation+vanished` is a thing and what became of it."""
    thing, _, state = value.partition("+") if kind == "thing" else (value, "", "")
    judged = [(kind, thing)] + ([("state", state)] if state else [])
    return all(any(one.allows(*each) for one in part.supports) for each in judged)


def _of_sentence(sentence: str, supports: Sequence[Support], claims: ClaimWords) -> Iterator[str]:
    words = f" {plain(MARK.sub(' ', sentence))} "
    cited = [supports[int(mark.group(1))] for mark in MARK.finditer(sentence)]
    pairs = list(pairwise(cited))
    tests: tuple[tuple[frozenset[str], Callable[[], bool]], ...] = (
        (claims.multiples, lambda: False),
        (claims.none, lambda: any(one.is_nothing for one in cited)),
        (claims.more, lambda: any(a.exceeds(b) for a, b in pairs)),
        (claims.fewer, lambda: any(b.exceeds(a) for a, b in pairs)),
        (claims.superlative, lambda: any(one.is_extreme for one in cited)),
    )
    for phrases, is_so in tests:
        said = _said(words, phrases)
        if said and not is_so():
            yield f"No fact cited beside {said!r} says so: say only the values."
    if any(one.is_limited for one in cited) and not _said(words, claims.limits):
        yield "A fact cited is about some of the things only: say which, by nearness or size."


def _degrees(part: Part, claims: ClaimWords) -> Iterator[str]:
    scales = {scale.name: scale for scale in SCALES}
    for phrase, (name, key) in claims.degrees.items():
        if not _said(part.words, frozenset({phrase})):
            continue
        if not any(one.is_of_degree(scales[name], key) for one in part.supports):
            yield f"The facts do not bear out {phrase!r}: leave it out."


def _said(words: str, phrases: frozenset[str]) -> str:
    """The first of the phrases in a text, as it stands there."""
    found = _pattern(phrases).search(words)
    return found.group().strip() if found else ""


@cache
def _pattern(phrases: frozenset[str]) -> re.Pattern[str]:
    escaped = (re.escape(one).replace(r"\*", r"\w*").replace(r"\ ", " ") for one in sorted(phrases))
    return re.compile(rf"(?<= )(?:{'|'.join(escaped)})(?= )")


def _dated(text: str, tag: str) -> str:
    """Months are dates, and dates come from facts."""
    words = set(re.findall(r"[^\W\d_]+", MARK.sub(" ", text)))
    for month in _months(tag_of(tag) or "en"):
        # `may` and `march` mean more than months; months are written large in those languages.
        if month in words or (len(month) > len("march") and month.casefold() in words):
            return f"Dates come from facts: leave out {month!r}."
    return ""


@cache
def _months(tag: str) -> frozenset[str]:
    every = (Locale.parse(tag, sep="-"), Locale.parse("en"))
    return frozenset(
        name
        for locale in every
        for form in ("format", "stand-alone")
        for name in locale.months[form]["wide"].values()
        if name.isalpha()
    )


def _elsewhere(
    sentences: Sequence[str], supports: Sequence[Support], words: Elsewhere
) -> Iterator[str]:
    """Numbers and directions in a language of which we know only those."""
    for sentence in sentences:
        bare = MARK.sub(" ", sentence)
        told = f" {plain(bare)} "
        number = _said(told, words.numbers) if words.numbers else ""
        number = number or next((sign for sign in bare if sign in NUMERIC_SIGNS), "")
        if number:
            yield f"{number!r} states a number: numbers come from facts, by slots."
        cited = [supports[int(mark.group(1))] for mark in MARK.finditer(sentence)]
        for direction, stems in words.directions.items():
            is_said = any(
                f" {stem}" in told or (stem in bare and not stem.isascii()) for stem in stems
            )
            if is_said and not any(one.lies(direction) for one in cited):
                yield f"No fact cited in the sentence lies {direction}: use the slot's `.region`."
