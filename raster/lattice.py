"""The grid two scenes are compared on: CRS, pixel size, origin and the extent both cover.

Arithmetic on grids; knows nothing of files or pixel values.
"""

import math

import numpy as np
import shapely
from affine import Affine
from pyproj import Transformer
from rasterio.crs import CRS
from rasterio.windows import Window
from shapely.geometry import Polygon

from errors import GsdMismatchError, NoOverlapError, RasterError
from raster.grid import Grid, lonlat_transformer

# A finer scene averaged over more than 8 x 8 pixels shows other objects than the coarser one.
MAX_GSD_RATIO = 8.0
# Scenes whose GSD differs less than this are equally fine: then pre's pixels are kept.
SAME_GSD_RATIO = 1.1
# Two transforms that never disagree by more than this over the scene are one grid.
SAME_GRID_PX = 0.02
# Two zones; farther from its meridian UTM distorts more than geographic pixels do.
UTM_REACH_DEG = 12.0
FOOTPRINT_POINTS = 21


def gsd_ratio(pre: Grid, post: Grid) -> float:
    """How many times coarser the coarser grid is (>= 1)."""
    return max(pre.gsd_m, post.gsd_m) / min(pre.gsd_m, post.gsd_m)


def common_grid(pre: Grid, post: Grid) -> Grid:
    """The grid both dates are read on, cropped to the overlap of their footprints.

    * Pixels on one lattice already (same CRS, size and origin up to whole pixels) stay as they
      are, geographic ones included: areas are measured on the ellipsoid, so a projection would
      only blur.
    * Otherwise the CRS is that of pre, or of post if pre is geographic, or the UTM zone of pre if
      both are (pre's own where it is wider than two zones). Web Mercator counts as projected,
      because GSD and areas are geodesic everywhere.
    * The GSD is the coarser one. Where the coarser scene (pre, if about equal) already is in that
      CRS, its own lattice is taken, so that it is read without resampling.

    Raises:
        NoOverlapError: the footprints share less than a pixel.
        GsdMismatchError: one is more than `MAX_GSD_RATIO` times coarser.
        RasterError: part of the grid is not on the Earth, as around a full-disk image.
    """
    ratio = gsd_ratio(pre, post)
    if ratio > MAX_GSD_RATIO:
        msg = (
            f"A pixel is {pre.gsd_m:.3g} m in pre and {post.gsd_m:.3g} m in post, "
            f"{ratio:.1f} times as large; the limit is {MAX_GSD_RATIO:g} times."
        )
        raise GsdMismatchError(msg, hint="Use scenes of similar ground sizes.")
    lattice = pre if is_same_lattice(pre, post) else _lattice(pre, post)
    common = lattice.crop(_overlap_window(lattice, pre, post))
    _require_on_earth(common)
    return common


def _require_on_earth(grid: Grid) -> None:
    """Pixels that look past the Earth have no area, and no place to report."""
    rows, cols = np.meshgrid(np.linspace(0, grid.height, 9), np.linspace(0, grid.width, 9))
    a, b, c, d, e, f = grid.transform[:6]
    xs, ys = a * cols + b * rows + c, d * cols + e * rows + f
    if not np.isfinite(lonlat_transformer(grid.crs).transform(xs, ys)).all():
        msg = "Part of the common area does not lie on the Earth in the CRS of the files."
        raise RasterError(msg, hint="Cut both scenes to the ground, for instance with gdalwarp.")


def is_same_lattice(pre: Grid, post: Grid) -> bool:
    """Whether the pixels of both grids coincide, up to whole pixels."""
    if pre.crs != post.crs:
        return False
    to_pre = ~pre.transform @ post.transform
    corners = [(0, 0), (post.width, 0), (0, post.height), (post.width, post.height)]
    offset = (round(to_pre.c), round(to_pre.f))
    drift = [
        math.dist(to_pre @ corner, (corner[0] + offset[0], corner[1] + offset[1]))
        for corner in corners
    ]
    return max(drift) <= SAME_GRID_PX


def _lattice(pre: Grid, post: Grid) -> Grid:
    """A grid whose lattice the pair shall have; its extent does not matter."""
    crs = _common_crs(pre, post)
    kept = post if post.gsd_m > SAME_GSD_RATIO * pre.gsd_m else pre
    if kept.crs == crs:
        return kept
    other = pre if kept is post else post
    if other.crs == crs and gsd_ratio(pre, post) <= SAME_GSD_RATIO:
        return other
    return _square_lattice(crs, kept)


def _common_crs(pre: Grid, post: Grid) -> CRS:
    for grid in (pre, post):
        if grid.crs.is_projected:
            return grid.crs
    west, _south, east, _north = pre.bounds
    return utm_crs(*_centre_lonlat(pre)) if east - west <= UTM_REACH_DEG else pre.crs


