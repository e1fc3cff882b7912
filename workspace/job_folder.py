"""The folder a job works in, and how what it made becomes a result: whole or not at all.

Knows nothing of what a job makes.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from workspace import places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workspace.records import Job


@contextmanager
def working(job: Job) -> Iterator[Path]:
    """A folder of the job's own, gone afterwards: a killed run leaves nothing elsewhere."""
    work = places.folder("jobs", job.id)
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        yield work
    finally:
        places.remove(work)


def keep(job: Job, made: Path) -> None:
    """Move a finished result folder to `results/<job id>`."""
    target = places.folder("results", job.id)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made.rename(target)
