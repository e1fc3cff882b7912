"""A finished result under another threshold: new mask, areas and picture, no new inference.

Uses the code that made the mask in the first place, so that the numbers cannot disagree. Very
large results are previewed on an even sample of their pixels, and the review says so.
"""

import math
import shutil
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from analysis import tally
from analysis.result import ClassStatistics
from analysis.statistics import ANY, by_class
from inference import registry
from inference.classify import classify
from inference.score_files import SCORE_STEPS, ScoreRasters
from progress import Watcher
from raster import components, gdal
from raster.area import PixelAreas
from raster.grid import Grid
from raster.mask import ChangeClass
from raster.writing import working_profile
from services import pictures, results

BINS = 80
EXACT_PX = 30_000_000
"""Above, a moved threshold would keep the user waiting for longer than about three seconds."""
SAMPLED_PX = 8_000_000


@dataclass(frozen=True)
class Review:
    """A result at one threshold.

    Attributes:
        threshold: the threshold.
        statistics: one row per class and `any`.
        legend: the classes.
        every: 1 when every pixel was used; n when one of n x n stood for its neighbours, so that
            the statistics are estimates.
    """

    threshold: float
    statistics: tuple[ClassStatistics, ...]
    legend: tuple[ChangeClass, ...]
    every: int = 1

    @property
    def whole(self) -> ClassStatistics:
        """The row of all classes together."""
        return self.statistics[-1]

    @property
    def present(self) -> tuple[ClassStatistics, ...]:
        """The rows of the classes that occur."""
        return tuple(row for row in self.statistics[:-1] if row.objects)


@dataclass(frozen=True)
class Bin:
    """How many assessed pixels have a score from `low` up to `high`."""

    low: float
    high: float
    pixels: int


def as_run(folder: Path) -> Review:
    """The result as it was written, whatever its size."""
    result = results.load(folder)
    legend = _legend(result.run)
    rows = (*((entry.name, entry.label) for entry in legend), (ANY, "all changes"))
    statistics = tuple(_saved_row(result, name, label) for name, label in rows)
    return Review(float(result.run["threshold"]["value"]), statistics, legend)


def at_threshold(folder: Path, threshold: float, codes_path: Path | None = None) -> Review:
    """The result in `folder` as it would be with another threshold.

    Cost: about a second for 16 million pixels.

    Args:
        folder: a result folder.
        threshold: score from which on a pixel is changed.
        codes_path: where to keep the class codes as a GeoTIFF, written beside and renamed; its
            folder is made. They are thrown away without it.
    """
    review = _reviewed(folder, threshold, codes_path)
    if codes_path is not None and not codes_path.is_file():
        # Old previews are swept from the disk while their numbers are still remembered here.
        _reviewed.cache_clear()
        review = _reviewed(folder, threshold, codes_path)
    return review


@lru_cache(maxsize=64)
def _reviewed(folder: Path, threshold: float, codes_path: Path | None) -> Review:
    place = None if codes_path is None else codes_path.parent
    if place is not None:
        place.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".groundshift-", dir=place) as scratch:
        review, written = _classified(folder, threshold, Path(scratch))
        if codes_path is not None:
            written.replace(codes_path)
    return review


def _classified(folder: Path, threshold: float, scratch: Path) -> tuple[Review, Path]:
    """The review and the file of its class codes, in `scratch`."""
    run = results.load(folder).run
    legend = _legend(run)
    working = _working(folder)
    mask = classify(
        working.rasters,
        legend,
        threshold=threshold,
        min_area_m2=run["min_area_m2"],
        path=scratch / "codes.tif",
        watcher=Watcher(),
    ).mask
    areas = PixelAreas(mask.grid)
    regions = components.label(mask.codes, mask.scores, areas)
    statistics = by_class(legend, regions, tally.measure(mask, areas))
    return Review(threshold, statistics, legend, working.every), mask.codes_path


@lru_cache(maxsize=16)
def histogram(folder: Path) -> tuple[Bin, ...]:
    """How the scores of the assessed pixels are spread over 0..1."""
    counts = np.zeros(BINS, np.int64)
    with gdal.open_dataset(_working(folder).rasters.scores_path, gdal.TIFF) as scores:
        for _index, window in scores.block_windows(1):
            values = scores.read(1, window=window)
            counts += np.histogram(values[np.isfinite(values)], BINS, (0, 1))[0]
    return tuple(Bin(at / BINS, (at + 1) / BINS, int(count)) for at, count in enumerate(counts))


@dataclass(frozen=True)
class _Working:
    """The rasters a threshold is applied to, and how many pixels along a side one stands for."""

    rasters: ScoreRasters
    every: int


@lru_cache(maxsize=8)
def _working(folder: Path) -> _Working:
    """The result's own rasters, or for a very large result a sample that lives as long as this."""
    with gdal.open_dataset(folder / "score.tif", gdal.TIFF) as scores:
        grid = Grid(scores.crs, scores.transform, scores.height, scores.width)
    pixels = grid.width * grid.height
    if pixels <= EXACT_PX:
        return _Working(_rasters(folder, grid), 1)
    every = math.ceil(math.sqrt(pixels / SAMPLED_PX))
    scratch = Path(mkdtemp(prefix="groundshift-"))
    working = _Working(_rasters(scratch, pictures.coarsened(grid, every)), every)
    weakref.finalize(working, shutil.rmtree, scratch, ignore_errors=True)
    wanted = working.rasters
    for path in (wanted.scores_path, wanted.kinds_path, wanted.observed_path):
        _sample(folder / path.name, path, wanted.grid, every)
    return working


def _sample(source: Path, target: Path, grid: Grid, every: int) -> None:
    """The middle one of every block of pixels, unchanged: overviews are averages, which lie."""
    with gdal.open_dataset(source, gdal.TIFF) as full:
        profile = working_profile(grid, full.dtypes[0], nodata=full.nodata)
        with rasterio.open(target, "w", **profile) as out:
            rows = every * max(1024 // every, 1)
            for top in range(0, full.height, rows):
                strip = Window(0, top, full.width, min(rows, full.height - top))
                kept = _middles(full.read(1, window=strip), every)
                out.write(kept, 1, window=Window(0, top // every, kept.shape[1], kept.shape[0]))


def _middles(values: NDArray[np.generic], every: int) -> NDArray[np.generic]:
    """One value per block; the last block may be a part of one."""
    rows, cols = (
        np.minimum(np.arange(0, length, every) + every // 2, length - 1) for length in values.shape
    )
    return values[np.ix_(rows, cols)]


def _rasters(folder: Path, grid: Grid) -> ScoreRasters:
    return ScoreRasters(
        grid,
        folder / "score.tif",
        folder / "kind.tif",
        folder / "observed.tif",
        np.zeros(SCORE_STEPS + 1, np.int64),
    )


def _saved_row(result: results.SavedResult, name: str, label: str) -> ClassStatistics:
    """A row by the facts of the run; what has no fact is nothing."""
    area, share, count = (
        float(result.value(fact, change_class=name) or 0)
        for fact in ("changed_area", "changed_share", "object_count")
    )
    valid = float(result.value("valid_area") or 0)
    return ClassStatistics(name, label, int(count), area, share, valid)


def _legend(run: Mapping[str, Any]) -> tuple[ChangeClass, ...]:
    """The classes that the run could find, of all that its detector knows."""
    detector = run["detector"]
    return tuple(
        entry
        for entry in registry.card(detector["name"]).classes
        if entry.name in detector["classes"]
    )
