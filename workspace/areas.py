"""The areas of interest of a project, as they come from a browser and as they are kept.

Checks shape and size and drops what is not asked for; whether an area touches a scene is found
when it is compared.
"""

from collections.abc import Iterator
from typing import Any

import settings
from errors import UnreadableAoiError
from raster.text import clean

MAX_AREAS = 500
NAME_CHARS = 80
ID_CHARS = 64
TYPES = frozenset({"Polygon", "MultiPolygon"})
# A map that was panned around the Earth counts longitudes on.
LIMITS_DEG = (540.0, 90.0)
LARGEST_HEIGHT = 1e6
DEPTH = {"Polygon": 2, "MultiPolygon": 3}
NONE: dict[str, Any] = {"type": "FeatureCollection", "features": []}


def checked(areas: dict[str, Any]) -> dict[str, Any]:
    """The same areas as a FeatureCollection of polygons with the properties `id` and `name` only.

    Raises:
        UnreadableAoiError: not GeoJSON polygons in degrees, or too many of them.
    """
    features = areas.get("features") if isinstance(areas, dict) else None
    if not isinstance(features, list):
        raise _unreadable("The areas are not a GeoJSON FeatureCollection.")
    if len(features) > MAX_AREAS:
        raise _unreadable(f"There are {len(features)} areas; the limit is {MAX_AREAS}.")
    kept = [_feature(feature, number) for number, feature in enumerate(features, start=1)]
    vertices = sum(1 for one in kept for _ in _positions(one["geometry"]))
    limit = settings.load().max_aoi_vertices
    if vertices > limit:
        raise _unreadable(f"The areas have {vertices} corners; the limit is {limit}.")
    return {"type": "FeatureCollection", "features": kept}


def _feature(feature: Any, number: int) -> dict[str, Any]:
    given = feature.get("geometry") if isinstance(feature, dict) else None
    kind = given.get("type") if isinstance(given, dict) else None
    if not isinstance(given, dict) or kind not in TYPES:
        raise _unreadable(f"Area {number} is not a polygon.")
    properties = feature.get("properties")
    named = properties if isinstance(properties, dict) else {}
    geometry = {"type": kind, "coordinates": given.get("coordinates")}
    if not all(_is_position(position) for position in _positions(geometry)):
        raise _unreadable(f"Area {number} has a corner that is not a longitude and a latitude.")
    return {
        "type": "Feature",
        "properties": {
            "id": clean(str(named.get("id") or number), limit=ID_CHARS),
            "name": clean(str(named.get("name") or ""), limit=NAME_CHARS) or f"Area {number}",
        },
        "geometry": geometry,
    }


def _positions(geometry: dict[str, Any]) -> Iterator[Any]:
    """Every position of a polygon; something else where the nesting is not that of a polygon."""
    level = [geometry["coordinates"]]
    for _ in range(DEPTH[geometry["type"]]):
        level = [item for items in level for item in (items if isinstance(items, list) else [None])]
    yield from level or [None]


def _is_position(position: Any) -> bool:
    """Whether something is a longitude, a latitude and perhaps heights."""
    if not isinstance(position, list) or len(position) < len(LIMITS_DEG):
        return False
    limits = (*LIMITS_DEG, *(LARGEST_HEIGHT for _ in position[2:]))
    return all(_is_within(value, limit) for value, limit in zip(position, limits, strict=True))


def _is_within(value: Any, limit: float) -> bool:
    """Whether a value is a number of at most this size; NaN is not."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and -limit <= value <= limit


def _unreadable(message: str) -> UnreadableAoiError:
    return UnreadableAoiError(message, hint="Draw the area again, or import another file.")
