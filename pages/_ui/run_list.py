"""The runs of a project as rows: what was asked, what became of it, and what can be done now.

Knows nothing of what a result holds beyond its summary.
"""

from datetime import UTC, datetime

import streamlit as st

from errors import NotFoundError
from pages._ui.downloads import zip_url
from pages._ui.job_view import STATUS, show_again, show_job
from pages._ui.project import address
from pages._ui.run_words import PAGES, words_of
from pages._ui.words import attempt, do_and_rerun, plain
from workspace import jobs, scenes
from workspace.records import Job, Project

PER_STEP = 20
INGEST = "ingest"
PROMPT = "segment_prompt"
"""A click on a map, answered there; nobody looks for it in a list."""
KINDS = {
    INGEST: "Preparing a scene",
    "basemap_pair": "Fetching background maps",
    "wayback_releases": "Looking for newer Wayback releases",
    "weights": "Fetching weights",
}
ICONS = {
    "done": ":material/check_circle:",
    "failed": ":material/error:",
    "cancelled": ":material/stop_circle:",
    "lost": ":material/sync_problem:",
}


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
    found = [job for job in jobs.listed(owner) if job.project is None and job.kind != PROMPT]
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
    words = words_of(job)
    asked, rest = st.columns([1, 2], vertical_alignment="center")
    with asked:
        st.markdown(f"**{plain(words.asked)}** · {plain(words.where)}")
        device = "" if job.device == "cpu" else f" · {plain(job.device)}"
        st.caption(f"{_when(job)} · {plain(words.settings)}{device}")
    if job.is_active:
        with rest:
            show_job(owner, job.id)
        return
    outcome, actions = rest.columns([1, 1.3], vertical_alignment="center")
    with outcome:
        st.markdown(_outcome_words(job, words.found))
    with actions, st.container(horizontal=True, horizontal_alignment="right"):
        _show_actions(owner, job)


def _show_actions(owner: str, job: Job) -> None:
    if job.status == "done":
        _show_links(job)
    else:
        show_again(owner, job)
    with st.popover("Delete", icon=":material/delete:"):
        _ask_delete(owner, job)


def _show_links(job: Job) -> None:
    here = {**address(), "job": job.id}
    if job.kind in PAGES:
        label, page = PAGES[job.kind]
        if st.button(label, key=f"{job.kind}_{job.id}", help="Open this result on its map"):
            st.switch_page(page, query_params=here)
    if job.kind == "compare" and st.button("Report", key=f"report_{job.id}"):
        st.switch_page("report.py", query_params=here)
    st.link_button("ZIP", zip_url(job.id), key=f"zip_{job.id}", help="Download all files")


def _ask_delete(owner: str, job: Job) -> None:
    st.markdown("This run goes with its result and its files. The scenes stay.")
    if st.button("Delete this run", key=f"delete_{job.id}", type="primary"):
        do_and_rerun(lambda: jobs.delete(owner, job.id))


def _when(job: Job) -> str:
    when = job.created_utc.astimezone(UTC)
    this_year = when.year == datetime.now(UTC).year
    return f"{when:%-d %B %H:%M} UTC" if this_year else f"{when:%-d %B %Y %H:%M} UTC"


def _outcome_words(job: Job, found: str) -> str:
    head = f"{ICONS[job.status]} {STATUS[job.status]}"
    if job.status == "cancelled":
        return f"{ICONS[job.status]} {plain(job.message)}"
    if job.status != "done":
        return f"{head}. {plain(job.message)} {plain(job.hint)}"
    return f"{head}: {plain(found)}"
