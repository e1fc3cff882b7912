"""The job that answers one prompt of the map: a click or a box becomes an outline.

Finds the scene and hands the outline back in the job's result; the work is
`services.answer_prompt`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from errors import InputError, NotFoundError
from workspace import scenes

if TYPE_CHECKING:
    from pathlib import Path

    from progress import Watcher
    from workspace.records import Job

NAME = "segment_prompt"
LANE = "prompt"


def warm_up() -> None:
    """Load the learned segmenter, so that the first click does not wait for it."""
    import_module("services.answer_prompt")
    import_module("services.chosen_segmenter").warm_up()


def run(job: Job, watcher: Watcher) -> dict[str, Any]:
    """Outline what the parameter `prompt` points at in the scene of the parameter `scene`.

    Raises:
        NotFoundError: the scene was deleted.
        InputError: it is not ready, or the prompt cannot be used.
        GroundshiftError: as `services.answer_prompt.answer`.
    """
    from services.answer_prompt import answer
    from services.map_prompts import from_json

    prompt = from_json(job.params.get("prompt") or {})
    source, sha256 = ready_scene(job)
    watcher.step(0.0, "Outlining")
    found = answer(source, sha256, prompt, segmenter_of(job), device=job.device)
    return found.to_json()


def ready_scene(job: Job) -> tuple[Path, str]:
    """File and hash of the scene a job names.

    Raises:
        NotFoundError: the scene was deleted.
        InputError: it is not ready.
    """
    try:
        scene = scenes.get(job.owner, str(job.params.get("scene")))
    except NotFoundError as error:
        raise NotFoundError("The scene was deleted.", hint="Add it again.") from error
    if scene.facts is None:
        raise InputError("The scene is not ready.", hint="Wait until it is prepared.")
    return scene.source, scene.facts.sha256


def segmenter_of(job: Job) -> str:
    """The segmenter a job names, or `auto`."""
    return str(job.params.get("segmenter") or "auto")
