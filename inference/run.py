"""One detector over one pair: sample, fit, score tile by tile, threshold, minimum mapping unit.

Knows nothing of objects, facts or words; what it found is a `ChangeMask` in files.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
from rasterio.windows import Window

from inference import registry, sampling
from inference.classify import Classified, classify, default_min_area_m2
from inference.detectors.base import Card, Detector, Selective
from inference.scoring import ScoreRasters, ScoringJob, score
from inference.threshold import Threshold, capped, choose
from progress import Watcher
from raster.align import AlignedPair
from raster.aoi import Aoi
from raster.grid import Grid
from raster.mask import ChangeClass
from raster.tiling import grow

CONTEXT_PX = 512
"""A small AOI is scored with its surroundings up to this side length, so that an AOI filled by one
change still has an unchanged background to be told from."""


@dataclass(frozen=True)
class Options:
    """How to run a detector.

    Attributes:
        threshold: score from which a pixel is changed; None lets the detector's rule choose.
        min_area_m2: minimum mapping unit; None takes 16 m2 but at least 4 pixels.
        threads: threads that read and score tiles.
    """

    threshold: float | None = None
    min_area_m2: float | None = None
    threads: int = 2


@dataclass(frozen=True)
class Detection:
    """What a detector found.

    Attributes:
        rasters: scores, kinds and observation codes with the histogram.
        classified: the mask after threshold and minimum mapping unit.
        threshold: the threshold and why.
        min_area_m2: the minimum mapping unit used.
        card: the detector's card.
        timings_s: seconds of each step.
    """

    rasters: ScoreRasters
    classified: Classified
    threshold: Threshold
    min_area_m2: float
    card: Card
    timings_s: dict[str, float]


@dataclass(frozen=True)
class Site:
    """Where to run.

    Attributes:
        pair: the whole overlap.
        window: the AOI's window on the pair's grid.
        aoi: the AOI, clipped to the overlap.
    """

    pair: AlignedPair
    window: Window
    aoi: Aoi


def detect(
    site: Site, name: str, options: Options, *, workdir: Path, watcher: Watcher
) -> Detection:
    """Run the detector `name` inside the AOI; working files go to `workdir`.

    Raises:
        UnknownDetectorError: no detector has this name.
        UnsuitableSceneError: the bands or the sensor do not suit it.
        CancelledError: the watcher asked to stop.
    """
    # Tiles already run in parallel; OpenCV's own threads would only get in each other's way.
    cv2.setNumThreads(1)
    timings_s: dict[str, float] = {}
    detector = registry.load(name)
    around = _context(site)
    context = site.pair.crop(around)
    with _timed(timings_s, "fit"):
        params = detector.fit(sampling.take(context))
    target = Window(
        site.window.col_off - around.col_off,
        site.window.row_off - around.row_off,
        site.window.width,
        site.window.height,
    )
    with _timed(timings_s, "score"):
        job = ScoringJob(context, target, site.aoi, detector, params)
        rasters = score(job, workdir, threads=options.threads, watcher=watcher.part(0.05, 0.8))
    threshold = _threshold(detector.CARD, rasters, options.threshold)
    min_area_m2 = _min_area_m2(options, rasters.grid)
    with _timed(timings_s, "classify"):
        classified = classify(
            rasters,
            _legend(detector, params),
            threshold=threshold.value,
            min_area_m2=min_area_m2,
            path=workdir / "work_codes.tif",
            watcher=watcher.part(0.8, 1.0),
        )
    return Detection(rasters, classified, threshold, min_area_m2, detector.CARD, timings_s)


def _legend(detector: Detector, params: Any) -> tuple[ChangeClass, ...]:
    """The classes that can be found on this pair: one that cannot is not assessed, not absent."""
    if isinstance(detector, Selective):
        return detector.assessable(params)
    return detector.CARD.classes


def _min_area_m2(options: Options, grid: Grid) -> float:
    if options.min_area_m2 is not None:
        return options.min_area_m2
    return default_min_area_m2(grid.gsd_m)


def _context(site: Site) -> Window:
    """The AOI's window, widened evenly to at least `CONTEXT_PX` where the pair has ground."""
    window, shape = site.window, site.pair.grid.shape
    missing = max(CONTEXT_PX - window.width, CONTEXT_PX - window.height, 0)
    return grow(window, int(-(-missing // 2)), shape)


def _threshold(card: Card, rasters: ScoreRasters, given: float | None) -> Threshold:
    if given is not None:
        return Threshold(given, "given", is_guarded=False, reason="you chose it")
    histogram = capped(rasters.histogram, card.threshold_cap)
    return choose(histogram, method=card.threshold, guard=card.fixed_threshold)


@contextmanager
def _timed(timings_s: dict[str, float], step: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    timings_s[step] = round(time.perf_counter() - started, 3)
