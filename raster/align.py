"""Two scenes on one grid: the common grid, the common bands and the residual shift.

Nothing is resampled to disk: windows are warped when they are read. Knows nothing of AOIs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from raster.grid import Grid
from raster.scene import BandRole, Scene


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
    """

    pre: NDArray[np.float32]
    post: NDArray[np.float32]
    pre_valid: NDArray[np.bool_]
    post_valid: NDArray[np.bool_]

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
