"""The area of interest: polygons in WGS 84, read from untrusted vector files, put on a grid.

Knows nothing of imagery.
"""

import math
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.crs import CRS
from rasterio.features import rasterize
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

import settings
from errors import EmptyAoiError, OutsideSceneError, UnreadableAoiError, UnreadableRasterError
from raster import georeference, vectors
from raster.findings import Finding
from raster.grid import ELLIPSOID, WGS84, Grid
from raster.text import clean
from raster.vectors import Layer
from raster.warping import clip as clip_window

# An edge of 1 km that is straight in one CRS bends by at most about 2 cm in another.
EDGE_M = 1000.0
EDGE_DEG = 0.01
MAX_EDGE_PARTS = 20_000
# No CRS of the Earth has coordinates like this, in metres or feet.
LARGEST_COORDINATE = 1e9
REPORTED_SHARE_PCT = 0.1
# A pixel that an AOI reaches into by less than this is not needed: its centre is outside.
SLIVER_PX = 1e-6


@dataclass(frozen=True)
class Aoi:
    """Where to look.

    Attributes:
        geometry: Polygon or MultiPolygon in WGS 84 (lon, lat), valid.
        name: file name or `whole overlap`; untrusted text, cleaned and length-limited.
        features: number of polygons features it was made of.
        is_whole_overlap: no AOI was given; the whole overlap of the pair is meant.
        findings: repairs, dropped non-polygons, clipping.
    """

    geometry: BaseGeometry
    name: str
    features: int
    is_whole_overlap: bool
    findings: tuple[Finding, ...] = ()


def read(path: Path) -> Aoi:
    """The union of all polygons of a GeoJSON, GeoPackage, zipped Shapefile or KML file.

    Raises:
        UnreadableAoiError: unreadable, unsafe or too large; coordinates that are not on the
            Earth; or a polygon across the antimeridian.
        EmptyAoiError: no polygon with an area.
    """
    return _from_layer(vectors.load(path), clean(path.name))


def from_geojson(mapping: Mapping[str, Any], *, name: str) -> Aoi:
    """The union of all polygons of a GeoJSON object, e.g. of a drawing.

    Raises:
        UnreadableAoiError: as `read`.
        EmptyAoiError: as `read`.
    """
    return _from_layer(vectors.from_geojson(mapping), clean(name))


def whole(grid: Grid) -> Aoi:
    """The whole of a grid: what is meant when nobody gave an area of interest."""
    return Aoi(_outline(grid), "whole overlap", 1, is_whole_overlap=True)


def clip(aoi: Aoi, grid: Grid) -> tuple[Aoi, Window]:
    """The part of an AOI inside a grid, and the whole pixels that cover it.

    A finding tells the share of the area that was cut when it is over 0.1 %.

    Raises:
        OutsideSceneError: nothing is left.
    """
    if aoi.is_whole_overlap:
        return aoi, grid.window
    on_grid = _on_grid(aoi.geometry, grid)
    inside = _polygons_of(shapely.intersection(on_grid, shapely.box(*grid.bounds)))
    window = _window(inside, grid)
    if inside.is_empty or window is None:
        msg = f"The area of interest {aoi.name!r} lies outside the overlap of the two scenes."
        hint = "Check its coordinates, or leave it out to use the whole overlap."
        raise OutsideSceneError(msg, hint=hint)
    if inside.equals(on_grid) and not _cut(aoi.geometry, _to_lonlat(on_grid, grid.crs)):
        return aoi, window
    kept = _to_lonlat(inside, grid.crs)
    return replace(aoi, geometry=kept, findings=aoi.findings + _cut(aoi.geometry, kept)), window


class AoiRaster:
    """Which pixels of a grid an AOI covers. Safe to share between threads."""

    def __init__(self, aoi: Aoi, grid: Grid) -> None:
        """Put `aoi` into the CRS of `grid`."""
        self._grid = grid
        self._is_whole = aoi.is_whole_overlap
        self._geometry = shapely.Polygon() if aoi.is_whole_overlap else _on_grid(aoi.geometry, grid)
        shapely.prepare(self._geometry)
        # GEOS builds the index of a prepared geometry at the first question.
        self._asking = threading.Lock()

    def inside(self, window: Window) -> NDArray[np.bool_]:
        """Pixels (row, col) of a window whose centre the AOI covers."""
        shape = (int(window.height), int(window.width))
        if self._is_whole:
            return np.ones(shape, dtype=np.bool_)
        cropped = self._grid.crop(window)
        frame = shapely.box(*cropped.bounds)
        with self._asking:
            is_apart = not self._geometry.intersects(frame)
            is_covered = not is_apart and self._geometry.contains_properly(frame)
        if is_apart or is_covered:
            return np.full(shape, is_covered, dtype=np.bool_)
        # GDAL asks every edge in every row; edges far from the window cannot matter.
        margin = 2 * _largest_step(cropped)
        near = _polygons_of(
            shapely.intersection(self._geometry, frame.buffer(margin, join_style="mitre"))
        )
        if near.is_empty:
            return np.zeros(shape, dtype=np.bool_)
        burnt = rasterize([(near, 1)], out_shape=shape, transform=cropped.transform, dtype="uint8")
        return np.asarray(burnt == 1)


