"""A first look at a pair: may it be compared, and what does it look like?"""

from dataclasses import dataclass
from pathlib import Path

from inference.recommend import recommend
from progress import Watcher
from raster.findings import Finding, Verdict
from raster.scene import Scene
from services import pictures
from services.preflight import preflight

LOOK_PX = 900


@dataclass(frozen=True)
class Look:
    """What a page shows of a pair before it is compared.

    Attributes:
        verdict: of preflight.
        findings: of preflight.
        pre_png: picture of pre on the common grid, None when the pair was refused early.
        post_png: likewise of post, with the same stretch.
        pre_words: date of pre.
        post_words: date of post.
        recommended: detector that suits the pair, None when it was refused.
        recommended_why: the reason.
        gsd_m: GSD of the common grid.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    pre_png: bytes | None = None
    post_png: bytes | None = None
    pre_words: str = ""
    post_words: str = ""
    recommended: str | None = None
    recommended_why: str = ""
    gsd_m: float | None = None


def look(pre: Path, post: Path, *, aoi: Path | None) -> Look:
    """Preflight and two pictures.

    Raises:
        GroundshiftError: a file cannot be used at all.
    """
    report = preflight(pre, post, aoi=aoi, watcher=Watcher())
    if report.pair is None:
        return Look(report.verdict, report.findings)
    before, after = pictures.dates(report.pair, max_px=LOOK_PX)
    choice = recommend(report.pair)
    return Look(
        report.verdict,
        report.findings,
        pictures.png(before),
        pictures.png(after),
        _date_words(report.pair.pre),
        _date_words(report.pair.post),
        choice.name,
        choice.reason,
        report.pair.grid.gsd_m,
    )


def _date_words(scene: Scene) -> str:
    return scene.acquired_on.isoformat() if scene.acquired_on else "date not known"
