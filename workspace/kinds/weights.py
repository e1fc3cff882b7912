"""The job that fetches published weights, for everybody who uses this server.

The work is `services.fetch_weights`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from progress import Watcher
    from workspace.records import Job

NAME = "weights"
LANE = "prepare"


def run(job: Job, watcher: Watcher) -> dict[str, Any]:
    """Fetch the weights of the job, whose name is the parameter `name`.

    Raises:
        GroundshiftError: as `services.fetch_weights.fetch`.
    """
    from services.fetch_weights import fetch

    name = str(job.params["name"])
    fetch(name, watcher=watcher)
    return {"name": name}
