"""Scoring a pair in pixels of another size, and carrying the scores back to the pair's own pixels.

What was observed is said by the pair's own pixels. Knows nothing of what a detector looks for.
"""

import shutil
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from threading import Lock, local
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from inference import scoring
from inference.score_files import ScoredTile, ScoreFiles, ScoreRasters
from progress import Watcher
from raster import aoi as aois
from raster.align import PairReader, open_pair
from raster.aoi import AoiRaster
from raster.findings import Finding
from raster.parallel import in_order
from raster.resized import Resized
from raster.tiling import Tile, count, tiles

CORE_PX = 1024
LOOKING = 0.8
"""Share of the time that scoring takes; carrying takes the rest."""


def score(
    ground: Resized,
    job: scoring.ScoringJob,
    workdir: Path,
    *,
    threads: int,
    watcher: Watcher,
) -> ScoreRasters:
    """Score the pair on its other grid and keep the target's own pixels in files under `workdir`.

    Args:
        ground: the job's context on both grids.
        job: what to score; `target` is a window of the pair's own grid.
        workdir: for working files.
        threads: threads that read and score tiles.
        watcher: told after every tile.

    Raises:
        CancelledError: the watcher asked to stop.
    """
    there = workdir / "resized"
    there.mkdir()
    grid = ground.pair.grid
    whole = replace(job, target=grid.window, aoi=aois.whole(grid))
    looked = scoring.score(whole, there, threads=threads, watcher=watcher.part(0.0, LOOKING))
    shape = int(job.target.height), int(job.target.width)
    total = count(shape, core_px=CORE_PX)
    own = ground.own.grid.crop(job.target)
    watcher = watcher.part(LOOKING, 1.0)
    work = _Worker(ground, looked, job)
    with ScoreFiles(workdir, own, job.target, job.voters) as files, closing(work):
        cuts = tiles(shape, core_px=CORE_PX, halo_px=0)
        for done, carried in enumerate(in_order(work, cuts, threads=threads), start=1):
            files.write(carried)
            watcher.step(done / total, f"Carried tile {done} of {total} back")
    shutil.rmtree(there)
    return files.rasters(looked.histogram)


def findings(ground: Resized) -> tuple[Finding, ...]:
    """What the reader must know of the change of pixels; nothing where there was none."""
    if ground.is_same:
        return ()
    own_m, there_m = (f"{one.grid.gsd_m:.3g} m" for one in (ground.own, ground.pair))
    size_m = round(ground.pair.grid.gsd_m, 3)
    # Looked at first: of pixels that are no squares, squares of one size are narrower one way.
    if own_m == there_m:
        message = (
            "The pixels of the pair are not square on the ground; the detector looked at them in"
            f" square ones of {there_m}."
        )
        return (Finding("working_pixels", "info", message, "", size_m, "m"),)
    if size_m < ground.own.grid.gsd_m:
        message = (
            f"The scenes have pixels of {own_m}, coarser than those the detector learned from; it"
            f" looked at them enlarged to pixels of {there_m}."
        )
        remedy = "Use finer scenes: what they do not show cannot be found."
        return (Finding("enlarged", "caution", message, remedy, size_m, "m"),)
    message = (
        f"The scenes have pixels of {own_m}; the detector looked at them in pixels of {there_m}, as"
        " it learned from, so outlines are no finer than that."
    )
    return (Finding("working_pixels", "info", message, "", size_m, "m"),)


class _Worker:
    """Carries tiles; each thread keeps its own open files."""

    def __init__(self, ground: Resized, looked: ScoreRasters, job: scoring.ScoringJob) -> None:
        self._ground = ground
        self._looked = looked
        self._target = job.target
        self._aoi = AoiRaster(job.aoi, ground.own.grid)
        self._thread = local()
        self._files = ExitStack()
        self._lock = Lock()

    def __call__(self, tile: Tile) -> ScoredTile:
        core = Window(
            tile.core.col_off + self._target.col_off,
            tile.core.row_off + self._target.row_off,
            tile.core.width,
            tile.core.height,
        )
        there = self._ground.window(core)
        scores = self._ground.carry(_read(self._looked.scores_path, there), core)
        kinds = self._ground.nearest(_read(self._looked.kinds_path, there), core)
        said = self._looked.votes
        votes = None if said is None else self._ground.nearest(said.read(there), core)
        block = self._reader().read(core)
        scores[~block.valid] = np.nan
        return scoring.scored(
            core,
            scores,
            kinds,
            valid=(block.pre_valid, block.post_valid),
            aoi=self._aoi,
            votes=votes,
        )

    def _reader(self) -> PairReader:
        if not hasattr(self._thread, "reader"):
            with self._lock:
                self._thread.reader = self._files.enter_context(open_pair(self._ground.own))
        reader: PairReader = self._thread.reader
        return reader

    def close(self) -> None:
        """Close the files of all threads."""
        self._files.close()


def _read(path: Path, window: Window) -> NDArray[Any]:
    with rasterio.open(path, driver="GTiff") as dataset:
        values: NDArray[Any] = dataset.read(1, window=window)
        return values
