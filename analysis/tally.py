"""One pass over a mask that sums ground area by part of the grid, class and reason.

Everything that speaks of areas reads this one table, so that parts, classes and exclusions always
add up. Knows nothing of objects or facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from analysis.regions import REGIONS, Compass
from raster.area import PixelAreas
from raster.mask import NOT_OBSERVED, UNCHANGED, ChangeMask, Observed
from raster.parallel import in_order

BLOCK_PX = 512
# Codes 0..254 of assessed pixels keep their number; unassessed ones follow as 256 + `Observed`.
FIRST_REASON = 256
KEYS = FIRST_REASON + len(Observed)
REASONS = {
    Observed.PRE_NODATA: "pre nodata",
    Observed.POST_NODATA: "post nodata",
    Observed.BOTH_NODATA: "both nodata",
    Observed.NO_SCORE: "no score",
}

Array = NDArray[Any]


@dataclass(frozen=True)
class Tally:
    """Ground area inside the AOI.

    Attributes:
        table: (part of `REGIONS`, key) float64 in m2; key is the class code of an assessed pixel
            or 256 + the `Observed` code of one that was not.
    """

    table: NDArray[np.float64]

    @property
    def valid_m2(self) -> float:
        """Area that was observed at both dates and scored."""
        return float(self.table[:, :NOT_OBSERVED].sum())

    @property
    def changed_m2(self) -> float:
        """Area of all classes."""
        return float(self.table[:, UNCHANGED + 1 : NOT_OBSERVED].sum())

    @property
    def unchanged_m2(self) -> float:
        """Valid area without a change."""
        return float(self.table[:, UNCHANGED].sum())

    @property
    def excluded_m2(self) -> dict[str, float]:
        """Area inside the AOI that was not assessed, by reason; empty ones are left out."""
        sums = {name: float(self.table[:, FIRST_REASON + at].sum()) for at, name in REASONS.items()}
        return {name: area for name, area in sums.items() if area > 0}

    @property
    def aoi_m2(self) -> float:
        """Area of the AOI within the overlap: valid and excluded."""
        return self.valid_m2 + sum(self.excluded_m2.values())

    def class_m2(self, code: int) -> float:
        """Area of one class."""
        return float(self.table[:, code].sum())

    def changed_by_region(self, code: int | None = None) -> dict[str, float]:
        """Changed area by part, of one class or (without `code`) of all."""
        keys = slice(UNCHANGED + 1, NOT_OBSERVED) if code is None else slice(code, code + 1)
        return dict(zip(REGIONS, self.table[:, keys].sum(axis=1).tolist(), strict=True))

    def valid_by_region(self) -> dict[str, float]:
        """Valid area by part."""
        return dict(zip(REGIONS, self.table[:, :NOT_OBSERVED].sum(axis=1).tolist(), strict=True))

    def as_json(self) -> dict[str, dict[str, float]]:
        """Area by part and by what was found there; `from_json` gives the tally back."""
        return {
            region: {str(key): float(row[key]) for key in np.flatnonzero(row)}
            for region, row in zip(REGIONS, self.table, strict=True)
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Mapping[str, float]]) -> "Tally":
        """The tally that `as_json` wrote."""
        table = np.zeros((len(REGIONS), KEYS))
        for row, region in zip(table, REGIONS, strict=True):
            for key, area_m2 in content[region].items():
                row[int(key)] = area_m2
        return cls(table)


def of_observed(observed: NDArray[np.uint8], areas: PixelAreas) -> Tally:
    """Ground area by part and by `Observed` code (row, col), where no mask tells changes apart.

    Every pixel that was observed counts as valid.
    """
    table = np.zeros((len(REGIONS), KEYS))
    compass = Compass(areas.grid)
    for top in range(0, observed.shape[0], BLOCK_PX):
        for left in range(0, observed.shape[1], BLOCK_PX):
            part = observed[top : top + BLOCK_PX, left : left + BLOCK_PX]
            block = Window(left, top, part.shape[1], part.shape[0])
            keys = np.where(part == Observed.YES, UNCHANGED, FIRST_REASON + part.astype(np.uint16))
            _add(table, compass.codes(block), keys, areas.window(block))
    return Tally(table)


def measure(mask: ChangeMask, areas: PixelAreas) -> Tally:
    """Sum the ground area of every pixel of the mask; reads both rasters once, strip by strip."""
    count = partial(_count, mask=mask, areas=areas, compass=Compass(mask.grid))
    return Tally(sum(in_order(count, mask.strips(BLOCK_PX)), np.zeros((len(REGIONS), KEYS))))


def _count(strip: Window, *, mask: ChangeMask, areas: PixelAreas, compass: Compass) -> Array:
    """The table of one strip."""
    table = np.zeros((len(REGIONS), KEYS))
    codes, observed = mask.codes(strip), mask.observed(strip)
    for left in range(0, int(strip.width), BLOCK_PX):
        columns = slice(left, left + BLOCK_PX)
        keys = _keys(codes[:, columns], observed[:, columns])
        block = Window(left, strip.row_off, keys.shape[1], strip.height)
        _add(table, compass.codes(block), keys, areas.window(block))
    return table


def _keys(codes: NDArray[np.uint8], observed: NDArray[np.uint8]) -> Array:
    """Table key (row, col) of every pixel."""
    is_unscored = codes == NOT_OBSERVED
    if not observed.any() and not is_unscored.any():
        return codes
    reason = observed.astype(np.uint16)
    reason[is_unscored & (observed == Observed.YES)] = Observed.NO_SCORE
    return np.where(reason == Observed.YES, codes, FIRST_REASON + reason)


def _add(table: Array, regions: Array, keys: Array, areas_m2: Array) -> None:
    """Add one block; the usual ones, within one part or without a change, are cheap."""
    first = regions[0, 0]
    if (regions != first).any():
        combined = regions.astype(np.intp) * KEYS + keys
        sums = np.bincount(combined.ravel(), areas_m2.ravel(), minlength=table.size)
        table += sums.reshape(table.shape)
    elif not keys.any():
        table[first, UNCHANGED] += areas_m2.sum()
    else:
        table[first] += np.bincount(keys.ravel(), areas_m2.ravel(), minlength=KEYS)
