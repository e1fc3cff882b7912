"""The outline of one thing in a prepared scene, fast enough to answer a click.

Keeps scenes, models and embeddings between prompts, and writes no result. Knows nothing of users.
"""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from analysis.things import Thing, measure
from exports.geojson import on_decimals
from inference.device import CPU
from inference.segmentation.prompting import Prompter, Sight
from raster.chip import stretch_of
from raster.findings import Finding
from raster.grid import Grid, lonlat_transformer
from raster.scene import open as open_scene
from services import chosen_segmenter, map_prompts
from services.chosen_segmenter import AUTO
from services.map_prompts import MapPrompt

SCENES_KEPT = 8


@dataclass(frozen=True)
class Answer:
    """What was found for one prompt, at once.

    Attributes:
        features: GeoJSON features in WGS 84, at most one; its properties are `area_m2`,
            `perimeter_m`, `length_m`, `score`, `lon`, `lat` and `segmenter`.
        segmenter: what outlined it.
        reason: why that one, where `auto` was asked for.
        findings: what the user must know.
    """

    features: tuple[dict[str, Any], ...]
    segmenter: str
    reason: str
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        return {**asdict(self), "features": list(self.features)}


def answer(
    scene: Path,
    scene_sha256: str,
    prompt: MapPrompt,
    segmenter: str = AUTO,
    *,
    device: str = CPU,
) -> Answer:
    """The outline a prompt asks for, without any file.

    The scene, its stretch, the model and the embedding are kept for the next prompt.

    Args:
        scene: file or folder of tiles that does not change any more.
        scene_sha256: hash of it.
        prompt: what was pointed at.
        segmenter: name, or `auto`.
        device: `cpu`, or a graphics card.

    Raises:
        InputError: the prompt points outside the scene or at nodata, or cannot be used.
        ModelError: the segmenter cannot run.
        RasterError: the scene cannot be read.
    """
    sight = _sight(scene, scene_sha256)
    choice = chosen_segmenter.choose(segmenter, sight.scene)
    loaded = chosen_segmenter.load(choice.name, device)
    placed = map_prompts.place(prompt, sight.scene)
    reply = Prompter(sight, loaded, chosen_segmenter.embeddings()).answer(placed.prompt)
    features: tuple[dict[str, Any], ...] = ()
    if reply.instance is not None:
        (thing,) = measure((reply.instance,), sight.scene.grid)
        features = (feature(thing, sight.scene.grid, choice.name),)
    remarks = chosen_segmenter.remarks(choice.name, sight.scene)
    findings = (*placed.findings, *remarks, *reply.findings)
    return Answer(features, choice.name, choice.reason, findings)


def look_ahead(
    scene: Path,
    scene_sha256: str,
    prompt: MapPrompt,
    segmenter: str = AUTO,
    *,
    device: str = CPU,
) -> None:
    """Everything `answer` needs before it can ask, so that prompts near this one are quick.

    Raises:
        GroundshiftError: as `answer`.
    """
    sight = _sight(scene, scene_sha256)
    loaded = chosen_segmenter.load(chosen_segmenter.choose(segmenter, sight.scene).name, device)
    placed = map_prompts.place(prompt, sight.scene)
    Prompter(sight, loaded, chosen_segmenter.embeddings()).look_ahead(placed.prompt)


def forget_scenes() -> None:
    """Let go of the scenes that were opened."""
    _sight.cache_clear()


def feature(thing: Thing, grid: Grid, segmenter: str) -> dict[str, Any]:
    """A thing as a GeoJSON feature in WGS 84."""
    transformer = lonlat_transformer(grid.crs)
    lonlat = shapely.transform(
        thing.polygon, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
    )
    (shape,) = on_decimals(np.array([lonlat], object))
    return {
        "type": "Feature",
        "id": thing.id,
        "geometry": json.loads(shapely.to_geojson(shapely.orient_polygons(shape))),
        "properties": {**numbers(thing), "segmenter": segmenter},
    }


def numbers(thing: Thing) -> dict[str, Any]:
    """The id and the sizes of a thing."""
    return {
        "id": thing.id,
        "area_m2": round(thing.area_m2, 3),
        "perimeter_m": round(thing.perimeter_m, 3),
        "length_m": round(thing.length_m, 3),
        "score": round(thing.score, 4),
        "lon": round(thing.lon, 7),
        "lat": round(thing.lat, 7),
    }


@lru_cache(maxsize=SCENES_KEPT)
def _sight(path: Path, sha256: str) -> Sight:
    """A scene that does not change, opened once; the hash tells it from another in its place."""
    scene = open_scene(path)
    return Sight(scene, sha256, stretch_of(scene))
