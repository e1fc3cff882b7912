"""What one comparison measured, turned into facts.

Facts hold numbers and machine names; how they are worded is not known here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analysis.agreement import SEES, Agreement
from analysis.fact_maker import PIXEL_SUM, FactMaker, Subject, areas, dates, maker
from analysis.facts import Fact
from analysis.objects import largest_first
from analysis.regions import REGIONS, Compass
from analysis.statistics import share_pct
from analysis.tally import Tally
from raster.align import ResidualShift
from raster.components import Components
from raster.findings import Finding
from raster.grid import Grid
from raster.mask import ChangeClass

LARGEST = 5

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
        agreement: which of several methods see them; None where one was asked alone.
    """

    grid: Grid
    legend: tuple[ChangeClass, ...]
    tally: Tally
    components: Components
    agreement: Agreement | None = None


def derive(evidence: Evidence, origin: Origin) -> tuple[Fact, ...]:
    """Every fact of one run, no two with the same id.

    Where nothing was valid there are no facts about change, only that it was not assessed; where
    nothing changed the zeros are facts.
    """
    make = maker(evidence.tally, origin.findings, inputs=origin.inputs, run=origin.run)
    made = [*areas(evidence.tally, make)]
    if evidence.tally.valid_m2 > 0:
        made += [*_change(evidence, make), *_objects(evidence, make), *_places(evidence, make)]
    made += [*_not_assessed(evidence, make), *_setting(evidence, origin, make)]
    return tuple({fact.id: fact for fact in made}.values())


def _change(evidence: Evidence, make: FactMaker) -> Iterator[Fact]:
    """Changed area, its share of the valid area and the unchanged rest."""
    tally = evidence.tally
    for code, subject in _subjects(evidence.legend):
        area_m2 = tally.changed_m2 if code is None else tally.class_m2(code)
        yield make("changed_area", (area_m2, "m2"), subject, PIXEL_SUM)
        share = share_pct(area_m2, tally.valid_m2)
        yield make("changed_share", (share, "%"), subject, SHARE_OF_VALID)
    yield make("unchanged_area", (tally.unchanged_m2, "m2"), Subject(), PIXEL_SUM)


def _objects(evidence: Evidence, make: FactMaker) -> Iterator[Fact]:
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
    if evidence.agreement is not None:
        yield from _agreed(evidence.agreement, make)


def _largest(evidence: Evidence, make: FactMaker) -> Iterator[Fact]:
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
            there = Subject(subject.change_class, subject.state, REGIONS[places[index]])
            suffix = "" if place_in_list == 1 else f"_{place_in_list}"
            method = f"Sum of the areas on the ellipsoid of the pixels of object {rank + 1}."
            area = float(components.area_m2[index]), "m2"
            yield make(f"largest_object_area{suffix}", area, there, method)


def _agreed(agreement: Agreement, make: FactMaker) -> Iterator[Fact]:
    """How many methods were asked, and how many objects all of them see."""
    asked = f"Methods that took part: {', '.join(agreement.voters)}."
    yield make("method_count", (len(agreement.voters), "1"), Subject(), asked)
    unanimous = int(agreement.sees.all(axis=1).sum())
    yield make("unanimous_object_count", (unanimous, "1"), Subject(), f"{SEES} {asked}")


def _places(evidence: Evidence, make: FactMaker) -> Iterator[Fact]:
    """Changed area by part, and the parts that stand for the whole."""
    tally = evidence.tally
    valid = tally.valid_by_region()
    for code, subject in _subjects(evidence.legend):
        if code is not None and not tally.class_m2(code):
            continue
        for region, area_m2 in tally.changed_by_region(code).items():
            if valid[region] > 0:
                there = Subject(subject.change_class, subject.state, region)
                yield make("changed_area", (area_m2, "m2"), there, BY_PARTS)
    if tally.changed_m2 > 0:
        yield from _main_places(evidence, make)


def _main_places(evidence: Evidence, make: FactMaker) -> Iterator[Fact]:
    tally = evidence.tally
    by_region = tally.changed_by_region()
    for region, area_m2 in by_region.items():
        if area_m2 > 0:
            share = share_pct(area_m2, tally.changed_m2)
            yield make("share_of_change", (share, "%"), Subject(region=region), PART_OF_CHANGE)
    main = max(by_region, key=lambda region: by_region[region])
    yield make("main_location", (main, ""), Subject(), MAIN_PART)
    if len(evidence.components):
        row, col = _centre(evidence.components)
        centre = REGIONS[Compass(evidence.grid).places(row, col)[0]]
        yield make("change_centre", (centre, ""), Subject(), CENTRE_PART)


def _centre(components: Components) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Area-weighted mean row and column, each (1,)."""
    weights = components.area_m2 / components.area_m2.sum()
    return np.array([weights @ components.row]), np.array([weights @ components.col])


def _not_assessed(evidence: Evidence, make: FactMaker) -> Iterator[Fact]:
    """What a reader might expect and this run cannot say."""
    if evidence.tally.valid_m2 <= 0:
        yield make("not_assessed", ("change", ""), Subject(), "No part of the AOI was valid.")
    if all(entry.state == "changed" for entry in evidence.legend):
        method = "The detector tells that something changed, not in which direction."
        yield make("not_assessed", ("direction", ""), Subject(), method)
    if {entry.name for entry in evidence.legend} == {"changed"}:
        method = "The detector tells that something changed, not what it was or became."
        yield make("not_assessed", ("kind", ""), Subject(), method)
    for region, area_m2 in evidence.tally.valid_by_region().items():
        if area_m2 <= 0:
            method = "No part of this ninth of the AOI's window was valid."
            yield make("not_assessed", ("change", ""), Subject(region=region), method)


def _setting(evidence: Evidence, origin: Origin, make: FactMaker) -> Iterator[Fact]:
    """Dates, misregistration and the limits of what could be found."""
    run = Subject()
    yield from dates(origin.pre_on, origin.post_on, make)
    if origin.shift is not None:
        yield make("residual_shift", (origin.shift.length_px, "px"), run, PHASE)
        yield make("residual_shift", (origin.shift.length_m, "m"), run, PHASE)
    smallest_m2 = max(origin.min_area_m2, evidence.grid.gsd_m**2)
    yield make("smallest_mapped_area", (smallest_m2, "m2"), run, f"{GIVEN[:-1]}; at least a pixel.")
    yield make("detector_threshold", (float(origin.threshold), "1"), run, GIVEN)
    yield make("detector", (origin.detector, ""), run, GIVEN)


def _subjects(legend: tuple[ChangeClass, ...]) -> list[tuple[int | None, Subject]]:
    """All classes together, then each by its code."""
    each = [(entry.code, Subject(entry.name, entry.state)) for entry in legend]
    return [(None, Subject()), *each]
