"""Prompts of users and their answers: submitted, waited for, and forgotten once they were read.

Knows jobs; nothing of models or outlines.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from errors import InputError, NotFoundError
from raster.findings import Finding
from workspace import database, jobs, scenes
from workspace.kinds import segment_ahead, segment_prompt

POLL_S = 0.01
KEPT_S = 3600.0
"""An answer nobody read belongs to a page that was closed."""


@dataclass(frozen=True)
class Answer:
    """What came of one prompt.

    Attributes:
        features: GeoJSON features in WGS 84, at most one, with `area_m2`, `perimeter_m`,
            `length_m`, `score`, `lon`, `lat` and `segmenter` among its properties.
        segmenter: what outlined it.
        reason: why that one.
        findings: what the user must know, e.g. that nothing is there.
    """

    features: tuple[dict[str, Any], ...]
    segmenter: str
    reason: str
    findings: tuple[Finding, ...]


def ask(owner: str, scene_id: str, prompt: Mapping[str, Any], *, segmenter: str = "auto") -> str:
    """The id of the job that answers a prompt.

    Args:
        owner: who asks.
        scene_id: one of the owner's scenes, or a bundled sample.
        prompt: as `services.map_prompts.MapPrompt.to_json`: `inside`, `outside`, `box`,
            `polygon`, `crs`; coordinates in WGS 84 (lon, lat) without a `crs`.
        segmenter: name, or `auto`.

    Raises:
        NotFoundError: the scene is not there, or another user's.
        LimitError: too many jobs of the owner wait.
    """
    return _submit(segment_prompt.NAME, owner, scene_id, prompt, segmenter)


def look_ahead(
    owner: str, scene_id: str, prompt: Mapping[str, Any], *, segmenter: str = "auto"
) -> str:
    """The id of the job after which prompts near this one are answered sooner.

    Raises:
        NotFoundError: the scene is not there, or another user's.
        LimitError: too many jobs of the owner wait.
    """
    return _submit(segment_ahead.NAME, owner, scene_id, prompt, segmenter)


def _submit(kind: str, owner: str, scene_id: str, prompt: Mapping[str, Any], segmenter: str) -> str:
    scene = scenes.get(owner, scene_id)
    params = {"scene": scene.id, "segmenter": segmenter, "prompt": dict(prompt)}
    return jobs.submit(owner, kind, params).id


def answered(owner: str, job_id: str, *, wait_s: float = 2.0) -> Answer | None:
    """The answer; None where it is not there after `wait_s`.

    It can be read again until the job is deleted: a page may be cut short before it has kept it.

    Raises:
        NotFoundError: there is no such prompt, or it is another user's.
        InputError: it could not be answered; the message and the remedy are in the error.
    """
    end_s = time.monotonic() + wait_s
    while (job := jobs.get(owner, job_id)).is_active:
        if time.monotonic() >= end_s:
            return None
        time.sleep(POLL_S)
    if job.kind != segment_prompt.NAME:
        raise NotFoundError("There is no such prompt.", hint="Point at the thing again.")
    if job.status != "done":
        raise InputError(job.message, hint=job.hint)
    return _answer(job.result)


def forget_old() -> int:
    """Delete the answers nobody read; how many."""
    oldest = database.utc_text(datetime.now(UTC) - timedelta(seconds=KEPT_S))
    with database.transaction() as connection:
        rows = connection.execute(
            "SELECT id FROM jobs WHERE kind IN (?, ?) AND finished_utc < ?",
            (segment_prompt.NAME, segment_ahead.NAME, oldest),
        ).fetchall()
        gone = jobs.drop(connection, [row["id"] for row in rows])
    jobs.discard(gone)
    return len(gone)


def _answer(result: Mapping[str, Any]) -> Answer:
    findings = tuple(Finding(**finding) for finding in result["findings"])
    return Answer(tuple(result["features"]), result["segmenter"], result["reason"], findings)
