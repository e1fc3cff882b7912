"""Which project a visitor works on: in the address of every page, else in the session.

Knows nothing of what a page does with it.
"""

import time

import streamlit as st

from errors import NotFoundError
from pages._ui.pair import day
from pages._ui.words import attempt, told_apart
from workspace import jobs, projects, scenes
from workspace.records import Project

PARAMETER = "project"
SWITCHER = "project_switcher"
_SEEN, _GONE, _LEFT = "project_seen", "project_gone", "project_left"
LINKS_LAG_S = 5.0
"""For so long the links on a page may still lead to the project that was just left."""


def current(owner: str) -> Project | None:
    """The visitor's project: that of the address, of the session, or the one opened last.

    Puts its id into the address. An id in the address that leads nowhere is told by `heading`.
    """
    found = _asked(owner) or _seen(owner) or projects.latest(owner)
    if found is None:
        st.query_params.pop(PARAMETER, None)
        return None
    _remember(owner, found)
    return found


def choose(project: Project) -> None:
    """Work on this project from now on, on every page of this tab."""
    left = st.query_params.get(PARAMETER)
    if left and left != project.id:
        st.session_state[_LEFT] = (left, time.monotonic())
    st.session_state[_SEEN] = project.id
    st.query_params[PARAMETER] = project.id
    projects.opened(project.owner, project.id)


def supersede(former: Project, fresh: Project) -> None:
    """Go on with another pair; the former project goes, unless something was run in it."""
    choose(fresh)
    if not jobs.listed(former.owner, project=former.id, limit=1):
        projects.delete(former.owner, former.id)


def heading(title: str, owner: str) -> Project | None:
    """Title of a page, and beside it the current project, its dates and the way to another one."""
    found = current(owner)
    words, dates, switcher = st.columns([3, 3, 3], vertical_alignment="center")
    words.title(title, anchor=False)
    if found is not None:
        dates.markdown(f":gray[{dates_words(owner, found)}]", text_alignment="right")
        with switcher:
            _show_switcher(owner, found)
    if st.session_state.pop(_GONE, False):
        st.warning(
            "The project in the address is not there any more, or it is not yours."
            + (" You see your latest one instead." if found else ""),
            icon=":material/folder_off:",
        )
    return found


def dates_words(owner: str, project: Project) -> str:
    """The two dates of a project, e.g. `1 June 2023 to 3 June 2024`."""
    pre, post = date_words(owner, project.pre), date_words(owner, project.post)
    return "dates not known" if pre == post == day(None) else f"{pre} to {post}"


def date_words(owner: str, scene_id: str) -> str:
    """When a scene was taken, as far as it is known."""
    try:
        facts = scenes.get(owner, scene_id).facts
    except NotFoundError:
        return "a scene that was deleted"
    return day(facts)


def address() -> dict[str, str]:
    """What the address of every page should say, for links to other pages."""
    seen = st.query_params.get(PARAMETER)
    return {PARAMETER: seen} if seen else {}


def _asked(owner: str) -> Project | None:
    asked = st.query_params.get(PARAMETER)
    if not asked or _is_just_left(asked):
        return None
    try:
        return projects.get(owner, asked)
    except NotFoundError:
        st.session_state[_GONE] = True
        return None


def _is_just_left(asked: str) -> bool:
    """Whether the address comes from a link that was drawn before another project was chosen.

    The page would show the former project, and change under its user's hands once the browser has
    heard of the other one.
    """
    left, since_s = st.session_state.get(_LEFT, ("", 0.0))
    return bool(asked == left) and time.monotonic() - since_s < LINKS_LAG_S


def _seen(owner: str) -> Project | None:
    seen = st.session_state.get(_SEEN)
    try:
        return projects.get(owner, seen) if seen else None
    except NotFoundError:
        del st.session_state[_SEEN]
        return None


def _remember(owner: str, project: Project) -> None:
    if st.session_state.get(_SEEN) != project.id:
        st.session_state[_SEEN] = project.id
        projects.opened(owner, project.id)
    if st.query_params.get(PARAMETER) != project.id:
        st.query_params[PARAMETER] = project.id


def _show_switcher(owner: str, project: Project) -> None:
    titles = told_apart({one.id: one.title for one in projects.listed(owner)})
    st.session_state[SWITCHER] = project.id
    st.selectbox(
        "Project",
        list(titles),
        format_func=lambda found: titles.get(found, ""),
        key=SWITCHER,
        label_visibility="collapsed",
        on_change=attempt,
        args=(_switch, owner),
    )


def _switch(owner: str) -> None:
    """Another project was picked; what the address said of a run belongs to the former one."""
    st.query_params.pop("job", None)
    choose(projects.get(owner, st.session_state[SWITCHER]))
