"""Ground of a count, which keeps what was seen by part of its area and no raster of it.

Parts and the whole are known exactly, and other places wherever a part was seen entirely or not at
all. Where a place cuts through a part that was seen in places, it is taken as seen evenly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from analysis.inquiry.case import AOI, GroundArea, Place
from analysis.inquiry.ground import NOT_KNOWN, PixelGround
from analysis.regions import REGIONS, Compass
from analysis.tally import FIRST_REASON, REASONS, Tally
from raster.aoi import Aoi, AoiRaster
from raster.grid import Grid
from raster.mask import NOT_OBSERVED, UNCHANGED, Observed

OUTSIDE = FIRST_REASON + int(Observed.OUTSIDE_AOI)


@dataclass(frozen=True, eq=False)
class CountGround:
    """Measures the ground of a count.

    Attributes:
        tally: what was seen, by part.
        pixels: measures places that are no parts.
    """

    tally: Tally
    pixels: PixelGround

    def within(self, place: Place) -> GroundArea:
        """The ground of a place."""
        return self.within_each((place,))[0]

    def within_each(self, places: Sequence[Place]) -> tuple[GroundArea, ...]:
        """The ground of each place."""
        others = [one for one in places if not _is_tallied(one)]
        measured = dict(zip(others, self.pixels.within_each(others), strict=True))
        return tuple(measured[one] if one in measured else self._tallied(one) for one in places)

    def _tallied(self, place: Place) -> GroundArea:
        if place.name == AOI:
            tally = self.tally
        else:
            table = np.zeros_like(self.tally.table)
            at = REGIONS.index(place.name)
            table[at] = self.tally.table[at]
            tally = Tally(table)
        return GroundArea(tally.aoi_m2, tally.valid_m2, {}, tally.excluded_m2)


def ground_of_count(
    tally: Tally, area: Grid, within: BaseGeometry, *, is_whole: bool
) -> CountGround:
    """The ground of a count.

    Args:
        tally: what was seen of its area, by part.
        area: the window of the area on the grid that was counted on.
        within: the area, in WGS 84.
        is_whole: whether the area is all of the window.
    """
    keys = _Keys(tally, area, AoiRaster(Aoi(within, "area", 1, is_whole), area))
    return CountGround(tally, PixelGround(area, keys, {}, tally))


def _is_tallied(place: Place) -> bool:
    return place.shape is None and (place.name == AOI or place.name in REGIONS)


class _Keys:
    """What is known of each pixel of a count's area."""

    def __init__(self, tally: Tally, area: Grid, inside: AoiRaster) -> None:
        self._of_part = np.array([_key(row, at) for at, row in enumerate(tally.table)])
        self._compass = Compass(area)
        self._inside = inside

    def __call__(self, window: Window) -> NDArray[Any]:
        here = self._of_part[self._compass.codes(window)]
        return np.asarray(np.where(self._inside.inside(window), here, OUTSIDE))


def _key(row: NDArray[np.float64], part: int) -> int:
    """The key that all pixels of a part have in common, or that it is not known."""
    seen = bool(row[:NOT_OBSERVED].any())
    reasons: Mapping[int, float] = {FIRST_REASON + at: row[FIRST_REASON + at] for at in REASONS}
    missing = [key for key, area_m2 in reasons.items() if area_m2 > 0]
    if (seen and missing) or len(missing) > 1:
        return NOT_KNOWN + part
    return missing[0] if missing else UNCHANGED
