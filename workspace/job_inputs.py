"""What a job about scenes was given: the pair, the area and numbers, each checked.

Knows nothing of what the job does with them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from errors import InputError, NotFoundError
from raster.text import clean
from workspace import scenes

if TYPE_CHECKING:
    from pathlib import Path

    from workspace.records import Job, Scene

AREA_CHARS = 80


@dataclass(frozen=True)
class Pair:
    """The two scenes of a job."""

    pre: Scene
    post: Scene

    @property
    def known_sha256(self) -> dict[Path, str]:
        """The hashes of both, which were found when they were prepared."""
        return {
            scene.source: scene.facts.sha256
            for scene in (self.pre, self.post)
            if scene.facts is not None
        }


def pair(job: Job) -> Pair:
    """The scenes that the parameters `pre` and `post` name.

    Raises:
        NotFoundError: a scene was deleted.
        InputError: a scene is not ready.
    """
    return Pair(_scene(job, "pre", "earlier"), _scene(job, "post", "later"))


def write_area(job: Job, work: Path) -> Path | None:
    """The area of the job as a GeoJSON file in `work`, or None where none was drawn."""
    geometry = job.params.get("aoi")
    if geometry is None:
        return None
    name = clean(str(job.params.get("area_name") or "Area"), limit=AREA_CHARS)
    feature = {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
    path = work / "aoi.geojson"
    content = {"type": "FeatureCollection", "features": [feature]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def number(job: Job, key: str) -> float | None:
    """A parameter that is a number, or None where it is left out.

    Raises:
        InputError: it is something else.
    """
    value = job.params.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = f"The parameter {key!r} cannot be {value!r}."
        raise InputError(msg, hint="Give a number, or leave it out.")
    return float(value)


def places(job: Job, key: str) -> tuple[tuple[float, float], ...]:
    """A parameter that is a list of longitudes and latitudes; none where it is left out.

    Raises:
        InputError: it is something else.
    """
    value = job.params.get(key) or []
    if isinstance(value, list) and all(_is_place(one) for one in value):
        return tuple((float(lon), float(lat)) for lon, lat in value)
    msg = f"The parameter {key!r} is no list of longitudes and latitudes."
    raise InputError(msg, hint="Point at the map once more.")


def _is_place(value: object) -> bool:
    numbers = value if isinstance(value, list) and len(value) == 2 else [None]
    return all(isinstance(one, int | float) and not isinstance(one, bool) for one in numbers)


def _scene(job: Job, key: str, words: str) -> Scene:
    try:
        scene = scenes.get(job.owner, str(job.params[key]))
    except NotFoundError as error:
        msg = f"The scene of the {words} date was deleted."
        hint = "Add it again and make a new project of the pair."
        raise NotFoundError(msg, hint=hint) from error
    if scene.facts is None:
        msg = f"The scene of the {words} date is not ready. {scene.message}".strip()
        raise InputError(msg, hint="Wait until it is prepared.")
    return scene
