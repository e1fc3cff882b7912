"""The job that looks at a part of a scene before anything is pointed at there.

The next click in that part is then answered without waiting for the model to look. Has no result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workspace.kinds import segment_prompt

if TYPE_CHECKING:
    from progress import Watcher
    from workspace.records import Job

NAME = "segment_ahead"
LANE = segment_prompt.LANE


def run(job: Job, watcher: Watcher) -> dict[str, Any]:
    """Look at the scene of the parameter `scene` where the parameter `prompt` points.

    Raises:
        NotFoundError: the scene was deleted.
        InputError: it is not ready, or the place lies outside it.
        GroundshiftError: as `services.answer_prompt.look_ahead`.
    """
    from services.answer_prompt import look_ahead
    from services.map_prompts import from_json

    prompt = from_json(job.params.get("prompt") or {})
    source, sha256 = segment_prompt.ready_scene(job)
    watcher.step(0.0, "Looking ahead")
    look_ahead(source, sha256, prompt, segment_prompt.segmenter_of(job), device=job.device)
    return {}
