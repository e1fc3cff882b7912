"""A first look at a pair: may it be compared, what does it look like, which detectors suit it?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from inference import registry
from inference.classify import default_min_area_m2
from inference.detectors.base import Card
from inference.recommend import recommend
from progress import Watcher
from raster import aoi as aois
from raster.align import AlignedPair
from raster.findings import Finding, Verdict
from raster.scene import Scene
from services import pictures
from services.preflight import preflight
from wording import quantities

LOOK_PX = 1000
KINDS = {"optical": "optical images", "sar": "radar images"}


@dataclass(frozen=True)
class Shown:
    """The pictures of a pair and what to write under them.

    Attributes:
        pre_png: picture of pre on the grid a result would have, the AOI outlined.
        post_png: likewise of post, with the same stretch.
        backdrop_png: post without the outline, to lay a mask on.
        pre_words: date of pre.
        post_words: date of post.
        dates_words: both dates.
        size_words: size and GSD of the common grid.
    """

    pre_png: bytes
    post_png: bytes
    backdrop_png: bytes
    pre_words: str
    post_words: str
    dates_words: str
    size_words: str


@dataclass(frozen=True)
class Advice:
    """How to compare a pair.

    Attributes:
        detector: what `auto` stands for.
        why: the reason.
        unsuitable: detectors that do not suit the pair, with the reason.
        min_area_m2: smallest object that is kept unless the user says otherwise.
    """

    detector: str
    why: str
    min_area_m2: float
    unsuitable: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """What a page shows of a pair before it is compared.

    Attributes:
        verdict: of preflight.
        findings: of preflight.
        shown: pictures; None when the pair was refused before it could be aligned.
        advice: detectors and defaults; likewise.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    shown: Shown | None = None
    advice: Advice | None = None


def look(pre: Path, post: Path, *, aoi: Path | None) -> Look:
    """Preflight, pictures and advice.

    Raises:
        GroundshiftError: a file cannot be used at all.
    """
    report = preflight(pre, post, aoi=aoi, watcher=Watcher())
    if report.pair is None:
        return Look(report.verdict, report.findings)
    area = report.aoi if report.aoi is not None else aois.whole(report.pair.grid)
    return Look(report.verdict, report.findings, _shown(report.pair, area), _advice(report.pair))


def _shown(pair: AlignedPair, area: aois.Aoi) -> Shown:
    pre_rgb, post_rgb = pictures.dates(pair, max_px=LOOK_PX)
    grid = pair.grid
    return Shown(
        pictures.png(pictures.outlined(pre_rgb, area, grid)),
        pictures.png(pictures.outlined(post_rgb, area, grid)),
        pictures.png(post_rgb),
        _date_words(pair.pre),
        _date_words(pair.post),
        _dates_words(pair),
        f"{quantities.text(grid.width * grid.gsd_m, 'm')} by "
        f"{quantities.text(grid.height * grid.gsd_m, 'm')}, "
        f"{quantities.text(grid.gsd_m, 'm')} per pixel",
    )


def _date_words(scene: Scene) -> str:
    return f"{scene.acquired_on:%-d %B %Y}" if scene.acquired_on else "date not known"


def _dates_words(pair: AlignedPair) -> str:
    if pair.pre.acquired_on or pair.post.acquired_on:
        return f"{_date_words(pair.pre)} to {_date_words(pair.post)}"
    return "dates not known"


def _advice(pair: AlignedPair) -> Advice:
    choice = recommend(pair)
    return Advice(
        choice.name,
        choice.reason,
        default_min_area_m2(pair.grid.gsd_m),
        {
            name: " and ".join(reasons)
            for name in registry.names()
            if (reasons := list(_against(registry.card(name), pair)))
        },
    )


def _against(card: Card, pair: AlignedPair) -> Iterator[str]:
    """Why a detector does not suit a pair."""
    if pair.pre.sensor not in card.sensors:
        yield f"it is made for {' and '.join(KINDS[kind] for kind in card.sensors)}"
    if len(pair.bands) < card.min_bands:
        yield f"it needs at least {card.min_bands} bands that both dates have"
    least, most = card.gsd_range_m
    if not least <= pair.grid.gsd_m <= most:
        yield f"it is made for pixels of {least:g} to {most:g} m"
