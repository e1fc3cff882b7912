"""Everything the report of a count shows, worded and rounded, as one record.

Reads a count; measures nothing and knows no HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from exports.count.drawing import Drawing, draw
from exports.count.photographs import PhotoPair, pairs
from exports.page import citations, numbers, origin
from exports.page.rows import excluded_text
from exports.page.view import VERDICTS
from raster.findings import verdict
from raster.text import clean
from wording.quantities import text as quantity

if TYPE_CHECKING:
    from analysis.count_result import CountResult
    from analysis.facts import Fact
    from analysis.ledger import Entry
    from raster.findings import Finding, Verdict

TEXT_LIMIT = 400
MOST_ROWS = 40
SEVERITIES = ("refuse", "caution", "info")
STATES = {
    "appeared": ("appeared", "#d55e00"),
    "vanished": ("vanished", "#2f8fe0"),
    "split": ("split", "#cc79a7"),
    "merged": ("merged", "#a05080"),
    "moved": ("moved", "#c9b800"),
    "grown": ("kept, larger", "#e69f00"),
    "shrunk": ("kept, smaller", "#009e73"),
    "kept": ("kept", "#7d95a8"),
    "not assessed": ("not assessed", "#8c8c8c"),
}
"""State -> words and a colour that colour-blind readers tell apart (Okabe and Ito 2008)."""
FIGURES = (
    ("at the earlier date", "objects_pre"),
    ("at the later date", "objects_post"),
    ("appeared", "objects_appeared"),
    ("vanished", "objects_vanished"),
)


@dataclass(frozen=True)
class SceneWords:
    """One date in words."""

    role: str
    name: str
    day: str


@dataclass(frozen=True)
class Figure:
    """One key figure and the fact it comes from."""

    label: str
    value: str
    fact_id: str


@dataclass(frozen=True)
class StateRow:
    """One state of the legend."""

    key: str
    label: str
    entries: str


@dataclass(frozen=True)
class EntryRow:
    """One entry that changed."""

    id: int
    key: str
    label: str
    pre_area: str
    post_area: str
    score: str
    lat: str
    lon: str


@dataclass(frozen=True)
class FactRow:
    """One fact: as words show it and as it is recorded."""

    id: str
    name: str
    shown: str
    exact: str
    region: str
    method: str


@dataclass(frozen=True)
class CloseUp:
    """One change up close, with its row of the table."""

    row: EntryRow
    pair: PhotoPair


@dataclass(frozen=True)
class CountView:
    """What the report says."""

    title: str
    things: str
    scenes: tuple[SceneWords, SceneWords]
    area: str
    caption: tuple[citations.Piece, ...]
    figures: tuple[Figure, ...]
    verdict: Verdict
    verdict_words: tuple[str, str]
    findings: tuple[Finding, ...]
    drawing: Drawing
    bar: str
    whole: PhotoPair | None
    closeups: tuple[CloseUp, ...]
    states: tuple[StateRow, ...]
    entries: tuple[EntryRow, ...]
    entries_note: str
    excluded: str
    facts: tuple[FactRow, ...]
    origin: origin.Origin


def view_of(result: CountResult) -> CountView:
    """The view of a count."""
    outcome = verdict(result.findings)
    changed = [one for one in result.ledger.entries if one.state not in {"kept", "not assessed"}]
    listed = tuple(_entry_rows(result, changed))
    drawing = draw(result.ledger, result.area)
    known = frozenset(fact.id for fact in result.facts)
    photographed = pairs(result)
    return CountView(
        title=f"{result.counter.things} counted at two dates".capitalize(),
        things=result.counter.things,
        scenes=(_scene(result, "pre"), _scene(result, "post")),
        area=clean(str(result.run["aoi"]["name"])),
        caption=citations.pieces(result.caption, result.citations, known),
        figures=tuple(_figures(result)),
        verdict=outcome,
        verdict_words=VERDICTS[outcome],
        findings=tuple(sorted(map(_clean_finding, result.findings), key=_by_severity)),
        drawing=drawing,
        bar=_bar_words(drawing.placement.bar_m),
        whole=photographed[0] if photographed else None,
        closeups=tuple(_closeups(listed, photographed[1:])),
        states=tuple(_states(result)),
        entries=listed,
        entries_note=_entries_note(len(listed), len(changed)),
        excluded=excluded_text(result.facts[0].excluded) if result.facts else "nothing",
        facts=tuple(map(_fact_row, result.facts)),
        origin=origin.describe({**result.run, "detector": result.run["counter"]}),
    )


def _closeups(rows: Sequence[EntryRow], found: Sequence[PhotoPair]) -> Iterator[CloseUp]:
    by_id = {row.id: row for row in rows}
    for pair in found:
        yield CloseUp(by_id[pair.entry], pair)


def _scene(result: CountResult, role: str) -> SceneWords:
    scene = result.run["scenes"][role]
    return SceneWords(role, clean(scene["name"]) or "unnamed", scene["acquired_on"] or "not dated")


def _figures(result: CountResult) -> Iterator[Figure]:
    facts = {fact.name: fact for fact in result.facts if fact.region == "aoi"}
    for label, name in FIGURES:
        if name in facts:
            yield Figure(label, quantity(facts[name].value, "1"), facts[name].id)


def _clean_finding(finding: Finding) -> Finding:
    message = clean(finding.message, limit=TEXT_LIMIT)
    return replace(finding, message=message, remedy=clean(finding.remedy, limit=TEXT_LIMIT))


def _by_severity(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _bar_words(length_m: float) -> str:
    return f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"


def _states(result: CountResult) -> Iterator[StateRow]:
    """The states that occur."""
    entries = result.ledger.counts().entries
    for state, (label, _color) in STATES.items():
        number = next((count for name, count in entries.items() if name == state), 0)
        if number:
            yield StateRow(_key(state), label, quantity(number, "1"))


def _key(state: str) -> str:
    return state.replace(" ", "-")


def _entry_rows(result: CountResult, changed: list[Entry]) -> Iterator[EntryRow]:
    """The largest entries that changed."""
    pre, post = result.ledger.by_id
    ranked = sorted(changed, key=lambda one: (-max(one.pre_area_m2, one.post_area_m2), one.id))
    for entry in ranked[:MOST_ROWS]:
        place = post[entry.post[0]] if entry.post else pre[entry.pre[0]]
        yield EntryRow(
            entry.id, _key(entry.state), STATES[entry.state][0],
            _area(entry.pre_area_m2), _area(entry.post_area_m2), f"{entry.score:.2f}",
            numbers.degrees(place.lat), numbers.degrees(place.lon),
        )  # fmt: skip


def _area(area_m2: float) -> str:
    return quantity(area_m2, "m2") if area_m2 else "none"


def _entries_note(listed: int, total: int) -> str:
    if listed == total:
        return "Everything that changed, largest first. Positions are in WGS 84."
    return (
        f"The {listed} largest of {quantity(total, '1')} changes. Positions are in WGS 84."
        " All are in ledger.gpkg and ledger.geojson."
    )


def _fact_row(fact: Fact) -> FactRow:
    return FactRow(
        id=fact.id,
        name=clean(fact.name.replace("_", " ")),
        shown=quantity(fact.value, fact.unit),
        exact=clean(numbers.exact(fact.value, fact.unit)),
        region="whole AOI" if fact.region == "aoi" else clean(fact.region),
        method=clean(fact.method, limit=TEXT_LIMIT),
    )
