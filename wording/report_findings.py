"""The findings of a written report: plain sentences, then tables of the facts.

Chooses facts; measures nothing and knows no file format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.regions import REGIONS
from wording.document import Block, Paragraph, Table
from wording.report_degrees import degree
from wording.report_words import ReportWords, capitalised, table
from wording.slots import Rendered

if TYPE_CHECKING:
    from wording.matter import Large, Matter

STATES = (
    "objects_pre", "objects_post", "objects_appeared", "objects_vanished", "objects_kept",
    "objects_change", "objects_grown", "objects_shrunk", "objects_moved", "objects_split",
    "objects_merged", "objects_not_assessed_pre", "objects_not_assessed_post", "edits_by_hand",
)  # fmt: skip
ALWAYS = frozenset(STATES[:6])
STATE_KEYS = frozenset(f"state.{name}" for name in STATES)


def blocks(matter: Matter, words: ReportWords) -> Iterator[Block]:
    """Sentences and tables."""
    yield from _of_count(matter, words) if matter.is_count else _of_comparison(matter, words)
    if matter.largest:
        rows = [
            (capitalised(what(words, one)), words.value(one.fact), words.region(one.fact))
            for one in matter.largest
        ]
        columns = words.columns("table.largest.columns")
        yield Table(words.template("table.largest"), columns, tuple(rows), frozenset({1}))


def _of_comparison(matter: Matter, words: ReportWords) -> Iterator[Block]:
    share = words.get("changed_share")
    if share is None:
        yield Paragraph(words.say("findings.nothing"))
        return
    if not share.value:
        yield Paragraph(words.say("findings.unchanged"))
        return
    yield Paragraph(degree(words, "share", share=share))
    names = [entry.name for entry in matter.legend if _has(words, "object_count", entry.name)]
    rows = [_class_row(words, name) for name in names]
    if len(names) != 1:
        rows.append(_class_row(words, "any"))
    columns = words.columns("table.classes.columns")
    yield table(words.template("table.classes"), columns, rows)
    parts = [
        (words.region(area), words.value(area), words.value(words.get("share_of_change", "any", r)))
        for r in REGIONS
        if (area := words.get("changed_area", "any", r)) and _is_seen(words, r)
    ]
    columns = words.columns("table.parts.columns.comparison")
    yield table(words.template("table.parts"), columns, parts)


def _is_seen(words: ReportWords, part: str) -> bool:
    """Whether anything of a part was assessed: a nought elsewhere would read as unchanged."""
    return words.get("not_assessed", "any", part) is None


def _has(words: ReportWords, name: str, change_class: str) -> bool:
    fact = words.get(name, change_class)
    return fact is not None and bool(fact.value)


def _class_row(words: ReportWords, name: str) -> tuple[Rendered, ...]:
    cells = [words.get(one, name) for one in ("object_count", "changed_area", "changed_share")]
    whole = Rendered(words.template("table.all_classes"))
    label = whole if name == "any" or cells[0] is None else words.label(cells[0])
    return (label, *map(words.value, cells))


def _of_count(matter: Matter, words: ReportWords) -> Iterator[Block]:
    thing, things = matter.counted, matter.thing[1]
    appeared, vanished = (words.get(f"objects_{n}", thing) for n in ("appeared", "vanished"))
    if appeared is None or vanished is None:
        yield Paragraph(words.say("findings.nothing"))
        return
    if not appeared.value and not vanished.value:
        yield Paragraph(words.say("findings.same", things))
    else:
        yield Paragraph(degree(words, "count", things, count=appeared))
    if density := words.get("object_density_post", thing):
        yield Paragraph(degree(words, "density", things, density=density))
    rows = [
        (Rendered(words.template(f"state.{name}")), words.value(fact))
        for name in STATES
        if (fact := words.get(name, thing)) and (fact.value or name in ALWAYS)
    ]
    title = words.template("table.states").replace("%s", things)
    yield table(title, words.columns("table.states.columns"), rows)
    yield from _parts_of_count(words, thing)


def _parts_of_count(words: ReportWords, thing: str) -> Iterator[Block]:
    counts = [
        (new, words.get("objects_vanished", thing, part))
        for part in REGIONS
        if (new := words.get("objects_appeared", thing, part)) and _is_seen(words, part)
    ]
    rows = [(words.region(new), words.value(new), words.value(gone)) for new, gone in counts]
    if any(new.value or (gone and gone.value) for new, gone in counts):
        columns = words.columns("table.parts.columns.count")
        yield table(words.template("table.parts"), columns, rows)


def what(words: ReportWords, thing: Large) -> Rendered:
    """What a thing is and, where the result tells, what became of it."""
    label = words.label(replace(thing.fact, change_class=thing.change_class)).text
    key = f"state.objects_{thing.state}"
    return Rendered(f"{label}, {words.template(key)}" if key in STATE_KEYS else label)
