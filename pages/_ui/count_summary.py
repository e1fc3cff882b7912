"""The counts and outlines of a project in a line each, with the way to the page that shows them.

Knows the summaries that runs leave behind; nothing of what is in their files.
"""

import streamlit as st

from pages._ui.project import address
from pages._ui.run_words import PAGES, words_of
from pages._ui.words import plain
from workspace import edits, jobs
from workspace.records import Job, Project

KINDS = ("count", "segment")
LISTED = 5


def show_counts(project: Project) -> None:
    """The newest finished counts and outlines; nothing without any."""
    listed = jobs.listed(project.owner, project=project.id)
    found = [job for job in listed if job.kind in KINDS and job.status == "done"][:LISTED]
    if not found:
        return
    st.header("Counts and outlines", anchor=False)
    for job in found:
        with st.container(border=True, key=f"summary_{job.id}"):
            _show(job)


def _show(job: Job) -> None:
    words = words_of(job)
    st.markdown(f"**{plain(words.asked)}** · {plain(words.where)} · {plain(words.found)}")
    if job.kind == "count":
        st.markdown(plain(str(job.result.get("caption", ""))))
        if edits.listed(job.owner, job.id):
            st.caption("As it was counted; corrections by hand are on the page Count.")
    label, page = PAGES[job.kind]
    st.page_link(
        page,
        label=f"Open on {label}",
        icon=":material/arrow_forward:",
        query_params={**address(), "job": job.id},
    )
