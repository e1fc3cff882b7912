"""What one run measured, turned into facts: the only place where facts are made.

Facts hold numbers and machine names; how they are worded is not known here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analysis.facts import Exclusion, Fact, rounded, with_id
from analysis.objects import largest_first
from analysis.regions import REGIONS, Compass
from analysis.statistics import ANY, share_pct
from analysis.tally import Tally
from raster.align import ResidualShift
from raster.components import Components
from raster.findings import Finding
from raster.grid import Grid
from raster.mask import ChangeClass

AOI = "aoi"
UNKNOWN_DATE = "not known"
LARGEST = 5

PIXEL_SUM = "Sum of the areas on the ellipsoid of the pixels concerned."
SHARE_OF_VALID = "Changed area divided by the valid area of the AOI."
COUNTED = "Regions of pixels of one class that touch at a side or a corner."
BY_PARTS = (
    "Sum of the areas on the ellipsoid of the pixels in one of nine parts: thirds of the "
    "longitudes and latitudes that the AOI's window spans."
)
PART_OF_CHANGE = "Changed area in this part divided by all changed area."
MAIN_PART = "The part, of nine, with the largest changed area."
CENTRE_PART = "The part, of nine, that holds the area-weighted centre of all changed objects."
PHASE = "Displacement of post against pre by phase correlation of several windows, robust vote."
GIVEN = "Set for this run."
FROM_SCENE = "From the scene's tags or file name."


@dataclass(frozen=True)
class Origin:
    """Where the numbers of one run come from.

    Attributes:
        run: id of the run.
        inputs: sha256 of the input files.
        findings: preflight and run findings; the cautions among them limit every fact.
        pre_on: acquisition date of pre, if known.
        post_on: likewise of post.
        shift: residual shift, if it was measured.
        detector: name of the detector.
        threshold: score from which on a pixel is called changed.
        min_area_m2: smallest mapped area asked for; 0 for single pixels.
    """

    run: str
    inputs: tuple[str, ...]
    findings: tuple[Finding, ...]
    pre_on: date | None
    post_on: date | None
    shift: ResidualShift | None
    detector: str
    threshold: float
    min_area_m2: float


@dataclass(frozen=True)
class Evidence:
    """What was measured.

    Attributes:
        grid: grid of the mask, cropped to the AOI's window.
        legend: classes the detector can tell.
        tally: areas by part, class and reason.
        components: the changed objects.
    """

    grid: Grid
    legend: tuple[ChangeClass, ...]
    tally: Tally
    components: Components


@dataclass(frozen=True)
class _Subject:
    """What a fact speaks of."""

    change_class: str = ANY
    state: str = ANY
    region: str = AOI


@dataclass(frozen=True)
class _Maker:
    """Makes facts that share their origin and the areas they refer to."""

    shared: Fact

    def __call__(
        self, name: str, quantity: tuple[float | str, str], subject: _Subject, method: str
    ) -> Fact:
        value, unit = quantity
        shared = self.shared
        return with_id(
            Fact(
                "", name, rounded(value) if isinstance(value, float) else value, unit,
                subject.change_class, subject.state, subject.region, method,
                shared.aoi_area_m2, shared.valid_area_m2, shared.excluded, shared.uncertainty,
                shared.cautions, shared.inputs, shared.run,
            )
        )  # fmt: skip


def derive(evidence: Evidence, origin: Origin) -> tuple[Fact, ...]:
    """Every fact of one run, no two with the same id.

    Where nothing was valid there are no facts about change, only that it was not assessed; where
    nothing changed the zeros are facts.
    """
    make = _maker(evidence.tally, origin)
    made = [*_areas(evidence.tally, make)]
    if evidence.tally.valid_m2 > 0:
        made += [*_change(evidence, make), *_objects(evidence, make), *_places(evidence, make)]
    made += [*_not_assessed(evidence, make), *_setting(evidence, origin, make)]
    return tuple({fact.id: fact for fact in made}.values())


def _maker(tally: Tally, origin: Origin) -> _Maker:
    excluded = tuple(Exclusion(name, rounded(m2)) for name, m2 in tally.excluded_m2.items())
    codes = {finding.code for finding in origin.findings if finding.severity == "caution"}
    shared = Fact(
        "", "", 0, "", ANY, ANY, AOI, "", rounded(tally.aoi_m2), rounded(tally.valid_m2),
        excluded, None, tuple(sorted(codes)), origin.inputs, origin.run,
    )  # fmt: skip
    return _Maker(shared)


def _areas(tally: Tally, make: _Maker) -> Iterator[Fact]:
    """AOI, valid and excluded area."""
    aoi = _Subject()
    excluded = tally.excluded_m2
    yield make("aoi_area", (tally.aoi_m2, "m2"), aoi, PIXEL_SUM)
    yield make("valid_area", (tally.valid_m2, "m2"), aoi, PIXEL_SUM)
    share = share_pct(tally.valid_m2, tally.aoi_m2)
    yield make("valid_share", (share, "%"), aoi, "Valid area divided by the area of the AOI.")
    yield make("excluded_area", (float(sum(excluded.values())), "m2"), aoi, PIXEL_SUM)
    for reason, area_m2 in excluded.items():
        name = f"excluded_area_{reason.replace(' ', '_')}"
        yield make(name, (area_m2, "m2"), aoi, PIXEL_SUM)


def _change(evidence: Evidence, make: _Maker) -> Iterator[Fact]:
    """Changed area, its share of the valid area and the unchanged rest."""
    tally = evidence.tally
    for code, subject in _subjects(evidence.legend):
        area_m2 = tally.changed_m2 if code is None else tally.class_m2(code)
        yield make("changed_area", (area_m2, "m2"), subject, PIXEL_SUM)
        share = share_pct(area_m2, tally.valid_m2)
        yield make("changed_share", (share, "%"), subject, SHARE_OF_VALID)
    yield make("unchanged_area", (tally.unchanged_m2, "m2"), _Subject(), PIXEL_SUM)


def _objects(evidence: Evidence, make: _Maker) -> Iterator[Fact]:
    """Counts, mean, median and the largest, of all objects and of each class."""
    components = evidence.components
    for code, subject in _subjects(evidence.legend):
        chosen = slice(None) if code is None else components.code == code
        sizes_m2 = components.area_m2[chosen]
        yield make("object_count", (len(sizes_m2), "1"), subject, COUNTED)
        if len(sizes_m2):
            mean_m2, median_m2 = float(np.mean(sizes_m2)), float(np.median(sizes_m2))
            yield make("mean_object_area", (mean_m2, "m2"), subject, "Mean over the objects.")
            yield make("median_object_area", (median_m2, "m2"), subject, "Median of the objects.")
    yield from _largest(evidence, make)


def _largest(evidence: Evidence, make: _Maker) -> Iterator[Fact]:
    """The k largest of all objects and the largest of each class, each with its place."""
    components = evidence.components
    order = largest_first(components)
    codes = components.code[order]
    places = Compass(evidence.grid).places(components.row, components.col)
    for code, subject in _subjects(evidence.legend):
        wanted = 1 if code is not None else LARGEST
        ranks = np.flatnonzero(codes == code) if code is not None else np.arange(len(order))
        for place_in_list, rank in enumerate(ranks[:wanted], start=1):
            index = order[rank]
            there = _Subject(subject.change_class, subject.state, REGIONS[places[index]])
            suffix = "" if place_in_list == 1 else f"_{place_in_list}"
            method = f"Sum of the areas on the ellipsoid of the pixels of object {rank + 1}."
            area = float(components.area_m2[index]), "m2"
            yield make(f"largest_object_area{suffix}", area, there, method)


def _places(evidence: Evidence, make: _Maker) -> Iterator[Fact]:
    """Changed area by part, and the parts that stand for the whole."""
    tally = evidence.tally
    valid = tally.valid_by_region()
    for code, subject in _subjects(evidence.legend):
        if code is not None and not tally.class_m2(code):
            continue
        for region, area_m2 in tally.changed_by_region(code).items():
            if valid[region] > 0:
                there = _Subject(subject.change_class, subject.state, region)
                yield make("changed_area", (area_m2, "m2"), there, BY_PARTS)
    if tally.changed_m2 > 0:
        yield from _main_places(evidence, make)


def _main_places(evidence: Evidence, make: _Maker) -> Iterator[Fact]:
    tally = evidence.tally
    by_region = tally.changed_by_region()
    for region, area_m2 in by_region.items():
        if area_m2 > 0:
            share = share_pct(area_m2, tally.changed_m2)
            yield make("share_of_change", (share, "%"), _Subject(region=region), PART_OF_CHANGE)
    main = max(by_region, key=lambda region: by_region[region])
    yield make("main_location", (main, ""), _Subject(), MAIN_PART)
    if len(evidence.components):
        row, col = _centre(evidence.components)
        centre = REGIONS[Compass(evidence.grid).places(row, col)[0]]
        yield make("change_centre", (centre, ""), _Subject(), CENTRE_PART)


def _centre(components: Components) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Area-weighted mean row and column, each (1,)."""
    weights = components.area_m2 / components.area_m2.sum()
    return np.array([weights @ components.row]), np.array([weights @ components.col])


