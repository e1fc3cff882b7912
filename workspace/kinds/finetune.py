"""The job that trains the change network on with labels that people made in a project.

Finds the scenes, writes labels and area and keeps a summary; the work is `services.finetune`. No
worker loads the learning library for it before somebody asks.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from errors import InputError
from raster.text import clean
from workspace import edits, job_folder, job_inputs, results

if TYPE_CHECKING:
    from pathlib import Path

    from progress import Watcher
    from services.finetune import FinetuneOutcome, FinetuneRequest
    from workspace.records import Job

NAME = "finetune"
LANE = "compute"
NAME_CHARS = 80
MINUTES = 10.0
COUNTED = "count"
"""What a label made from a count is called in its folder."""


def run(job: Job, watcher: Watcher) -> dict[str, Any]:
    """Train; the files go to `results/<job id>` whole or not at all.

    Parameters: `pre`, `post`, `labels` (a GeoJSON FeatureCollection in WGS 84) or `count` (id of a
    reviewed count), `aoi` (the looked-at area as a GeoJSON geometry), `area_name`, `is_whole`
    (whether everything was looked at), `name`, `title`, `minutes`, `few_labels`.

    Raises:
        NotFoundError: a scene or the count was deleted.
        InputError: a scene is not ready, or a parameter cannot be used.
        GroundshiftError: as `services.finetune.finetune`.
    """
    from services.finetune import finetune

    with job_folder.working(job) as work:
        area = job_inputs.write_area(job, work)
        request = _request(job, _labels(job, work, watcher), area)
        outcome = finetune(request, out_dir=work / "result", watcher=watcher)
        job_folder.keep(job, outcome.folder)
    return _summary(job, outcome)


def _request(job: Job, labels: Path, area: Path | None) -> FinetuneRequest:
    from services.finetune import FinetuneRequest, LabelledScenes

    pair = job_inputs.pair(job)
    minutes = job_inputs.number(job, "minutes")
    is_whole = area is None and job.params.get("is_whole") is True
    return FinetuneRequest(
        pairs=(LabelledScenes(pair.pre.source, pair.post.source, labels, area, is_whole),),
        name=str(job.params.get("name") or ""),
        title=clean(str(job.params.get("title") or ""), limit=NAME_CHARS),
        minutes=MINUTES if minutes is None else minutes,
        few_labels=job.params.get("few_labels") is True,
        device=job.device,
        known_sha256=pair.known_sha256,
    )


def _labels(job: Job, work: Path, watcher: Watcher) -> Path:
    """The labels of the job as a file, or as the folder of a count with its corrections.

    Raises:
        InputError: it was given none.
    """
    counted, drawn = job.params.get(COUNTED), job.params.get("labels")
    if isinstance(counted, str) and counted:
        from services.edit_count import write_edited

        folder = results.get(job.owner, counted, kind=COUNTED)
        corrections = edits.listed(job.owner, counted)
        target = work / COUNTED
        write_edited(folder, corrections, out_dir=target, watcher=watcher.part(0.0, 0.02))
        return target
    if not isinstance(drawn, dict):
        raise InputError("There are no labels.", hint="Choose a reviewed count or a label file.")
    path = work / "labels.geojson"
    path.write_text(json.dumps(drawn), encoding="utf-8")
    return path


def _summary(job: Job, outcome: FinetuneOutcome) -> dict[str, Any]:
    return {
        "folder": f"results/{job.id}",
        "name": outcome.name,
        "is_kept": outcome.is_kept,
        "verdict": outcome.verdict,
        "figures": [asdict(row) for row in outcome.figures],
        "findings": [asdict(one) for one in outcome.findings],
        "device": str(outcome.record["device"]),
    }
