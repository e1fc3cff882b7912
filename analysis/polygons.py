"""Outlines of connected regions and of single masks, traced in pixels, simplified, put on the map.

Corners of pixels are whole numbers until the last step, so no rounding opens a gap. Knows
nothing of classes, scores or facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import rasterio.features
import shapely
from affine import Affine
from numpy.typing import NDArray

from raster.chip import pixel_sides_m
from raster.components import Components
from raster.grid import Grid
from raster.instances import Instance
from raster.mask import ChangeMask

TOLERANCE_GSD = 0.75
MAX_AREA_CHANGE = 0.01
HALVINGS = 3
FEW_VERTICES = 13
# Objects simplified together: bounds the copies of outlines in memory.
BATCH = 10_000
# The scratch file is read row by row, so a larger block cache would only keep what is done with.
CACHE_BYTES = 32 * 2**20
# Twice the pixel coordinates, while tracing only: GDAL takes an identity, flipped or not, for a
# missing georeference.
DOUBLED = Affine.scale(2.0)

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
    shapes = _traced(mask, components) if len(components) else np.zeros(0, object)
    return _placed(shapes, mask.grid, tolerance_m)


def of_instances(
    instances: Sequence[Instance], grid: Grid, *, tolerance_m: float | None = None
) -> NDArray[Any]:
    """Valid Polygon or MultiPolygon (n,) of every instance, in the CRS of the grid they lie on.

    Simplified like `outlines`.
    """
    shapes = np.array([_traced_alone(instance) for instance in instances], object)
    return _placed(_valid(_unwrapped(shapes)), grid, tolerance_m)


def _placed(shapes: Array, grid: Grid, tolerance_m: float | None) -> Array:
    """Exact outlines in pixels, simplified and put on the map; in place."""
    tolerance = TOLERANCE_GSD * grid.gsd_m if tolerance_m is None else tolerance_m
    for start in range(0, len(shapes), BATCH):
        batch = slice(start, start + BATCH)
        shapes[batch] = _on_map(_simplified(shapes[batch], grid, tolerance), grid)
    return shapes


def _traced_alone(instance: Instance) -> Any:
    """Exact outline of one instance in pixels of its grid."""
    corner = Affine.translation(instance.left, instance.top)
    parts, _region = _parts(instance.mask.astype(np.uint8), instance.mask, DOUBLED @ corner)
    return shapely.multipolygons(parts)


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
        parts = np.asarray(shapely.polygons(rings, indices=self.part_of_ring))
        return _unwrapped(np.asarray(shapely.multipolygons(parts, indices=self.shape_of_part)))

    def simplified(self, sides_m: Array, tolerance_m: float) -> Array:
        """The polygons with every ring simplified that keeps its area within 1 %."""
        ground = shapely.transform(self.rings, lambda xy: xy * sides_m)
        simple = shapely.simplify(ground, tolerance_m, preserve_topology=True)
        # Simplifying only drops vertices, so rounding gives back their exact pixel corners.
        pixels = shapely.transform(simple, lambda xy: np.rint(xy / sides_m))
        enclosed = [shapely.area(shapely.polygons(rings)) for rings in (pixels, self.rings)]
        is_kept = np.abs(enclosed[0] / enclosed[1] - 1.0) < MAX_AREA_CHANGE
        # An object of a few pixels can keep its area by chance and still turn into a triangle.
        is_kept &= shapely.get_num_coordinates(self.rings) > FEW_VERTICES
        return self.assembled(np.where(is_kept, pixels, self.rings))


def _traced(mask: ChangeMask, components: Components) -> Array:
    """Exact outline (n,) of every region in pixel coordinates (x = column, y = row).

    The region numbers go through a scratch file beside the mask, which is traced as one raster in
    bounded memory: there are no strip borders to mend afterwards.
    """
    with (
        rasterio.Env(GDAL_CACHEMAX=CACHE_BYTES),
        TemporaryDirectory(dir=mask.codes_path.parent, prefix="outlines-") as folder,
    ):
        numbers, inside = Path(folder) / "numbers.tif", Path(folder) / "inside.tif"
        _number(mask, components, numbers, inside)
        with rasterio.open(numbers) as source, rasterio.open(inside) as where:
            parts, region = _parts(rasterio.band(source, 1), rasterio.band(where, 1))
    order = np.argsort(region, kind="stable")
    shapes = np.asarray(shapely.multipolygons(parts[order], indices=region[order]))
    return _valid(_unwrapped(shapes))


def _number(mask: ChangeMask, components: Components, numbers: Path, inside: Path) -> None:
    """Write the region number of every pixel (0 for none) and where it is not 0."""
    profile = {
        "driver": "GTiff", "count": 1, "height": mask.grid.height, "width": mask.grid.width,
        "transform": DOUBLED, "compress": "zstd", "zstd_level": 1, "sparse_ok": True,
        "bigtiff": "if_safer",
    }  # fmt: skip
    with (
        rasterio.open(numbers, "w", dtype="int32", **profile) as to_numbers,
        rasterio.open(inside, "w", dtype="uint8", **profile) as to_inside,
    ):
        for strip in components.strips():
            labels = components.labels(strip, mask.codes(strip))
            if labels.any():
                to_numbers.write(labels, 1, window=strip)
                to_inside.write((labels > 0).astype(np.uint8), 1, window=strip)


def _parts(
    numbers: rasterio.Band | Array, inside: rasterio.Band | Array, doubled: Affine = DOUBLED
) -> tuple[Array, NDArray[np.int64]]:
    """The 4-connected parts of the regions, which are simple polygons, and their region."""
    parts, region = [], []
    for outline, number in rasterio.features.shapes(
        numbers, mask=inside, connectivity=4, transform=doubled
    ):
        outer, *holes = outline["coordinates"]
        rings = [shapely.linearrings(hole) for hole in holes]
        parts.append(shapely.polygons(outer, rings or None))
        region.append(int(number) - 1)
    halved = shapely.transform(np.array(parts, object), lambda xy: xy / 2.0)
    return halved, np.array(region, np.int64)


def _unwrapped(shapes: Array) -> Array:
    """Multipolygons, those of one part as that polygon."""
    is_single = shapely.get_num_geometries(shapes) == 1
    shapes[is_single] = shapely.get_geometry(shapes[is_single], 0)
    return shapes


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
    sides_m = np.array(pixel_sides_m(grid))
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


def _on_map(pixels: Array, grid: Grid) -> Array:
    """From pixel coordinates to the grid's CRS, outer rings anticlockwise (RFC 7946)."""
    to_map = grid.transform
    turn = np.array([[to_map.a, to_map.d], [to_map.b, to_map.e]])
    placed = shapely.transform(pixels, lambda xy: xy @ turn + (to_map.c, to_map.f))
    return shapely.orient_polygons(placed)
