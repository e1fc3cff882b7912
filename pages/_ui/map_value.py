"""What the browser sent for a map, checked field by field.

Knows the form of the message only; whether an area is a sound polygon is for the services to say.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from pages._ui.map_records import GeoJson, MapState, Mode

MAX_FEATURES = 1000
MAX_POSITIONS = 200_000
MAX_NAME = 120
MAX_LAYERS_BYTES = 20_000
# How deep the lists of coordinates are nested, by the type of the geometry.
DEPTHS = {"Point": 1, "LineString": 2, "Polygon": 3, "MultiPolygon": 4}
# What a prompt may be, by the type of its geometry; the first where nothing or nonsense is said.
FORMS = {"Point": ("point",), "LineString": ("line",), "Polygon": ("box", "outline")}


def absorbed(state: MapState, value: Any) -> MapState:
    """`state` with everything in `value` that has the right form; the rest stays as it was.

    Areas that go back to an older push than `state.version` are left out: a newer one is on its
    way to the browser.
    """
    if not isinstance(value, Mapping):
        return state
    changes: dict[str, Any] = {}
    if (view := _view(value.get("view"))) is not None:
        changes["view"] = view
    # A tuple, not a set: what comes from outside need not be hashable.
    if (mode := value.get("mode")) in ("single", "swipe", "dual"):
        changes["mode"] = cast("Mode", mode)
    if (layers := _layers(value.get("layers"))) is not None:
        changes["layers"] = layers
    if value.get("prompts_version", 0) == state.prompts_version:
        changes |= _prompts(value)
    changes |= _click(value)
    if value.get("version") == state.version:
        changes |= _areas(value)
    return replace(state, **changes)


def _areas(value: Mapping[str, Any]) -> dict[str, Any]:
    areas = _features(value.get("areas"), ("Polygon", "MultiPolygon"), _named)
    if areas is None:
        return {}
    known = [feature["properties"]["id"] for feature in areas["features"]]
    active = value.get("active_area")
    return {"areas": areas, "active_area": active if active in known else None}


def _prompts(value: Mapping[str, Any]) -> dict[str, Any]:
    prompts = _features(value.get("prompts"), tuple(FORMS), _prompt)
    return {} if prompts is None else {"prompts": prompts}


def _click(value: Mapping[str, Any]) -> dict[str, Any]:
    selected, clicks = value.get("selected"), value.get("clicks")
    if not _whole(clicks) or not (selected is None or _whole(selected)):
        return {}
    return {"selected": selected, "clicks": clicks}


def _view(view: Any) -> Mapping[str, float] | None:
    if not isinstance(view, Mapping) or not all(
        _finite(view.get(name)) for name in ("lat", "lon", "zoom")
    ):
        return None
    return {name: float(view[name]) for name in ("lat", "lon", "zoom")}


def _layers(layers: Any) -> Mapping[str, Any] | None:
    if not isinstance(layers, Mapping) or len(json.dumps(layers)) > MAX_LAYERS_BYTES:
        return None
    return layers


def _features(collection: Any, types: tuple[str, ...], read: Any) -> GeoJson | None:
    if not isinstance(collection, Mapping) or not isinstance(collection.get("features"), list):
        return None
    features = collection["features"]
    if len(features) > MAX_FEATURES or not all(_sound(one, types) for one in features):
        return None
    if sum(_positions(one["geometry"]["coordinates"]) for one in features) > MAX_POSITIONS:
        return None
    return {"type": "FeatureCollection", "features": [read(one) for one in features]}


def _named(feature: Mapping[str, Any]) -> dict[str, Any]:
    properties = feature["properties"]
    return _feature(
        feature,
        {
            "id": str(properties.get("id", ""))[:64],
            "name": str(properties.get("name", ""))[:MAX_NAME],
        },
    )


def _prompt(feature: Mapping[str, Any]) -> dict[str, Any]:
    said, forms = feature["properties"], FORMS[str(feature["geometry"]["type"])]
    about = {
        "label": 0 if said.get("label") == 0 else 1,
        "form": said["form"] if said.get("form") in forms else forms[0],
        "side": "right" if said.get("side") == "right" else "left",
        "number": max(int(said["number"]), 0) if _whole(said.get("number")) else 0,
    }
    return _feature(feature, about)


def _feature(feature: Mapping[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    shape = feature["geometry"]
    geometry = {"type": shape["type"], "coordinates": shape["coordinates"]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _sound(feature: Any, types: tuple[str, ...]) -> bool:
    if not isinstance(feature, Mapping) or not isinstance(feature.get("properties"), Mapping):
        return False
    shape = feature.get("geometry")
    if not isinstance(shape, Mapping) or shape.get("type") not in types:
        return False
    return _nested(shape.get("coordinates"), DEPTHS[str(shape["type"])])


def _nested(coordinates: Any, depth: int) -> bool:
    """Whether lists are nested `depth` deep and end in (longitude, latitude)."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if depth > 1:
        return all(_nested(one, depth - 1) for one in coordinates)
    return (
        len(coordinates) == 2
        and all(_finite(one) for one in coordinates)
        and abs(coordinates[0]) <= 180
        and abs(coordinates[1]) <= 90
    )


def _positions(coordinates: list[Any]) -> int:
    if not isinstance(coordinates[0], list):
        return 1
    return sum(_positions(one) for one in coordinates)


def _finite(number: Any) -> bool:
    return (
        isinstance(number, (int, float)) and not isinstance(number, bool) and math.isfinite(number)
    )


def _whole(number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
