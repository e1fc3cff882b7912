"""How a written report words things: its templates by language, facts in slots, names in quotes.

Knows what may stand in a sentence, not which sentences a report has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.facts import Fact
from wording import quantities, report_english, report_german
from wording.document import Source, Table
from wording.language import Language
from wording.said import Said
from wording.slots import Glossary, Rendered, joined, render

TEMPLATES: Mapping[str, Mapping[str, str]] = {
    "en": report_english.TEMPLATES,
    "de": report_german.TEMPLATES,
}
PROVENANCE: Mapping[str, Mapping[str, str]] = {
    "en": report_english.PROVENANCE,
    "de": report_german.PROVENANCE,
}
NAME = "%s"
UNIT_SIGNS = {"m2": "m²", "1": "", "1/km2": "per km²"}


@dataclass(frozen=True)
class ReportWords:
    """Words of one report.

    Attributes:
        language: number marks, words and clauses.
        labels: label by class name.
        facts: all facts the report may cite.
    """

    language: Language
    labels: Mapping[str, str]
    facts: tuple[Fact, ...]

    @cached_property
    def said(self) -> Said:
        """The facts by name, class and region."""
        return Said.of(self.facts, Glossary(self.language, self.labels))

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """The facts by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def _templates(self) -> Mapping[str, str]:
        return phrases(self.language)

    def template(self, key: str) -> str:
        """A phrase without slots: a heading, a label."""
        return self._templates[key]

    def columns(self, key: str) -> tuple[str, ...]:
        """Headings of a table."""
        return tuple(self._templates[key].split("|"))

    def say(self, key: str, *names: Rendered | str, **slots: Fact) -> Rendered:
        """A sentence with its slots filled by facts and each `%s` by a name, in their order."""
        pieces = self._templates[key].split(NAME)
        parts = [render(pieces[0], slots, glossary=self.said.glossary)]
        for name, piece in zip(names, pieces[1:], strict=True):
            parts += [name if isinstance(name, Rendered) else Rendered(name)]
            parts += [render(piece, slots, glossary=self.said.glossary)]
        return capitalised(joined(parts))

    def value(self, fact: Fact | None) -> Rendered:
        """A cell with a fact's value, or an empty one."""
        if fact is None:
            return Rendered("")
        return render("{value}", {"value": fact}, glossary=self.said.glossary)

    def label(self, fact: Fact) -> Rendered:
        """What a fact is about; without its source, which stands beside the fact's value."""
        said = render("{what.class}", {"what": fact}, glossary=self.said.glossary)
        return Rendered(said.text)

    def region(self, fact: Fact) -> Rendered:
        """Where it is, likewise."""
        said = render("{what.region}", {"what": fact}, glossary=self.said.glossary)
        return Rendered(said.text)

    def quoted(self, untrusted: str) -> str:
        """A name from outside, cleaned, cut to length and in quotes."""
        return quantities.quoted(untrusted, language=self.language)

    def get(self, name: str, change_class: str = "any", region: str = "aoi") -> Fact | None:
        """One fact, if there is one."""
        return self.said.get(name, change_class, region)

    def source(self, number: int, fact: Fact) -> Source:
        """A fact as the list of sources shows it."""
        shown = quantities.text(fact.value, fact.unit, language=self.language)
        about = "" if fact.change_class == "any" else f": {self.label(fact).text}"
        return Source(
            number=number,
            fact=fact,
            name=fact.name.replace("_", " ") + about,
            shown=shown,
            exact=_exact(fact),
            place=self.region(fact).text if fact.region != "aoi" else self.words_of("aoi"),
            method=fact.method,
        )

    def words_of(self, value: str) -> str:
        """The language's word for a value, e.g. the whole area; the value itself without one."""
        return self.language.words.get(value, value.upper() if value == "aoi" else value)


def phrases(language: Language) -> Mapping[str, str]:
    """The report's templates in a language; in English where it has none."""
    return TEMPLATES.get(language.tag.partition("-")[0], report_english.TEMPLATES)


def provenance(language: Language) -> Mapping[str, str]:
    """Names and values of a run's record in words of a language; those without stay as they are."""
    return PROVENANCE.get(language.tag.partition("-")[0], report_english.PROVENANCE)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Rendered]]) -> Table:
    """A table whose columns beyond the first are numbers."""
    return Table(title, tuple(columns), tuple(map(tuple, rows)), frozenset(range(1, len(columns))))


def capitalised(said: Rendered) -> Rendered:
    """The same with a capital first letter; as long as before, so that citations still fit."""
    first = said.text[:1].upper()
    return Rendered(first + said.text[1:], said.citations) if len(first) == 1 else said


def _exact(fact: Fact) -> str:
    """The value as recorded, with its unit."""
    return f"{fact.value} {UNIT_SIGNS.get(fact.unit, fact.unit)}".strip()
