"""Two scenes on one grid: the common grid, the common bands and the residual shift.

Nothing is resampled to disk: windows are warped when they are read. Knows nothing of AOIs.
"""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from progress import Watcher
from raster.grid import Grid
from raster.lattice import common_grid
from raster.reading import SceneReader
from raster.scene import BandRole, Scene
from raster.shift_memory import recall

UNWATCHED = Watcher()


@dataclass(frozen=True)
class PairBand:
    """One band that both dates have.

    Attributes:
        name: name for people.
        role: spectral or polarisation role, if known.
        pre_indexes: 1-based bands of pre that are averaged into it (usually one).
        post_indexes: 1-based bands of post that are averaged into it.
    """

    name: str
    role: BandRole | None
    pre_indexes: tuple[int, ...]
    post_indexes: tuple[int, ...]


@dataclass(frozen=True)
class PairBlock:
    """Pixels of both dates in one window of the pair's grid.

    Attributes:
        pre: (band, row, col) float32 in the units of the pre file; invalid pixels are 0.
        post: likewise for post.
        pre_valid: (row, col) bool: observed at the pre date.
        post_valid: (row, col) bool: observed at the post date.
        core: rows and columns whose scores are wanted, the rest being halo; None for all.
    """

    pre: NDArray[np.float32]
    post: NDArray[np.float32]
    pre_valid: NDArray[np.bool_]
    post_valid: NDArray[np.bool_]
    core: tuple[slice, slice] | None = None

    @property
    def valid(self) -> NDArray[np.bool_]:
        """(row, col) bool: observed at both dates."""
        return self.pre_valid & self.post_valid


@dataclass(frozen=True)
class ResidualShift:
    """What is left of the misregistration of post against pre on the common grid.

    Attributes:
        dx_px: post content lies this many pixels right of (+col) where pre has it.
        dy_px: likewise down (+row).
        gsd_m: ground size of a pixel.
        agreement: share (0..1) of the measured windows that voted for this shift.
        windows: number of windows that could be measured.
        is_applied: whether reading corrects for it.
        residual_before: measured dissimilarity before the correction (0..2, 1 - correlation).
        residual_after: likewise after; equal to before when nothing was applied.
    """

    dx_px: float
    dy_px: float
    gsd_m: float
    agreement: float
    windows: int
    is_applied: bool
    residual_before: float
    residual_after: float

    @property
    def length_px(self) -> float:
        """Length of the shift in pixels."""
        return float(np.hypot(self.dx_px, self.dy_px))

    @property
    def length_m(self) -> float:
        """Length of the shift in metres."""
        return self.length_px * self.gsd_m


@dataclass(frozen=True)
class AlignedPair:
    """Pre and post on one grid, read window by window with `open_pair`.

    Attributes:
        pre: the earlier scene.
        post: the later scene.
        grid: the common grid, cropped to the overlap.
        bands: the bands both have.
        shift: residual shift, measured, and whether it is corrected on reading.
    """

    pre: Scene
    post: Scene
    grid: Grid
    bands: tuple[PairBand, ...]
    shift: ResidualShift

    def crop(self, window: Window) -> "AlignedPair":
        """The part of the pair in a window of whole pixels on its grid."""
        return replace(self, grid=self.grid.crop(window))


@dataclass
class PairReader:
    """Reads both dates of a pair window by window; a context manager, one per thread.

    Attributes:
        pair: what is read; its shift is corrected if `shift.is_applied`.
    """

    pair: AlignedPair

    def __enter__(self) -> "PairReader":
        pair = self.pair
        offset_px = (pair.shift.dx_px, pair.shift.dy_px) if pair.shift.is_applied else (0.0, 0.0)
        pre_bands = tuple(band.pre_indexes for band in pair.bands)
        post_bands = tuple(band.post_indexes for band in pair.bands)
        with ExitStack() as stack:
            self._pre = stack.enter_context(SceneReader(pair.pre, pair.grid, bands=pre_bands))
            self._post = stack.enter_context(
                SceneReader(pair.post, pair.grid, bands=post_bands, shift_px=offset_px)
            )
            self._files = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._files.__exit__(kind, error, trace)

    def read(self, window: Window) -> PairBlock:
        """Pixels of both dates in a window of the pair's grid; post moved onto pre."""
        pre, pre_valid = self._pre.read(window)
        post, post_valid = self._post.read(window)
        return PairBlock(pre, post, pre_valid, post_valid)


def open_pair(pair: AlignedPair) -> PairReader:
    """A reader of the pair, to be used with `with`."""
    return PairReader(pair)


def align(
    pre: Scene, post: Scene, *, watcher: Watcher = UNWATCHED, correct: bool = True
) -> AlignedPair:
    """The pair on its `common_grid`, its shift measured and, where proven, corrected.

    Args:
        pre: the earlier scene.
        post: the later scene.
        watcher: told while the shift is measured.
        correct: correct the residual shift where the measurement proves that this helps.

    Raises:
        NoOverlapError: the scenes do not share ground.
        GsdMismatchError: one is more than 8 times coarser.
        RasterError: no band of pre can be compared with one of post.
    """
    # Both modules read pairs, and so import this one.
    from raster.pairing import common_bands
    from raster.shift import measure, unmeasured

    bands, _findings = common_bands(pre, post)
    grid = common_grid(pre.grid, post.grid)
    pair = AlignedPair(pre, post, grid, bands, unmeasured(grid.gsd_m))
    shift = recall(pair, lambda: measure(pair, watcher=watcher, correct=correct), correct=correct)
    watcher.step(1.0, "measured the shift between the dates")
    return replace(pair, shift=shift)
