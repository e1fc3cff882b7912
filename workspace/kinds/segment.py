"""The job that outlines things in a scene of a project and keeps them as files.

Finds the scene, writes the area and keeps a summary; the work is `services.segment`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from errors import InputError, NotFoundError
from workspace import job_folder, job_inputs, scenes

if TYPE_CHECKING:
    from pathlib import Path

    from progress import Watcher
    from services.segment import SegmentOutcome, SegmentRequest
    from workspace.records import Job, Scene

NAME = "segment"
LANE = "compute"


def warm_up() -> None:
    """Load what outlining needs, models apart."""
    import_module("services.segment")


def run(job: Job, watcher: Watcher) -> dict[str, Any]:
    """Outline; the files go to `results/<job id>` whole or not at all.

    Parameters: `scene`, `segmenter`, `prompts` (as `MapPrompt.to_json`) or `auto`, `aoi` (a GeoJSON
    geometry), `area_name`, `min_area_m2`, `max_area_m2`.

    Raises:
        NotFoundError: the scene was deleted.
        InputError: the scene is not ready, or a parameter cannot be used.
        GroundshiftError: as `services.segment.segment`.
    """
    from services.results import AREA
    from services.segment import segment

    with job_folder.working(job) as work:
        area = job_inputs.write_area(job, work)
        request = _request(job, area)
        outcome = segment(request, out_dir=work / "result", watcher=watcher)
        if area is not None:
            # Whoever has the result can make it again only with the area, which nobody else keeps.
            area.rename(outcome.folder / AREA)
        job_folder.keep(job, outcome.folder)
    return _summary(job, outcome)


def _scene(job: Job) -> Scene:
    try:
        scene = scenes.get(job.owner, str(job.params.get("scene")))
    except NotFoundError as error:
        raise NotFoundError("The scene was deleted.", hint="Add it again.") from error
    if scene.facts is None:
        msg = f"The scene is not ready. {scene.message}".strip()
        raise InputError(msg, hint="Wait until it is prepared.")
    return scene


def _request(job: Job, area: Path | None) -> SegmentRequest:
    from services.map_prompts import from_json
    from services.segment import SegmentRequest

    scene = _scene(job)
    prompts = job.params.get("prompts") or ()
    if not isinstance(prompts, list | tuple):
        raise InputError("The prompts are not a list.", hint="Point at the things again.")
    return SegmentRequest(
        scene=scene.source,
        prompts=tuple(from_json(prompt) for prompt in prompts),
        segmenter=str(job.params.get("segmenter") or "auto"),
        auto=bool(job.params.get("auto")),
        aoi=area,
        min_area_m2=job_inputs.number(job, "min_area_m2"),
        max_area_m2=job_inputs.number(job, "max_area_m2"),
        device=job.device,
        known_sha256={scene.source: scene.facts.sha256} if scene.facts else {},
    )


def _summary(job: Job, outcome: SegmentOutcome) -> dict[str, Any]:
    facts = {fact.name: fact.value for fact in outcome.facts}
    return {
        "folder": f"results/{job.id}",
        "things": len(outcome.things),
        "covered_area_m2": facts["covered_area"],
        "segmenter": outcome.run["segmenter"]["name"],
        "segmenter_reason": outcome.run["segmenter"]["why"],
        "findings": [finding.message for finding in outcome.findings],
        "device": "cpu" if outcome.run["device"] == "cpu" else job.device,
    }
