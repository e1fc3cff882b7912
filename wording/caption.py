"""One short paragraph about a comparison; every number in it is cited from a fact.

Chooses facts and templates; the words are the language's, the numbers are the facts'.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.facts import Fact
from raster.mask import ChangeClass
from wording import cautions
from wording.english import ENGLISH
from wording.language import Language
from wording.slots import Citation, Glossary, Rendered, joined, render

ANY = "any"
AOI = "aoi"
MOST_PCT = 50.0
ALL_PCT = 99.95


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
class _Said:
    """The facts of one run by what they are about, and how to word them."""

    facts: Mapping[tuple[str, str, str], Fact]
    glossary: Glossary

    def get(self, name: str, change_class: str = ANY, region: str = AOI) -> Fact | None:
        return self.facts.get((name, change_class, region))

    def render(self, template: str, **slots: Fact) -> Rendered:
        return render(self.glossary.language.templates[template], slots, glossary=self.glossary)

    def plural(self, template: str, count: Fact, **slots: Fact) -> Rendered:
        form = self.glossary.language.plural(float(count.value))
        return self.render(f"{template}.{form}", count=count, **slots)


def write(
    facts: Sequence[Fact],
    *,
    legend: Sequence[ChangeClass] = (),
    language: Language = ENGLISH,
) -> Caption:
    """What changed, how much, where, the largest, what was left out and what to be careful about.

    Args:
        facts: facts of one run, as `analysis.evidence.derive` makes them.
        legend: labels of the classes; without it classes are shown by their names.
        language: words and number marks.
    """
    glossary = Glossary(language, {entry.name: entry.label for entry in legend})
    by_subject = {(fact.name, fact.change_class, fact.region): fact for fact in facts}
    paragraph = joined(_sentences(_Said(by_subject, glossary), facts), " ")
    return Caption(paragraph.text, tuple(_triple(cite) for cite in paragraph.citations))


def _triple(cite: Citation) -> tuple[int, int, str]:
    return cite.start, cite.end, cite.fact_id


def _sentences(said: _Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
    area = said.get("changed_area")
    if area is None:
        yield said.render("nothing_valid")
    elif area.value == 0:
        yield from _unchanged(said)
    else:
        yield _changed(said, area)
        yield from _classes(said, facts)
        yield from _where(said)
    yield from _left_out(said, facts)
    if area is not None and area.value != 0:
        yield from _not_assessed(said, facts)
    yield from _cautions(said, facts)


def _dates(said: _Said) -> dict[str, Fact]:
    """Slots `pre` and `post` where both dates are known, else nothing."""
    pre, post = said.get("pre_acquired_on"), said.get("post_acquired_on")
    known = [fact for fact in (pre, post) if fact is not None and fact.value != "not known"]
    return {"pre": known[0], "post": known[1]} if len(known) == 2 else {}


def _unchanged(said: _Said) -> Iterator[Rendered]:
    valid, smallest = said.get("valid_area"), said.get("smallest_mapped_area")
    dates = _dates(said)
    if valid is not None:
        yield said.render("unchanged_dated" if dates else "unchanged", valid=valid, **dates)
    if smallest is not None:
        yield said.render("limit", smallest=smallest)


def _changed(said: _Said, area: Fact) -> Rendered:
    dates = _dates(said)
    slots = {"area": area, "share": said.facts["changed_share", ANY, AOI],
             "valid": said.facts["valid_area", ANY, AOI]}  # fmt: skip
    count = said.facts["object_count", ANY, AOI]
    return said.plural("changed_dated" if dates else "changed", count, **slots, **dates)


def _classes(said: _Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
    """Area and count of each class that occurs, largest first; none for a one-class legend."""
    areas = [
        fact
        for fact in facts
        if fact.name == "changed_area" and fact.region == AOI and fact.change_class != ANY
    ]
    found = sorted((fact for fact in areas if fact.value), key=lambda fact: -float(fact.value))
    if len(found) == 1 and found[0].change_class != "changed":
        yield said.render("only_class", area=found[0])
    if len(found) > 1:
        counts = [said.facts["object_count", fact.change_class, AOI] for fact in found]
        items = [
            said.plural("class", count, area=fact)
            for fact, count in zip(found, counts, strict=True)
        ]
        yield _listed(said, "classes", items)


def _where(said: _Said) -> Iterator[Rendered]:
    place = said.get("main_location")
    share = said.get("share_of_change", region=str(place.value)) if place else None
    if place and share:
        pct = float(share.value)
        if pct >= ALL_PCT:
            yield said.render("where_all", place=place)
        else:
            template = "where_most" if pct >= MOST_PCT else "where_spread"
            yield said.render(template, place=place, share=share)
    count = said.get("object_count")
    largest = [fact for key, fact in said.facts.items() if key[:2] == ("largest_object_area", ANY)]
    if largest and count and float(count.value) > 1:
        yield said.render("largest", area=largest[0])


def _left_out(said: _Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
    items = [
        said.render(fact.name, area=fact)
        for fact in facts
        if fact.name.startswith("excluded_area_") and fact.value
    ]
    if items:
        yield _listed(said, "excluded", items)


def _not_assessed(said: _Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
    items = [
        said.render("not_assessed_item", what=fact)
        for fact in facts
        if fact.name == "not_assessed" and fact.region == AOI
    ]
    if items:
        yield _listed(said, "not_assessed", items)


def _cautions(said: _Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
    codes = tuple(dict.fromkeys(code for fact in facts for code in fact.cautions))
    language = said.glossary.language
    items = [render(clause, {}, glossary=said.glossary)
             for clause in cautions.clauses(codes, language=language)]  # fmt: skip
    if items:
        yield _listed(said, "cautions", items)


def _listed(said: _Said, heading: str, items: Sequence[Rendered]) -> Rendered:
    return joined([said.render(heading), joined(items, "; "), Rendered(".")])
