"""One job as the visitor sees it: where it is, a way to stop it, and what became of it.

Knows nothing of what the job computes.
"""

from collections.abc import Callable

import streamlit as st

from errors import GroundshiftError
from pages._ui.words import attempt, plain, show_error
from workspace import jobs
from workspace.records import ACTIVE, Job

__all__ = ["ACTIVE", "STATUS", "place_words", "run_again", "show_job"]

POLL_S = 0.4
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
    called with it if it ended well, and the whole page runs again.

    Returns:
        The job as it is now, or None when there is no such job, which is told on the page.
    """
    try:
        job = jobs.get(owner, job_id)
    except GroundshiftError as error:
        show_error(error)
        return None
    if job.is_active:
        _watch(owner, job_id, on_done)
    elif job.status != "done":
        _show_end(owner, job)
    return job


def place_words(owner: str, job: Job) -> str:
    """What is being done, or how many jobs come first."""
    if job.status == "running":
        return job.message or "Starting"
    before = jobs.position(owner, job.id)
    if before == 0:
        return "Waiting: next in line"
    return f"Waiting: {before} {'job runs' if before == 1 else 'jobs run'} before this one"


def run_again(owner: str, job_id: str) -> None:
    """Submit a job with the same parameters; the address follows if it named the former one.

    Raises:
        GroundshiftError: as `jobs.again`.
    """
    fresh = jobs.again(owner, job_id)
    if st.query_params.get(PARAMETER) == job_id:
        st.query_params[PARAMETER] = fresh.id


@st.fragment(run_every=POLL_S)
def _watch(owner: str, job_id: str, on_done: Callable[[Job], None] | None) -> None:
    try:
        job = jobs.get(owner, job_id)
    except GroundshiftError:
        st.rerun()
    if not job.is_active:
        if job.status == "done" and on_done is not None:
            on_done(job)
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.progress(job.progress, plain(place_words(owner, job)))
        st.button(
            "Stop",
            key=f"stop_{job.id}",
            icon=":material/stop_circle:",
            on_click=attempt,
            args=(jobs.cancel, owner, job.id),
        )


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
