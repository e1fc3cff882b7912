"""Polygons out of untrusted vector files: GeoJSON, GeoPackage, Shapefile and KML.

Parsed with the standard library and shapely, never with a driver that could follow a link. Knows
nothing of rasters or of what the polygons are for.
"""

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import shapely
from rasterio.crs import CRS
from rasterio.errors import CRSError
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

import settings
from errors import UnreadableAoiError
from raster import geopackage, kml
from raster.geopackage import quoted
from raster.grid import WGS84
from raster.text import clean
from raster.vector_files import Subject

MAX_ZIP_ENTRIES = 200
MAX_DEPTH = 8
# OGC 12-128r19 (GeoPackage), clause 2.1.3: bytes of the envelope by its indicator.
GPKG_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
# ESRI Shapefile Technical Description (1998): file code and polygon types (plain, Z, M).
SHP_FILE_CODE = 9994
SHP_POLYGONS = frozenset({5, 15, 25})
MIN_RING = 4

AREA = Subject(
    "The area of interest", "Convert it, e.g. ogr2ogr aoi.geojson IN.", "Export it again."
)


@dataclass(frozen=True)
class Layer:
    """What a vector file holds.

    Attributes:
        geometries: geometries in `crs` (x, y), of any type, not yet checked.
        crs: their CRS.
    """

    geometries: tuple[BaseGeometry, ...]
    crs: CRS


def load(path: Path) -> Layer:
    """All geometries of a vector file.

    Raises:
        UnreadableAoiError: no such file, too large, an unknown or unsafe format, or no CRS.
    """
    return AREA.read(path, READERS)


def from_geojson(mapping: Mapping[str, Any]) -> Layer:
    """Geometries of a GeoJSON object: geometry, feature or collection.

    WGS 84 by RFC 7946; the `crs` member of the 2008 specification is honoured, x first.

    Raises:
        UnreadableAoiError: it is no GeoJSON.
    """
    try:
        crs = _geojson_crs(mapping)
        geometries = tuple(shape(dict(found)) for found in _geojson_geometries(mapping, MAX_DEPTH))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, ShapelyError) as error:
        msg = "The area of interest is no valid GeoJSON geometry."
        raise UnreadableAoiError(msg, hint="Give a Polygon, a Feature or a collection.") from error
    except (CRSError, RecursionError) as error:
        msg = "The CRS of the area of interest cannot be understood."
        raise UnreadableAoiError(msg, hint="Save it in WGS 84 (EPSG:4326).") from error
    return Layer(geometries, crs)


def _read_geojson(path: Path) -> Layer:
    parsed = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(parsed, dict):
        raise AREA.unreadable(path, "is no GeoJSON object", "Export it again.")
    return from_geojson(parsed)


def _geojson_crs(mapping: Mapping[str, Any]) -> CRS:
    member = mapping.get("crs")
    if not member:
        return WGS84
    name = str(member["properties"]["name"])
    if len(name) > 200:
        msg = "the name of the CRS is too long"
        raise ValueError(msg)
    return WGS84 if name.upper().endswith("CRS84") else CRS.from_user_input(name)


