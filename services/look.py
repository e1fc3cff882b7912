"""A first look at a pair: may it be compared, and which detectors suit it?"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from errors import ModelError
from inference import registry, suitability
from inference.detectors.base import Particular
from inference.recommend import NETWORK, Recommendation, recommend
from inference.run import smallest_m2
from progress import Watcher
from raster.align import AlignedPair
from raster.findings import Finding, Verdict
from raster.grid import Grid
from services.preflight import inspected, with_choice
from wording import quantities


@dataclass(frozen=True)
class Advice:
    """How to compare a pair.

    Attributes:
        detector: what `auto` stands for.
        why: the reason.
        unsuitable: detectors that do not suit the pair, with the reason.
        smallest_m2: smallest object that is kept unless the user says otherwise, by detector.
        fits: how far the pair is like what a network learned from, in a sentence, by detector.
    """

    detector: str
    why: str
    smallest_m2: dict[str, float] = field(default_factory=dict)
    unsuitable: dict[str, str] = field(default_factory=dict)
    fits: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """What a page shows of a pair before it is compared.

    Attributes:
        verdict: of preflight.
        findings: of preflight.
        size_words: size and GSD of the common grid; empty when the pair was refused before it
            could be aligned.
        advice: detectors and defaults; None in that case.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    size_words: str = ""
    advice: Advice | None = None


def look(pre: Path, post: Path, *, aoi: Path | None) -> Look:
    """Preflight and advice.

    Raises:
        GroundshiftError: a file cannot be used at all.
    """
    report = inspected(pre, post, aoi=aoi, watcher=Watcher())
    if report.pair is None:
        return Look(report.verdict, report.findings)
    choice = recommend(report.pair)
    findings = with_choice(report, choice).findings
    advice = _advice(report.pair, choice)
    return Look(report.verdict, findings, _size_words(report.pair.grid), advice)


def _size_words(grid: Grid) -> str:
    across, down = (quantities.text(px * grid.gsd_m, "m") for px in (grid.width, grid.height))
    return f"{across} by {down}, {quantities.text(grid.gsd_m, 'm')} per pixel"


def _advice(pair: AlignedPair, choice: Recommendation) -> Advice:
    return Advice(
        choice.name,
        choice.reason,
        {name: smallest_m2(registry.card(name), pair.grid.gsd_m) for name in registry.names()},
        {
            name: " and ".join(reasons)
            for name in registry.names()
            if (reasons := list(_against(name, pair)))
        },
        {NETWORK: choice.fit.reason} if choice.fit is not None else {},
    )


def _against(name: str, pair: AlignedPair) -> Iterator[str]:
    """Why a detector does not suit a pair."""
    yield from suitability.against(registry.card(name), pair)
    with suppress(ModelError):  # One that cannot run here is said to be so.
        detector = registry.load(name)
        if isinstance(detector, Particular) and (lacks := detector.lacking(pair.bands)):
            yield lacks
