"""Things a user outlined in the scenes of a project and kept, with every step that can be undone.

Knows names and outlines in WGS 84; nothing of how a thing was found.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from errors import LimitError, NotFoundError, UnreadableAoiError
from raster.text import clean
from workspace import areas, database, places, projects
from workspace.database import now_text

MAX_THINGS = 5000
MAX_STEP_BYTES = 20_000_000
NAME_CHARS = 80
CLASS_CHARS = 40


@dataclass(frozen=True, kw_only=True)
class KeptThing:
    """One outlined thing.

    Attributes:
        id: its number within the project; never given twice.
        scene: id of the scene it was outlined in, which may be deleted by now.
        name: for people; untrusted text, cleaned.
        label: what it is, such as `building`; untrusted text, cleaned; may be empty.
        geometry: GeoJSON polygon or multipolygon in WGS 84.
        area_m2: ground area as it was measured.
        score: how sure the segmenter was, 0..1.
        segmenter: name of the segmenter.
    """

    id: int = 0
    scene: str
    name: str = ""
    label: str = ""
    geometry: Mapping[str, Any]
    area_m2: float
    score: float
    segmenter: str


def listed(owner: str, project_id: str, *, scene: str | None = None) -> tuple[KeptThing, ...]:
    """What was kept in a project, or in one of its scenes, in the order it was kept.

    Raises:
        NotFoundError: the project is not there, or another user's.
    """
    projects.get(owner, project_id)
    things = _after(_steps(database.connect(), project_id)).values()
    return tuple(thing for thing in things if scene is None or thing.scene == scene)


def keep(owner: str, project_id: str, things: Sequence[KeptThing]) -> tuple[KeptThing, ...]:
    """Add things in one step; they get their numbers, and a name where they have none.

    Raises:
        NotFoundError: the project is not there, or another user's.
        LimitError: the project has too many things.
        UnreadableAoiError: an outline is no polygon.
    """
    projects.get(owner, project_id)
    with database.transaction() as connection:
        steps = list(_steps(connection, project_id))
        _require_room(len(_after(steps)) + len(things))
        first = 1 + max(
            (thing["id"] for step in steps for thing in step.get("keep", ())), default=0
        )
        added = tuple(_checked(thing, number) for number, thing in enumerate(things, start=first))
        _append(connection, project_id, {"keep": [asdict(thing) for thing in added]})
    return added


def rename(owner: str, project_id: str, thing_id: int, *, name: str, label: str) -> None:
    """Give a thing another name and class.

    Raises:
        NotFoundError: the thing or the project is not there, or another user's.
    """
    words = {"name": _name(name, thing_id), "label": clean(label, limit=CLASS_CHARS)}
    _change(owner, project_id, (thing_id,), {"rename": {"id": thing_id, **words}})


def reshape(owner: str, project_id: str, thing_id: int, geometry: Any, *, area_m2: float) -> None:
    """Give a thing another outline.

    Raises:
        NotFoundError: the thing or the project is not there, or another user's.
        UnreadableAoiError: the outline is no polygon.
    """
    shape = {"id": thing_id, "geometry": _polygon(geometry), "area_m2": area_m2}
    _change(owner, project_id, (thing_id,), {"reshape": shape})


def remove(owner: str, project_id: str, thing_ids: Sequence[int]) -> None:
    """Remove things in one step.

    Raises:
        NotFoundError: a thing or the project is not there, or another user's.
    """
    _change(owner, project_id, thing_ids, {"remove": list(thing_ids)})


def can_undo(owner: str, project_id: str) -> bool:
    """Whether there is a step to take back.

    Raises:
        NotFoundError: the project is not there, or another user's.
    """
    projects.get(owner, project_id)
    return any(True for _step in _steps(database.connect(), project_id))


def undo(owner: str, project_id: str) -> None:
    """Take the last step back; without any, nothing happens.

    Raises:
        NotFoundError: the project is not there, or another user's.
    """
    projects.get(owner, project_id)
    with database.transaction() as connection:
        connection.execute(
            "DELETE FROM thing_steps WHERE place ="
            " (SELECT MAX(place) FROM thing_steps WHERE project = ?)",
            (project_id,),
        )


def _steps(connection: sqlite3.Connection, project_id: str) -> Iterator[dict[str, Any]]:
    rows = connection.execute(
        "SELECT step FROM thing_steps WHERE project = ? ORDER BY place",
        (project_id if places.is_id(project_id) else "",),
    )
    return (json.loads(row["step"]) for row in rows)


def _after(steps: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> dict[int, KeptThing]:
    """The things there are after all steps, by number."""
    things: dict[int, KeptThing] = {}
    for step in steps:
        for kept in step.get("keep", ()):
            things[kept["id"]] = KeptThing(**kept)
        for change in (step.get("rename"), step.get("reshape")):
            if change is not None:
                things[change["id"]] = replace(things[change["id"]], **change)
        for gone in step.get("remove", ()):
            del things[gone]
    return things


def _change(owner: str, project_id: str, thing_ids: Sequence[int], step: Mapping[str, Any]) -> None:
    projects.get(owner, project_id)
    with database.transaction() as connection:
        known = _after(_steps(connection, project_id))
        if not thing_ids or not set(thing_ids) <= known.keys():
            msg = "There is no such thing in this project."
            raise NotFoundError(msg, hint="It may have been removed; look at the list again.")
        _append(connection, project_id, step)


def _append(connection: sqlite3.Connection, project_id: str, step: Mapping[str, Any]) -> None:
    text = database.json_text(step, limit_bytes=MAX_STEP_BYTES)
    connection.execute(
        "INSERT INTO thing_steps (project, step, created_utc) VALUES (?, ?, ?)",
        (project_id, text, now_text()),
    )


def _checked(thing: KeptThing, number: int) -> KeptThing:
    return replace(
        thing,
        id=number,
        name=_name(thing.name, number),
        label=clean(thing.label, limit=CLASS_CHARS),
        geometry=_polygon(thing.geometry),
    )


def _name(name: str, number: int) -> str:
    return clean(name, limit=NAME_CHARS) or f"Thing {number}"


def _polygon(geometry: Any) -> dict[str, Any]:
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    try:
        checked = areas.checked({"type": "FeatureCollection", "features": [feature]})
    except UnreadableAoiError as error:
        msg = "This outline is not a polygon on the map, or it has too many corners."
        raise UnreadableAoiError(msg, hint="Draw the outline again.") from error
    geometry_of_it: dict[str, Any] = checked["features"][0]["geometry"]
    return geometry_of_it


def _require_room(number: int) -> None:
    if number > MAX_THINGS:
        msg = f"A project can keep {MAX_THINGS} things; these would be {number}."
        raise LimitError(msg, hint="Remove some, or choose a smaller area.")
