"""Pictures of a finished result for its written report: both dates and outlines of what was found.

Reads imagery for display only; no number is ever computed from it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from analysis.inquiry.case import Case, Item
from errors import GroundshiftError
from exports.page import colors
from exports.page.placement import place
from raster import scene
from raster.align import AlignedPair, ResidualShift
from raster.grid import Grid
from raster.pairing import common_bands
from raster.reading import read_decimated
from raster.stretch import Stretch, joint
from services import recorded_inputs
from wording.matter import Photo

OVERVIEW_PX = 1000
CUTOUT_PX = 480
LEAST_SIDE_PX = 48
MARGIN = 0.8
"""Ground shown around a thing on each side, as a share of its longer side."""
MOST_OF_AREA = 0.7
JPEG_QUALITY = 88
BELOW = frozenset({"kept", "not assessed"})
INK, PAPER = (20, 20, 20), (255, 255, 255)

Picture = NDArray[np.uint8]
Triple = tuple[Photo, Photo, Photo]


@dataclass(frozen=True)
class Outlined:
    """One outline and its colour (`#rrggbb`)."""

    shape: BaseGeometry
    color: str


@dataclass(frozen=True)
class Album:
    """The images of a run, opened again for pictures.

    Attributes:
        pair: both images on the grid of the result.
        look: one stretch for every picture of the report.
        outlines: what was found.
    """

    pair: AlignedPair
    look: Stretch
    outlines: tuple[Outlined, ...]

    def overview(self) -> Triple:
        """The whole area."""
        return self._views(self.pair.grid, OVERVIEW_PX)

    def cutout(self, items: Sequence[Item]) -> Triple | None:
        """The ground around some things; None where that is nearly the whole area."""
        grid = self.pair.grid
        window = _around(grid, [item.shape for item in items])
        if window.width > MOST_OF_AREA * max(grid.shape):
            return None
        return self._views(grid.crop(window), CUTOUT_PX)

    def _views(self, grid: Grid, side_px: int) -> Triple:
        read = (self.look.apply(*pixels) for pixels in _pixels(self.pair, grid, side_px))
        pre, post = (_enlarged(one, side_px) for one in read)
        found = _drawn(post.copy(), _covered(grid, side_px), self.outlines)
        return _photo(_with_scale(pre, grid)), _photo(post), _photo(found)


def open_album(case: Case, folder: Path, colours: Mapping[str, str]) -> Album | None:
    """The images of a case, or None where they are gone, have changed or cannot be read.

    Args:
        case: the result.
        folder: where it lies.
        colours: colour by class name or, for counts, by state.
    """
    paths = [recorded_inputs.find(case.run, role, beside=folder) for role in ("pre", "post")]
    if paths[0] is None or paths[1] is None:
        return None
    try:
        pair = _pair(case, paths[0], paths[1])
        look = _stretch(pair)
    except GroundshiftError:
        return None
    return Album(pair, look, tuple(_outlines(case, colours)))


def _pair(case: Case, pre_path: Path, post_path: Path) -> AlignedPair:
    """Both images on the grid of the result, with the shift that was measured then.

    Raises:
        RasterError: they cannot be read or compared.
    """
    pre, post = scene.open(pre_path), scene.open(post_path)
    bands, _findings = common_bands(pre, post)
    return AlignedPair(pre, post, case.grid, bands, _shift(case))


def _shift(case: Case) -> ResidualShift:
    """The recorded shift in pixels of the result, which may be coarser than the images."""
    shift = ResidualShift(**case.run["shift"])
    scale = shift.gsd_m / case.grid.gsd_m
    return replace(shift, dx_px=shift.dx_px * scale, dy_px=shift.dy_px * scale)


def _stretch(pair: AlignedPair) -> Stretch:
    (pre, pre_valid), (post, post_valid) = _pixels(pair, pair.grid, OVERVIEW_PX // 2)
    return joint(pre[:, pre_valid], post[:, post_valid], pair.bands, pair.pre.sensor)


def _pixels(
    pair: AlignedPair, grid: Grid, side_px: int
) -> list[tuple[NDArray[np.float32], NDArray[np.bool_]]]:
    """Values and observed pixels of both dates on a part of the pair's grid."""
    shift = (pair.shift.dx_px, pair.shift.dy_px) if pair.shift.is_applied else (0.0, 0.0)
    pre = tuple(band.pre_indexes for band in pair.bands)
    post = tuple(band.post_indexes for band in pair.bands)
    return [
        read_decimated(pair.pre, grid, max_px=side_px, bands=pre),
        read_decimated(pair.post, grid, max_px=side_px, bands=post, shift_px=shift),
    ]


