"""Open two scenes and say whether they may be compared."""

from dataclasses import replace
from pathlib import Path

from inference.recommend import Recommendation, recommend
from progress import Watcher
from raster import aoi as aois
from raster import scene
from raster.preflight import Preflight, inspect


def preflight(pre: Path, post: Path, *, aoi: Path | None, watcher: Watcher) -> Preflight:
    """Findings and a verdict for two files or folders of tiles.

    Raises:
        RasterError: a file cannot be used at all.
        AoiError: the AOI cannot be used.
    """
    report = inspected(pre, post, aoi=aoi, watcher=watcher)
    if report.pair is None or report.verdict == "refuse":
        return report
    return with_choice(report, recommend(report.pair))


def inspected(pre: Path, post: Path, *, aoi: Path | None, watcher: Watcher) -> Preflight:
    """As `preflight`, but without a word on the detector.

    Raises:
        RasterError: a file cannot be used at all.
        AoiError: the AOI cannot be used.
    """
    area = aois.read(aoi) if aoi is not None else None
    watcher.step(0.0, "Opening the scenes")
    return inspect(scene.open(pre), scene.open(post), aoi=area, watcher=watcher)


def with_choice(report: Preflight, choice: Recommendation) -> Preflight:
    """The report with what is known of how the chosen detector fits the pair."""
    if choice.fit is None:
        return report
    # For information: the choice already answers it.
    told = replace(choice.fit.finding(), severity="info")
    return replace(report, findings=(*report.findings, told))
