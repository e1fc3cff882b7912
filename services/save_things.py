"""Things that a user kept as files: outlines with their names, and a mask of their numbers.

Knows formats by the exports; nothing of users or where things are kept.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from rasterio.features import geometry_mask
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from analysis.outlined import Outlined
from analysis.things import Thing, drawn
from exports import jsontext
from exports.coco import Label, LabelledImage, document
from exports.outlines import mask
from raster.grid import Grid
from raster.instances import Instance, cut
from raster.scene import Scene
from raster.scene import open as open_scene
from raster.text import clean
from services.measure_areas import size_m2

LAYER = "things"
UNNAMED = "thing"


@dataclass(frozen=True)
class NamedThing:
    """One thing to save.

    Attributes:
        id: its number, which the mask carries.
        name: for people.
        label: what it is; may be empty.
        geometry: GeoJSON polygon or multipolygon in WGS 84.
        score: how sure the segmenter was, 0..1.
        segmenter: what outlined it.
    """

    id: int
    name: str
    label: str
    geometry: Mapping[str, Any]
    score: float
    segmenter: str


def geojson(things: Sequence[NamedThing]) -> bytes:
    """The outlines in WGS 84 by RFC 7946."""
    features = [
        {"type": "Feature", "id": one.id, "properties": _about(one), "geometry": one.geometry}
        for one in things
    ]
    content = {"type": "FeatureCollection", "features": features}
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode()


def geopackage(things: Sequence[NamedThing], scene: Path) -> bytes:
    """The outlines in the scene's CRS, layer `things`.

    Raises:
        RasterError: the scene cannot be opened.
    """
    import geopandas as gpd

    shapes = [_lonlat(one) for one in things]
    table = gpd.GeoDataFrame([_about(one) for one in things], geometry=shapes, crs="EPSG:4326")
    with TemporaryDirectory(prefix="groundshift-") as folder:
        path = Path(folder) / "things.gpkg"
        placed = table.to_crs(open_scene(scene).grid.crs.to_wkt())
        placed.to_file(path, layer=LAYER, driver="GPKG", engine="pyogrio", promote_to_multi=True)
        return path.read_bytes()


def ids_mask(things: Sequence[NamedThing], scene: Path) -> bytes:
    """The number of the thing at every pixel of the scene, as a GeoTIFF of the part with things.

    Where things overlap the smaller one is on top.

    Raises:
        RasterError: the scene cannot be opened.
        ExportError: the disk is full.
    """
    outlined = _outlined(things, open_scene(scene))
    with TemporaryDirectory(prefix="groundshift-") as folder:
        path = Path(folder) / mask.FILE_NAME
        mask.write(outlined, path)
        return path.read_bytes()


def coco(things: Sequence[NamedThing], scene: Path) -> bytes:
    """The outlines as labels in COCO's form, in pixels of the whole scene; a category per class.

    Raises:
        RasterError: the scene cannot be opened.
    """
    opened = open_scene(scene)
    outlined = _outlined(things, opened)
    named = {one.id: one for one in things}
    labels = tuple(
        Label(one.polygon, round(one.score, 4), _about(named[one.id])) for one in outlined.things
    )
    image = LabelledImage(opened.name, opened.grid, labels)
    content = document([image], category=UNNAMED, info={"description": "Kept in Groundshift"})
    return jsontext.dumps(_by_class(content)).encode()


def _by_class(content: dict[str, Any]) -> dict[str, Any]:
    """The same labels with a category for every class instead of one for all."""
    names = dict.fromkeys(one["class"] or UNNAMED for one in content["annotations"])
    numbers = {name: number for number, name in enumerate(names, start=1)}
    return {
        **content,
        "categories": [
            {"id": number, "name": name, "supercategory": ""} for name, number in numbers.items()
        ],
        "annotations": [
            {**one, "category_id": numbers[one["class"] or UNNAMED]}
            for one in content["annotations"]
        ],
    }


def _about(thing: NamedThing) -> dict[str, Any]:
    return {
        "id": thing.id,
        "name": thing.name,
        "class": thing.label,
        "area_m2": round(size_m2(thing.geometry), 3),
        "score": round(thing.score, 4),
        "segmenter": thing.segmenter,
    }


def _lonlat(thing: NamedThing) -> BaseGeometry:
    return shapely.from_geojson(json.dumps(thing.geometry))


def _outlined(things: Sequence[NamedThing], scene: Scene) -> Outlined:
    """The things on the pixels of a scene; one that covers no centre of a pixel has none there."""
    grid = scene.grid
    to_grid = Transformer.from_crs("EPSG:4326", grid.crs.to_wkt(), always_xy=True)
    shapes = [_moved(_lonlat(one), to_grid) for one in things]
    seen = [
        (one, _instance(shape, grid, one.score)) for one, shape in zip(things, shapes, strict=True)
    ]
    found: list[tuple[Thing, Instance]] = [
        (replace(drawn([shape], grid.crs, first_id=one.id)[0], score=one.score), instance)
        for (one, instance), shape in zip(seen, shapes, strict=True)
        if instance is not None
    ]
    named, instances = zip(*found, strict=True) if found else ((), ())
    return Outlined(
        scene=clean(scene.name),
        grid=grid,
        instances=tuple(instances),
        things=tuple(named),
        segmenter="",
        run={"id": ""},
    )


def _moved(shape: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    moved: BaseGeometry = shapely.transform(
        shape, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
    )
    return moved


def _instance(shape: BaseGeometry, grid: Grid, score: float) -> Instance | None:
    """The pixels of a grid whose centre lies in a shape."""
    cols, rows = ~grid.transform @ tuple(shapely.get_coordinates(shapely.box(*shape.bounds)).T)
    left, top = max(int(np.floor(cols.min())), 0), max(int(np.floor(rows.min())), 0)
    right = min(int(np.ceil(cols.max())), grid.width)
    bottom = min(int(np.ceil(rows.max())), grid.height)
    if left >= right or top >= bottom:
        return None
    window = Window(left, top, right - left, bottom - top)
    part = grid.crop(window)
    inside = geometry_mask([shape], part.shape, part.transform, invert=True)
    return cut(inside, score, top=top, left=left)
