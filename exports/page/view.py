"""Everything the report's template shows, worded and rounded, as one record.

Reads a comparison result; measures nothing and knows no HTML.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.agreement import SEES
from exports.page import citations, colors, numbers, origin, pictures, rows
from exports.page.placement import picture_grid, place, share_of_picture
from raster.findings import verdict
from raster.text import clean
from wording.quantities import text as quantity

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from analysis.result import ComparisonResult
    from raster.align import ResidualShift
    from raster.findings import Finding, Verdict
    from raster.grid import Grid
    from raster.scene import Scene

TEXT_LIMIT = 400
MOST_PINS = 10
STRIP_ASPECT = 4.0
LARGE_SHARE = 0.25
"""Objects wider or taller than this share of the picture carry their number inside."""
VERDICTS: dict[Verdict, tuple[str, str]] = {
    "go": ("The pair can be compared.", "No check of the inputs raised a caution."),
    "warn": ("The pair can be compared with care.", "Read the cautions before you use a number."),
    "refuse": ("The pair should not be compared.", "Do not use these numbers."),
}
SEVERITIES = ("refuse", "caution", "info")


@dataclass(frozen=True)
class SceneWords:
    """One date in words."""

    role: str
    name: str
    date: str
    date_source: str


@dataclass(frozen=True)
class LegendEntry:
    """One class of the legend; `is_shown` unless others were found and this one was not."""

    code: int
    label: str
    color: str
    is_shown: bool


@dataclass(frozen=True)
class Pin:
    """The number of an object beside or inside it, as shares (0..1) of the picture."""

    id: int
    left: float
    top: float


@dataclass(frozen=True)
class Pictures:
    """Data URIs of the pictures and how they lie on the ground."""

    pre_uri: str
    post_uri: str
    mask_uri: str
    aspect: float
    bar: str
    bar_share: float
    north_deg: float
    pins: tuple[Pin, ...]

    @property
    def is_strip(self) -> bool:
        """So wide that a third of the page would show it as a line."""
        return self.aspect > STRIP_ASPECT


@dataclass(frozen=True)
class Tables:
    """Rows of every table."""

    figures: tuple[rows.Figure, ...]
    classes: tuple[rows.ClassRow, ...]
    objects: tuple[rows.ObjectRow, ...]
    objects_note: str
    exclusions: tuple[tuple[str, str, str], ...]
    facts: tuple[rows.FactRow, ...]
    methods: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """What the report says."""

    title: str
    scenes: tuple[SceneWords, SceneWords]
    aoi: str
    caption: tuple[citations.Piece, ...]
    verdict: Verdict
    verdict_words: tuple[str, str]
    findings: tuple[Finding, ...]
    legend: tuple[LegendEntry, ...]
    pictures: Pictures
    tables: Tables
    notes: Notes
    origin: origin.Origin


@dataclass(frozen=True)
class Notes:
    """Sentences that stand between the tables."""

    area: str
    mask: str
    scale: str
    assessed: str
    undirected: str
    alignment: str
    seen: str


def view_of(result: ComparisonResult) -> View:
    """The view of a result."""
    scenes = (_scene("pre", result.pair.pre), _scene("post", result.pair.post))
    outcome = verdict(result.findings)
    return View(
        title=_title(result, scenes),
        scenes=scenes,
        aoi=clean(result.aoi.name),
        caption=_caption(result),
        verdict=outcome,
        verdict_words=VERDICTS[outcome],
        findings=tuple(sorted(map(_clean_finding, result.findings), key=_by_severity)),
        legend=legend_of(result),
        pictures=_pictures(result),
        tables=_tables(result),
        notes=_notes(result),
        origin=origin.describe(result.run),
    )


def legend_of(result: ComparisonResult) -> tuple[LegendEntry, ...]:
    """The classes of the mask; those that were found are shown, or all when none was found."""
    found = {entry.name for entry in result.statistics if entry.objects}
    return tuple(
        LegendEntry(
            entry.code,
            clean(entry.label),
            colors.safe(entry.color),
            is_shown=entry.name in found or not found,
        )
        for entry in result.mask.legend
    )


def _title(result: ComparisonResult, scenes: tuple[SceneWords, SceneWords]) -> str:
    pre, post = scenes
    if result.pair.pre.acquired_on and result.pair.post.acquired_on:
        return f"Change from {pre.date} to {post.date}"
    return f"Change from {pre.name} to {post.name}"


def _scene(role: str, scene: Scene) -> SceneWords:
    name = clean(scene.name) or "unnamed"
    return SceneWords(role, name, numbers.day(scene.acquired_on), clean(scene.date_source))


def _caption(result: ComparisonResult) -> tuple[citations.Piece, ...]:
    known = frozenset(fact.id for fact in result.facts)
    return citations.pieces(result.caption, result.run.get("caption_citations") or (), known)


def _clean_finding(finding: Finding) -> Finding:
    message = clean(finding.message, limit=TEXT_LIMIT)
    return replace(finding, message=message, remedy=clean(finding.remedy, limit=TEXT_LIMIT))


def _by_severity(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _pictures(result: ComparisonResult) -> Pictures:
    grid = picture_grid(result.mask.grid, result.quicklook)
    placement = place(grid)
    look = result.quicklook
    return Pictures(
        pre_uri=pictures.photo_uri(look.pre_rgb),
        post_uri=pictures.photo_uri(look.post_rgb),
        mask_uri=pictures.mask_uri(look.codes, result.mask.legend),
        aspect=placement.aspect,
        bar=_bar_words(placement.bar_m),
        bar_share=placement.bar_share,
        north_deg=placement.north_deg,
        pins=_pins(result, grid),
    )


def _bar_words(length_m: float) -> str:
    return f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"


def _pins(result: ComparisonResult, grid: Grid) -> tuple[Pin, ...]:
    table = result.objects.head(MOST_PINS)
    corners = (share_of_picture(grid, _pinned(shape, grid)) for shape in table.geometry)
    return tuple(
        Pin(int(number), left, top)
        for number, (left, top) in zip(table["id"], corners, strict=True)
    )


def _pinned(shape: BaseGeometry, grid: Grid) -> tuple[float, float, float, float]:
    """Bounds whose corner gets the number: beside a small object, inside a large one."""
    west, south, east, north = shape.bounds
    left, bottom, right, top = grid.bounds
    is_large = max((east - west) / (right - left), (north - south) / (top - bottom)) > LARGE_SHARE
    return shape.representative_point().bounds if is_large else shape.bounds


def _tables(result: ComparisonResult) -> Tables:
    listed = rows.objects(result)
    return Tables(
        figures=rows.key_figures(result),
        classes=rows.classes(result),
        objects=listed,
        objects_note=_objects_note(len(listed), len(result.objects)),
        exclusions=rows.exclusions(result.budget),
        facts=rows.facts(result),
        methods=rows.methods(result),
    )


def _objects_note(listed: int, total: int) -> str:
    if listed == total:
        return "All changed objects, largest first. Positions are in WGS 84."
    return (
        f"The {listed} largest of {quantity(total, '1')} changed objects. Positions are in WGS 84."
        " All are in changes.gpkg and changes.geojson."
    )


def _notes(result: ComparisonResult) -> Notes:
    budget, factor = result.budget, result.quicklook.pixels_per_pixel
    grid = result.mask.grid
    undirected = [clean(entry.label) for entry in result.mask.legend if entry.state == "changed"]
    return Notes(
        area=f"{quantity(budget.aoi_m2, 'm2')} at {quantity(grid.gsd_m, 'm')} per pixel",
        mask="class codes of the detector",
        scale=_scale_note(factor),
        assessed=(
            f"{quantity(budget.valid_m2, 'm2')} of the {quantity(budget.aoi_m2, 'm2')} inside the"
            " area of interest were observed at both dates and scored."
        ),
        undirected=", ".join(undirected),
        alignment=_alignment(result.pair.shift),
        seen=SEES,
    )


def _scale_note(factor: float) -> str:
    if factor <= 1:
        return "One picture pixel is one pixel of the result."
    return (
        f"One picture pixel stands for {factor:g} by {factor:g} pixels of the result; it is"
        " coloured if any of them changed, so small objects look larger than they are."
    )


def _alignment(shift: ResidualShift) -> str:
    if shift.windows == 0:
        return "How well the two dates lie on each other could not be measured."
    size = f"{quantity(shift.length_px, 'px')} ({quantity(shift.length_m, 'm')})"
    voted = f"{quantity(100 * shift.agreement, '%')} of {shift.windows} windows agreed"
    done = "was corrected before comparing" if shift.is_applied else "was left as it is"
    return f"Post lay {size} off pre ({voted}); this {done}."
