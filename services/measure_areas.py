"""Areas that a user drew: their size on the ground, and several of them as one.

Knows nothing of scenes, maps or where the drawings are kept.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely

from errors import AoiError
from raster import aoi as aois
from raster.grid import ELLIPSOID
from raster.text import clean
from services.basemap import Bounds

POLYGONS = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True)
class DrawnArea:
    """One named area.

    Attributes:
        id: given by the map.
        name: for people; untrusted text, cleaned.
        area_m2: on the ellipsoid; 0 when it cannot be used.
        geometry: valid GeoJSON geometry in WGS 84; empty when it cannot be used.
        problem: why it cannot be used, else empty.
    """

    id: str
    name: str
    area_m2: float
    geometry: Mapping[str, Any]
    problem: str = ""


def measured(areas: Mapping[str, Any]) -> tuple[DrawnArea, ...]:
    """The areas of a GeoJSON FeatureCollection in its order.

    Every feature has the properties `id` and `name`. One that is no polygon with an area is kept
    and says so.
    """
    return tuple(_measured(json.dumps(feature)) for feature in areas.get("features", ()))


def joined(areas: Sequence[DrawnArea]) -> dict[str, Any] | None:
    """The union of usable areas as a GeoJSON geometry, or None without any."""
    shapes = [shapely.from_geojson(json.dumps(area.geometry)) for area in areas if area.geometry]
    return _geometry(shapely.union_all(shapes)) if shapes else None


def bounds_of(areas: Mapping[str, Any]) -> Bounds | None:
    """West, south, east, north of the polygons of a GeoJSON FeatureCollection; None without any.

    Positions that are no pair of numbers are left out.
    """
    geometries = (feature.get("geometry") or {} for feature in areas.get("features", ()))
    positions = [
        at
        for geometry in geometries
        if geometry.get("type") in POLYGONS
        for at in _positions(geometry.get("coordinates"))
    ]
    if not positions:
        return None
    lons, lats = zip(*positions, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def size_m2(geometry: Mapping[str, Any]) -> float:
    """Area on the ellipsoid of a GeoJSON polygon or multipolygon in WGS 84."""
    return _area_m2(shapely.from_geojson(json.dumps(geometry)))


# The page asks again with every click; an outline may have thousands of vertices.
@lru_cache(maxsize=256)
def _measured(feature_json: str) -> DrawnArea:
    feature = json.loads(feature_json)
    about = feature.get("properties") or {}
    name = clean(str(about.get("name", ""))) or "Unnamed area"
    identity = str(about.get("id", ""))
    try:
        shape = aois.from_geojson(feature, name=name).geometry
    except AoiError as error:
        return DrawnArea(identity, name, 0.0, {}, error.message)
    return DrawnArea(identity, name, _area_m2(shape), _geometry(shape))


def _geometry(shape: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return found


def _area_m2(shape: Any) -> float:
    """Geodesic area (Karney 2013, by pyproj), holes taken off."""
    return abs(float(ELLIPSOID.geometry_area_perimeter(shapely.orient_polygons(shape))[0]))


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Longitude and latitude at any depth of a list of lists."""
    if not isinstance(coordinates, list | tuple):
        return
    if len(coordinates) > 1 and all(isinstance(value, int | float) for value in coordinates):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for inner in coordinates:
        yield from _positions(inner)