def _largest_step(grid: Grid) -> float:
    """Longest side of a pixel along an axis of the CRS."""
    transform = grid.transform
    return max(abs(step) for step in (transform.a, transform.b, transform.d, transform.e))


def _from_layer(layer: Layer, name: str) -> Aoi:
    """Checked, repaired, merged and brought to WGS 84."""
    polygons = [part for part in map(_polygons_of, layer.geometries) if not part.is_empty]
    if not polygons:
        msg = f"The area of interest {name!r} holds no polygon."
        raise EmptyAoiError(msg, hint="Draw a polygon or a rectangle, not points or lines.")
    _check_vertices(polygons, name)
    repaired = [_polygons_of(shapely.make_valid(part)) for part in polygons]
    broken = sum(not part.is_valid for part in polygons)
    findings = [*_dropped(len(layer.geometries) - len(polygons)), *_repaired(broken)]
    merged = _checked_lonlat(shapely.union_all(repaired), layer.crs, name)
    if merged.is_empty or _lonlat_area_m2(merged) <= 0:
        msg = f"The area of interest {name!r} has no area."
        raise EmptyAoiError(msg, hint="Draw a polygon with at least three corners.")
    return Aoi(merged, name, len(polygons), is_whole_overlap=False, findings=tuple(findings))


def _check_vertices(polygons: Iterable[BaseGeometry], name: str) -> None:
    coordinates = np.concatenate([shapely.get_coordinates(polygon) for polygon in polygons])
    limit = settings.load().max_aoi_vertices
    if len(coordinates) > limit:
        msg = (
            f"The area of interest {name!r} has {len(coordinates)} vertices; the limit is {limit}."
        )
        raise UnreadableAoiError(msg, hint="Simplify it, or raise GROUNDSHIFT_MAX_AOI_VERTICES.")
    if not (np.abs(coordinates) < LARGEST_COORDINATE).all():  # NaN compares false
        msg = f"The area of interest {name!r} has a coordinate that is not on the Earth."
        raise UnreadableAoiError(msg, hint="Export it again.")


def _checked_lonlat(geometry: BaseGeometry, crs: CRS, name: str) -> BaseGeometry:
    """WGS 84 geometry, refused where it is not on the Earth or crosses the antimeridian."""
    try:
        georeference.check_crs(crs, name)
    except UnreadableRasterError as error:
        raise UnreadableAoiError(error.message, hint="Save the area in WGS 84.") from error
    if geometry.is_empty:
        return geometry
    lonlat = geometry if crs == WGS84 else _to_lonlat(geometry, crs)
    west, south, east, north = lonlat.bounds
    if not all(map(math.isfinite, lonlat.bounds)) or south < -90 or north > 90:
        msg = (
            f"The area of interest {name!r} is not on the Earth: latitudes {south:g} to {north:g}."
        )
        hint = "Its coordinates may be projected; save it in WGS 84, or with its coordinate system."
        raise UnreadableAoiError(msg, hint=hint)
    widths = [part.bounds[2] - part.bounds[0] for part in shapely.get_parts(lonlat)]
    if west < -180 or east > 180 or max(widths) > 180:
        span = f"longitudes {west:g} to {east:g}"
        msg = f"The area of interest {name!r} crosses the antimeridian ({span})."
        raise UnreadableAoiError(msg, hint="Cut it at 180 degrees and use each side on its own.")
    return lonlat


def _dropped(count: int) -> list[Finding]:
    if not count:
        return []
    what = "1 feature" if count == 1 else f"{count} features"
    message = f"Left out of the area of interest: {what} without a polygon."
    return [Finding("aoi_non_polygons", "info", message, value=float(count), unit="1")]


def _repaired(count: int) -> list[Finding]:
    if not count:
        return []
    what = "1 polygon" if count == 1 else f"{count} polygons"
    message = f"Repaired {what} of the area of interest with an outline that crossed itself."
    remedy = "Check the outline on the map."
    return [Finding("aoi_repaired", "caution", message, remedy, float(count), "1")]


def _cut(before: BaseGeometry, after: BaseGeometry) -> tuple[Finding, ...]:
    share_pct = 100 * (1 - _lonlat_area_m2(after) / _lonlat_area_m2(before))
    if share_pct <= REPORTED_SHARE_PCT:
        return ()
    # Something is left, so it is not all of it, however it rounds.
    share = f"{share_pct:.1f} %" if share_pct < 99.95 else "More than 99.9 %"
    message = f"{share} of the area of interest lies outside the scenes and was cut."
    remedy = "Nothing is said about the part outside."
    return (Finding("aoi_clipped", "caution", message, remedy, share_pct, "%"),)


