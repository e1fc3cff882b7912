"""Which changed objects a fact of a result speaks of, so that a number can be seen on the map.

Reads what the exports wrote; knows nothing of maps or pages.
"""

import json
from typing import Any

import shapely

from analysis.regions import REGIONS, Compass
from errors import NotFoundError
from services import recorded_grid
from services.results import ANY, AOI, SavedResult, features

ABOUT_ALL = frozenset(
    {
        "changed_area",
        "changed_share",
        "object_count",
        "mean_object_area",
        "median_object_area",
        "share_of_change",
        "change_centre",
    }
)
"""Facts that sum over objects of a class and a region; `main_location` names its region itself."""
LARGEST = "largest_object_area"


def objects_of(result: SavedResult, fact_id: str) -> tuple[int, ...]:
    """Ids of the objects that a fact counts, sums or names; none for one about no object.

    A fact about a part of the area gives every object that reaches into the part.

    Raises:
        NotFoundError: the result has no such fact.
    """
    fact = next((fact for fact in result.facts if fact["id"] == fact_id), None)
    if fact is None:
        msg = "This result has no such fact."
        raise NotFoundError(msg, hint="Open the result again.")
    if fact["name"].startswith(LARGEST):
        return _ranked(result, fact)
    if fact["name"] == "main_location":
        return _chosen(result, ANY, str(fact["value"]))
    return _chosen(result, fact["class"], fact["region"]) if fact["name"] in ABOUT_ALL else ()


def _ranked(result: SavedResult, fact: dict[str, Any]) -> tuple[int, ...]:
    """The one object at a rank; ids rise as areas fall."""
    ids = sorted(_chosen(result, fact["class"], AOI))
    suffix = fact["name"].removeprefix(LARGEST).lstrip("_")
    rank = int(suffix or 1) - 1
    return tuple(ids[rank : rank + 1])


def _chosen(result: SavedResult, change_class: str, region: str) -> tuple[int, ...]:
    compass = Compass(recorded_grid.read(result.run["grid"])) if region in REGIONS else None
    return tuple(
        int(feature["properties"]["id"])
        for feature in features(result)
        if change_class in {ANY, feature["properties"]["class"]}
        and (compass is None or region in _parts(feature["geometry"], compass))
    )


def _parts(geometry: dict[str, Any], compass: Compass) -> tuple[str, ...]:
    lonlat = shapely.get_coordinates(shapely.from_geojson(json.dumps(geometry)))
    return compass.touched(lonlat[:, 0], lonlat[:, 1])
