"""Makes the facts of one run, which share their origin and the ground they speak of.

Every fact of the program is made here, so that each carries what limits it. Knows nothing of what
is measured beyond areas and dates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analysis.facts import Exclusion, Fact, rounded, with_id
from analysis.statistics import ANY, share_pct
from analysis.tally import Tally
from raster.findings import Finding

AOI = "aoi"
UNKNOWN_DATE = "not known"
PIXEL_SUM = "Sum of the areas on the ellipsoid of the pixels concerned."
FROM_SCENE = "From the scene's tags or file name."


@dataclass(frozen=True)
class Subject:
    """What a fact speaks of."""

    change_class: str = ANY
    state: str = ANY
    region: str = AOI


@dataclass(frozen=True)
class FactMaker:
    """Makes facts that share their origin and the areas they refer to."""

    shared: Fact

    def __call__(
        self, name: str, quantity: tuple[float | str, str], subject: Subject, method: str
    ) -> Fact:
        """A fact of a value and its unit."""
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


def maker(
    tally: Tally, findings: tuple[Finding, ...], *, inputs: tuple[str, ...], run: str
) -> FactMaker:
    """The maker of one run; the cautions among the findings limit every fact."""
    excluded = tuple(Exclusion(name, rounded(m2)) for name, m2 in tally.excluded_m2.items())
    codes = {finding.code for finding in findings if finding.severity == "caution"}
    shared = Fact(
        "", "", 0, "", ANY, ANY, AOI, "", rounded(tally.aoi_m2), rounded(tally.valid_m2),
        excluded, None, tuple(sorted(codes)), inputs, run,
    )  # fmt: skip
    return FactMaker(shared)


def areas(tally: Tally, make: FactMaker) -> Iterator[Fact]:
    """AOI, valid and excluded area."""
    aoi = Subject()
    excluded = tally.excluded_m2
    yield make("aoi_area", (tally.aoi_m2, "m2"), aoi, PIXEL_SUM)
    yield make("valid_area", (tally.valid_m2, "m2"), aoi, PIXEL_SUM)
    share = share_pct(tally.valid_m2, tally.aoi_m2)
    yield make("valid_share", (share, "%"), aoi, "Valid area divided by the area of the AOI.")
    yield make("excluded_area", (float(sum(excluded.values())), "m2"), aoi, PIXEL_SUM)
    for reason, area_m2 in excluded.items():
        name = f"excluded_area_{reason.replace(' ', '_')}"
        yield make(name, (area_m2, "m2"), aoi, PIXEL_SUM)


def dates(pre_on: date | None, post_on: date | None, make: FactMaker) -> Iterator[Fact]:
    """When both images were taken, or that it is not known."""
    for name, day in (("pre_acquired_on", pre_on), ("post_acquired_on", post_on)):
        yield make(name, (day.isoformat() if day else UNKNOWN_DATE, ""), Subject(), FROM_SCENE)