def _window(geometry: BaseGeometry, grid: Grid) -> Window | None:
    """Whole pixels inside the grid that cover a geometry in its CRS."""
    if geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    corners = [(west, north), (east, north), (west, south), (east, south)]
    cols, rows = zip(*(~grid.transform @ corner for corner in corners), strict=True)
    left, top = math.floor(min(cols) + SLIVER_PX), math.floor(min(rows) + SLIVER_PX)
    right, bottom = math.ceil(max(cols) - SLIVER_PX), math.ceil(max(rows) - SLIVER_PX)
    return clip_window(Window(left, top, right - left, bottom - top), grid.shape)


def _on_grid(geometry: BaseGeometry, grid: Grid) -> BaseGeometry:
    """A WGS 84 geometry in the CRS of a grid; what is far off the grid is left away."""
    near = geometry
    reach = _outline(grid)
    if not reach.is_empty and not geometry.is_empty:
        # Far from its zone a projection folds over; the margin keeps the grid's edge exact.
        frame = shapely.union_all(
            [shapely.box(*_widened(part.bounds)) for part in shapely.get_parts(reach)]
        )
        if not frame.contains(geometry):
            near = _polygons_of(shapely.intersection(geometry, frame))
    if grid.crs == WGS84 or near.is_empty:
        return near
    bent = _densified(near, EDGE_DEG)
    moved = _moved(bent, Transformer.from_crs("EPSG:4326", grid.crs.to_wkt(), always_xy=True))
    return moved if moved.is_valid else _polygons_of(shapely.make_valid(moved))


def _widened(bounds: tuple[float, ...]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    margin = 0.1 * max(east - west, north - south) + EDGE_DEG
    return west - margin, max(south - margin, -90.0), east + margin, min(north + margin, 90.0)


def _to_lonlat(geometry: BaseGeometry, crs: CRS) -> BaseGeometry:
    """A geometry in WGS 84, its long edges bent as they are on the ground."""
    if crs == WGS84:
        return geometry
    step = EDGE_DEG if crs.is_geographic else EDGE_M / crs.linear_units_factor[1]
    transformer = Transformer.from_crs(crs.to_wkt(), "EPSG:4326", always_xy=True)
    moved = _moved(_densified(geometry, step), transformer)
    return moved if moved.is_valid else _polygons_of(shapely.make_valid(moved))


def _densified(geometry: BaseGeometry, step: float) -> BaseGeometry:
    """Edges cut to at most `step`, or longer where that made too many vertices."""
    return shapely.segmentize(geometry, max(step, geometry.length / MAX_EDGE_PARTS))


def _moved(geometry: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    return shapely.transform(geometry, partial(_transformed, transformer))


def _transformed(transformer: Transformer, xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))


def _outline(grid: Grid) -> BaseGeometry:
    """The edge of a grid in WGS 84; empty where its corners are not on the Earth.

    An outline over the antimeridian comes in two parts.
    """
    corners = [(0, 0), (grid.width, 0), (grid.width, grid.height), (0, grid.height)]
    ring = shapely.Polygon([grid.transform @ corner for corner in corners])
    moved = _moved(
        shapely.segmentize(ring, ring.length / 128),
        Transformer.from_crs(grid.crs.to_wkt(), "EPSG:4326", always_xy=True),
    )
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        return shapely.Polygon()
    if moved.bounds[2] - moved.bounds[0] <= 180 or grid.crs.is_geographic:
        return moved
    turn = np.array([360.0, 0.0])
    eastern = shapely.transform(moved, lambda xy: xy + turn * (xy[:, :1] < 0))
    halves = [
        shapely.intersection(eastern, shapely.box(-180, -90, 180, 90)),
        shapely.transform(
            shapely.intersection(eastern, shapely.box(180, -90, 540, 90)), lambda xy: xy - turn
        ),
    ]
    return _polygons_of(shapely.union_all(halves))


def _polygons_of(geometry: BaseGeometry | None) -> BaseGeometry:
    """The Polygon or MultiPolygon part of any geometry, in two dimensions."""
    if geometry is None:
        return shapely.Polygon()
    flat = shapely.force_2d(geometry)
    if flat.geom_type in {"Polygon", "MultiPolygon"}:
        return flat
    if flat.geom_type != "GeometryCollection":
        return shapely.Polygon()
    parts = [_polygons_of(part) for part in shapely.get_parts(flat)]
    singles = [one for part in parts for one in shapely.get_parts(part) if not one.is_empty]
    return shapely.MultiPolygon(singles) if len(singles) != 1 else singles[0]


def _lonlat_area_m2(geometry: BaseGeometry) -> float:
    """Geodesic area of a WGS 84 polygon (Karney 2013, by pyproj), holes taken off."""
    if geometry.is_empty:
        return 0.0
    oriented = shapely.orient_polygons(geometry)
    return abs(float(ELLIPSOID.geometry_area_perimeter(oriented)[0]))
