"""What a detector found, as rasters on the pair's grid: class codes, scores and what was observed.

Inference writes it, analysis reads it. Knows nothing of detectors, objects or areas.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from raster.grid import Grid

UNCHANGED = 0
NOT_OBSERVED = 255

State = Literal["changed", "appeared", "vanished", "increase", "decrease"]


class Observed(IntEnum):
    """Why a pixel was or was not assessed; the codes of the observation raster."""

    YES = 0
    OUTSIDE_AOI = 1
    PRE_NODATA = 2
    POST_NODATA = 3
    BOTH_NODATA = 4
    NO_SCORE = 5


@dataclass(frozen=True)
class ChangeClass:
    """One entry of a legend.

    Attributes:
        code: value in the mask, 1..254.
        name: stable machine name, e.g. `vegetation_loss`.
        label: words for people, e.g. `vegetation loss`.
        state: direction of the change; `changed` means that the direction was not assessed.
        color: `#rrggbb`, distinguishable for colour-blind readers.
    """

    code: int
    name: str
    label: str
    state: State
    color: str


@dataclass(frozen=True)
class Votes:
    """Which of several methods call each pixel changed.

    Attributes:
        path: uint8 GeoTIFF; bit `i` is set where `voters[i]` calls the pixel changed.
        voters: names of the methods.
    """

    path: Path
    voters: tuple[str, ...]

    def read(self, window: Window) -> NDArray[np.uint8]:
        """Bits (row, col) of a window."""
        return _read(self.path, window)


@dataclass(frozen=True)
class ChangeMask:
    """Class codes, scores and observation codes of one run, kept in files: memory is bounded.

    Attributes:
        grid: grid of all three rasters.
        legend: the classes a code can stand for.
        codes_path: uint8 GeoTIFF, 0 unchanged, class codes, 255 not observed.
        scores_path: float32 GeoTIFF, 0..1, NaN where not observed.
        observed_path: uint8 GeoTIFF of `Observed` codes.
        kinds_path: uint8 GeoTIFF of the class each pixel would get if its score reached the
            threshold; with the scores it gives the mask of any other threshold.
        votes: what each of several methods said, where several were asked.
    """

    grid: Grid
    legend: tuple[ChangeClass, ...]
    codes_path: Path
    scores_path: Path
    observed_path: Path
    kinds_path: Path
    votes: Votes | None = None

    def codes(self, window: Window) -> NDArray[np.uint8]:
        """Class codes (row, col) of a window."""
        return _read(self.codes_path, window)

    def scores(self, window: Window) -> NDArray[np.float32]:
        """Scores (row, col) of a window, NaN where not observed."""
        return _read(self.scores_path, window)

    def observed(self, window: Window) -> NDArray[np.uint8]:
        """`Observed` codes (row, col) of a window."""
        return _read(self.observed_path, window)

    def kinds(self, window: Window) -> NDArray[np.uint8]:
        """Classes (row, col) that the pixels of a window would get above the threshold."""
        return _read(self.kinds_path, window)

    def strips(self, rows: int = 512) -> Iterator[Window]:
        """Windows of full width from top to bottom that cover the grid once."""
        for top in range(0, self.grid.height, rows):
            yield Window(0, top, self.grid.width, min(rows, self.grid.height - top))


def _read(path: Path, window: Window) -> NDArray[Any]:
    with rasterio.open(path, driver="GTiff") as dataset:
        values: NDArray[Any] = dataset.read(1, window=window)
        return values
