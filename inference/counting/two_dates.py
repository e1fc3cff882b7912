"""Both dates of a site on the working grid of a counter, and what users boxed on them.

Knows nothing of what is looked for, nor of what was found.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from errors import AoiError, InputError, UnsuitableSceneError
from inference.counters.base import Card, Example, Wanted
from inference.counting.picture import Picture, take
from inference.run import Site
from progress import Watcher
from raster.align import AlignedPair
from raster.aoi import AoiRaster
from raster.chip import ChipReader, stretch_of, working_grid
from raster.findings import Finding
from raster.grid import Grid
from raster.mask import Observed
from raster.tiling import grow

Date = Literal["pre", "post"]

MAX_PIXELS = 100_000_000
"""Both dates are kept as pictures with their support, 10 bytes a pixel; while one is searched about
15 more are needed: 2.5 GB at most."""
MARGIN_PX = (32, 384)
"""Ground around the AOI that is looked at as well, within these limits, so that things across its
edge are seen whole."""
EXAMPLE_MARGIN_PX = 48
LEAST_EXAMPLE_PX = 3.0
LEAST_SEEN = 0.5
SAME_GSD = 1.01


@dataclass(frozen=True)
class Marked:
    """An example a user boxed.

    Attributes:
        date: on which image.
        box: left, top, right, bottom in pixels of the pair's grid; it may lie outside the AOI.
    """

    date: Date
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class TwoDates:
    """Where and how both dates are read.

    Attributes:
        pair: the pair on its whole grid.
        grid: working grid of the AOI and its surroundings.
        inside: (row, col) pixels of the grid whose centre lies in the AOI.
    """

    pair: AlignedPair
    grid: Grid
    inside: NDArray[np.bool_]

    def picture(self, date: Date, watcher: Watcher) -> Picture:
        """One date, all of the grid.

        Raises:
            CancelledError: the watcher asked to stop.
        """
        with self._reader(date) as reader:
            return take(reader.read, self.grid, watcher)

    def example(self, marked: Marked) -> Example:
        """What was boxed, with its surroundings.

        Raises:
            InputError: it lies outside the pair, is too small, or shows nothing.
        """
        _require_inside(marked, self.pair.grid)
        left, top, right, bottom = self._on_grid(marked.box)
        if min(right - left, bottom - top) < LEAST_EXAMPLE_PX:
            msg = f"An example is {right - left:.1f} by {bottom - top:.1f} pixels small."
            raise InputError(msg, hint="Box a larger thing, or use images with smaller pixels.")
        window = _around(left, top, right, bottom)
        margin_px = max(EXAMPLE_MARGIN_PX, int(window.width), int(window.height))
        wide = Window(
            window.col_off - margin_px,
            window.row_off - margin_px,
            window.width + 2 * margin_px,
            window.height + 2 * margin_px,
        )
        with self._reader(marked.date) as reader:
            chip = reader.read(wide)
        seen = chip.valid[margin_px:-margin_px, margin_px:-margin_px]
        if np.count_nonzero(seen) < LEAST_SEEN * seen.size:
            msg = "An example lies where the image shows nothing."
            raise InputError(msg, hint="Box a thing that can be seen.")
        inner = (
            left - wide.col_off,
            top - wide.row_off,
            right - wide.col_off,
            bottom - wide.row_off,
        )
        return Example(window, chip, inner)

    def observed(self, pre: Picture, post: Picture) -> NDArray[np.uint8]:
        """`Observed` codes (row, col)."""
        codes = np.full(self.grid.shape, Observed.YES, np.uint8)
        codes[~pre.valid] = Observed.PRE_NODATA
        codes[~post.valid] = Observed.POST_NODATA
        codes[~pre.valid & ~post.valid] = Observed.BOTH_NODATA
        codes[~self.inside] = Observed.OUTSIDE_AOI
        return codes

    def _on_grid(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box in pixels of the pair's grid in pixels of the working grid."""
        step = ~self.grid.transform @ self.pair.grid.transform
        left, top = step @ (box[0], box[1])
        right, bottom = step @ (box[2], box[3])
        return left, top, right, bottom

    def _reader(self, date: Date) -> ChipReader:
        if date == "pre":
            return ChipReader(self.pair.pre, self.grid, stretch_of(self.pair.pre))
        shift = self.pair.shift
        step = ~self.grid.transform @ self.pair.grid.transform
        moved_px = (step.a * shift.dx_px, step.e * shift.dy_px) if shift.is_applied else (0.0, 0.0)
        return ChipReader(self.pair.post, self.grid, stretch_of(self.pair.post), shift_px=moved_px)


def lay_out(site: Site, card: Card, wanted: Wanted) -> TwoDates:
    """Both dates of a site on the grid a counter wants.

    Raises:
        UnsuitableSceneError: the pixels are too large to show such things, even enlarged.
        AoiError: the area has more pixels than fit into memory.
    """
    whole = site.pair.grid
    reach_m = 1.5 * wanted.max_area_m2**0.5
    around = grow(site.window, _margin_px(reach_m, whole.gsd_m), whole.shape)
    grid = working_grid(whole.crop(around), card.gsd_range_m)
    if grid.gsd_m > SAME_GSD * card.gsd_range_m[1]:
        msg = f"Pixels of {whole.gsd_m:.3g} m are too large to count {card.things} in."
        hint = f"Use images with pixels of at most {card.gsd_range_m[1]:g} m."
        raise UnsuitableSceneError(msg, hint=hint)
    if grid.width * grid.height > MAX_PIXELS:
        size = f"{grid.width:,} by {grid.height:,} pixels of {grid.gsd_m:.2g} m"
        msg = f"The area is too large to count in: {size}; the limit is {MAX_PIXELS:,} pixels."
        raise AoiError(msg, hint="Choose a smaller area.")
    return TwoDates(site.pair, grid, AoiRaster(site.aoi, grid).inside(grid.window))


def findings(dates: TwoDates, card: Card) -> tuple[Finding, ...]:
    """What was done to the pixels so that the counter can work."""
    native_m, used_m = dates.pair.grid.gsd_m, dates.grid.gsd_m
    if native_m > SAME_GSD * card.gsd_range_m[1]:
        message = (
            f"Pixels of {native_m:.3g} m are larger than {card.title!r} is made for "
            f"(up to {card.gsd_range_m[1]:g} m)."
        )
        remedy = "Small things are missed; check the outlines on the map."
        return (Finding("count_coarse", "caution", message, remedy, native_m, "m"),)
    if max(native_m, used_m) > SAME_GSD * min(native_m, used_m):
        message = f"Pixels of {native_m:.3g} m were resampled to {used_m:.3g} m to count in."
        return (Finding("count_resampled", "info", message, "", used_m, "m"),)
    return ()


def _margin_px(reach_m: float, gsd_m: float) -> int:
    return int(np.clip(reach_m / gsd_m, *MARGIN_PX))


def _require_inside(marked: Marked, grid: Grid) -> None:
    left, top, right, bottom = marked.box
    is_inside = 0 <= left < right <= grid.width and 0 <= top < bottom <= grid.height
    if not is_inside:  # NaN compares false
        msg = "An example lies outside the ground that both images show."
        raise InputError(msg, hint="Box a thing inside the overlap of the two images.")


def _around(left: float, top: float, right: float, bottom: float) -> Window:
    """The whole pixels that hold a box."""
    first = int(np.floor(left)), int(np.floor(top))
    last = int(np.ceil(right)), int(np.ceil(bottom))
    return Window(*first, last[0] - first[0], last[1] - first[1])
