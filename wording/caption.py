"""One short paragraph about a comparison; every number in it is cited from a fact.

Chooses facts and templates; the words are the language's, the numbers are the facts'.
"""

from collections.abc import Iterator, Sequence

from analysis.facts import Fact
from raster.mask import ChangeClass
from wording.english import ENGLISH
from wording.language import Language
from wording.said import ANY, AOI, Caption, Said, careful, left_out, listed, paragraph
from wording.slots import Glossary, Rendered

MOST_PCT = 50.0
ALL_PCT = 99.95


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
    said = Said.of(facts, glossary)
    return paragraph(_sentences(said, facts))


def _sentences(said: Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
    area = said.get("changed_area")
    if area is None:
        yield said.render("nothing_valid")
    elif area.value == 0:
        yield from _unchanged(said)
    else:
        yield _changed(said, area)
        yield from _classes(said, facts)
        yield from _where(said)
    yield from left_out(said, facts)
    if area is not None and area.value != 0:
        yield from _not_assessed(said, facts)
    yield from careful(said, facts)


def _unchanged(said: Said) -> Iterator[Rendered]:
    valid, smallest = said.get("valid_area"), said.get("smallest_mapped_area")
    dates = said.dates()
    if valid is not None:
        yield said.render("unchanged_dated" if dates else "unchanged", valid=valid, **dates)
    if smallest is not None:
        yield said.render("limit", smallest=smallest)


def _changed(said: Said, area: Fact) -> Rendered:
    dates = said.dates()
    slots = {"area": area, "share": said.facts["changed_share", ANY, AOI],
             "valid": said.facts["valid_area", ANY, AOI]}  # fmt: skip
    count = said.facts["object_count", ANY, AOI]
    return said.plural("changed_dated" if dates else "changed", count, **slots, **dates)


def _classes(said: Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
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
        yield listed(said, "classes", items)


def _where(said: Said) -> Iterator[Rendered]:
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


def _not_assessed(said: Said, facts: Sequence[Fact]) -> Iterator[Rendered]:
    items = [
        said.render("not_assessed_item", what=fact)
        for fact in facts
        if fact.name == "not_assessed" and fact.region == AOI
    ]
    if items:
        yield listed(said, "not_assessed", items)
