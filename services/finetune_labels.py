"""Labels that people made of changed ground: outlines with what became of them, and by whom judged.

Reads vector files and the ledger of a reviewed count; everything in them comes from outside. Knows
nothing of pixels.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, Literal

import numpy as np
import shapely
from rasterio.crs import CRS
from shapely.geometry.base import BaseGeometry

import settings
from errors import EmptyAoiError, InputError, UnreadableAoiError, UnreadableRasterError
from raster import geopackage, georeference, vectors
from raster.findings import Finding
from raster.geopackage import quoted
from raster.grid import lonlat_transformer
from raster.text import clean

LabelState = Literal["appeared", "vanished", "changed", "standing", "unchanged"]

STATES: Mapping[str, LabelState] = {
    "appeared": "appeared", "new": "appeared", "added": "appeared", "built": "appeared",
    "grown": "appeared", "increase": "appeared",
    "vanished": "vanished", "gone": "vanished", "removed": "vanished", "demolished": "vanished",
    "shrunk": "vanished", "decrease": "vanished",
    "changed": "changed", "change": "changed", "moved": "changed", "damaged": "changed",
    "destroyed": "changed",
    "kept": "standing",
    "unchanged": "unchanged", "none": "unchanged", "no change": "unchanged",
}  # fmt: skip
"""Words that labels use; `standing` is a building that both dates show."""
WORDS: Mapping[LabelState, str] = {
    "appeared": "appeared", "vanished": "vanished", "changed": "changed", "standing": "kept",
    "unchanged": "unchanged",
}  # fmt: skip
STATE_KEYS = ("state", "change", "direction")
CLASS_KEYS = ("class", "kind", "type", "category")
KEYS = frozenset({*STATE_KEYS, *CLASS_KEYS, "decision", "second_look"})
BUILDINGS = ("build", "house", "roof", "hut", "shed", "barn", "garage", "hall", "gebäude", "haus")
"""A class with one of these in it is a building."""
REJECTED, UNDECIDED = "rejected", "none"
LEDGER, TURNED_DOWN = "ledger", "rejected"
MAX_SHAPES = 20_000
VALUE_CHARS = 60
UNSAFE = re.compile(r"[^A-Za-z0-9]+")
"""What the name of a file in our own folder does not need."""
EXPORT = "Export it again, e.g. ogr2ogr labels.gpkg IN."


@dataclass(frozen=True)
class LabelShape:
    """One outline.

    Attributes:
        polygon: valid polygon or multipolygon in the CRS of its file.
        state: what became of the ground in it.
        is_building: whether it is known to outline a building.
    """

    polygon: BaseGeometry
    state: LabelState
    is_building: bool

    @property
    def is_change(self) -> bool:
        """Whether something changed here."""
        return self.state in {"appeared", "vanished", "changed"}


@dataclass(frozen=True)
class Labels:
    """The outlines of one file.

    Attributes:
        name: of the file; cleaned.
        shapes: the outlines.
        crs: of the outlines.
        findings: what was left out.
    """

    name: str
    shapes: tuple[LabelShape, ...]
    crs: CRS
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Row:
    """A feature as its file has it."""

    geometry: BaseGeometry
    about: Mapping[str, str]
    table: str = ""


def read(path: Path) -> Labels:
    """The labels of a GeoPackage, GeoJSON, zipped Shapefile or KML file.

    A column `state` says what became of the ground, `class` what stands or stood there; without
    them an outline is ground that changed. Where a column `decision` tells who looked at what, as
    in `ledger.gpkg` of a count, only what was decided counts: what was turned down is ground where
    nothing changed.

    Raises:
        UnreadableAoiError: unreadable, unsafe or too large.
        EmptyAoiError: no usable outline.
    """
    name = clean(path.name)
    try:
        layer = vectors.load(path)
    except UnreadableAoiError as error:
        message = error.message.replace("The area of interest", "The label file")
        raise UnreadableAoiError(message, hint=error.hint.replace("aoi.", "labels.")) from error
    _check(layer, name)
    rows = _rows(path, layer)
    judged, undecided = _judged(rows)
    used = [(row, shape) for row in judged if (shape := _shape(row)) is not None]
    if not used:
        raise _empty(name, judged, undecided)
    crossed = sum(not row.geometry.is_valid for row, _shape in used)
    findings = (*_left_out(len(judged) - len(used), undecided), *_repaired(crossed))
    return Labels(name, tuple(shape for _row, shape in used), layer.crs, findings)


def _check(layer: vectors.Layer, name: str) -> None:
    """Refuse too many outlines, too many corners and coordinate systems that cannot be used."""
    corners = sum(int(shapely.get_num_coordinates(one)) for one in layer.geometries)
    limit = settings.load().max_aoi_vertices
    if len(layer.geometries) > MAX_SHAPES or corners > limit:
        msg = (
            f"The label file {name!r} has {len(layer.geometries)} outlines with {corners} corners;"
            f" the limits are {MAX_SHAPES} and {limit}."
        )
        raise UnreadableAoiError(msg, hint="Simplify the outlines, or label less ground.")
    try:
        georeference.check_crs(layer.crs, name)
    except UnreadableRasterError as error:
        raise UnreadableAoiError(error.message, hint="Save the labels in WGS 84.") from error


def _empty(name: str, judged: Sequence[_Row], undecided: int) -> EmptyAoiError:
    if undecided and not judged:
        msg = f"Nobody has decided on any of the {undecided} objects of {name!r} yet."
        return EmptyAoiError(msg, hint="Accept, correct or reject some of them on the page Count.")
    if any(_polygon(row.geometry) is not None for row in judged):
        said = next(word for row in judged if _state(row) is None and (word := _said(row)))
        msg = f"The label file {name!r} says of its outlines {said!r}, which is no known state."
        hint = f"Use one of: {', '.join(WORDS.values())}; or leave the column out."
        return EmptyAoiError(msg, hint=hint)
    msg = f"The label file {name!r} holds no outline with an area."
    return EmptyAoiError(msg, hint="Draw polygons around the ground that changed.")


def _left_out(unusable: int, undecided: int) -> tuple[Finding, ...]:
    told = []
    if undecided:
        words = f"{undecided} objects that nobody decided on were left out: they are not known."
        if undecided == 1:
            words = "1 object that nobody decided on was left out: it is not known."
        told.append(Finding("labels_undecided", "info", words, "", float(undecided), "1"))
    if unusable:
        words = f"{unusable} labels without a polygon or a known state were left out."
        if unusable == 1:
            words = "1 label without a polygon or a known state was left out."
        told.append(Finding("labels_unusable", "caution", words, "Check the label file.",
                            float(unusable), "1"))  # fmt: skip
    return tuple(told)


def _repaired(crossed: int) -> tuple[Finding, ...]:
    if not crossed:
        return ()
    words = "1 label has an outline that crosses itself; it was repaired."
    if crossed > 1:
        words = f"{crossed} labels have outlines that cross themselves; they were repaired."
    remedy = "Check them on the map of the result: parts of them may be lost."
    return (Finding("labels_repaired", "caution", words, remedy, float(crossed), "1"),)


# What a feature means.


def _judged(rows: Sequence[_Row]) -> tuple[list[_Row], int]:
    """The rows that count, and how many were left out because nobody decided on them."""
    if any(row.table == LEDGER for row in rows):
        # The other layers of a count hold the same things once more.
        rows = [row for row in rows if row.table in {LEDGER, TURNED_DOWN}]
    if not any("decision" in row.about for row in rows):
        return list(rows), 0
    judged = [row for row in rows if row.about.get("decision", UNDECIDED) != UNDECIDED]
    return judged, len(rows) - len(judged)


def _shape(row: _Row) -> LabelShape | None:
    polygon = _polygon(row.geometry)
    state = _state(row)
    if polygon is None or state is None:
        return None
    kind = next((row.about[key] for key in CLASS_KEYS if row.about.get(key)), "")
    is_building = any(word in kind for word in BUILDINGS) if kind else state != "changed"
    return LabelShape(polygon, state, is_building)


def _state(row: _Row) -> LabelState | None:
    if row.about.get("decision") == REJECTED or row.table == TURNED_DOWN:
        return "unchanged"
    said = _said(row)
    return STATES.get(said) if said else "changed"


def _said(row: _Row) -> str:
    """The word for what became of the ground; empty where there is none."""
    return next((row.about[key] for key in STATE_KEYS if row.about.get(key)), "")


def _polygon(geometry: BaseGeometry) -> BaseGeometry | None:
    """The polygons of a feature, valid and in two dimensions; None without an area."""
    flat = shapely.force_2d(geometry)
    whole = flat if flat.is_valid else shapely.make_valid(flat)
    parts = [one for one in shapely.get_parts(shapely.get_parts(whole))
             if one.geom_type == "Polygon" and one.area > 0]  # fmt: skip
    if not parts:
        return None
    found: BaseGeometry = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    return found


# Attributes, in the order of the geometries.


def _rows(path: Path, layer: vectors.Layer) -> list[_Row]:
    """Features with the attributes that matter; without them where a format has none."""
    suffix = path.suffix.lower()
    if suffix in {".geojson", ".json"}:
        about = [("", found) for found in _of_geojson(path)]
    elif suffix == ".gpkg":
        about = list(_of_gpkg(path))
    else:
        about = []
    if len(about) != len(layer.geometries):
        about = [("", {})] * len(layer.geometries)
    return [_Row(one, found, table)
            for one, (table, found) in zip(layer.geometries, about, strict=True)]  # fmt: skip


def _of_geojson(path: Path) -> list[Mapping[str, str]]:
    parsed = json.loads(path.read_text(encoding="utf-8-sig"))
    return [_kept(one.get("properties")) for one in _features(parsed, vectors.MAX_DEPTH)]


def _features(mapping: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """Features with a geometry; `vectors` has read the file before, so it is well-formed."""
    if mapping.get("type") == "FeatureCollection" and depth:
        for feature in mapping["features"]:
            yield from _features(feature, depth - 1)
    elif mapping.get("type") != "Feature":
        yield {}
    elif mapping.get("geometry"):
        yield mapping


def _kept(found: Any) -> Mapping[str, str]:
    """The attributes that matter, as lower-case text."""
    about = found if isinstance(found, Mapping) else {}
    return {
        str(key).casefold(): _word(value)
        for key, value in list(about.items())[:500]
        if str(key).casefold() in KEYS and value is not None
    }


def _word(value: Any) -> str:
    return clean(str(value), limit=VALUE_CHARS).strip().casefold()


def _of_gpkg(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Table and attributes of each feature with a geometry, as `vectors` orders them."""
    with geopackage.opened(path) as database:
        tables = geopackage.feature_tables(database)
        try:
            for table, column, *_crs in tables:
                yield from _of_table(database, str(table), str(column))
        except sqlite3.Error as error:
            msg = f"The label file {clean(path.name)!r} is damaged."
            raise UnreadableAoiError(msg, hint=EXPORT) from error


