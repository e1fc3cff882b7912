"""Named points, lines and polygons out of untrusted vector files: what a user's layer holds.

Parsed with the standard library and shapely like areas of interest, never with a driver that could
follow a link. Knows nothing of rasters or of what the features are for.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from rasterio.crs import CRS
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

import settings
from errors import UnreadableAoiError
from raster import geopackage, kml, shapefile, vectors
from raster.geopackage import quoted
from raster.grid import WGS84
from raster.text import clean
from raster.vector_files import Subject
from raster.vectors import AREA

NAME_KEYS = ("name", "title", "label", "bezeichnung", "bez", "gen", "district", "ortsteil")
ID_KEYS = ("id", "fid", "objectid", "ref", "code")
MAX_KEYS = 500
HINT = "Export it again, e.g. ogr2ogr layer.geojson IN."
LAYER = Subject("The layer", "Convert it to GeoJSON.", HINT)

Attributes = Mapping[str, Any]


@dataclass(frozen=True)
class NamedFeatures:
    """What a vector file holds.

    Attributes:
        geometries: in `crs` (x, y), of any type, not yet checked; none is empty.
        names: untrusted text, one for each; empty where the file has none.
        crs: their CRS.
    """

    geometries: tuple[BaseGeometry, ...]
    names: tuple[str, ...]
    crs: CRS


def load(path: Path) -> NamedFeatures:
    """All features of a GeoJSON, GeoPackage, Shapefile (zipped or not) or KML file.

    Raises:
        UnreadableAoiError: no such file, too large, an unknown or unsafe format, or no CRS.
    """
    try:
        return LAYER.read(path, READERS)
    except UnreadableAoiError as error:
        message = error.message.replace(AREA.name, LAYER.name)
        raise UnreadableAoiError(message, hint=error.hint) from error


def name_key(keys: Sequence[str]) -> str | None:
    """The attribute that names features: one called so, one whose name says so, or an id."""
    folded = {key.casefold(): key for key in reversed(keys)}
    for wanted in NAME_KEYS:
        if wanted in folded:
            return folded[wanted]
    telling = (key for key in keys if "name" in key.casefold())
    numbered = (folded[wanted] for wanted in ID_KEYS if wanted in folded)
    ending = (key for key in keys if key.casefold().endswith("_id"))
    return next((key for found in (telling, numbered, ending) for key in found), None)


def _named(rows: Sequence[tuple[BaseGeometry | None, Attributes]], crs: CRS) -> NamedFeatures:
    """Features that have a geometry, called by the attribute that names them."""
    kept = [(found, about) for found, about in rows if found is not None and not found.is_empty]
    keys = dict.fromkeys(key for _found, about in kept[:MAX_KEYS] for key in about)
    key = name_key(list(keys)[:MAX_KEYS])
    names = tuple(_text(about.get(key)) if key else "" for _found, about in kept)
    return NamedFeatures(tuple(found for found, _about in kept), names, crs)


def _text(value: Any) -> str:
    """An attribute as text; numbers without a decimal that says nothing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value)) if isinstance(value, str | int | float) else ""


def _read_geojson(path: Path) -> NamedFeatures:
    parsed = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(parsed, dict):
        raise LAYER.unreadable(path, "is no GeoJSON object", HINT)
    crs = vectors.from_geojson(parsed | {"type": "FeatureCollection", "features": []}).crs
    rows = [
        (shape(dict(feature["geometry"])) if feature.get("geometry") else None,
         feature.get("properties") or {})
        for feature in _features(parsed, vectors.MAX_DEPTH)
    ]  # fmt: skip
    return _named(rows, crs)


def _features(mapping: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        msg = "collections are nested too deeply"
        raise ValueError(msg)
    if mapping["type"] == "FeatureCollection":
        for feature in mapping["features"]:
            yield from _features(feature, depth - 1)
    else:
        yield mapping if mapping["type"] == "Feature" else {"geometry": mapping}


def _read_gpkg(path: Path) -> NamedFeatures:
    """The features of every table, named by the attribute of each table that does."""
    found = vectors.load(path)
    names = _gpkg_names(path)
    if len(names) != len(found.geometries):
        names = [""] * len(found.geometries)
    rows = list(zip(found.geometries, ({"name": name} for name in names), strict=True))
    return _named(rows, found.crs)


def _gpkg_names(path: Path) -> list[str]:
    """A name for each geometry that `vectors.load` gives, in its order."""
    with geopackage.opened(path) as database:
        tables = geopackage.feature_tables(database)
        return [name for table, column, *_crs in tables
                for name in _table_names(database, table, column)]  # fmt: skip


def _table_names(database: sqlite3.Connection, table: str, column: str) -> list[str]:
    about = database.execute(f"PRAGMA table_info({quoted(table)})").fetchmany(MAX_KEYS)
    # A primary key counts rows; it names nothing.
    key = name_key([str(row[1]) for row in about if row[1] != column and not row[5]])
    columns = f"{quoted(column)}, {quoted(key or column)}"
    query = f"SELECT {columns} FROM {quoted(table)}"  # noqa: S608 - identifiers are quoted
    rows = database.execute(query).fetchmany(settings.load().max_aoi_vertices + 1)
    return [_text(name) if key else "" for geometry, name in rows if geometry]


def _read_shapefile(path: Path) -> NamedFeatures:
    parts = shapefile.unzipped(path) if path.suffix.lower() == ".zip" else shapefile.beside(path)
    if not parts.prj:
        raise LAYER.unreadable(path, "has no .prj, so its coordinate system is unknown", HINT)
    crs = CRS.from_wkt(parts.prj.decode("utf-8", errors="replace"), morph_from_esri_dialect=True)
    return _named(list(shapefile.rows(parts)), crs)


def _read_kml(path: Path) -> NamedFeatures:
    placemarks = kml.elements(path, LAYER, "Placemark")
    return _named([(_kml_shape(one), {"name": _kml_name(one)}) for one in placemarks], WGS84)


def _kml_name(placemark: kml.Element) -> str:
    return next((one.text or "" for one in placemark if kml.tag(one) == "name"), "").strip()


def _kml_shape(placemark: kml.Element) -> BaseGeometry | None:
    """All simple geometries of a placemark as one."""
    found: list[BaseGeometry] = []
    for one in placemark.iter():
        if kml.tag(one) == "Polygon":
            found.append(kml.polygon(one))
        elif kml.tag(one) == "LineString":
            found.append(shapely.LineString(kml.positions(one)))
        elif kml.tag(one) == "Point":
            found.append(shapely.Point(kml.positions(one)[0]))
    if len(found) > 1:
        return shapely.union_all(shapely.make_valid(found))
    return found[0] if found else None


READERS: Mapping[str, Callable[[Path], NamedFeatures]] = {
    ".geojson": _read_geojson, ".json": _read_geojson, ".gpkg": _read_gpkg,
    ".zip": _read_shapefile, ".shp": _read_shapefile, ".kml": _read_kml,
}  # fmt: skip
