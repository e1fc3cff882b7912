"""A user's vector layer, such as districts or rivers, with the names of its features in WGS 84.

Everything in it comes from outside: names are cleaned, shapes checked and repaired.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

import settings
from analysis.inquiry.case import Layer
from analysis.inquiry.opened import distinct
from errors import UnreadableAoiError, UnreadableRasterError
from raster import georeference, named_features
from raster.grid import WGS84
from raster.named_features import NamedFeatures
from raster.text import clean

LAYERS = 8
NAME_CHARS = 60
EDGES = 128
"""Edges of a projected shape are cut to at most this part of its extent before they are moved."""


def read_layer(path: Path, *, name: str | None = None) -> Layer:
    """The points, lines and polygons of a GeoJSON, GeoPackage, Shapefile or KML file.

    Features are called by the attribute that names them (`name`, `title`, `id` ...), those without
    one by their number; no two have the same name. An unchanged file is read once.

    Args:
        path: the file; a Shapefile may be zipped.
        name: of the layer, by default as the file is called.

    Raises:
        UnreadableAoiError: unreadable, unsafe or too large, without a feature, coordinates that
            are not on the Earth, or a feature across the antimeridian.
    """
    title = clean(name or path.stem, limit=NAME_CHARS) or "layer"
    stamp = (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else (0, 0)
    return _read(path.absolute(), title, stamp)


@lru_cache(maxsize=LAYERS)
def _read(path: Path, title: str, _stamp: tuple[int, int]) -> Layer:
    found = named_features.load(path)
    shown = clean(path.name)
    _check(found, shown)
    shapes = [_lonlat(one, found, shown) for one in found.geometries]
    named = [
        (name or f"{title} {number}", shape)
        for number, (name, shape) in enumerate(zip(found.names, shapes, strict=True), 1)
        if not shape.is_empty
    ]
    if not named:
        raise _unusable(shown, "holds no point, line or polygon", "Choose another layer.")
    names = distinct((one[0] for one in named), title)
    return Layer(title, names, tuple(one[1] for one in named))


def _check(found: NamedFeatures, shown: str) -> None:
    """Refuse too many vertices and coordinate systems that cannot be used."""
    limit = settings.load().max_aoi_vertices
    vertices = sum(int(shapely.get_num_coordinates(one)) for one in found.geometries)
    if vertices > limit:
        what = f"has {vertices} vertices; the limit is {limit}"
        raise _unusable(shown, what, "Simplify it, or raise GROUNDSHIFT_MAX_AOI_VERTICES.")
    try:
        georeference.check_crs(found.crs, shown)
    except UnreadableRasterError as error:
        raise UnreadableAoiError(error.message, hint="Save the layer in WGS 84.") from error


def _lonlat(shape: BaseGeometry, found: NamedFeatures, shown: str) -> BaseGeometry:
    """A feature in WGS 84, valid and in two dimensions."""
    flat = shapely.force_2d(shape)
    if not _is_finite(flat.bounds):
        raise _off_earth(shown)
    valid = _same_kind(shapely.make_valid(flat), int(shapely.get_dimensions(flat)))
    if found.crs != WGS84 and not valid.is_empty:
        west, south, east, north = valid.bounds
        step = max(east - west, north - south) / EDGES or 1.0
        move = Transformer.from_crs(found.crs.to_wkt(), "EPSG:4326", always_xy=True)
        bent = shapely.segmentize(valid, step)
        valid = shapely.transform(
            bent, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
        )
    if not valid.is_empty:
        _check_place(valid.bounds, shown)
    return valid


def _same_kind(shape: BaseGeometry, dimensions: int) -> BaseGeometry:
    """The parts of a repaired shape that are what it was, e.g. polygons without a stray line."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    kept = parts[shapely.get_dimensions(parts) == dimensions]
    if len(kept) == len(parts) or not len(kept):
        return shape
    joined: BaseGeometry = shapely.union_all(kept)
    return joined


def _check_place(bounds: Sequence[float], shown: str) -> None:
    west, south, east, north = bounds
    if not _is_finite(bounds) or south < -90 or north > 90:
        raise _off_earth(shown)
    if west < -180 or east > 180 or east - west > 180:
        hint = "Cut it at 180 degrees and use each side on its own."
        raise _unusable(shown, "has a feature across the antimeridian", hint)


def _is_finite(bounds: Sequence[float]) -> bool:
    return all(map(math.isfinite, bounds))


def _off_earth(shown: str) -> UnreadableAoiError:
    hint = "Its coordinates may be projected; save it with its coordinate system."
    return _unusable(shown, "has a coordinate that is not on the Earth", hint)


def _unusable(shown: str, what: str, hint: str) -> UnreadableAoiError:
    return UnreadableAoiError(f"The layer {shown!r} {what}.", hint=hint)
