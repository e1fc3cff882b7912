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
from shapely.geometry.base import BaseGeometry

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


@dataclass(frozen=True)
class _Rings:
    """The rings of several (multi)polygons, so that each is simplified by itself.

    Simplifying whole polygons compares every hole with every other, which takes minutes for an
    object with ten thousand holes.
    """

    rings: Array
    part_of_ring: NDArray[np.int64]
    shape_of_part: NDArray[np.int64]

    @classmethod
    def of(cls, shapes: Array) -> "_Rings":
        parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
        rings, part_of_ring = shapely.get_rings(parts, return_index=True)
        return cls(rings, part_of_ring, shape_of_part)

    def assembled(self, rings: Array) -> Array:
        """The polygons again, with other rings in the same places."""
        parts = shapely.polygons(rings, indices=self.part_of_ring)
        out = shapely.multipolygons(parts, indices=self.shape_of_part)
        is_single = np.bincount(self.shape_of_part) == 1
        out[is_single] = shapely.get_geometry(out[is_single], 0)
        return out

    def simplified(self, sides_m: Array, tolerance_m: float) -> Array:
        """The polygons with every ring simplified that keeps its area within 1 %."""
        ground = shapely.transform(self.rings, lambda xy: xy * sides_m)
        simple = shapely.simplify(ground, tolerance_m, preserve_topology=True)
        # Simplifying only drops vertices, so rounding gives back their exact pixel corners.
        pixels = shapely.transform(simple, lambda xy: np.rint(xy / sides_m))
        enclosed = [shapely.area(shapely.polygons(rings)) for rings in (pixels, self.rings)]
        is_kept = np.abs(enclosed[0] / enclosed[1] - 1.0) < MAX_AREA_CHANGE
        return self.assembled(np.where(is_kept, pixels, self.rings))


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
        rings = [shapely.linearrings(hole) for hole in holes]
        shapes.append(shapely.polygons(outer, rings or None))
        region.append(int(number) - 1)
    moved = shapely.transform(np.array(shapes, object), lambda xy: xy + np.array([0.0, top]))
    return _Pieces(moved, np.array(region, np.int64), np.full(len(region), int(strip.row_off)))


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
    tops = np.unique(strip)
    for index in np.flatnonzero(several):
        group = shapes[starts[index] : ends[index]]
        out[index] = _collected(_united(group, tops) if crosses[index] else group)
    return _valid(out)


def _united(group: Array, strip_tops: NDArray[np.int64]) -> Array:
    """The parts of one region with those of neighbouring strips joined.

    Only parts with an edge on a border are united; the many others of a noisy object meet nothing
    but corners. Edges of one pixel match exactly, which lets shared ones cancel in linear time.
    """
    bounds = shapely.bounds(group)
    is_at_border = np.isin(bounds[:, 1], strip_tops) | np.isin(bounds[:, 3], strip_tops)
    union = shapely.coverage_union_all(shapely.segmentize(group[is_at_border], 1.0))
    # Normalised rings start at their lowest left corner, never in the middle of a straight edge,
    # so that simplifying drops every vertex the border left on one.
    rings = _Rings.of(np.array([shapely.normalize(union)], object))
    joined = shapely.get_parts(rings.assembled(shapely.simplify(rings.rings, 0.0)))
    return np.concatenate([joined, group[~is_at_border]])


def _collected(parts: Array) -> BaseGeometry:
    one: BaseGeometry = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    return one


def _valid(shapes: Array) -> Array:
    """Repair outlines that touch themselves, without losing area."""
    broken = np.flatnonzero(~shapely.is_valid(shapes))
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    return shapes


def _simplified(exact: Array, grid: Grid, tolerance_m: float) -> Array:
    """Each outline with as few vertices as tolerance and area allow, still in pixels."""
    out = exact.copy()
    if tolerance_m <= 0:
        return out
    sides_m = np.array(_sides_m(grid))
    open_ = np.arange(len(exact))
    for halving in range(HALVINGS + 1):
        if not len(open_):
            break
        simple = _Rings.of(exact[open_]).simplified(sides_m, tolerance_m / 2**halving)
        change = np.abs(shapely.area(simple) / shapely.area(exact[open_]) - 1.0)
        good = (change < MAX_AREA_CHANGE) & shapely.is_valid(simple)
        out[open_[good]] = simple[good]
        open_ = open_[~good]
    return out


def _sides_m(grid: Grid) -> tuple[float, float]:
    """Ground width and height of the centre pixel in metres, along its own sides."""
    row, col = grid.height / 2, grid.width / 2
    corners = [(col - 0.5, row), (col + 0.5, row), (col, row - 0.5), (col, row + 0.5)]
    xs, ys = zip(*(grid.transform @ corner for corner in corners), strict=True)
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
