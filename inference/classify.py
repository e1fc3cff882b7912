"""From scores to a mask: threshold, then drop regions below the minimum mapping unit.

Works strip by strip on files; the same code serves a run and a moved threshold.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from inference.score_files import ScoreRasters
from progress import Watcher
from raster import components
from raster.area import PixelAreas
from raster.components import Components
from raster.mask import NOT_OBSERVED, UNCHANGED, ChangeClass, ChangeMask, Observed
from raster.parallel import in_order
from raster.writing import working_profile

MIN_AREA_M2 = 16.0
MIN_AREA_PX = 4


@dataclass(frozen=True)
class Classified:
    """A mask and what the minimum mapping unit took out of it.

    Attributes:
        mask: the mask.
        dropped_objects: regions above the threshold but below the minimum mapping unit.
        dropped_area_m2: their area.
    """

    mask: ChangeMask
    dropped_objects: int
    dropped_area_m2: float


def default_min_area_m2(gsd_m: float) -> float:
    """16 m2 (a garage), but never less than 4 pixels, below which noise looks like an object."""
    return max(MIN_AREA_M2, MIN_AREA_PX * gsd_m**2)


def classify(
    rasters: ScoreRasters,
    legend: tuple[ChangeClass, ...],
    *,
    threshold: float,
    min_area_m2: float,
    path: Path,
    watcher: Watcher,
) -> Classified:
    """Write the class codes of all regions that reach both limits to `path`.

    A pixel is changed when its score is at least `threshold`. A region is kept when the sum of
    the ellipsoidal areas of its pixels is at least `min_area_m2`.
    """
    mask = ChangeMask(
        rasters.grid, legend, path, rasters.scores_path, rasters.observed_path, rasters.kinds_path,
        rasters.votes,
    )  # fmt: skip
    raw = _RawCodes(mask, np.float32(threshold))
    found = components.label(raw, mask.scores, PixelAreas(rasters.grid))
    watcher.step(0.5, "Joined changed pixels into regions")
    is_kept = found.area_m2 >= min_area_m2
    kept = found.keep(is_kept)
    with rasterio.open(
        path, "w", **working_profile(rasters.grid, "uint8", nodata=NOT_OBSERVED)
    ) as out:
        for strip, codes in in_order(partial(_without_small, raw, kept), kept.strips()):
            out.write(codes, 1, window=strip)
    watcher.step(1.0, "Wrote the mask")
    dropped = ~is_kept
    return Classified(mask, int(dropped.sum()), float(found.area_m2[dropped].sum()))


def _without_small(
    raw: "_RawCodes", kept: Components, strip: Window
) -> tuple[Window, NDArray[np.uint8]]:
    """The codes of one strip without the regions that were not kept."""
    codes = raw(strip)
    if not ((codes != UNCHANGED) & (codes != NOT_OBSERVED)).any():
        return strip, codes
    codes[(kept.labels(strip, codes) == 0) & (codes != NOT_OBSERVED)] = UNCHANGED
    return strip, codes


@dataclass(frozen=True)
class _RawCodes:
    """Class codes before the minimum mapping unit, computed when asked for."""

    mask: ChangeMask
    threshold: np.float32

    def __call__(self, window: Window) -> NDArray[np.uint8]:
        scores, codes = self.mask.scores(window), self.mask.kinds(window)
        codes[~(scores >= self.threshold)] = UNCHANGED
        codes[self.mask.observed(window) != Observed.YES] = NOT_OBSERVED
        return codes
