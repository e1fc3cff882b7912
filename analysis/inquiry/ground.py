"""Ground of any place, pixel by pixel on the ellipsoid: assessed, excluded and changed.

Parts and halves come from one pass over the pixels, polygons from the pixels whose centre they
cover, so that places that do not overlap add up. Knows nothing of objects or facts.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import rasterize
from rasterio.windows import Window

from analysis.inquiry import projected
from analysis.inquiry.case import AOI, GroundArea, Place
from analysis.inquiry.halves import QUARTERS, QUARTERS_OF, Middle
from analysis.regions import REGIONS, Compass
from analysis.tally import FIRST_REASON, REASONS, Tally
from raster.area import PixelAreas
from raster.grid import Grid
from raster.mask import NOT_OBSERVED, UNCHANGED, Observed

NOT_KNOWN = FIRST_REASON + len(Observed)
"""From here on by part: keys of pixels of the area of which it is not known whether they were seen.
"""
KEYS = NOT_KNOWN + len(REGIONS)
BLOCK_PX = 1024

Array = NDArray[Any]


class Keys(Protocol):
    """What is known of each pixel."""

    def __call__(self, window: Window) -> Array:
        """Keys (row, col) of a window: a class code where assessed, else 256 + `Observed`."""
        ...


@dataclass(frozen=True, eq=False)
class PixelGround:
    """Measures ground by the pixels of a grid; what was measured once is kept.

    Attributes:
        grid: the grid.
        keys: what is known of its pixels.
        names: class name by code.
        seen: what was seen by part, where there are pixels of which it is not known.
    """

    grid: Grid
    keys: Keys
    names: Mapping[int, str]
    seen: Tally | None = None
    _kept: dict[Place, GroundArea] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def within(self, place: Place) -> GroundArea:
        """The ground of a place."""
        return self.within_each((place,))[0]

    def within_each(self, places: Sequence[Place]) -> tuple[GroundArea, ...]:
        """The ground of each place."""
        with self._lock:
            missing = [one for one in dict.fromkeys(places) if one not in self._kept]
            shaped = [one for one in missing if one.shape is not None]
            rows = self._of_shapes(shaped) if shaped else ()
            self._kept.update(zip(shaped, map(self._ground, rows), strict=True))
            for one in missing:
                if one.shape is None:
                    self._kept[one] = self._ground(self._of_name(one.name))
            return tuple(self._kept[one] for one in places)

    def _ground(self, row: Array) -> GroundArea:
        """What one row of a table says."""
        row, doubt_m2 = _shared_out(row, self.seen) if self.seen else (row, 0.0)
        valid_m2 = float(row[:NOT_OBSERVED].sum())
        excluded = {name: float(row[FIRST_REASON + at]) for at, name in REASONS.items()}
        excluded = {name: area_m2 for name, area_m2 in excluded.items() if area_m2 > 0}
        changed = {name: float(row[code]) for code, name in self.names.items()}
        return GroundArea(valid_m2 + sum(excluded.values()), valid_m2, changed, excluded, doubt_m2)

    def _of_name(self, name: str) -> Array:
        """The row of the whole area, a part or a half."""
        whole = self._whole
        if name in REGIONS:
            whole = whole[[REGIONS.index(name)]]
        elif name != AOI:
            whole = whole[:, list(QUARTERS_OF[name])]
        return np.asarray(whole.sum(axis=(0, 1)))

    @cached_property
    def _whole(self) -> Array:
        """(part, quarter, key) in m2 of all pixels."""
        compass, middle = Compass(self.grid), Middle(self.grid)
        table = np.zeros(len(REGIONS) * QUARTERS * KEYS)
        for block in _blocks(self.grid.window):
            here = compass.codes(block).astype(np.int64) * QUARTERS + middle.codes(block)
            self._add(table, here, block)
        return table.reshape(len(REGIONS), QUARTERS, KEYS)

    def _of_shapes(self, places: Sequence[Place]) -> Array:
        """(place, key) in m2 of polygons."""
        lonlat = np.array([one.shape for one in places], object)
        shapes = projected.on_grid(lonlat, self.grid)
        rows = np.zeros((len(places), KEYS))
        for sheet in _sheets(shapes):
            rows[sheet] = self._of_sheet(shapes[sheet])
        return rows

    def _of_sheet(self, shapes: Array) -> Array:
        """(shape, key) in m2 of polygons of which no two overlap."""
        table = np.zeros((len(shapes) + 1) * KEYS)
        window = _window(shapes, self.grid)
        frames = shapely.box(*shapely.bounds(shapes).T)
        for block in _blocks(window) if window else ():
            block_frame = shapely.box(*self.grid.crop(block).bounds)
            numbers = np.flatnonzero(shapely.intersects(block_frame, frames))
            if len(numbers):
                here = [(shapes[number], number + 1) for number in numbers.tolist()]
                self._add(table, _burnt(here, self.grid.crop(block)), block)
        return table.reshape(-1, KEYS)[1:]

    def _add(self, table: Array, here: Array, block: Window) -> None:
        """Add the pixels of a block, of which `here` (row, col) tells the row of the table."""
        areas_m2 = PixelAreas(self.grid).window(block)
        first = here.flat[0]
        keys = self.keys(block)
        if (here == first).all() and not keys.any():
            table[first * KEYS + UNCHANGED] += areas_m2.sum()
            return
        at = here.astype(np.int64) * KEYS + keys
        least = int(at.min())
        sums = np.bincount((at - least).ravel(), areas_m2.ravel())
        table[least : least + len(sums)] += sums


def _shared_out(row: Array, seen: Tally) -> tuple[Array, float]:
    """A row whose unknown ground was seen or not as its part was on average, and how far off.

    Shares sum to what is known of each part, whatever places it is cut into.
    """
    known, doubt_m2 = row[:NOT_KNOWN].copy(), 0.0
    for unknown_m2, part in zip(row[NOT_KNOWN:], seen.table, strict=True):
        if unknown_m2 > 0:
            in_aoi = part.copy()
            in_aoi[FIRST_REASON + Observed.OUTSIDE_AOI] = 0.0
            whole_m2, valid_m2 = in_aoi.sum(), in_aoi[:NOT_OBSERVED].sum()
            known += in_aoi * (unknown_m2 / whole_m2)
            guess_m2 = unknown_m2 * valid_m2 / whole_m2
            most_m2 = min(unknown_m2, valid_m2)
            least_m2 = max(0.0, unknown_m2 - (whole_m2 - valid_m2))
            doubt_m2 += float(max(most_m2 - guess_m2, guess_m2 - least_m2, 0.0))
    return known, doubt_m2


def keys_of(codes: NDArray[np.uint8], observed: NDArray[np.uint8]) -> Array:
    """Keys (row, col) from the rasters of a comparison."""
    reason = observed.astype(np.int64)
    reason[(codes == NOT_OBSERVED) & (observed == Observed.YES)] = Observed.NO_SCORE
    return np.where(reason == Observed.YES, codes, FIRST_REASON + reason)


def _blocks(window: Window) -> list[Window]:
    """Pieces of a window that cover it once."""
    top, left = int(window.row_off), int(window.col_off)
    bottom, right = top + int(window.height), left + int(window.width)
    return [
        Window(col, row, min(BLOCK_PX, right - col), min(BLOCK_PX, bottom - row))
        for row in range(top, bottom, BLOCK_PX)
        for col in range(left, right, BLOCK_PX)
    ]


def _window(shapes: Array, grid: Grid) -> Window | None:
    """Whole pixels of a grid that cover shapes in its CRS; None where there are none."""
    west, south, east, north = shapely.total_bounds(shapes)
    if not np.isfinite([west, south, east, north]).all():
        return None
    corners = [(west, north), (east, north), (west, south), (east, south)]
    cols, rows = np.array([~grid.transform @ corner for corner in corners]).T
    left, right = np.clip([np.floor(cols.min()), np.ceil(cols.max())], 0, grid.width).astype(int)
    top, bottom = np.clip([np.floor(rows.min()), np.ceil(rows.max())], 0, grid.height).astype(int)
    if left >= right or top >= bottom:
        return None
    return Window(left, top, right - left, bottom - top)


def _burnt(here: Sequence[tuple[Any, int]], grid: Grid) -> Array:
    """(row, col) number of the shape that covers the centre of a pixel, 0 for none."""
    return np.asarray(
        rasterize(here, out_shape=grid.shape, transform=grid.transform, dtype="int32"), np.int64
    )


def _sheets(shapes: Array) -> list[list[int]]:
    """Numbers of the shapes in groups in which no two share ground."""
    if len(shapes) == 1:
        return [[0]]
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = np.column_stack([first, second])[first < second]
    is_apart = shapely.touches(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    rivals: dict[int, set[int]] = {}
    for one, other in pairs[~is_apart].tolist():
        rivals.setdefault(other, set()).add(one)
    sheet_of: list[int] = []
    for number in range(len(shapes)):
        taken = {sheet_of[rival] for rival in rivals.get(number, ())}
        sheet_of.append(next(sheet for sheet in range(len(shapes)) if sheet not in taken))
    return [
        [number for number, sheet in enumerate(sheet_of) if sheet == wanted]
        for wanted in range(max(sheet_of) + 1)
    ]
