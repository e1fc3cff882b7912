"""The job that makes a scene ready for the map and for comparison.

Finds the scene and keeps what was found; the work is `services.ingest`.
"""

from importlib import import_module
from typing import Any

from errors import NotFoundError
from progress import Watcher
from workspace import scenes
from workspace.records import Job

NAME = "ingest"
LANE = "prepare"


def warm_up() -> None:
    """Load what preparing needs."""
    import_module("services.ingest")


def run(job: Job, watcher: Watcher) -> dict[str, Any]:
    """Prepare the scene of the job, whose id is the parameter `scene`.

    Raises:
        NotFoundError: the scene was deleted.
        GroundshiftError: the files are no scene we can use.
    """
    from services.ingest import ingest

    try:
        scene = scenes.get(job.owner, str(job.params["scene"]))
    except NotFoundError as error:
        raise NotFoundError("The scene was deleted.", hint="Add it again.") from error
    facts = ingest(scene.source, scene.folder, watcher=watcher)
    scenes.mark_ready(scene.id, facts)
    return {"scene": scene.id}