def _of_table(
    database: sqlite3.Connection, table: str, column: str
) -> Iterator[tuple[str, Mapping[str, str]]]:
    listed = database.execute(f"PRAGMA table_info({quoted(table)})").fetchmany(500)
    wanted = [str(row[1]) for row in listed if str(row[1]).casefold() in KEYS]
    columns = ", ".join(map(quoted, (column, *wanted)))
    query = f"SELECT {columns} FROM {quoted(table)}"  # noqa: S608 - identifiers are quoted
    for row in database.execute(query).fetchmany(settings.load().max_aoi_vertices + 1):
        if row[0]:
            yield table, _kept(dict(zip(wanted, row[1:], strict=True)))


def require_some(labels: Sequence[Labels]) -> None:
    """Nothing, if anything is labelled as changed.

    Raises:
        InputError: all labels say that nothing changed.
    """
    if not any(shape.is_change for one in labels for shape in one.shapes):
        msg = "None of the labels says that something changed."
        raise InputError(msg, hint="Label some ground that changed; unchanged ground alone teaches"
                         " nothing.")  # fmt: skip


def read_upload(name: str, content: bytes) -> Labels:
    """The labels of a file that a browser sent, whose name may be anything.

    Raises:
        AoiError: as `read`.
    """
    sent = PurePath(name.replace("\\", "/"))
    stem = UNSAFE.sub("_", sent.stem)[:VALUE_CHARS] or "labels"
    suffix = "." + UNSAFE.sub("", sent.suffix)[:10].lower()
    with TemporaryDirectory(prefix="groundshift-") as folder:
        path = Path(folder) / f"{stem}{suffix}"
        path.write_bytes(content)
        return read(path)


def to_geojson(labels: Labels) -> dict[str, Any]:
    """Labels as GeoJSON in WGS 84, in the words that `read` knows."""
    move = lonlat_transformer(labels.crs)
    features = []
    for one in labels.shapes:
        moved = shapely.transform(
            one.polygon, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
        )
        about = {"state": WORDS[one.state], "class": "building" if one.is_building else "ground"}
        features.append({"type": "Feature", "properties": about,
                         "geometry": shapely.geometry.mapping(moved)})  # fmt: skip
    return {"type": "FeatureCollection", "features": features}
