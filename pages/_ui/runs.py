"""Which runs of a project a page shows: those of one kind under way, and one finished result.

The chosen one is in the address, so that a reload and a bookmark lead back to it.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from errors import GroundshiftError, NotFoundError
from pages._ui import drawn_areas
from pages._ui.job_view import show_job
from pages._ui.words import show_error, told_apart
from wording import quantities
from workspace import jobs
from workspace.records import ACTIVE, Job, Project

PARAMETER = "job"
KIND = "compare"


@dataclass(frozen=True)
class Runs:
    """The runs of one kind of a project.

    Attributes:
        watched: those that wait or run, and the chosen one when it did not end well.
        shown: the finished run to show, or None.
        finished: every finished run, newest first.
        is_lost: the address names a run that this project does not have.
    """

    watched: tuple[Job, ...]
    shown: Job | None
    finished: tuple[Job, ...]
    is_lost: bool = False


def of(owner: str, project: Project, kind: str = KIND) -> Runs:
    """The runs of one kind of a project, and which of them the address asks for."""
    listed = [job for job in jobs.listed(owner, project=project.id) if job.kind == kind]
    asked_id = st.query_params.get(PARAMETER)
    asked = _asked(owner, project, kind, asked_id) if asked_id else None
    if asked is not None and asked.id not in {job.id for job in listed}:
        listed.append(asked)
    finished = tuple(job for job in listed if job.status == "done")
    chosen = asked or (listed[0] if listed else None)
    watched = tuple(job for job in listed if job.is_active or (job == chosen and _is_told(job)))
    newest = finished[0] if finished else None
    shown = chosen if chosen is not None and chosen.status == "done" else newest
    return Runs(watched, shown, finished, is_lost=bool(asked_id) and asked is None)


def _asked(owner: str, project: Project, kind: str, job_id: str) -> Job | None:
    """The run of the address, which may be older than those that are listed."""
    try:
        job = jobs.get(owner, job_id)
    except NotFoundError:
        return None
    return job if job.kind == kind and job.project == project.id else None


def _is_told(job: Job) -> bool:
    """Whether a run ended in a way that its user should learn of."""
    return job.status not in {"done", *ACTIVE}


def choose(job: Job) -> None:
    """Show this run from now on; the address follows."""
    if st.query_params.get(PARAMETER) != job.id:
        st.query_params[PARAMETER] = job.id


def submit(project: Project, params: dict[str, Any], kind: str = KIND) -> None:
    """Submit a job of a pair unless the same one is under way, and draw the whole page again.

    Called while the page runs, not before: what was typed last must count. A refusal is told here.
    """
    owner = project.owner
    try:
        active = (job for job in of(owner, project, kind).watched if job.is_active)
        job = next((job for job in active if job.params == params), None)
        choose(job or jobs.submit(owner, kind, params, project=project.id))
    except GroundshiftError as error:
        show_error(error)
        return
    drawn_areas.settle(project.id)
    st.rerun()


def show_watched(owner: str, runs: Runs) -> None:
    """Progress of what is under way, and what became of a run that did not end well."""
    if runs.is_lost:
        st.query_params.pop(PARAMETER, None)
        st.warning(
            "The run in the address is not there any more, or it is not of this project.",
            icon=":material/search_off:",
        )
    for job in runs.watched:
        show_job(owner, job.id, on_done=choose)


def ask_result(runs: Runs, *, place: str) -> Job | None:
    """The finished run to show; a choice where there are several."""
    if runs.shown is None or len(runs.finished) == 1:
        return runs.shown
    key = f"result_{place}_{runs.shown.project}"
    by_id = {job.id: job for job in runs.finished}
    titles = told_apart({job.id: _words(job) for job in runs.finished})
    st.session_state[key] = runs.shown.id
    st.selectbox(
        "Result",
        list(titles),
        format_func=lambda found: titles.get(found, ""),
        key=key,
        on_change=lambda: choose(by_id[st.session_state[key]]),
    )
    return runs.shown


def _words(job: Job) -> str:
    """Over which area, with what outcome, and when."""
    where = str(job.params.get("area_name") or "whole overlap")
    return f"{where} · {outcome_words(job)} · {job.created_utc:%-d %b %H:%M}"


def outcome_words(job: Job) -> str:
    """What a finished run found, in a few words."""
    found = job.result
    if job.kind == "count":
        return f"{found['pre']} pre, {found['post']} post"
    if job.kind == "finetune":
        return str(job.params.get("title") or found["name"])
    if job.kind == "segment":
        return f"{found['things']} outlined"
    return quantities.text(float(found["changed_area_m2"]), "m2")
