"""Vector layers of a project that questions may name: districts, rivers, roads, assets.

A file is read once, when it arrives, and kept as GeoJSON in WGS 84. Knows nothing of questions.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import shapely

import settings
from errors import LimitError, NotFoundError, UnreadableAoiError
from raster.text import clean
from workspace import database, places, projects, storage
from workspace.database import now_text

if TYPE_CHECKING:
    from analysis.inquiry.case import Layer

SUFFIXES = ("geojson", "json", "gpkg", "zip", "kml")
MAX_LAYERS = 12
NAME_CHARS = 60


@dataclass(frozen=True)
class KeptLayer:
    """One layer of a project.

    Attributes:
        id: 32 hexadecimal digits.
        name: for people and questions, unlike those of the other layers of the project; untrusted
            text, cleaned.
        features: how many features it has.
    """

    id: str
    name: str
    features: int


def listed(owner: str, project_id: str) -> tuple[KeptLayer, ...]:
    """The layers of a project in the order they were added.

    Raises:
        NotFoundError: the project is not there, or another user's.
    """
    projects.get(owner, project_id)
    return _rows(database.connect(), project_id)


def add(owner: str, project_id: str, file_name: str, content: bytes) -> KeptLayer:
    """Keep the features of a file that a browser sent, whose name may be anything.

    Raises:
        NotFoundError: the project is not there, or another user's.
        UnreadableAoiError: it is no vector file that is read here.
        InputError: it holds more than a project keeps.
        LimitError: the project has too many layers, or the storage is full.
    """
    projects.get(owner, project_id)
    layer = _read_file(PurePath(file_name.replace("\\", "/")), content)
    text = database.json_text(_to_geojson(layer), limit_bytes=settings.load().max_aoi_bytes)
    with database.transaction() as connection:
        known = _rows(connection, project_id)
        if len(known) >= MAX_LAYERS:
            msg = f"A project has at most {MAX_LAYERS} layers."
            raise LimitError(msg, hint="Remove one first.")
        storage.require_room(owner, len(text), connection)
        name = _unlike(layer.name, {one.name for one in known})
        kept = KeptLayer(places.new_id(), name, len(layer.features))
        connection.execute(
            "INSERT INTO layers (id, project, name, features, content, size_bytes, created_utc)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (kept.id, project_id, name, kept.features, text, len(text), now_text()),
        )
    return kept


def remove(owner: str, project_id: str, layer_id: str) -> None:
    """Remove a layer.

    Raises:
        NotFoundError: the layer or the project is not there, or another user's.
    """
    projects.get(owner, project_id)
    with database.transaction() as connection:
        gone = connection.execute(
            "DELETE FROM layers WHERE id = ? AND project = ?", (layer_id, project_id)
        )
    if not gone.rowcount:
        raise NotFoundError("There is no such layer.", hint="It may have been removed already.")


def opened(owner: str, project_id: str) -> tuple[Layer, ...]:
    """The layers of a project with their geometries, for questions.

    Raises:
        NotFoundError: the project is not there, or another user's.
    """
    return tuple(_layer(one.id) for one in listed(owner, project_id))


def collection(owner: str, project_id: str, layer_id: str) -> dict[str, Any]:
    """One layer as a GeoJSON FeatureCollection in WGS 84; features have the property `name`.

    Raises:
        NotFoundError: the layer or the project is not there, or another user's.
    """
    if layer_id not in {one.id for one in listed(owner, project_id)}:
        raise NotFoundError("There is no such layer.", hint="It may have been removed already.")
    found: dict[str, Any] = json.loads(_content(layer_id)["content"])
    return found


def _rows(connection: sqlite3.Connection, project_id: str) -> tuple[KeptLayer, ...]:
    rows = connection.execute(
        "SELECT id, name, features FROM layers WHERE project = ? ORDER BY place", (project_id,)
    )
    return tuple(KeptLayer(**dict(row)) for row in rows)


def _content(layer_id: str) -> sqlite3.Row:
    query = "SELECT name, content FROM layers WHERE id = ?"
    row: sqlite3.Row | None = database.connect().execute(query, (layer_id,)).fetchone()
    if row is None:
        raise NotFoundError("There is no such layer.", hint="It may have been removed already.")
    return row


# What an id stands for never changes, and every question asks again.
@lru_cache(maxsize=64)
def _layer(layer_id: str) -> Layer:
    from analysis.inquiry.case import Layer

    row = _content(layer_id)
    features = json.loads(row["content"])["features"]
    shapes = shapely.from_geojson([json.dumps(one["geometry"]) for one in features])
    names = tuple(str(one["properties"]["name"]) for one in features)
    return Layer(row["name"], names, tuple(shapes))


def _read_file(sent: PurePath, content: bytes) -> Layer:
    """The features of a file, opened under a name of ours."""
    from services.read_layer import read_layer

    suffix = sent.suffix.lower().removeprefix(".")
    if suffix not in SUFFIXES:
        msg = f"A file called {clean(sent.name, limit=NAME_CHARS)!r} cannot be read as a layer."
        raise UnreadableAoiError(
            msg, hint="Use a GeoPackage, GeoJSON, a zipped Shapefile or a KML file."
        )
    with TemporaryDirectory(prefix="groundshift-") as folder:
        path = Path(folder) / f"layer.{suffix}"
        path.write_bytes(content)
        return read_layer(path, name=clean(sent.stem, limit=NAME_CHARS) or "Layer")


def _to_geojson(layer: Layer) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for name, shape in zip(layer.features, layer.shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _unlike(name: str, known: set[str]) -> str:
    """The name, with a number where another layer has it already."""
    if name not in known:
        return name
    return next(other for n in range(2, MAX_LAYERS + 2) if (other := f"{name} {n}") not in known)
