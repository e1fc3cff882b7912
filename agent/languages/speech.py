"""What the planner needs of one language: words it understands and sentences it answers with.

A further language is one more file of this folder with a `SPEECH`. Knows no question and no fact.
"""

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path

from wording.language import Language


@dataclass(frozen=True)
class Grammar:
    """Small words by which the part of an unknown word in a question can be told.

    Attributes:
        place_cues: words that a place follows.
        weak_place_cues: words that a place may follow, if it is written as a name.
        articles: small words between those and the place.
        asking: words that begin a question.
        pointing: articles that point at what is in view: `in this tile` names no place.
        of: small words between a quantity and what it is of.
        auxiliaries: words that a participle or an adjective follows.
        having: words that what a thing has follows.
        adverbs: endings of words that tell nothing of a thing.
        copulas: words that tell what things are.
        settlements: words that the name of a place stands behind: `the town Novi Pazar`.
        denying: words before what is not meant: `not the buildings`.
        verbs: endings of words that tell what is done.
        participle: pattern of words that may tell what became of a thing.
        how: words that a property follows.
        than: words that stand behind a comparison.
        manners: words that make `in plain words` no place.
        has_capital_nouns: whether every noun is written with a capital.
        joints: what stands between the parts of a compound; none where words are not joined.
    """

    place_cues: frozenset[str]
    weak_place_cues: frozenset[str]
    articles: frozenset[str]
    auxiliaries: frozenset[str]
    having: frozenset[str]
    adverbs: tuple[str, ...]
    participle: str
    how: frozenset[str]
    than: frozenset[str]
    manners: frozenset[str]
    copulas: frozenset[str] = frozenset()
    settlements: frozenset[str] = frozenset()
    denying: frozenset[str] = frozenset()
    verbs: tuple[str, ...] = ()
    asking: frozenset[str] = frozenset()
    pointing: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    has_capital_nouns: bool = False
    joints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Speech:
    """One language of questions and answers.

    Attributes:
        tag: BCP 47 tag.
        name: what its speakers call it.
        language: templates of captions, words and number marks.
        lexicon: phrases by concept, e.g. `state:appeared`; lower case, without accents as
            `agent.planner.tokens` writes them; `*` stands for any ending of a word, `_` for up to
            two words of any kind, ` ... ` for some words that keep
            their meaning, `<image>` for any word of the set of that name.
        sets: words that stand for each other within phrases, by the name of the set.
        particles: words of politeness, which may stand between any two words of a phrase.
        common: frequent words that name no thing, place or quantity; unlike a filler none is ever
            taken for what a misspelt word meant.
        fillers: words that may stand in any question and say nothing about it.
        grammar: small words around what is not understood.
        numbers: value of number words.
        ordinals: rank of words like `second`.
        fractions: parts of a unit: `half` a hectare; a whole one for `a`.
        apart: small words between a part and its unit.
        classes: words for class names and things, one and several.
        sentences: sentence by name, `$words` in it are filled by code; ends of names in a plural
            form (`.one`, `.other`) are chosen by `language.plural`. None holds a number.
        suggestions: questions one could ask, by what there is to ask about.
    """

    tag: str
    name: str
    language: Language
    lexicon: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    grammar: Grammar
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    classes: Mapping[str, tuple[str, str]]
    sentences: Mapping[str, str]
    suggestions: Mapping[str, tuple[str, ...]]
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    particles: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    fractions: Mapping[str, float] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()

    def words_for(self, kind: str) -> dict[str, tuple[str, ...]]:
        """Phrases by value of one kind of concept: `state`, `thing`, `part`, `half` or `date`."""
        prefix = f"{kind}:"
        return {
            concept.removeprefix(prefix): phrases
            for concept, phrases in self.lexicon.items()
            if concept.startswith(prefix)
        }


def phrases_of(name: str) -> tuple[str, ...]:
    """The phrases between commas of a text file of this folder."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


def words_of(name: str) -> frozenset[str]:
    """The words of a text file of this folder."""
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").split())


@cache
def languages() -> tuple[Speech, ...]:
    """Every language there is a file for, English first."""
    names = [found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [import_module(f"agent.languages.{name}") for name in names if name != "speech"]
    found = [module.SPEECH for module in modules if hasattr(module, "SPEECH")]
    return tuple(sorted(found, key=lambda one: (one.tag != "en", one.tag)))


def speech(tag: str) -> Speech:
    """The language with this tag, else English."""
    return next((one for one in languages() if one.tag == tag), languages()[0])
