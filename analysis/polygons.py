"""Outlines of connected regions, traced strip by strip, joined across strips and simplified.

Everything happens in whole pixel coordinates first, so joining is exact; only the finished outline
is put on the map. Knows nothing of classes, scores or facts.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import rasterio.features
import shapely
from numpy.typing import NDArray
from rasterio.windows import Window

from raster.components import Components
from raster.grid import ELLIPSOID, Grid, lonlat_transformer
from raster.mask import ChangeMask

TOLERANCE_GSD = 0.75
MAX_AREA_CHANGE = 0.01
HALVINGS = 3
# Objects simplified together: bounds the copies of outlines in memory.
BATCH = 10_000

Array = NDArray[Any]


def outlines(
    mask: ChangeMask, components: Components, *, tolerance_m: float | None = None
) -> NDArray[Any]:
    """Valid Polygon or MultiPolygon (n,) of every region, in the CRS of the mask's grid.

    Parts that touch only at a corner become the parts of a MultiPolygon; holes are kept. The
    outline is simplified (Douglas and Peucker 1973) with `tolerance_m` on the ground, by default
    three quarters of the GSD; where that would change an object's area by 1 % or more a smaller
    tolerance is taken, and in the end the exact outline.
    """
    tolerance = TOLERANCE_GSD * mask.grid.gsd_m if tolerance_m is None else tolerance_m
    shapes = _traced(mask, components)
    for start in range(0, len(shapes), BATCH):
        batch = slice(start, start + BATCH)
        shapes[batch] = _on_map(_simplified(shapes[batch], mask.grid, tolerance), mask.grid)
    return shapes


@dataclass(frozen=True)
class _Pieces:
    """Polygons in pixel coordinates (x = column, y = row), each of one region and one strip."""

    shapes: Array
    region: NDArray[np.int64]
    strip: NDArray[np.int64]


def _traced(mask: ChangeMask, components: Components) -> Array:
    """Exact outline (n,) of every region in pixel coordinates."""
    strips = [_pieces(mask, components, strip) for strip in components.strips()]
    pieces = _Pieces(
        *(
            np.concatenate([getattr(part, name) for part in strips])
            for name in ("shapes", "region", "strip")
        )
    )
    return _joined(pieces, len(components)) if len(components) else np.zeros(0, object)


def _pieces(mask: ChangeMask, components: Components, strip: Window) -> _Pieces:
    """The 4-connected parts of the regions within a strip; as such they are simple polygons."""
    labels = components.labels(strip, mask.codes(strip))
    rows = np.flatnonzero(labels.any(axis=1))
    if not len(rows):
        return _Pieces(np.zeros(0, object), np.zeros(0, np.int64), np.zeros(0, np.int64))
    top = int(strip.row_off) + int(rows[0])
    inner = np.ascontiguousarray(labels[rows[0] : rows[-1] + 1])
    shapes, region = [], []
    for outline, number in rasterio.features.shapes(inner, mask=inner > 0, connectivity=4):
        outer, *holes = outline["coordinates"]
        shapes.append(shapely.polygons(outer, holes or None))
        region.append(int(number) - 1)
    moved = shapely.transform(np.array(shapes, object), lambda xy: xy + np.array([0.0, top]))
    return _Pieces(moved, np.array(region, np.int64), np.full(len(region), top, np.int64))


def _joined(pieces: _Pieces, count: int) -> Array:
    """One geometry per region: parts of one strip collected, those of several strips united."""
    order = np.argsort(pieces.region, kind="stable")
    shapes, region, strip = pieces.shapes[order], pieces.region[order], pieces.strip[order]
    starts = np.searchsorted(region, np.arange(count))
    ends = np.searchsorted(region, np.arange(count), side="right")
    out = shapes[starts]
    several = ends - starts > 1
    # Regions are sorted stably, so a region within one strip begins and ends in that strip.
    crosses = strip[starts] != strip[ends - 1]
    for index in np.flatnonzero(several):
        group = shapes[starts[index] : ends[index]]
        out[index] = shapely.union_all(group) if crosses[index] else shapely.multipolygons(group)
    return _valid(out)


def _valid(shapes: Array) -> Array:
    """Repair outlines that touch themselves, without losing area."""
    broken = np.flatnonzero(~shapely.is_valid(shapes))
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    return shapes


def _simplified(exact: Array, grid: Grid, tolerance_m: float) -> Array:
    """Each outline with as few vertices as tolerance and area allow, still in pixels."""
    out = exact.copy()
    if tolerance_m <= 0 or not len(exact):
        return out
    sides_m = np.array(_sides_m(grid))
    area_px = shapely.area(exact)
    open_ = np.arange(len(exact))
    for halving in range(HALVINGS + 1):
        ground = shapely.transform(exact[open_], lambda xy: xy * sides_m)
        simple = shapely.simplify(ground, tolerance_m / 2**halving, preserve_topology=True)
        # Simplifying only drops vertices, so rounding gives back their exact pixel corners.
        pixels = shapely.transform(simple, lambda xy: np.rint(xy / sides_m))
        good = _is_faithful(pixels, area_px[open_])
        out[open_[good]] = pixels[good]
        open_ = open_[~good]
        if not len(open_):
            break
    return out


def _is_faithful(simple: Array, area_px: Array) -> NDArray[np.bool_]:
    change = np.abs(shapely.area(simple) / area_px - 1.0)
    return (change < MAX_AREA_CHANGE) & shapely.is_valid(simple) & ~shapely.is_empty(simple)


def _sides_m(grid: Grid) -> tuple[float, float]:
    """Ground width and height of the centre pixel in metres, along its own sides."""
    row, col = grid.height / 2, grid.width / 2
    corners = [(col - 0.5, row), (col + 0.5, row), (col, row - 0.5), (col, row + 0.5)]
    xs, ys = zip(*(grid.transform * corner for corner in corners), strict=True)
    lon, lat = lonlat_transformer(grid.crs).transform(xs, ys)
    width_m = ELLIPSOID.inv(lon[0], lat[0], lon[1], lat[1])[2]
    height_m = ELLIPSOID.inv(lon[2], lat[2], lon[3], lat[3])[2]
    return float(width_m), float(height_m)


def _on_map(pixels: Array, grid: Grid) -> Array:
    """From pixel coordinates to the grid's CRS, outer rings anticlockwise (RFC 7946)."""
    to_map = grid.transform
    turn = np.array([[to_map.a, to_map.d], [to_map.b, to_map.e]])
    placed = shapely.transform(pixels, lambda xy: xy @ turn + (to_map.c, to_map.f))
    return shapely.orient_polygons(placed)
