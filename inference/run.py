"""One detector over one pair: sample, fit, score tile by tile, threshold, minimum mapping unit.

Knows nothing of objects, facts or words; what it found is a `ChangeMask` in files.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import cv2
from rasterio.windows import Window

from inference import allocator, carrying, examples, registry, sampling, suitability
from inference.classify import Classified, classify, default_min_area_m2
from inference.detectors.base import Card, Detector, Remarking, Remarks, Resampling, Selective
from inference.examples import LonLat
from inference.score_files import ScoreRasters
from inference.scoring import ScoringJob, score
from inference.threshold import Threshold, capped, choose
from progress import Watcher
from raster.align import AlignedPair
from raster.aoi import Aoi
from raster.grid import Grid
from raster.mask import ChangeClass
from raster.resized import Resized, resize
from raster.tiling import grow

CONTEXT_PX = 512
"""A small AOI is scored with its surroundings up to this side length, so that an AOI filled by one
change still has an unchanged background to be told from."""


@dataclass(frozen=True)
class Options:
    """How to run a detector.

    Attributes:
        threshold: score from which a pixel is changed; None lets the detector's rule choose.
        min_area_m2: minimum mapping unit; None takes what `smallest_m2` says.
        threads: threads that read and score tiles.
        device: what learned detectors compute on: `cpu`, or a graphics card as PyTorch names it.
        like: places (longitude, latitude) of changes; only changes like those are looked for.
    """

    threshold: float | None = None
    min_area_m2: float | None = None
    threads: int = 2
    device: str = "cpu"
    like: tuple[LonLat, ...] = ()


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
        remarks: what the engine and the detector have to tell about the run.
    """

    rasters: ScoreRasters
    classified: Classified
    threshold: Threshold
    min_area_m2: float
    card: Card
    timings_s: dict[str, float]
    remarks: Remarks = field(default_factory=Remarks)


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


def smallest_m2(card: Card, gsd_m: float) -> float:
    """Area of the smallest object a detector keeps unless asked otherwise: the card may want more.

    Args:
        card: of the detector.
        gsd_m: ground size of a pixel of the pair.
    """
    return max(default_min_area_m2(gsd_m), card.min_area_m2)


def detect(
    site: Site, name: str, options: Options, *, workdir: Path, watcher: Watcher
) -> Detection:
    """Run the detector `name` inside the AOI; working files go to `workdir`.

    Raises:
        UnknownDetectorError: no detector has this name.
        UnsuitableSceneError: the bands or the sensor do not suit it.
        InputError: a place in `like` cannot be used, or the detector takes none.
        CancelledError: the watcher asked to stop.
    """
    # Tiles already run in parallel; OpenCV's own threads would only get in each other's way.
    cv2.setNumThreads(1)
    allocator.keep_freed()
    timings_s: dict[str, float] = {}
    detector = registry.load(name)
    gsd_m = site.pair.grid.gsd_m
    working_gsd_m = _working_gsd_m(detector, gsd_m)
    around = _context(site, detector.CARD, max(working_gsd_m / gsd_m, 1))
    ground = resize(site.pair.crop(around), working_gsd_m)
    with _timed(timings_s, "fit"):
        params = detector.fit(sampling.take(ground.pair, device=options.device))
    target = Window(
        site.window.col_off - around.col_off,
        site.window.row_off - around.row_off,
        site.window.width,
        site.window.height,
    )
    with _timed(timings_s, "score"):
        least = detector.CARD.fixed_threshold if options.threshold is None else options.threshold
        job = examples.narrowed(
            ScoringJob(ground.pair, target, site.aoi, detector, params),
            ground.own.grid,
            options.like,
            least,
        )
        look = score if ground.is_same else partial(carrying.score, ground)
        rasters = look(job, workdir, threads=options.threads, watcher=watcher.part(0.05, 0.8))
    threshold = _threshold(detector.CARD, rasters, options.threshold)
    min_area_m2 = _min_area_m2(options, detector.CARD, rasters.grid)
    with _timed(timings_s, "classify"):
        classified = classify(
            rasters,
            _legend(detector, params),
            threshold=threshold.value,
            min_area_m2=min_area_m2,
            path=workdir / "work_codes.tif",
            watcher=watcher.part(0.8, 1.0),
        )
    remarks = _remarks(detector, job.params, ground)
    return Detection(rasters, classified, threshold, min_area_m2, detector.CARD, timings_s, remarks)


def _working_gsd_m(detector: Detector, gsd_m: float) -> float:
    return detector.working_gsd_m(gsd_m) if isinstance(detector, Resampling) else gsd_m


def _remarks(detector: Detector, params: Any, ground: Resized) -> Remarks:
    told = detector.remarks(params) if isinstance(detector, Remarking) else Remarks()
    record = {"working_gsd_m": round(ground.pair.grid.gsd_m, 4), **told.record}
    unsuited = suitability.findings(detector.CARD, ground.own)
    return Remarks((*unsuited, *carrying.findings(ground), *told.findings), record)


def _legend(detector: Detector, params: Any) -> tuple[ChangeClass, ...]:
    """The classes that can be found on this pair: one that cannot is not assessed, not absent."""
    if isinstance(detector, Selective):
        return detector.assessable(params)
    return detector.CARD.classes


def _min_area_m2(options: Options, card: Card, grid: Grid) -> float:
    if options.min_area_m2 is not None:
        return options.min_area_m2
    return smallest_m2(card, grid.gsd_m)


def _context(site: Site, card: Card, across: float) -> Window:
    """The AOI's window, widened evenly to at least `CONTEXT_PX` where the pair has ground.

    A network that sees fixed squares sees those it would see of the whole pair, and some ground
    beside the AOI: what it says of a place must not hang on how the AOI was drawn.

    Args:
        site: where to run.
        card: of the detector.
        across: pixels of the pair side by side in one that the detector looks at; at least 1.
    """
    window, shape = site.window, site.pair.grid.shape
    least_px = math.ceil(CONTEXT_PX * across)
    margin_px = int(-(-max(least_px - window.width, least_px - window.height, 0) // 2))
    step_px = round(card.align_px * across) if card.align_px > 1 else 1
    if step_px > 1:
        margin_px = max(margin_px, min(step_px, math.ceil(card.halo_px * across)))
    around = grow(window, margin_px, shape)
    left, top = (int(at) // step_px * step_px for at in (around.col_off, around.row_off))
    width, height = around.col_off + around.width - left, around.row_off + around.height - top
    return Window(left, top, width, height)


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
