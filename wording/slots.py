"""Sentences with slots that only facts can fill, so that no number has another origin.

A template holds words and slots: `{name}` is the value of a fact with its unit, `{name.class}` the
label of its class (`{name.classes}` of several), `{name.region}` the part of the AOI it speaks of,
`{name.in_ha}` the value in another unit. Knows not which facts matter.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.facts import Fact
from errors import InputError
from wording import quantities
from wording.english import ENGLISH
from wording.language import Language

UNITS = {"in_m2": "m2", "in_ha": "ha", "in_km2": "km2", "in_m": "m", "in_km": "km", "in_pct": "%"}
ASPECTS = ("classes", "class", "region", *UNITS)
SLOT = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)(?:\.(" + "|".join(ASPECTS) + r"))?\}")
WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
ROMAN = re.compile(r"\b[IVXLCDM]{2,}\b")
PLAIN_LABEL = re.compile(r"[^\W\d_](?:[^\W\d_]|[ -]){0,39}")


@dataclass(frozen=True)
class Citation:
    """Characters `start` to `end` (half open) of a text that come from one fact."""

    start: int
    end: int
    fact_id: str


@dataclass(frozen=True)
class Rendered:
    """Text whose every number lies within a citation."""

    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Glossary:
    """Words for what facts name.

    Attributes:
        language: words, number marks and number words.
        labels: label by class name; a class without one is shown by its name.
        plurals: the same for several; a class without one is shown by its label.
    """

    language: Language
    labels: Mapping[str, str]
    plurals: Mapping[str, str] = field(default_factory=dict)


PLAIN = Glossary(ENGLISH, {})


def render(template: str, slots: Mapping[str, Fact], *, glossary: Glossary = PLAIN) -> Rendered:
    """The template with its slots filled, and where each fact stands in the text.

    Raises:
        InputError: the template states a number of its own, has a broken slot, or names a slot
            that was not given.
    """
    check(template, language=glossary.language)
    parts: list[Rendered] = []
    end = 0
    for slot in SLOT.finditer(template):
        parts.append(Rendered(template[end : slot.start()]))
        parts.append(_filled(slot, slots, glossary))
        end = slot.end()
    return joined([*parts, Rendered(template[end:])])


def check(template: str, *, language: Language = ENGLISH) -> None:
    """Refuse a template that states a number: digits of any script, number words, numerals.

    Raises:
        InputError: it does, or a brace is not part of a slot.
    """
    words = unicodedata.normalize("NFKC", SLOT.sub(" ", template))
    if "{" in words or "}" in words:
        msg = f"The template {template!r} has a brace that is no slot."
        raise InputError(msg, hint="Write {name}, {name.class}, {name.region} or {name.in_ha}.")
    stated = numbers_in(words, language=language)
    if stated:
        msg = f"The template {template!r} states {stated[0]!r} by itself."
        raise InputError(msg, hint="Numbers come from facts only: use a slot.")


def numbers_in(words: str, *, language: Language = ENGLISH) -> tuple[str, ...]:
    """Every digit, numeral and number word in a text, of any script."""
    digits = [char for char in words if unicodedata.category(char)[0] == "N"]
    spoken = [word for word in WORD.findall(words) if word.lower() in language.number_words]
    return (*digits, *spoken, *ROMAN.findall(words))


def joined(parts: Iterable[Rendered], separator: str = "") -> Rendered:
    """The parts one after the other, citations moved along."""
    text = ""
    citations: list[Citation] = []
    for number, part in enumerate(parts):
        text += separator if number else ""
        citations += [
            Citation(cite.start + len(text), cite.end + len(text), cite.fact_id)
            for cite in part.citations
        ]
        text += part.text
    return Rendered(text, tuple(citations))


def _filled(slot: re.Match[str], slots: Mapping[str, Fact], glossary: Glossary) -> Rendered:
    name, aspect = slot.group(1), slot.group(2)
    if name not in slots:
        msg = f"The template names the slot {name!r}, which is not one of {sorted(slots)}."
        raise InputError(msg, hint="Name a fact that was given.")
    fact = slots[name]
    shown = _aspect(fact, aspect, glossary)
    return Rendered(shown, (Citation(0, len(shown), fact.id),))


def _aspect(fact: Fact, aspect: str | None, glossary: Glossary) -> str:
    if aspect == "class":
        return _label(fact.change_class, glossary)
    if aspect == "classes":
        several = glossary.plurals.get(fact.change_class)
        return _plain(several, glossary) if several else _label(fact.change_class, glossary)
    if aspect == "region":
        return quantities.text(fact.region, "", language=glossary.language)
    if aspect in UNITS:
        unit = UNITS[aspect]
        return quantities.text_in(fact.value, fact.unit, unit, language=glossary.language)
    return quantities.text(fact.value, fact.unit, language=glossary.language)


def _label(name: str, glossary: Glossary) -> str:
    return _plain(glossary.labels.get(name, name.replace("_", " ")), glossary)


def _plain(label: str, glossary: Glossary) -> str:
    """A label as it is if it is plain words, else in quotes."""
    is_plain = PLAIN_LABEL.fullmatch(label) is not None
    return label if is_plain else quantities.quoted(label, language=glossary.language)
