"""Progress of work on a page: the browser asks for it, and the page runs only when it has ended.

A page that ran every moment to look would get in the way of what its user clicks meanwhile. Knows
where to ask, not what the work is.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import settings
from pages._ui.components import renderer
from workspace.standing import Standing


def watch_job(
    job_id: str, standing: Standing, *, on_end: Callable[..., object], args: tuple[Any, ...] = ()
) -> None:
    """The progress of an active job; `on_end` is called once it has ended, and the page runs."""
    _watch(f"jobs/{job_id}", standing, on_end, args)


def watch_scene(scene_id: str, standing: Standing) -> None:
    """The progress of a scene that is being prepared; the page runs once that has ended."""
    _watch(f"scenes/{scene_id}", standing, _rerun, ())


def watch_answer(asked_id: str, words: str) -> None:
    """What is being done for a question; the page runs once it is answered."""
    _watch(f"answers/{asked_id}", Standing(True, None, words), _rerun, ())


def _watch(
    place: str, standing: Standing, on_end: Callable[..., object], args: tuple[Any, ...]
) -> None:
    base = settings.load().base_path.strip("/")
    address = f"{'/' + base if base else ''}/progress/{place}"

    def told() -> None:
        on_end(*args)

    renderer("watcher")(
        key=f"watch_{place.replace('/', '_')}",
        data={"address": address, **asdict(standing)},
        on_ended_change=told,
    )


def _rerun() -> None:
    """A callback is what makes the browser's word known to Streamlit; the run is all we want."""
