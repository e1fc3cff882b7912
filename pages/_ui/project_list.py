"""The visitor's projects as rows: open, rename, delete.

Knows nothing of runs.
"""

import streamlit as st

from pages._ui.project import choose, dates_words
from pages._ui.words import attempt, do_and_rerun, plain
from workspace import projects
from workspace.projects import TITLE_CHARS
from workspace.records import Project

PER_STEP = 20
_SHOWN = "projects_shown"


def show_projects(owner: str, current: Project) -> None:
    """Every project of the visitor, the one opened last first."""
    found = projects.listed(owner)
    shown = st.session_state.get(_SHOWN, PER_STEP)
    st.header("Projects", anchor=False)
    for project in found[:shown]:
        with st.container(border=True):
            _show_project(owner, project, is_current=project.id == current.id)
    if len(found) > shown:
        st.button(
            f"Show more of {len(found)} projects",
            on_click=lambda: st.session_state.update({_SHOWN: shown + PER_STEP}),
        )


def _show_project(owner: str, project: Project, *, is_current: bool) -> None:
    words, actions = st.columns([3, 2], vertical_alignment="center")
    with words:
        st.markdown(f"**{plain(project.title)}**")
        st.caption(f"{dates_words(owner, project)} · last opened {project.opened_utc:%-d %B %Y}")
    with actions, st.container(horizontal=True, horizontal_alignment="right"):
        st.button(
            "Open now" if is_current else "Open",
            key=f"open_{project.id}",
            disabled=is_current,
            on_click=attempt,
            args=(choose, project),
        )
        with st.popover("Rename", icon=":material/edit:"):
            _ask_title(owner, project)
        with st.popover("Delete", icon=":material/delete:"):
            _ask_delete(owner, project)


def _ask_title(owner: str, project: Project) -> None:
    with st.form(f"rename_{project.id}", border=False):
        title = st.text_input("Title", project.title, max_chars=TITLE_CHARS)
        if st.form_submit_button("Save"):
            do_and_rerun(lambda: projects.rename(owner, project.id, title))


def _ask_delete(owner: str, project: Project) -> None:
    st.markdown(
        "This project goes with its areas, its runs and their results; a run under way is stopped."
        " The scenes stay."
    )
    if st.button("Delete this project", key=f"delete_{project.id}", type="primary"):
        do_and_rerun(lambda: projects.delete(owner, project.id))
