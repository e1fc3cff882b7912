"""The job that compares the two scenes of a project.

Finds the scenes, writes the area and keeps a summary; the work is `services.compare`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from errors import InputError, NotFoundError
from raster.text import clean
from workspace import places, scenes

if TYPE_CHECKING:
    from pathlib import Path

    from progress import Watcher
    from services.compare import CompareRequest, Outcome
    from workspace.records import Job, Scene

NAME = "compare"
LANE = "compute"
AREA_CHARS = 80


@dataclass(frozen=True)
class _Pair:
    """The two scenes of a job."""

    pre: Scene
    post: Scene


def warm_up() -> None:
    """Load what comparing needs, every detector and export included."""
    import_module("services.compare")
    import_module("exports.registry").discover()
    import_module("inference.registry").names()


def run(job: Job, watcher: Watcher) -> dict[str, Any]:
    """Compare; the files go to `results/<job id>` whole or not at all.

    Raises:
        NotFoundError: a scene was deleted.
        InputError: a scene is not ready.
        GroundshiftError: as `services.compare.compare`.
    """
    from services.compare import compare
    from services.results import AREA

    work = places.folder("jobs", job.id)
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        area = _write_area(job, work)
        request = _request(job, _pair(job), area)
        # The result is made in the job's own folder, so that a killed run leaves nothing elsewhere.
        outcome = compare(request, out_dir=work / "result", watcher=watcher)
        if area is not None:
            # Whoever has the result can make it again only with the area, which nobody else keeps.
            area.rename(outcome.folder / AREA)
        target = places.folder("results", job.id)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        outcome.folder.rename(target)
    finally:
        places.remove(work)
    return _summary(job, outcome)


def _pair(job: Job) -> _Pair:
    return _Pair(_scene(job, "pre", "earlier"), _scene(job, "post", "later"))


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


def _write_area(job: Job, work: Path) -> Path | None:
    """The area of the job as a GeoJSON file, or None for the whole overlap."""
    geometry = job.params.get("aoi")
    if geometry is None:
        return None
    name = clean(str(job.params.get("area_name") or "Area"), limit=AREA_CHARS)
    feature = {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
    path = work / "aoi.geojson"
    content = {"type": "FeatureCollection", "features": [feature]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _request(job: Job, pair: _Pair, area: Path | None) -> CompareRequest:
    from services.compare import CompareRequest

    return CompareRequest(
        pre=pair.pre.source,
        post=pair.post.source,
        aoi=area,
        detector=str(job.params.get("detector") or "auto"),
        threshold=_number(job, "threshold"),
        min_area_m2=_number(job, "min_area_m2"),
        known_sha256={
            scene.source: scene.facts.sha256
            for scene in (pair.pre, pair.post)
            if scene.facts is not None
        },
    )


def _number(job: Job, key: str) -> float | None:
    value = job.params.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = f"The parameter {key!r} cannot be {value!r}."
        raise InputError(msg, hint="Give a number, or leave it out.")
    return float(value)


def _summary(job: Job, outcome: Outcome) -> dict[str, Any]:
    whole = outcome.statistics[-1]
    return {
        "folder": f"results/{job.id}",
        "caption": outcome.caption,
        "changed_area_m2": whole.area_m2,
        "changed_share_pct": whole.area_share_pct,
        "objects": whole.objects,
        "detector": outcome.run["detector"]["name"],
        "threshold": outcome.run["threshold"]["value"],
        # No detector of this version computes on a graphics card.
        "device": "cpu",
    }
