"""What a written report is about, gathered from a finished comparison or count.

Chooses facts, pictures and colours; computes no number and knows no sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from analysis.fact_maker import Subject
from analysis.inquiry import ranks
from analysis.inquiry.case import Case, Item, Measured, Which
from analysis.inquiry.state import Unanswerable
from errors import UnknownDetectorError
from exports.count.view import STATES
from exports.written import provenance
from inference import registry
from raster.findings import Finding, verdict
from raster.mask import ChangeClass
from raster.text import clean
from services.report_pictures import Album, open_album
from wording import written_report
from wording.document import Document, Swatch
from wording.english import ENGLISH
from wording.language import Language
from wording.matter import Answer, Large, Matter, Method, Views
from wording.report_words import phrases
from wording.written_report import Style

LARGEST = 10
CUTOUTS = 4
MESSAGE_LIMIT = 400
QUESTION_LIMIT = 2000
CHANGED_STATES = ("appeared", "vanished")
Names = Mapping[str, tuple[str, str]]
Found = Sequence[tuple[Large, Sequence[Item]]]
PIXEL_SIDE = "Root of the area on the ellipsoid of the pixel in the middle."


@dataclass(frozen=True)
class Manner:
    """How a report is worded.

    Attributes:
        style: `short` or `full`.
        language: words of sentences and number marks.
        names: words for one and for several things of a class, where the language has its own.
    """

    style: Style = "full"
    language: Language = ENGLISH
    names: Names = field(default_factory=dict)


PLAIN = Manner()


def compose(
    case: Case,
    folder: Path,
    *,
    question: str = "",
    answer: Answer | None = None,
    manner: Manner = PLAIN,
) -> Document:
    """The report as a record, with its pictures where the images are still there.

    Args:
        case: the result.
        folder: where it lies.
        question: what the reader asked; untrusted text.
        answer: as it was shown.
        manner: how it is worded.
    """
    style, language, names = manner.style, manner.language, manner.names
    largest = _largest(case)
    legend = _legend(case, names) if case.kind == "comparison" else ()
    colours, swatches = _colours(case, legend, language)
    album = open_album(case, folder, colours)
    matter = Matter(
        facts=case.facts,
        largest=tuple(large for large, _items in largest),
        gsd=case.make("pixel_side", (case.grid.gsd_m, "m"), Subject(), PIXEL_SIDE),
        findings=tuple(map(_clean_finding, case.findings)),
        verdict=verdict(case.findings),
        method=_method(case),
        scenes=_scenes(case),
        area=clean(str(case.run["aoi"]["name"])),
        legend=legend,
        counted=_counted(case),
        thing=_thing(case, names),
        views=tuple(_views(album, largest if style == "full" else ())),
        swatches=swatches,
        question=clean(question, limit=QUESTION_LIMIT),
        answer=answer,
    )
    tables = provenance.tables(case.run, language)
    return written_report.write(matter, provenance=tables, style=style, language=language)


def _largest(case: Case) -> Found:
    """The largest changes; of a count, of what appeared and of what vanished."""
    items = {item.id: item for item in case.items}
    states = ("any",) if case.kind == "comparison" else CHANGED_STATES
    found = [(one, _shown(one, items)) for state in states for one in _ranked(case, state, states)]
    return [
        (Large(one.fact, shown[0].change_class, _state(case, shown[0])), shown)
        for one, shown in found
        if shown
    ]


def _ranked(case: Case, state: str, states: Sequence[str]) -> tuple[Measured, ...]:
    with suppress(Unanswerable):
        return ranks.largest(case, Which(state=state), k=LARGEST // len(states))
    return ()


def _state(case: Case, item: Item) -> str:
    """What became of a thing; classes of comparisons say it themselves."""
    return item.state if case.kind == "count" else "any"


def _shown(one: Measured, items: Mapping[int, Item]) -> list[Item]:
    return [items[number] for number in one.items if number in items]


def _views(album: Album | None, largest: Found) -> Iterator[Views]:
    """The whole area, then the ground around each of the largest things."""
    if album is None:
        return
    yield Views(album.overview())
    for large, items in _first_of_each_state(largest):
        if photos := album.cutout(items):
            yield Views(photos, large)


def _first_of_each_state(largest: Found) -> Found:
    """A few of the largest, as many of each state of a count."""
    states = dict.fromkeys(large.state for large, _items in largest)
    each = max(CUTOUTS // max(len(states), 1), 1)
    return [
        one
        for state in states
        for one in [found for found in largest if found[0].state == state][:each]
    ]


def _colours(
    case: Case, legend: Sequence[ChangeClass], language: Language
) -> tuple[dict[str, str], tuple[Swatch, ...]]:
    """Colour by class or state, and the legend of those that occur."""
    if case.kind == "comparison":
        found = {item.change_class for item in case.items}
        shown = [entry for entry in legend if entry.name in found]
        return {entry.name: entry.color for entry in shown}, tuple(
            Swatch(entry.color, clean(entry.label)) for entry in shown
        )
    found = {item.state for item in case.items}
    words = phrases(language)
    return {state: color for state, (_label, color) in STATES.items()}, tuple(
        Swatch(color, words.get(f"state.objects_{state}", label))
        for state, (label, color) in STATES.items()
        if state in found
    )


def _legend(case: Case, names: Names) -> tuple[ChangeClass, ...]:
    """The classes of the detector, or plain ones where it is not known here any more."""
    try:
        known = {entry.name: entry for entry in registry.card(_card(case)["name"]).classes}
    except UnknownDetectorError:
        known = {}
    entries = (
        known.get(kind.name) or ChangeClass(at, kind.name, clean(kind.label), "changed", "#d55e00")
        for at, kind in enumerate(case.kinds, 1)
    )
    return tuple(
        replace(entry, label=names[entry.name][0]) if entry.name in names else entry
        for entry in entries
    )


def _card(case: Case) -> Mapping[str, Any]:
    card: Mapping[str, Any] = case.run["counter" if case.kind == "count" else "detector"]
    return card


def _method(case: Case) -> Method:
    card = _card(case)
    limits = tuple(clean(str(one), limit=MESSAGE_LIMIT) for one in card.get("limits") or ())
    title, summary, source = (
        clean(str(card.get(key, "")), limit=MESSAGE_LIMIT) for key in ("title", "summary", "source")
    )
    return Method(title, summary, source, limits)


def _counted(case: Case) -> str:
    """Class of the things that were counted; empty for comparisons."""
    return str(_card(case)["thing"]) if case.kind == "count" else ""


def _thing(case: Case, names: Names) -> tuple[str, str]:
    """Words for one and for several of the things that were counted."""
    if case.kind == "comparison":
        return "", ""
    card = _card(case)
    return names.get(_counted(case)) or (clean(str(card["thing"])), clean(str(card["things"])))


def _scenes(case: Case) -> tuple[str, str]:
    names = {entry["role"]: str(entry["name"]) for entry in case.run["inputs"]}
    for role, about in (case.run.get("scenes") or {}).items():
        names[role] = str(about["name"])
    return clean(names.get("pre", "")), clean(names.get("post", ""))


def _clean_finding(finding: Finding) -> Finding:
    message = clean(finding.message, limit=MESSAGE_LIMIT)
    return replace(finding, message=message, remedy=clean(finding.remedy, limit=MESSAGE_LIMIT))
