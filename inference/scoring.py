"""Running a detector over tiles: scores, classes and observation codes go to files.

Memory holds a few tiles, whatever the size of the scene. Knows no threshold and no area.
"""

from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, local
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from inference.detectors.base import Detector, TileScores
from progress import Watcher
from raster.align import AlignedPair, PairBlock, PairReader, open_pair
from raster.aoi import Aoi, AoiRaster
from raster.grid import Grid
from raster.mask import NOT_OBSERVED, Observed
from raster.parallel import in_order
from raster.tiling import Tile, count, tiles
from raster.writing import working_profile

SCORE_STEPS = 4096
"""Scores are kept in steps of 1/4096: rounding hides the last bits in which a tile may differ from
the whole, makes the histogram exact and lets the score raster compress."""


@dataclass(frozen=True)
class ScoreRasters:
    """The working files of one run, all on `grid`.

    Attributes:
        grid: grid of the AOI's window.
        scores_path: float32, 0..1 in steps of 1/4096, NaN where not observed.
        kinds_path: uint8, the class a pixel gets if its score reaches the threshold.
        observed_path: uint8 `Observed` codes.
        histogram: (4097,) int64 scores of all valid pixels of the context, one bin a step.
    """

    grid: Grid
    scores_path: Path
    kinds_path: Path
    observed_path: Path
    histogram: NDArray[np.int64]


@dataclass(frozen=True)
class ScoringJob:
    """What to score.

    Attributes:
        context: the pair, cropped to the AOI's window and what surrounds it.
        target: the AOI's window within the context.
        aoi: where scores count as observed.
        detector: the module that scores.
        params: what its `fit` returned.
    """

    context: AlignedPair
    target: Window
    aoi: Aoi
    detector: Detector
    params: Any


@dataclass(frozen=True)
class _Scored:
    """The core of one tile, ready to be written."""

    core: Window
    scores: NDArray[np.float32]
    kinds: NDArray[np.uint8]
    observed: NDArray[np.uint8]
    histogram: NDArray[np.int64]


def score(job: ScoringJob, workdir: Path, *, threads: int, watcher: Watcher) -> ScoreRasters:
    """Score every pixel of the context and keep the target's pixels in files under `workdir`.

    Raises:
        CancelledError: the watcher asked to stop.
    """
    card = job.detector.CARD
    shape = job.context.grid.shape
    total = count(shape, core_px=card.tile_px)
    histogram = np.zeros(SCORE_STEPS + 1, np.int64)
    grid = job.context.grid.crop(job.target)
    work = _Worker(job)
    with _Files(workdir, grid, job.target) as files, closing(work):
        cuts = tiles(shape, core_px=card.tile_px, halo_px=card.halo_px)
        for done, scored in enumerate(in_order(work, cuts, threads=threads), start=1):
            files.write(scored)
            histogram += scored.histogram
            watcher.step(done / total, f"Scored tile {done} of {total}")
    scores, kinds, observed = files.paths
    return ScoreRasters(grid, scores, kinds, observed, histogram)


class _Worker:
    """Reads and scores tiles; each thread keeps its own open files."""

    def __init__(self, job: ScoringJob) -> None:
        self._job = job
        self._thread = local()
        self._files = ExitStack()
        self._lock = Lock()
        self._aoi = AoiRaster(job.aoi, job.context.grid)

    def __call__(self, tile: Tile) -> _Scored:
        block = self._reader().read(tile.outer)
        found = self._job.detector.predict(self._job.params, block)
        scores = np.rint(tile.trim(found.score) * SCORE_STEPS)
        observed = _observed(tile, block, found, self._aoi)
        histogram = np.bincount(
            scores[np.isfinite(scores)].astype(np.int64), minlength=SCORE_STEPS + 1
        )
        scores = np.where(observed == Observed.YES, scores / np.float32(SCORE_STEPS), np.nan)
        kinds = np.ascontiguousarray(tile.trim(found.code))
        return _Scored(tile.core, scores.astype(np.float32), kinds, observed, histogram)

    def _reader(self) -> PairReader:
        if not hasattr(self._thread, "reader"):
            with self._lock:
                self._thread.reader = self._files.enter_context(open_pair(self._job.context))
        reader: PairReader = self._thread.reader
        return reader

    def close(self) -> None:
        """Close the files of all threads."""
        self._files.close()


def _observed(tile: Tile, block: PairBlock, found: TileScores, aoi: AoiRaster) -> NDArray[np.uint8]:
    """Why each core pixel was or was not assessed; the first reason that holds wins."""
    pre, post = tile.trim(block.pre_valid), tile.trim(block.post_valid)
    reasons = [
        (~aoi.inside(tile.core), Observed.OUTSIDE_AOI),
        (~pre & ~post, Observed.BOTH_NODATA),
        (~pre, Observed.PRE_NODATA),
        (~post, Observed.POST_NODATA),
        (~np.isfinite(tile.trim(found.score)), Observed.NO_SCORE),
    ]
    codes = np.full(pre.shape, Observed.YES, np.uint8)
    for is_lost, reason in reversed(reasons):
        codes[is_lost] = reason
    return codes


class _Files:
    """The three working rasters while they are written."""

    def __init__(self, workdir: Path, grid: Grid, target: Window) -> None:
        names = ("work_scores.tif", "work_kinds.tif", "work_observed.tif")
        self.paths = [workdir / name for name in names]
        self._profiles = (
            working_profile(grid, "float32", nodata=float("nan")),
            working_profile(grid, "uint8", nodata=NOT_OBSERVED),
            working_profile(grid, "uint8", nodata=None),
        )
        self._target = target
        self._stack = ExitStack()

    def __enter__(self) -> "_Files":
        self._datasets = [
            self._stack.enter_context(rasterio.open(path, "w", **profile))
            for path, profile in zip(self.paths, self._profiles, strict=True)
        ]
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def write(self, scored: _Scored) -> None:
        """Write the part of a core that lies in the target window."""
        part = _overlap(scored.core, self._target)
        if part is None:
            return
        rows, cols = _slices(part, scored.core)
        where = Window(
            part.col_off - self._target.col_off,
            part.row_off - self._target.row_off,
            part.width,
            part.height,
        )
        layers: tuple[NDArray[Any], ...] = (scored.scores, scored.kinds, scored.observed)
        for dataset, values in zip(self._datasets, layers, strict=True):
            dataset.write(values[rows, cols], 1, window=where)


def _overlap(a: Window, b: Window) -> Window | None:
    top, left = max(a.row_off, b.row_off), max(a.col_off, b.col_off)
    bottom = min(a.row_off + a.height, b.row_off + b.height)
    right = min(a.col_off + a.width, b.col_off + b.width)
    if top >= bottom or left >= right:
        return None
    return Window(left, top, right - left, bottom - top)


def _slices(part: Window, whole: Window) -> tuple[slice, slice]:
    """Rows and columns of `part` counted from the corner of `whole`."""
    top, left = int(part.row_off - whole.row_off), int(part.col_off - whole.col_off)
    return slice(top, top + int(part.height)), slice(left, left + int(part.width))