def _not_assessed(evidence: Evidence, make: _Maker) -> Iterator[Fact]:
    """What a reader might expect and this run cannot say."""
    if evidence.tally.valid_m2 <= 0:
        yield make("not_assessed", ("change", ""), _Subject(), "No part of the AOI was valid.")
    if all(entry.state == "changed" for entry in evidence.legend):
        method = "The detector tells that something changed, not in which direction."
        yield make("not_assessed", ("direction", ""), _Subject(), method)
    if {entry.name for entry in evidence.legend} == {"changed"}:
        method = "The detector tells that something changed, not what it was or became."
        yield make("not_assessed", ("kind", ""), _Subject(), method)
    for region, area_m2 in evidence.tally.valid_by_region().items():
        if area_m2 <= 0:
            method = "No part of this ninth of the AOI's window was valid."
            yield make("not_assessed", ("change", ""), _Subject(region=region), method)


def _setting(evidence: Evidence, origin: Origin, make: _Maker) -> Iterator[Fact]:
    """Dates, misregistration and the limits of what could be found."""
    run = _Subject()
    for name, day in (("pre_acquired_on", origin.pre_on), ("post_acquired_on", origin.post_on)):
        yield make(name, (day.isoformat() if day else UNKNOWN_DATE, ""), run, FROM_SCENE)
    if origin.shift is not None:
        yield make("residual_shift", (origin.shift.length_px, "px"), run, PHASE)
        yield make("residual_shift", (origin.shift.length_m, "m"), run, PHASE)
    smallest_m2 = max(origin.min_area_m2, evidence.grid.gsd_m**2)
    yield make("smallest_mapped_area", (smallest_m2, "m2"), run, f"{GIVEN[:-1]}; at least a pixel.")
    yield make("detector_threshold", (float(origin.threshold), "1"), run, GIVEN)
    yield make("detector", (origin.detector, ""), run, GIVEN)


def _subjects(legend: tuple[ChangeClass, ...]) -> list[tuple[int | None, _Subject]]:
    """All classes together, then each by its code."""
    each = [(entry.code, _Subject(entry.name, entry.state)) for entry in legend]
    return [(None, _Subject()), *each]
