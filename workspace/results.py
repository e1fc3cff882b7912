"""Finished comparisons: where their files are, and what they found in short.

Knows which job a result belongs to; what is in the files is read by `services.results`.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from errors import NotFoundError
from workspace import jobs, places
from workspace.records import Job

KIND = "compare"


@dataclass(frozen=True)
class ResultSummary:
    """One finished comparison in a line.

    Attributes:
        id: of the job that made it.
        project: it belongs to.
        area_name: what was compared; empty for the whole overlap.
        finished_utc: when it was done.
        detector: the method.
        threshold: score from which a pixel is changed.
        changed_area_m2: ground that changed.
        changed_share_pct: its share of the assessed ground.
        objects: number of changed objects.
        caption: the caption.
        folder: where the files are.
    """

    id: str
    project: str | None
    area_name: str
    finished_utc: datetime
    detector: str
    threshold: float
    changed_area_m2: float
    changed_share_pct: float
    objects: int
    caption: str
    folder: Path


def get(owner: str, job_id: str, *, kind: str = KIND) -> Path:
    """The folder with the files of a finished comparison, or of another kind of job.

    Raises:
        NotFoundError: there is no such job, it is another user's, or it has no result.
    """
    return _folder(jobs.get(owner, job_id), kind)


def summary(owner: str, job_id: str) -> ResultSummary:
    """What a finished comparison found, in short; raises as `get` does."""
    return _summary(jobs.get(owner, job_id))


def listed(owner: str, project: str, *, limit: int = 100) -> tuple[ResultSummary, ...]:
    """The finished comparisons of a project whose files are still there, newest first."""
    found = (job for job in jobs.listed(owner, project=project, limit=limit) if _has_result(job))
    return tuple(_summary(job) for job in found)


def _has_result(job: Job, kind: str = KIND) -> bool:
    return job.kind == kind and job.status == "done" and places.folder("results", job.id).is_dir()


def _folder(job: Job, kind: str = KIND) -> Path:
    if not _has_result(job, kind):
        raise NotFoundError("This run has no result.", hint="Run it again.")
    return places.folder("results", job.id)


def _summary(job: Job) -> ResultSummary:
    folder = _folder(job)
    return ResultSummary(
        id=job.id,
        project=job.project,
        area_name=str(job.params.get("area_name") or ""),
        finished_utc=job.finished_utc or job.created_utc,
        detector=job.result["detector"],
        threshold=job.result["threshold"],
        changed_area_m2=job.result["changed_area_m2"],
        changed_share_pct=job.result["changed_share_pct"],
        objects=job.result["objects"],
        caption=job.result["caption"],
        folder=folder,
    )
