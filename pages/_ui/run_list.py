"""The runs of a project as rows: what was asked, what became of it, and what can be done now.

Knows nothing of what a result holds beyond its summary.
"""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from errors import NotFoundError
from pages._ui.downloads import zip_url
from pages._ui.job_view import STATUS, show_again, show_job
from pages._ui.project import address
from pages._ui.words import attempt, do_and_rerun, plain
from services.list_detectors import list_detectors
from wording import quantities
from workspace import jobs, scenes
from workspace.records import Job, Project

PER_STEP = 20
INGEST = "ingest"
KINDS = {
    INGEST: "Preparing a scene",
    "basemap_pair": "Fetching background maps",
    "wayback_releases": "Looking for newer Wayback releases",
}
ICONS = {
    "done": ":material/check_circle:",
    "failed": ":material/error:",
    "cancelled": ":material/stop_circle:",
    "lost": ":material/sync_problem:",
}

titles = st.cache_data(show_spinner=False)(
    lambda: {row["name"]: row["title"] for row in list_detectors()}
)


def show_runs(owner: str, project: Project) -> None:
    """The runs of one project, newest first."""
    shown_key = f"runs_shown_{project.id}"
    shown = st.session_state.get(shown_key, PER_STEP)
    runs = jobs.listed(owner, project=project.id, limit=shown + 1)
    if not runs:
        st.markdown("This project has no runs yet.")
        st.page_link(
            "compare.py",
            label="Go to Compare",
            icon=":material/arrow_forward:",
            query_params=address(),
        )
    for job in runs[:shown]:
        with st.container(border=True, key=f"run_{job.id}"):
            _show_run(owner, job)
    if len(runs) > shown:
        st.button(
            "Show more runs",
            on_click=lambda: st.session_state.update({shown_key: shown + PER_STEP}),
        )


def show_other_jobs(owner: str) -> None:
    """Work that belongs to no project: what is under way, and what did not end well."""
    found = [job for job in jobs.listed(owner) if job.project is None]
    told = [job for job in found if job.is_active or _is_unanswered(owner, job)][:PER_STEP]
    if not told:
        return
    st.header("Other work", anchor=False)
    for job in told:
        with st.container(border=True, key=f"other_{job.id}"):
            st.markdown(f"**{KINDS.get(job.kind, plain(job.kind))}** · {_when(job)}")
            show_job(owner, job.id)
            if not job.is_active:
                st.button(
                    "Dismiss",
                    key=f"dismiss_{job.id}",
                    on_click=attempt,
                    args=(jobs.delete, owner, job.id),
                )


def _is_unanswered(owner: str, job: Job) -> bool:
    """Whether a job failed and what it was for is still wanted."""
    if job.status not in {"failed", "lost"}:
        return False
    if job.kind != INGEST:
        return True
    try:
        return scenes.get(owner, str(job.params.get("scene"))).status == "failed"
    except NotFoundError:
        return False


def _show_run(owner: str, job: Job) -> None:
    asked, rest = st.columns([1, 2], vertical_alignment="center")
    with asked:
        st.markdown(f"**{plain(_method(job))}** · {plain(_where(job))}")
        device = "" if job.device == "cpu" else f" · {plain(job.device)}"
        st.caption(f"{_when(job)} · {_threshold_words(job)}{device}")
    if job.is_active:
        with rest:
            show_job(owner, job.id)
        return
    outcome, actions = rest.columns([1, 1.3], vertical_alignment="center")
    with outcome:
        st.markdown(_outcome_words(job))
    with actions, st.container(horizontal=True, horizontal_alignment="right"):
        _show_actions(owner, job)


def _show_actions(owner: str, job: Job) -> None:
    if job.status == "done":
        here = {**address(), "job": job.id}
        if st.button("Compare", key=f"compare_{job.id}", help="Open this result on its map"):
            st.switch_page("compare.py", query_params=here)
        if st.button("Report", key=f"report_{job.id}"):
            st.switch_page("report.py", query_params=here)
        st.link_button("ZIP", zip_url(job.id), key=f"zip_{job.id}", help="Download all files")
    else:
        show_again(owner, job)
    with st.popover("Delete", icon=":material/delete:"):
        _ask_delete(owner, job)


def _ask_delete(owner: str, job: Job) -> None:
    st.markdown("This run goes with its result and its files. The scenes stay.")
    if st.button("Delete this run", key=f"delete_{job.id}", type="primary"):
        do_and_rerun(lambda: jobs.delete(owner, job.id))


def _method(job: Job) -> str:
    name = str(job.result.get("detector") or job.params.get("detector") or "auto")
    return "Recommended method" if name == "auto" else str(titles().get(name, name))


def _where(job: Job) -> str:
    return str(job.params.get("area_name") or "whole overlap")


def _when(job: Job) -> str:
    when = job.created_utc.astimezone(UTC)
    this_year = when.year == datetime.now(UTC).year
    return f"{when:%-d %B %H:%M} UTC" if this_year else f"{when:%-d %B %Y %H:%M} UTC"


def _threshold_words(job: Job) -> str:
    used: Any = job.result.get("threshold", job.params.get("threshold"))
    return "automatic threshold" if used is None else f"threshold {float(used):.3f}"


def _outcome_words(job: Job) -> str:
    head = f"{ICONS[job.status]} {STATUS[job.status]}"
    if job.status == "cancelled":
        return f"{ICONS[job.status]} {plain(job.message)}"
    if job.status != "done":
        return f"{head}. {plain(job.message)} {plain(job.hint)}"
    found = job.result
    area = quantities.text(float(found["changed_area_m2"]), "m2")
    share = quantities.text(float(found["changed_share_pct"]), "%")
    count = int(found["objects"])
    noun = "object" if count == 1 else "objects"
    return f"{head}: {area} changed ({share}), {quantities.text(count, '1')} {noun}"
