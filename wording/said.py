"""What captions are made of: facts by what they are about, and the sentences all captions share.

Knows neither comparisons nor counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.facts import Fact
from wording import cautions
from wording.slots import Glossary, Rendered, joined, render

ANY = "any"
AOI = "aoi"
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Caption:
    """A paragraph and where its facts stand in it.

    Attributes:
        text: one paragraph.
        citations: (start, end, fact id) of every cited piece, half open, in order.
    """

    text: str
    citations: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Said:
    """The facts of one run by name, class and region, and how to word them."""

    facts: Mapping[tuple[str, str, str], Fact]
    glossary: Glossary

    @classmethod
    def of(cls, facts: Sequence[Fact], glossary: Glossary) -> "Said":
        """The facts of one run."""
        return cls({(fact.name, fact.change_class, fact.region): fact for fact in facts}, glossary)

    def get(self, name: str, change_class: str = ANY, region: str = AOI) -> Fact | None:
        """One fact, if there is one."""
        return self.facts.get((name, change_class, region))

    def render(self, template: str, **slots: Fact) -> Rendered:
        """A template of the language with its slots filled."""
        return render(self.glossary.language.templates[template], slots, glossary=self.glossary)

    def plural(self, template: str, count: Fact, **slots: Fact) -> Rendered:
        """The form of a template that suits a count."""
        form = self.glossary.language.plural(float(count.value))
        return self.render(f"{template}.{form}", count=count, **slots)

    def dates(self) -> dict[str, Fact]:
        """Slots `pre` and `post` where both dates are known, else nothing."""
        pre, post = self.get("pre_acquired_on"), self.get("post_acquired_on")
        known = [fact for fact in (pre, post) if fact is not None and fact.value != NOT_KNOWN]
        return {"pre": known[0], "post": known[1]} if len(known) == 2 else {}


def paragraph(sentences: Iterable[Rendered]) -> Caption:
    """Sentences as one paragraph."""
    whole = joined(sentences, " ")
    citations = tuple((cite.start, cite.end, cite.fact_id) for cite in whole.citations)
    return Caption(whole.text, citations)


def left_out(said: Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
    """The ground that was not assessed, by reason, if there is any."""
    items = [
        said.render(fact.name, area=fact)
        for fact in facts
        if fact.name.startswith("excluded_area_") and fact.value
    ]
    if items:
        yield listed(said, "excluded", items)


def careful(said: Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
    """What limits the facts, if anything does."""
    codes = tuple(dict.fromkeys(code for fact in facts for code in fact.cautions))
    language = said.glossary.language
    items = [render(clause, {}, glossary=said.glossary)
             for clause in cautions.clauses(codes, language=language)]  # fmt: skip
    if items:
        yield listed(said, "cautions", items)


def listed(said: Said, heading: str, items: Sequence[Rendered]) -> Rendered:
    """A heading and its items as one sentence."""
    return joined([said.render(heading), joined(items, "; "), Rendered(".")])
