"""Photographs of a count for its report: the whole area, and the largest changes up close.

Reads imagery for display only; no number is ever computed from it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from analysis.count_result import CountResult, Shot
from analysis.ledger import Entry
from errors import GroundshiftError
from raster import scene
from raster.align import AlignedPair, ResidualShift
from raster.grid import Grid
from raster.pairing import common_bands
from raster.stretch import Stretch
from services import pictures, recorded_inputs

OVERVIEW_PX = 1200
CLOSE_PX = 360
MOST_CLOSE = 6
MARGIN = 0.8
"""Ground shown around a thing on each side, as a share of its longer side."""
LEAST_SIDE_PX = 48
MOST_OF_AREA = 0.7
"""What takes more of the area than this is seen well enough on the whole."""
UNCHANGED = frozenset({"kept", "not assessed"})


def photographed(result: CountResult, pair: AlignedPair) -> CountResult:
    """The count with photographs.

    Args:
        result: the count.
        pair: the images that were counted, on any grid.
    """
    return replace(result, shots=tuple(_shots(result, _on(pair, result.area))))


def reopened(result: CountResult, folder: Path) -> CountResult:
    """A finished count with photographs; without where the images are gone or have changed.

    Args:
        result: the count.
        folder: where it lies, beside which its images may lie too.
    """
    paths = [recorded_inputs.find(result.run, role, beside=folder) for role in ("pre", "post")]
    if paths[0] is None or paths[1] is None:
        return result
    try:
        pre, post = (scene.open(path) for path in paths if path is not None)
        bands, _findings = common_bands(pre, post)
        shift = ResidualShift(**result.run["shift"])
        return photographed(result, _scaled(AlignedPair(pre, post, result.area, bands, shift)))
    except GroundshiftError:
        return result


def _on(pair: AlignedPair, grid: Grid) -> AlignedPair:
    """The pair on another grid."""
    return _scaled(replace(pair, grid=grid))


def _scaled(pair: AlignedPair) -> AlignedPair:
    """The pair with its shift, which was measured on another grid, in pixels of its own."""
    scale = pair.shift.gsd_m / pair.grid.gsd_m
    shift = replace(pair.shift, dx_px=pair.shift.dx_px * scale, dy_px=pair.shift.dy_px * scale)
    return replace(pair, shift=shift)


def _shots(result: CountResult, pair: AlignedPair) -> Iterator[Shot]:
    look = pictures.look_of(pair, max_px=OVERVIEW_PX)
    yield _shot(pair, OVERVIEW_PX, look, 0)
    for entry in _largest(result):
        window = _around(pair.grid, _shapes(result, entry))
        if window.width <= MOST_OF_AREA * max(pair.grid.shape):
            close = replace(pair, grid=pair.grid.crop(window))
            yield _shot(close, CLOSE_PX, look, entry.id)


def _shot(pair: AlignedPair, side_px: int, look: Stretch, entry: int) -> Shot:
    """The pictures, and the ground they show: their last row and column may reach outside."""
    pre, post = pictures.dates(pair, max_px=side_px, look=look)
    by = max(math.ceil(max(pair.grid.shape) / side_px), 1)
    height, width = (length * by for length in pre.shape[:2])
    return Shot(Grid(pair.grid.crs, pair.grid.transform, height, width), pre, post, entry)


def _largest(result: CountResult) -> Sequence[Entry]:
    changed = [one for one in result.ledger.entries if one.state not in UNCHANGED]
    return sorted(changed, key=lambda one: (-max(one.pre_area_m2, one.post_area_m2), one.id))[
        :MOST_CLOSE
    ]


def _shapes(result: CountResult, entry: Entry) -> list[BaseGeometry]:
    pre, post = result.ledger.by_id
    return [pre[one].polygon for one in entry.pre] + [post[one].polygon for one in entry.post]


def _around(grid: Grid, shapes: Sequence[BaseGeometry]) -> Window:
    """A square of whole pixels with some ground around the shapes, moved to lie within the grid."""
    xy = shapely.get_coordinates(np.array(shapes, object))
    cols, rows = ~grid.transform @ (xy[:, 0], xy[:, 1])
    longest = max(np.ptp(rows), np.ptp(cols)) * (1 + 2 * MARGIN)
    side = int(min(max(longest, LEAST_SIDE_PX), *grid.shape))
    middle = (rows.min() + rows.max()) / 2, (cols.min() + cols.max()) / 2
    top, left = (
        int(np.clip(at - side / 2, 0, length - side))
        for at, length in zip(middle, grid.shape, strict=True)
    )
    return Window(left, top, side, side)
