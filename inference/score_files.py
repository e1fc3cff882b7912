"""The working rasters of one run: scores, kinds and why pixels were not observed, in files.

Knows nothing of detectors; what is written came from somewhere else.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.windows import Window

from raster.grid import Grid
from raster.mask import NOT_OBSERVED, Votes
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
        votes: what each of several methods said, where several were asked.
    """

    grid: Grid
    scores_path: Path
    kinds_path: Path
    observed_path: Path
    histogram: NDArray[np.int64]
    votes: Votes | None = None


@dataclass(frozen=True)
class ScoredTile:
    """The core of one tile, ready to be written."""

    core: Window
    scores: NDArray[np.float32]
    kinds: NDArray[np.uint8]
    observed: NDArray[np.uint8]
    histogram: NDArray[np.int64]
    votes: NDArray[np.uint8] | None = None


class ScoreFiles:
    """The working rasters while they are written: three, and the votes where there are voters."""

    def __init__(
        self, workdir: Path, grid: Grid, target: Window, voters: tuple[str, ...] = ()
    ) -> None:
        plain = working_profile(grid, "uint8", nodata=None)
        self._profiles = {
            workdir / "work_scores.tif": working_profile(grid, "float32", nodata=float("nan")),
            workdir / "work_kinds.tif": working_profile(grid, "uint8", nodata=NOT_OBSERVED),
            workdir / "work_observed.tif": plain,
        }
        if voters:
            self._profiles[workdir / "work_votes.tif"] = plain
        self._grid = grid
        self._voters = voters
        self._target = target
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._datasets = [
            self._stack.enter_context(rasterio.open(path, "w", **profile))
            for path, profile in self._profiles.items()
        ]
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def rasters(self, histogram: NDArray[np.int64]) -> ScoreRasters:
        """The files, once they are written, with the histogram of what went into them."""
        scores, kinds, observed, *votes = self._profiles
        said = Votes(votes[0], self._voters) if votes else None
        return ScoreRasters(self._grid, scores, kinds, observed, histogram, said)

    def write(self, scored: ScoredTile) -> None:
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
        layers: list[NDArray[Any]] = [scored.scores, scored.kinds, scored.observed]
        if self._voters and scored.votes is not None:
            layers.append(scored.votes)
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
