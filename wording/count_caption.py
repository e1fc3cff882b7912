"""One short paragraph about a count; every number in it is cited from a fact.

Chooses facts and templates; the words are the language's, the numbers are the facts'.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.facts import Fact
from analysis.regions import REGIONS
from wording.english import ENGLISH
from wording.language import Language
from wording.said import Caption, Said, careful, left_out, paragraph
from wording.slots import Glossary, Rendered, joined

MOST = 0.5


@dataclass(frozen=True)
class _Counted:
    """The facts about one kind of thing, worded with its name in the right number."""

    said: Said
    thing: str
    things: str

    def get(self, name: str, region: str = "aoi") -> Fact | None:
        return self.said.get(name, self.thing, region)

    def some(self, name: str) -> Fact | None:
        """A fact that is there and not 0."""
        fact = self.get(name)
        return fact if fact is not None and fact.value else None

    def render(self, template: str, **slots: Fact) -> Rendered:
        """A template whose first count decides between singular and plural."""
        language = self.said.glossary.language
        counts = [fact.value for fact in slots.values() if fact.change_class == self.thing]
        is_one = bool(counts) and language.plural(float(counts[0])) == "one"
        name = self.thing if is_one else self.things
        glossary = Glossary(language, {self.thing: name})
        return Said(self.said.facts, glossary).render(template, **slots)


def write(
    facts: Sequence[Fact], *, thing: str, things: str, language: Language = ENGLISH
) -> Caption:
    """How many stood at each date, what appeared, vanished and stayed, where, and with what care.

    Args:
        facts: facts of one count, as `analysis.count_facts.derive` makes them.
        thing: what was counted, as the class of the facts.
        things: the same in the plural.
        language: words and number marks.
    """
    said = Said.of(facts, Glossary(language, {}))
    return paragraph(_sentences(_Counted(said, thing, things), facts))


def _sentences(about: _Counted, facts: Sequence[Fact]) -> Iterator[Rendered]:
    pre, post = about.get("objects_pre"), about.get("objects_post")
    if pre is None or post is None:
        yield about.said.render("count.nothing_valid")
    else:
        yield from _numbers(about, pre, post)
        yield from _partners(about)
        yield from _where(about, "appeared")
        yield from _where(about, "vanished")
        yield from _asides(about)
    yield from left_out(about.said, facts)
    yield from careful(about.said, facts)


def _numbers(about: _Counted, pre: Fact, post: Fact) -> Iterator[Rendered]:
    appeared, vanished = about.some("objects_appeared"), about.some("objects_vanished")
    kept, valid = about.get("objects_kept"), about.said.get("valid_area")
    days = {f"{name}_on": day for name, day in about.said.dates().items()}
    form = "_dated" if days else ""
    if not pre.value and not post.value and valid is not None:
        yield about.render("count.none", pre=pre, valid=valid)
    elif appeared is None and vanished is None and kept is not None:
        yield about.render(f"count.same{form}", kept=kept, **days)
    else:
        changes = [_some_or_none(about, name) for name in ("appeared", "vanished", "kept")]
        heading = about.render(f"count.changed{form}", pre=pre, post=post, **days)
        yield joined([heading, Rendered(" "), _enumerated(about, changes), Rendered(".")])


def _some_or_none(about: _Counted, name: str) -> Rendered:
    count = about.some(f"objects_{name}")
    return (
        about.render(f"count.{name}", count=count) if count else about.render(f"count.none_{name}")
    )


def _enumerated(about: _Counted, items: Sequence[Rendered]) -> Rendered:
    """Items with commas between them and `and` before the last."""
    if len(items) < 2:
        return joined(items)
    comma, last = about.said.render("count.comma"), about.said.render("count.and")
    return joined([joined(items[:-1], comma.text), last, items[-1]])


def _partners(about: _Counted) -> Iterator[Rendered]:
    """What became of the things of both dates, and which changes are of their form."""
    found = [
        about.render(f"count.{name}", count=count)
        for name in ("grown", "shrunk", "moved")
        if (count := about.some(f"objects_{name}"))
    ]
    if found:
        heading = about.said.render("count.partners")
        yield joined([heading, _enumerated(about, found), Rendered(".")])
    for name in ("by_splitting", "by_merging"):
        if count := about.some(f"objects_{name}"):
            yield about.render(f"count.{name}", count=count)


def _where(about: _Counted, name: str) -> Iterator[Rendered]:
    """The part of the area with all, or with most, of what appeared or vanished."""
    total = about.some(f"objects_{name}")
    parts = [part for region in REGIONS if (part := about.get(f"objects_{name}", region))]
    if total is None or not parts:
        return
    main = max(parts, key=lambda part: float(part.value))
    if main.value == total.value:
        yield about.render(f"count.{name}_there", count=main)
    elif float(main.value) > MOST * float(total.value):
        yield about.render(f"count.{name}_mostly", count=main)


def _asides(about: _Counted) -> Iterator[Rendered]:
    """What was not counted, what was recognised later and what people corrected."""
    asides = {"second_look": "objects_second_look", "unseen_pre": "objects_not_assessed_pre",
              "unseen_post": "objects_not_assessed_post", "edits": "edits_by_hand"}  # fmt: skip
    for template, name in asides.items():
        if count := about.some(name):
            yield about.render(f"count.{template}", count=count)
    smallest = about.some("smallest_mapped_area")
    if smallest and not about.some("objects_pre") and not about.some("objects_post"):
        yield about.render("count.limit", smallest=smallest)
