"""What the planner needs of one language: words it understands and sentences it answers with.

A further language is one more file of this folder with a `SPEECH`. Knows no question and no fact.
"""

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from wording.language import Language


@dataclass(frozen=True)
class Speech:
    """One language of questions and answers.

    Attributes:
        tag: BCP 47 tag.
        name: what its speakers call it.
        language: templates of captions, words and number marks.
        lexicon: phrases by concept, e.g. `state:appeared`; lower case, without accents as
            `agent.planner.tokens` writes them; `*` stands for any ending of a word.
        fillers: words that may stand in any question and say nothing about it.
        place_cues: words that a place follows.
        articles: small words between those and the place.
        numbers: value of number words.
        ordinals: rank of words like `second`.
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
    place_cues: frozenset[str]
    articles: frozenset[str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    classes: Mapping[str, tuple[str, str]]
    sentences: Mapping[str, str]
    suggestions: Mapping[str, tuple[str, ...]]

    def words_for(self, kind: str) -> dict[str, tuple[str, ...]]:
        """Phrases by value of one kind of concept: `state`, `thing`, `part`, `half` or `date`."""
        prefix = f"{kind}:"
        return {
            concept.removeprefix(prefix): phrases
            for concept, phrases in self.lexicon.items()
            if concept.startswith(prefix)
        }


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
