"""Rows of the report's tables: classes, objects, facts, exclusions and the key figures.

Words and rounds what the result holds; measures nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from exports.page import numbers
from raster.text import clean
from wording.quantities import text as quantity

if TYPE_CHECKING:
    from analysis.facts import Exclusion, Fact
    from analysis.result import AreaBudget, ClassStatistics, ComparisonResult

ANY = "any"
AOI = "aoi"
MOST_OBJECTS = 25
NAMES = ("id", "class", "area_m2", "lat", "lon", "score", "seen_by")
REASONS = {
    "pre nodata": "no data at the pre date",
    "post nodata": "no data at the post date",
    "both nodata": "no data at both dates",
    "no score": "the detector could not score it",
}


@dataclass(frozen=True)
class ClassRow:
    """One class of the legend; `bar_pct` is its share of the largest class."""

    label: str
    code: int | None
    objects: str
    area: str
    share: str
    bar_pct: float


@dataclass(frozen=True)
class ObjectRow:
    """One changed object."""

    id: int
    label: str
    code: int
    area: str
    lat: str
    lon: str
    score: str
    seen_by: str = ""


@dataclass(frozen=True)
class FactRow:
    """One fact: as words show it, as it is recorded, and the number of its method."""

    id: str
    name: str
    subject: str
    shown: str
    exact: str
    region: str
    method: int = 0
    excluded: str = ""


@dataclass(frozen=True)
class Figure:
    """One key figure and the fact it comes from, if there is one."""

    label: str
    value: str
    fact_id: str | None


def classes(result: ComparisonResult) -> tuple[ClassRow, ...]:
    """One row per class and, for several classes, their sum last."""
    codes = {entry.name: entry.code for entry in result.mask.legend}
    rows = [entry for entry in result.statistics if entry.name != ANY or len(codes) > 1]
    most = max((entry.area_m2 for entry in rows if entry.name != ANY), default=0.0)
    return tuple(_class_row(entry, codes.get(entry.name), most) for entry in rows)


def _class_row(entry: ClassStatistics, code: int | None, most_m2: float) -> ClassRow:
    return ClassRow(
        label="all classes" if entry.name == ANY else clean(entry.label),
        code=code,
        objects=quantity(entry.objects, "1"),
        area=quantity(entry.area_m2, "m2"),
        share=quantity(entry.area_share_pct, "%"),
        bar_pct=round(100 * entry.area_m2 / most_m2, 1) if most_m2 and code is not None else 0.0,
    )


def objects(result: ComparisonResult) -> tuple[ObjectRow, ...]:
    """The largest objects, largest first."""
    entries = {entry.name: entry for entry in result.mask.legend}
    table = result.objects.head(MOST_OBJECTS)
    asked = titles(result.run)
    columns = (table[name] for name in NAMES)
    return tuple(
        ObjectRow(
            id=int(number),
            label=clean(entries[name].label),
            code=entries[name].code,
            area=quantity(float(area_m2), "m2"),
            lat=numbers.degrees(lat),
            lon=numbers.degrees(lon),
            score=f"{score:.2f}",
            seen_by=seen_by(names, asked),
        )
        for number, name, area_m2, lat, lon, score, names in zip(*columns, strict=True)
    )


def titles(run: Mapping[str, Any]) -> dict[str, str]:
    """Titles of the methods that were asked, by name; empty where one was asked alone."""
    members = run.get("members") or {}
    return {name: clean(str(told.get("title", name))) for name, told in members.items()}


def votes(names: object, asked: Mapping[str, str]) -> tuple[str, str]:
    """`3 of 4`, and the titles of the methods that see an object; empty for one asked alone."""
    if not isinstance(names, str):
        return "", ""
    found = [asked.get(name, clean(name)) for name in names.split(", ") if name]
    return f"{len(found)} of {len(asked)}", ", ".join(found)


def seen_by(names: object, asked: Mapping[str, str]) -> str:
    """`3 of 4: ...`, the methods that see an object; empty where one was asked alone."""
    return ": ".join(part for part in votes(names, asked) if part)


def facts(result: ComparisonResult) -> tuple[FactRow, ...]:
    """Every fact, in the order of `facts.json`."""
    labels = {entry.name: entry.label for entry in result.mask.legend}
    numbered = {text: number for number, text in enumerate(methods(result), 1)}
    return tuple(
        replace(
            _fact_row(fact, labels),
            method=numbered[_method(fact)],
            excluded=_unusual(fact, result.budget),
        )
        for fact in result.facts
    )


def methods(result: ComparisonResult) -> tuple[str, ...]:
    """Every way a fact was measured, once, in the order of first use; the first is number 1."""
    return tuple(dict.fromkeys(_method(fact) for fact in result.facts))


def _method(fact: Fact) -> str:
    return clean(fact.method, limit=300)


def _unusual(fact: Fact, budget: AreaBudget) -> str:
    """What a fact leaves out, where it is not what the whole result leaves out."""
    return "" if fact.excluded == budget.excluded else excluded_text(fact.excluded)


def _fact_row(fact: Fact, labels: Mapping[str, str]) -> FactRow:
    subject = "" if fact.change_class == ANY else labels.get(fact.change_class, fact.change_class)
    return FactRow(
        id=fact.id,
        name=clean(fact.name.replace("_", " ")),
        subject=clean(subject),
        shown=quantity(fact.value, fact.unit),
        exact=clean(numbers.exact(fact.value, fact.unit)),
        region="whole AOI" if fact.region == AOI else clean(fact.region),
    )


def excluded_text(parts: Sequence[Exclusion]) -> str:
    """Reasons and areas in one line; `nothing` when all was assessed."""
    listed = [f"{reason(part.reason)}: {quantity(part.area_m2, 'm2')}" for part in parts]
    return "; ".join(listed) or "nothing"


def reason(name: str) -> str:
    """The reason of an exclusion in plain words."""
    return REASONS.get(name.replace("_", " "), clean(name))


def exclusions(budget: AreaBudget) -> tuple[tuple[str, str, str], ...]:
    """Reason, area and share of the AOI of each excluded part."""
    return tuple(
        (
            reason(part.reason),
            quantity(part.area_m2, "m2"),
            quantity(_share_pct(part.area_m2, budget.aoi_m2), "%"),
        )
        for part in budget.excluded
        if part.area_m2 > 0
    )


def key_figures(result: ComparisonResult) -> tuple[Figure, ...]:
    """What a reader looks for first."""
    total = next(entry for entry in result.statistics if entry.name == ANY)
    budget = result.budget
    values = (
        ("changed area", "changed_area", quantity(total.area_m2, "m2")),
        ("of the assessed area", "changed_share", quantity(total.area_share_pct, "%")),
        (_objects_word(total.objects), "object_count", quantity(total.objects, "1")),
        ("assessed", "valid_area", quantity(budget.valid_m2, "m2")),
    )
    ids = {
        fact.name: fact.id
        for fact in result.facts
        if fact.change_class == ANY and fact.region == AOI
    }
    return tuple(Figure(label, value, ids.get(name)) for label, name, value in values)


def _objects_word(count: int) -> str:
    return "changed object" if count == 1 else "changed objects"


def _share_pct(part_m2: float, whole_m2: float) -> float:
    return 100 * part_m2 / whole_m2 if whole_m2 else 0.0
