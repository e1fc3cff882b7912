"""Running a detector over tiles: scores, classes and observation codes go to files.

Memory holds a few tiles, whatever the size of the scene. Knows no threshold and no area.
"""

from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, local
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from inference.detectors.base import Detector, Voting, halo_px
from inference.score_files import SCORE_STEPS, ScoredTile, ScoreFiles, ScoreRasters
from progress import Watcher
from raster.align import AlignedPair, PairReader, open_pair
from raster.aoi import Aoi, AoiRaster
from raster.mask import Observed
from raster.native import Bools
from raster.parallel import in_order
from raster.tiling import Tile, count, tiles


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

    @property
    def voters(self) -> tuple[str, ...]:
        """Names of the methods whose votes are kept; none where the detector asks no others."""
        return self.detector.voters(self.params) if isinstance(self.detector, Voting) else ()

    @property
    def halo_px(self) -> int:
        """Pixels around a core that are read with it."""
        return halo_px(self.detector, self.params)


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
    with ScoreFiles(workdir, grid, job.target, job.voters) as files, closing(work):
        cuts = tiles(shape, core_px=card.tile_px, halo_px=job.halo_px)
        for done, scored in enumerate(in_order(work, cuts, threads=threads), start=1):
            files.write(scored)
            histogram += scored.histogram
            watcher.step(done / total, f"Scored tile {done} of {total}")
    return files.rasters(histogram)


class _Worker:
    """Reads and scores tiles; each thread keeps its own open files."""

    def __init__(self, job: ScoringJob) -> None:
        self._job = job
        self._thread = local()
        self._files = ExitStack()
        self._lock = Lock()
        self._aoi = AoiRaster(job.aoi, job.context.grid)

    def __call__(self, tile: Tile) -> ScoredTile:
        block = replace(self._reader().read(tile.outer), core=tile.inner)
        found = self._job.detector.predict(self._job.params, block)
        valid = tile.trim(block.pre_valid), tile.trim(block.post_valid)
        scores, kinds = tile.trim(found.score), tile.trim(found.code)
        votes = None if found.votes is None else np.ascontiguousarray(tile.trim(found.votes))
        return scored(tile.core, scores, kinds, valid=valid, aoi=self._aoi, votes=votes)

    def _reader(self) -> PairReader:
        if not hasattr(self._thread, "reader"):
            with self._lock:
                self._thread.reader = self._files.enter_context(open_pair(self._job.context))
        reader: PairReader = self._thread.reader
        return reader

    def close(self) -> None:
        """Close the files of all threads."""
        self._files.close()


def scored(
    core: Window,
    scores: NDArray[np.float32],
    kinds: NDArray[np.uint8],
    *,
    valid: tuple[Bools, Bools],
    aoi: AoiRaster,
    votes: NDArray[np.uint8] | None = None,
) -> ScoredTile:
    """Scores of a core in steps, and why each pixel was or was not assessed.

    Args:
        core: a window of the context.
        scores: (row, col) 0..1, NaN where the detector cannot say.
        kinds: (row, col) class codes.
        valid: (row, col) pixels observed at the pre and at the post date.
        aoi: where scores count as observed.
        votes: (row, col) what each of several methods said, where several were asked.
    """
    steps = np.rint(scores * np.float32(SCORE_STEPS))
    observed = _observed(np.isfinite(scores), aoi.inside(core), *valid)
    histogram = np.bincount(steps[np.isfinite(steps)].astype(np.int64), minlength=SCORE_STEPS + 1)
    kept = np.where(observed == Observed.YES, steps / np.float32(SCORE_STEPS), np.float32(np.nan))
    return ScoredTile(core, kept, np.ascontiguousarray(kinds), observed, histogram, votes)


def _observed(is_scored: Bools, is_inside: Bools, pre: Bools, post: Bools) -> NDArray[np.uint8]:
    """The first reason that holds wins."""
    reasons = [
        (~is_inside, Observed.OUTSIDE_AOI),
        (~pre & ~post, Observed.BOTH_NODATA),
        (~pre, Observed.PRE_NODATA),
        (~post, Observed.POST_NODATA),
        (~is_scored, Observed.NO_SCORE),
    ]
    codes = np.full(pre.shape, Observed.YES, np.uint8)
    for is_lost, reason in reversed(reasons):
        codes[is_lost] = reason
    return codes
