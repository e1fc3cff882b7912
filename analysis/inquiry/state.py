"""What limits a finished result: what it did not assess, what it left out, cautions, method, dates.

Knows nothing of things or sizes.
"""

from collections.abc import Iterable

from analysis.evidence import PHASE
from analysis.fact_maker import PIXEL_SUM, Subject
from analysis.facts import Fact
from analysis.inquiry import places
from analysis.inquiry.case import AOI, Case, Measured, Which
from analysis.inquiry.chosen import choose
from analysis.inquiry.unanswerable import Unanswerable
from analysis.regions import REGIONS
from raster.align import ResidualShift
from raster.findings import Finding

__all__ = [
    "Unanswerable", "assessed", "cautions", "dates", "exclusions", "method", "shift", "smallest",
]  # fmt: skip

DATES = ("pre_acquired_on", "post_acquired_on")
METHOD = ("detector", "counter", "detector_threshold", "smallest_mapped_area")
EXCLUDED = "excluded_area"
NOTHING_SEEN = "No part of this place was observed at both dates."
STATE_NOT_TOLD = "The method does not tell this state of things."
UNITS = frozenset({"m2", "m", "px", "%", "1"})


def assessed(case: Case, which: Which) -> tuple[Measured, ...]:
    """The `not_assessed` facts that apply to a question; none where it can be answered.

    Raises:
        Unanswerable: it cannot be answered for another reason, e.g. an unknown class.
    """
    try:
        choose(case, which)
    except Unanswerable as refused:
        if refused.reason != "not_assessed":
            raise
        return (Measured(_not_assessed(case, which, refused.about), (), case.id),)
    return ()


def cautions(case: Case) -> tuple[Measured, ...]:
    """A fact `caution_<code>` for each caution: its number, or its code where it has none."""
    made = [_caution(case, one) for one in case.findings if one.severity == "caution"]
    return _measured(case, made)


def exclusions(case: Case, place: str = AOI) -> tuple[Measured, ...]:
    """Ground of a place that was left out: all of it, then by reason.

    Raises:
        Unanswerable: the place is unknown, lies outside the area, or the run did not keep which
            ground of it was seen.
    """
    here = places.called(case, place)
    if here.name == AOI:
        return _measured(case, (one for one in case.facts if one.name.startswith(EXCLUDED)))
    ground = case.ground.within(here)
    if ground.aoi_m2 <= 0:
        raise Unanswerable("outside_area", here.name)
    subject = Subject(region=here.name)
    total_m2 = float(sum(ground.excluded_m2.values()))
    if ground.doubt_m2 > places.MOST_DOUBT * total_m2:
        raise Unanswerable("not_assessed", here.name, (AOI, *REGIONS)[: places.NEAREST])
    made = [case.make(EXCLUDED, (total_m2, "m2"), subject, PIXEL_SUM)]
    for reason, area_m2 in ground.excluded_m2.items():
        name = f"{EXCLUDED}_{reason.replace(' ', '_')}"
        made.append(case.make(name, (area_m2, "m2"), subject, PIXEL_SUM))
    return _measured(case, made)


def dates(case: Case) -> tuple[Measured, ...]:
    """When the earlier and the later image were taken, or that it is not known."""
    return _named(case, DATES)


def shift(case: Case) -> tuple[Measured, ...]:
    """How far the later image lay off the earlier one, in pixels and in metres."""
    found = _named(case, ("residual_shift",))
    if found or not case.run.get("shift"):
        return found
    measured = ResidualShift(**case.run["shift"])
    quantities = ((measured.length_px, "px"), (measured.length_m, "m"))
    return _measured(
        case, (case.make("residual_shift", one, Subject(), PHASE) for one in quantities)
    )


def method(case: Case) -> tuple[Measured, ...]:
    """Detector and threshold, or counter, and the smallest thing that is mapped."""
    return _named(case, METHOD)


def smallest(case: Case) -> tuple[Measured, ...]:
    """The smallest thing that is mapped."""
    return _named(case, ("smallest_mapped_area",))


def _not_assessed(case: Case, which: Which, about: str) -> Fact:
    """The run's own fact about what was not assessed, or a new one."""
    region = places.called(case, which.place).name
    wanted = ("change", region) if about == region else (about, AOI)
    for fact in case.facts:
        if fact.name == "not_assessed" and (fact.value, fact.region) == wanted:
            return fact
    if about == region:
        return case.make("not_assessed", ("change", ""), Subject(region=region), NOTHING_SEEN)
    return case.make("not_assessed", (about, ""), Subject(which.change_class), STATE_NOT_TOLD)


def _caution(case: Case, finding: Finding) -> Fact:
    quantity: tuple[float | str, str] = (finding.code, "")
    if finding.value is not None and finding.unit in UNITS:
        quantity = (float(finding.value), finding.unit)
    return case.make(f"caution_{finding.code}", quantity, Subject(), finding.message)


def _named(case: Case, names: Iterable[str]) -> tuple[Measured, ...]:
    return _measured(case, (fact for name in names for fact in case.facts if fact.name == name))


def _measured(case: Case, facts: Iterable[Fact]) -> tuple[Measured, ...]:
    return tuple(Measured(fact, (), case.id) for fact in facts)
