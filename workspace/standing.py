"""How far work is, in a few words and a share: what a page begins with and then asks again.

Knows jobs and scenes; nothing of pages or addresses.
"""

from dataclasses import dataclass

from workspace import jobs, scenes
from workspace.records import Job

BEING_PREPARED = frozenset({"waiting", "preparing"})


@dataclass(frozen=True)
class Standing:
    """Where some work stands.

    Attributes:
        is_active: whether it waits or goes on; False once it has ended, however it did.
        share_pct: how much is done, 0..100; None where nobody can know.
        words: what is being done, or how many jobs come first; untrusted text, cleaned.
    """

    is_active: bool
    share_pct: int | None
    words: str


def of_job(owner: str, job_id: str) -> Standing:
    """Where a job stands.

    Raises:
        NotFoundError: it is not there, or another user's.
    """
    job = jobs.get(owner, job_id)
    return Standing(job.is_active, _share_pct(job), _words(job))


def of_scene(owner: str, scene_id: str) -> Standing:
    """Where the preparation of a scene or of a bundled sample stands.

    Raises:
        NotFoundError: the scene is not there, or another user's.
    """
    is_active = scenes.get(owner, scene_id).status in BEING_PREPARED
    job = scenes.preparation(owner, scene_id)
    return Standing(is_active, _share_pct(job) if job else 0, _words(job) if job else "")


def _share_pct(job: Job) -> int:
    return round(100 * job.progress)


def _words(job: Job) -> str:
    if not job.is_active:
        return ""
    if job.status == "running":
        return job.message or "Starting"
    before = jobs.position(job.owner, job.id)
    if before == 0:
        return "Waiting: next in line"
    return f"Waiting: {before} {'job runs' if before == 1 else 'jobs run'} before this one"