def utm_crs(lon: float, lat: float) -> CRS:
    """The UTM zone (UPS beyond 84 N and 80 S) of a place in degrees on WGS 84."""
    if lat >= 84 or lat < -80:
        return CRS.from_epsg(32661 if lat > 0 else 32761)
    zone = int((lon + 180) // 6) % 60 + 1
    return CRS.from_epsg((32600 if lat >= 0 else 32700) + zone)


def _centre_lonlat(grid: Grid) -> tuple[float, float]:
    x, y = grid.transform @ (grid.width / 2, grid.height / 2)
    lon, lat = lonlat_transformer(grid.crs).transform(x, y)
    return float(lon), float(lat)


def _square_lattice(crs: CRS, scene: Grid) -> Grid:
    """Square pixels of the scene's GSD on round coordinates (multiples of the pixel size)."""
    outline = _footprint(scene, crs)
    if outline is None:
        raise _no_overlap()
    west, south, east, north = outline.bounds
    metres_per_unit = _metres_per_unit(crs, outline)
    size = float(f"{scene.gsd_m / metres_per_unit:.6g}")
    left, top = math.floor(west / size) * size, math.ceil(north / size) * size
    width, height = math.ceil((east - left) / size), math.ceil((top - south) / size)
    return Grid(crs, Affine(size, 0, left, 0, -size, top), height, width)


def _metres_per_unit(crs: CRS, outline: Polygon) -> float:
    """Ground metres of one unit of the CRS at the middle of the outline (Web Mercator: cos lat)."""
    west, south, east, north = outline.bounds
    side = max(east - west, north - south) / 8
    corner = Affine(side, 0, (west + east - side) / 2, 0, -side, (south + north + side) / 2)
    return Grid(crs, corner, 1, 1).gsd_m / side


def _overlap_window(lattice: Grid, pre: Grid, post: Grid) -> Window:
    """The window of whole pixels of the lattice that covers the overlap of both footprints."""
    outlines = [_footprint(grid, lattice.crs) for grid in (pre, post)]
    if outlines[0] is None or outlines[1] is None:
        raise _no_overlap()
    shared = shapely.intersection(outlines[0], outlines[1])
    if shared.is_empty:
        raise _no_overlap()
    west, south, east, north = shared.bounds
    corners = [~lattice.transform @ corner for corner in ((west, north), (east, south))]
    (left, top), (right, bottom) = [_whole(corner) for corner in corners]
    left, right, top, bottom = (
        min(left, right),
        max(left, right),
        min(top, bottom),
        max(top, bottom),
    )
    first_col, last_col = math.ceil(left), math.floor(right)
    first_row, last_row = math.ceil(top), math.floor(bottom)
    if first_col >= last_col or first_row >= last_row:
        raise _no_overlap()
    return Window(first_col, first_row, last_col - first_col, last_row - first_row)


def _whole(corner: tuple[float, float]) -> tuple[float, float]:
    """Positions on a pixel edge up to rounding are on it."""
    col, row = (
        round(value) if abs(value - round(value)) <= SAME_GRID_PX else value for value in corner
    )
    return col, row


def _no_overlap() -> NoOverlapError:
    return NoOverlapError(
        "Pre and post do not share ground.",
        hint="Choose two scenes of one place and check that their CRS tags are right.",
    )


def overlap_share(pre: Grid, post: Grid) -> float:
    """Share (0..1) of the smaller footprint that both scenes cover."""
    crs = pre.crs if pre.crs == post.crs else _common_crs(pre, post)
    outlines = [_footprint(grid, crs) for grid in (pre, post)]
    if outlines[0] is None or outlines[1] is None:
        return 0.0
    smaller = min(outlines[0].area, outlines[1].area)
    return float(min(shapely.intersection(outlines[0], outlines[1]).area / smaller, 1.0))


def _footprint(grid: Grid, crs: CRS) -> Polygon | None:
    """Outline of the grid in another CRS, None where that CRS does not reach."""
    along = np.linspace(0, 1, FOOTPRINT_POINTS, endpoint=False)
    zero, one = np.zeros_like(along), np.ones_like(along)
    cols = np.concatenate([along, one, 1 - along, zero]) * grid.width
    rows = np.concatenate([zero, along, one, 1 - along]) * grid.height
    step = grid.transform
    xs, ys = step.a * cols + step.b * rows + step.c, step.d * cols + step.e * rows + step.f
    if grid.crs != crs:
        transformer = Transformer.from_crs(grid.crs.to_wkt(), crs.to_wkt(), always_xy=True)
        xs, ys = transformer.transform(xs, ys)
    if not (np.isfinite(xs).all() and np.isfinite(ys).all()):
        return None
    outline = Polygon(np.column_stack([xs, ys]))
    return outline if outline.is_valid and outline.area > 0 else None
