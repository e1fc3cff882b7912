"""One job as the visitor sees it: where it is, a way to stop it, and what became of it.

Knows nothing of what the job computes.
"""

from collections.abc import Callable
from contextlib import suppress

import streamlit as st

from errors import GroundshiftError, NotFoundError
from pages._ui.watcher_view import watch_job
from pages._ui.words import attempt, plain, show_error
from workspace import jobs, standing
from workspace.records import ACTIVE, Job
from workspace.standing import Standing

__all__ = ["ACTIVE", "STATUS", "run_again", "show_job"]

PARAMETER = "job"
STATUS = {
    "waiting": "Waiting",
    "running": "Running",
    "done": "Done",
    "failed": "Failed",
    "cancelled": "Stopped",
    "lost": "Interrupted",
}


def show_job(
    owner: str, job_id: str, *, on_done: Callable[[Job], None] | None = None
) -> Job | None:
    """Progress and a stop button while a job lasts; why and "Run again" when it did not end well.

    Nothing is drawn for a job that is done. When a job ends while it is watched, `on_done` is
    called with it if it ended well, before the page runs again. Not for use within a fragment,
    which would run again alone.

    Returns:
        The job as it is now, or None when there is no such job, which is told on the page.
    """
    try:
        job = jobs.get(owner, job_id)
        found = standing.of_job(owner, job_id)
    except GroundshiftError as error:
        show_error(error)
        return None
    if job.is_active:
        _watch(job, found, on_done)
    elif job.status != "done":
        _show_end(owner, job)
    return job


def run_again(owner: str, job_id: str) -> None:
    """Submit a job with the same parameters; the address follows if it named the former one.

    Raises:
        GroundshiftError: as `jobs.again`.
    """
    fresh = jobs.again(owner, job_id)
    if st.query_params.get(PARAMETER) == job_id:
        st.query_params[PARAMETER] = fresh.id


def _watch(job: Job, found: Standing, on_done: Callable[[Job], None] | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        watch_job(job.id, found, on_end=attempt, args=(_ended, job.owner, job.id, on_done))
        show_stop(job)


def show_stop(job: Job) -> None:
    """The button that stops a job of the visitor."""
    st.button(
        "Stop",
        key=f"stop_{job.id}",
        icon=":material/stop_circle:",
        on_click=attempt,
        args=(jobs.cancel, job.owner, job.id),
    )


def _ended(owner: str, job_id: str, on_done: Callable[[Job], None] | None) -> None:
    """Hand over a job that ended well; one that did not, or is gone, is told by the page."""
    with suppress(NotFoundError):
        job = jobs.get(owner, job_id)
        if job.status == "done" and on_done is not None:
            on_done(job)


def _show_end(owner: str, job: Job) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        _show_why(job)
        show_again(owner, job)


def show_again(owner: str, job: Job) -> None:
    """The button that runs a job once more."""
    st.button(
        "Run again",
        key=f"again_{job.id}",
        icon=":material/replay:",
        on_click=attempt,
        args=(run_again, owner, job.id),
    )


def _show_why(job: Job) -> None:
    told = f"{plain(job.message)} {plain(job.hint)}".strip()
    if job.status == "cancelled":
        st.info(f"{told} Nothing was written.", icon=":material/stop_circle:")
    elif job.status == "lost":
        st.warning(told, icon=":material/sync_problem:")
    else:
        show_error(GroundshiftError(job.message, hint=job.hint))