def _around(grid: Grid, shapes: Sequence[BaseGeometry]) -> Window:
    """A square of whole pixels with some ground around the shapes, moved to lie within the grid."""
    xy = shapely.get_coordinates(np.array(shapes, object))
    cols, rows = np.array([~grid.transform @ (x, y) for x, y in xy]).T
    middle = (rows.min() + rows.max()) / 2, (cols.min() + cols.max()) / 2
    longest = max(np.ptp(rows), np.ptp(cols)) * (1 + 2 * MARGIN)
    side = int(min(max(longest, LEAST_SIDE_PX), *grid.shape))
    top, left = (
        int(np.clip(at - side / 2, 0, length - side))
        for at, length in zip(middle, grid.shape, strict=True)
    )
    return Window(left, top, side, side)


def _covered(grid: Grid, side_px: int) -> Grid:
    """The grid of a picture of `grid`, whose last row and column may reach beyond it."""
    by = max(math.ceil(max(grid.shape) / side_px), 1)
    height, width = (math.ceil(length / by) * by for length in grid.shape)
    return Grid(grid.crs, grid.transform, height, width)


def _enlarged(picture: Picture, side_px: int) -> Picture:
    """Small pictures larger, so that outlines and labels are sharp; large ones as they are."""
    scale = side_px / max(picture.shape[:2])
    if scale <= 1:
        return picture
    method = cv2.INTER_NEAREST if scale > 4 else cv2.INTER_CUBIC
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=method).astype(np.uint8)


def _outlines(case: Case, colours: Mapping[str, str]) -> Iterator[Outlined]:
    """Outlines that have a colour; what did not change lies below."""
    for item in sorted(case.items, key=lambda one: one.state not in BELOW):
        key = item.state if case.kind == "count" else item.change_class
        if key in colours:
            yield Outlined(item.shape, colors.safe(colours[key]))


def _drawn(picture: Picture, grid: Grid, outlines: Sequence[Outlined]) -> Picture:
    """The picture with the outlines that touch it, dark-edged so that they show on any ground."""
    frame = shapely.box(*grid.bounds)
    here = [one for one in outlines if one.shape.intersects(frame)]
    canvas = np.ascontiguousarray(picture)
    scale = picture.shape[1] / grid.width, picture.shape[0] / grid.height
    rings = [(_rings(one.shape, grid, scale), colors.rgb(one.color)) for one in here]
    for lines, _color in rings:
        cv2.polylines(canvas, lines, True, INK, 4, cv2.LINE_AA)
    for lines, color in rings:
        cv2.polylines(canvas, lines, True, color, 2, cv2.LINE_AA)
    return canvas


def _rings(shape: BaseGeometry, grid: Grid, scale: tuple[float, float]) -> list[NDArray[np.int32]]:
    rings = shapely.get_rings(shapely.get_parts(shape))
    back = ~grid.transform
    turn = np.array([[back.a, back.d], [back.b, back.e]])
    found = []
    for ring in rings:
        xy = shapely.get_coordinates(ring) - (grid.transform.c, grid.transform.f)
        found.append(np.round(xy @ turn * scale).astype(np.int32))
    return found


def _with_scale(picture: Picture, grid: Grid) -> Picture:
    """The picture with a scale bar in its lower left corner."""
    placement = place(grid)
    canvas = np.ascontiguousarray(picture)
    height, width = canvas.shape[:2]
    length = round(placement.bar_share * width)
    metres = placement.bar_m
    label = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    low, left = height - 12, 12
    for color, thickness in ((INK, 5), (PAPER, 2)):
        cv2.line(canvas, (left, low), (left + length, low), color, thickness, cv2.LINE_AA)
        cv2.putText(canvas, label, (left, low - 8), cv2.FONT_HERSHEY_SIMPLEX, width / 900 + 0.2,
                    color, thickness, cv2.LINE_AA)  # fmt: skip
    return canvas


def _photo(picture: Picture) -> Photo:
    swapped = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2BGR)
    _ok, data = cv2.imencode(".jpg", swapped, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    height, width = picture.shape[:2]
    return Photo(data.tobytes(), "image/jpeg", width, height)