def _geojson_geometries(mapping: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    kind = mapping.get("type")
    if depth == 0:
        msg = "collections are nested too deeply"
        raise ValueError(msg)
    if kind == "FeatureCollection":
        for feature in mapping["features"]:
            yield from _geojson_geometries(feature, depth - 1)
    elif kind == "Feature":
        if mapping.get("geometry"):
            yield from _geojson_geometries(mapping["geometry"], depth - 1)
    else:
        yield mapping


def _read_gpkg(path: Path) -> Layer:
    """Every feature table; a file whose tables have different CRSs is refused."""
    with path.open("rb") as file:
        if not file.read(16).startswith(b"SQLite format 3\x00"):
            raise AREA.unreadable(path, "is not a GeoPackage", "Export it again.")
    with geopackage.opened(path) as database:
        tables = geopackage.feature_tables(database)
        if not tables:
            raise AREA.unreadable(path, "holds no layer", "Export the area again.")
        systems = {_gpkg_crs(*row[2:]) for row in tables}
        if len(systems) != 1:
            what = f"has layers in {len(systems)} coordinate systems"
            raise AREA.unreadable(path, what, "Save the one layer that is meant.")
        blobs = [blob for row in tables for blob in _gpkg_blobs(database, row[0], row[1])]
    return Layer(tuple(shapely.from_wkb(_gpkg_wkb(blob)) for blob in blobs), systems.pop())


def _gpkg_blobs(database: sqlite3.Connection, table: str, column: str) -> list[bytes]:
    query = f"SELECT {quoted(column)} FROM {quoted(table)}"  # noqa: S608 - identifiers are quoted
    limit = settings.load().max_aoi_vertices
    rows = database.execute(query).fetchmany(limit + 1)
    return [row[0] for row in rows if row[0]]


def _gpkg_crs(organization: str, code: int, definition: str) -> CRS:
    if str(organization).upper() == "EPSG":
        return CRS.from_epsg(int(code))
    return CRS.from_wkt(str(definition))


def _gpkg_wkb(blob: bytes) -> bytes:
    """The WKB after the GeoPackage header (magic `GP`, version, flags, srs, envelope)."""
    if blob[:2] != b"GP":
        msg = "a geometry has no GeoPackage header"
        raise ValueError(msg)
    return blob[8 + GPKG_ENVELOPE_BYTES[(blob[3] >> 1) & 7] :]


def _read_zip(path: Path) -> Layer:
    """A Shapefile inside a ZIP, read in memory."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: info for info in archive.infolist()}
        _check_zip(path, members)
        shapes = [name for name in members if name.lower().endswith(".shp") and _is_plain(name)]
        if len(shapes) != 1:
            what = f"holds {len(shapes)} Shapefiles; one is needed"
            raise AREA.unreadable(path, what, "Zip the .shp and its .prj of one layer.")
        stem = shapes[0][:-4].lower()
        prj = next((name for name in members if name.lower() == f"{stem}.prj"), None)
        wkt = _member(archive, prj) if prj else None
        return _shapefile(path, _member(archive, shapes[0]), wkt)


def _check_zip(path: Path, members: Mapping[str, zipfile.ZipInfo]) -> None:
    limit = settings.load().max_aoi_bytes
    unsafe = [name for name in members if name.startswith("/") or ".." in PurePosixPath(name).parts]
    if unsafe:
        raise AREA.unreadable(
            path, f"names a file outside itself: {clean(unsafe[0])!r}", "Zip it again."
        )
    total_bytes = sum(info.file_size for info in members.values())
    if len(members) > MAX_ZIP_ENTRIES or total_bytes > limit:
        what = f"unpacks to {total_bytes} bytes in {len(members)} files; the limit is {limit} bytes"
        raise AREA.unreadable(path, what, "Zip only the Shapefile of the area of interest.")


def _is_plain(name: str) -> bool:
    return not any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Bytes of a member; never more than the limit, whatever the archive declares."""
    limit = settings.load().max_aoi_bytes
    try:
        with archive.open(name) as file:
            content = file.read(limit + 1)
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or an odd compression
        msg = f"the member {clean(name)!r} cannot be unpacked"
        raise ValueError(msg) from error
    if len(content) > limit:
        msg = f"the member {clean(name)!r} is larger than declared"
        raise ValueError(msg)
    return content


def _read_shp(path: Path) -> Layer:
    prj = next(
        (path.with_suffix(s) for s in (".prj", ".PRJ") if path.with_suffix(s).is_file()), None
    )
    return _shapefile(path, path.read_bytes(), prj.read_bytes()[:100_000] if prj else None)


def _shapefile(path: Path, content: bytes, wkt: bytes | None) -> Layer:
    if not wkt:
        hint = "Zip the .prj with the .shp, or save the area as GeoJSON."
        raise AREA.unreadable(path, "has no .prj, so its coordinate system is unknown", hint)
    if len(content) < 100 or int.from_bytes(content[:4], "big") != SHP_FILE_CODE:
        raise AREA.unreadable(path, "is not a Shapefile", "Export it again.")
    crs = CRS.from_wkt(wkt.decode("utf-8", errors="replace"), morph_from_esri_dialect=True)
    return Layer(tuple(_shp_polygons(content)), crs)


def _shp_polygons(content: bytes) -> Iterator[BaseGeometry]:
    """Polygons of a .shp; rings are combined by the even-odd rule, so holes need no order."""
    at = 100
    while at + 12 <= len(content):
        length = 2 * int.from_bytes(content[at + 4 : at + 8], "big")
        record = content[at + 8 : at + 8 + length]
        if len(record) < length or length < 4:
            msg = "the Shapefile is truncated"
            raise ValueError(msg)
        if int.from_bytes(record[:4], "little") in SHP_POLYGONS:
            yield _shp_polygon(record)
        at += 8 + length


def _shp_polygon(record: bytes) -> BaseGeometry:
    parts, points = np.frombuffer(record, dtype="<i4", count=2, offset=36).tolist()
    starts = np.frombuffer(record, dtype="<i4", count=parts, offset=44)
    xy = np.frombuffer(record, dtype="<f8", count=2 * points, offset=44 + 4 * parts)
    rings = np.split(xy.reshape(-1, 2), starts[1:])
    if not np.isfinite(xy).all():
        msg = "a coordinate is not finite"
        raise ValueError(msg)
    areas = [shapely.Polygon(ring) for ring in rings if len(ring) >= MIN_RING]
    if not all(area.is_valid for area in areas):
        # Left as it is, so that the repair, which takes the even-odd rule too, is told.
        return shapely.MultiPolygon(areas)
    combined: BaseGeometry = areas[0] if areas else shapely.Polygon()
    for area in areas[1:]:
        combined = combined.symmetric_difference(area)
    return combined


def _read_kml(path: Path) -> Layer:
    return Layer(tuple(map(kml.polygon, kml.elements(path, AREA, "Polygon"))), WGS84)


READERS: Mapping[str, Callable[[Path], Layer]] = {
    ".geojson": _read_geojson, ".json": _read_geojson, ".gpkg": _read_gpkg,
    ".zip": _read_zip, ".shp": _read_shp, ".kml": _read_kml,
}  # fmt: skip
