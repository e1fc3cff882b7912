"""The job that compares the two scenes of a project.

Finds the scenes, writes the area and keeps a summary; the work is `services.compare`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from workspace import job_folder, job_inputs

if TYPE_CHECKING:
    from pathlib import Path

    from progress import Watcher
    from services.compare import CompareRequest, Outcome
    from workspace.records import Job

NAME = "compare"
LANE = "compute"


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

    with job_folder.working(job) as work:
        area = job_inputs.write_area(job, work)
        request = _request(job, job_inputs.pair(job), area)
        outcome = compare(request, out_dir=work / "result", watcher=watcher)
        if area is not None:
            # Whoever has the result can make it again only with the area, which nobody else keeps.
            area.rename(outcome.folder / AREA)
        job_folder.keep(job, outcome.folder)
    return _summary(job, outcome)


def _request(job: Job, pair: job_inputs.Pair, area: Path | None) -> CompareRequest:
    from services.compare import CompareRequest

    return CompareRequest(
        pre=pair.pre.source,
        post=pair.post.source,
        aoi=area,
        detector=str(job.params.get("detector") or "auto"),
        threshold=job_inputs.number(job, "threshold"),
        min_area_m2=job_inputs.number(job, "min_area_m2"),
        known_sha256=pair.known_sha256,
        device=job.device,
        like=job_inputs.places(job, "like"),
    )


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
        # Most detectors have no engine, and compute on the processor.
        "device": job.device if outcome.run.get("engine", {}).get("name") == "cuda" else "cpu",
    }
