"""A slotted answer as people read it, every number in it cited from a fact of the dialogue.

Words come from whoever worded the answer; values, units and marks of numbers from here.
"""

from dataclasses import dataclass, replace

from babel import Locale, UnknownLocaleError

from agent.desk import Desk
from agent.languages.speech import languages, speech
from analysis.inquiry.case import Measured
from wording.language import Language
from wording.slots import SLOT, Glossary, Rendered, render


@dataclass(frozen=True)
class Shown:
    """An answer as it is shown.

    Attributes:
        text: with every slot filled.
        citations: (start, end, fact id), half open, in order.
        facts: cited facts, each once.
    """

    text: str
    citations: tuple[tuple[int, int, str], ...]
    facts: tuple[Measured, ...]


def handles(text: str) -> tuple[str, ...]:
    """Handles that a text names, each once."""
    return tuple(dict.fromkeys(slot.group(1) for slot in SLOT.finditer(text)))


def fill(text: str, desk: Desk, tag: str) -> Shown:
    """The answer in a language.

    Args:
        text: with slots that name facts of the desk's book.
        desk: where they were found.
        tag: language of the words, whose marks numbers get.

    Raises:
        InputError: a slot names no fact, asks for a unit that does not measure it, or the text
            states a number of its own.
    """
    found = {name: one for name in handles(text) if (one := desk.book.get(name)) is not None}
    facts = {name: one.fact for name, one in found.items()}
    said = render(text, facts, glossary=glossary(desk, tag))
    cited = {one.fact.id: one for one in found.values()}
    return Shown(said.text, _citations(said), tuple(cited.values()))


def listed(text: str) -> str:
    """Slots of the facts a text cites, with their class and place, to stand behind it.

    For languages of whose words we know too little to check them: whoever reads it sees what the
    numbers are about.
    """
    entries = (f"{{{one}.class}}, {{{one}.region}}: {{{one}}}" for one in handles(text))
    return f"{text} [{'; '.join(entries)}]"


def glossary(desk: Desk, tag: str) -> Glossary:
    """Labels of the desk's classes in a language, with that language's marks of numbers."""
    spoken = speech(_base(tag))
    labels = {name: one for name, (one, _) in spoken.classes.items()}
    plurals = {name: several for name, (_, several) in spoken.classes.items()}
    for kind in (kind for case in desk.cases for kind in case.kinds):
        labels.setdefault(kind.name, kind.label)
        plurals.setdefault(kind.name, kind.labels)
    return Glossary(language_of(tag), labels, plurals)


def language_of(tag: str) -> Language:
    """The language of a tag; of one without words of ours English words with its marks."""
    known = next((one for one in languages() if one.tag == _base(tag)), None)
    if known:
        return known.language
    english = languages()[0].language
    return replace(english, tag=tag_of(tag) or english.tag)


def tag_of(text: str) -> str:
    """A language tag as it is written; empty if there is no such language."""
    try:
        return str(Locale.parse(text, sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError, TypeError):
        return ""


def _base(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _citations(said: Rendered) -> tuple[tuple[int, int, str], ...]:
    return tuple((one.start, one.end, one.fact_id) for one in said.citations)
