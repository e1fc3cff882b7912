"""The pair of the current project before it is compared: pictures, progress, checks, next step.

Knows nothing of how a pair is checked.
"""

from contextlib import suppress
from typing import Literal

import streamlit as st

from errors import GroundshiftError, NotFoundError
from pages._ui import pair, small_picture
from pages._ui.job_view import show_stop
from pages._ui.project import address, supersede
from pages._ui.watcher_view import watch_scene
from pages._ui.words import attempt, plain, show_error, show_findings, show_verdict
from services.ingest import THUMBNAIL
from workspace import projects, scenes, standing
from workspace.records import SHARED, Project, Scene

Date = Literal["pre", "post"]
WORDS = {"pre": "earlier", "post": "later"}


def show_pair(owner: str, project: Project) -> None:
    """Both dates of a project, and what can be done with them now."""
    found = pair.of(owner, project)
    with st.container(border=True, key="pair"):
        first, second, words = st.columns([1, 1, 2.6], gap="medium")
        with first:
            _show_date("pre", found.pre)
        with second:
            _show_date("post", found.post)
        with words:
            if found.ready is None:
                _show_unready(owner, found)
            else:
                _show_checked(project, *found.ready)


def _show_date(which: Date, scene: Scene | None) -> None:
    if scene is None:
        st.markdown(f"**{which.capitalize()}** · deleted")
        return
    picture = scene.folder / THUMBNAIL
    if picture.is_file():
        st.image(small_picture.address(picture), width="stretch", alt=f"The {WORDS[which]} scene")
    st.caption(f"{which.capitalize()} · {pair.day(scene.facts)} · {plain(scene.title)}")


def _show_unready(owner: str, found: pair.Pair) -> None:
    """What keeps the pair from being compared, and what to do."""
    dates: tuple[tuple[Date, Scene | None], ...] = (("pre", found.pre), ("post", found.post))
    for which, scene in dates:
        if scene is None:
            st.warning(
                f"The {WORDS[which]} scene was deleted. Results made from it are kept. Add it again"
                " under Your own files, or choose another pair.",
                icon=":material/delete:",
            )
        elif scene.status == "failed":
            _show_failed(which, scene)
        elif scene.facts is None:
            st.markdown(f"Preparing the {WORDS[which]} date")
            _show_progress(owner, scene)


def _show_failed(which: Date, scene: Scene) -> None:
    st.error(
        f"**The {WORDS[which]} date cannot be used.**  \n{plain(scene.message)}",
        icon=":material/error:",
    )
    st.caption("Add this date again under Your own files; the other date of the pair is kept.")


def _show_progress(owner: str, scene: Scene) -> None:
    """How far a scene is; a bundled sample is prepared for everybody, without a stop."""
    with suppress(NotFoundError):
        found, job = standing.of_scene(owner, scene.id), scenes.preparation(owner, scene.id)
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            watch_scene(scene.id, found)
            if job is not None and job.is_active and job.owner == owner:
                show_stop(job)
    if scene.owner == SHARED:
        st.caption("This happens once, after the program was installed.")


def _show_checked(project: Project, pre: Scene, post: Scene) -> None:
    """Preflight's verdict and findings, and the step to Compare."""
    try:
        seen = pair.looked_at(pre, post, None)
    except GroundshiftError as error:
        show_error(error)
        return
    if seen.verdict != "refuse" and st.button(
        "Compare this pair", type="primary", icon=":material/compare:", width="stretch"
    ):
        st.switch_page("compare.py", query_params=address())
    show_verdict(seen.verdict)
    _offer_swap(project, pre, post)
    show_findings(seen.findings)


def _offer_swap(project: Project, pre: Scene, post: Scene) -> None:
    """A button where the scene called earlier was taken after the other."""
    if pre.facts is None or post.facts is None:
        return
    dates = (pre.facts.acquired_on, post.facts.acquired_on)
    if not all(dates) or str(dates[0]) <= str(dates[1]):
        return
    st.warning("The earlier date of this pair was taken after the later one.")
    st.button(
        "Swap the dates", icon=":material/swap_horiz:", on_click=attempt, args=(_swap, project)
    )


def _swap(project: Project) -> None:
    """The same pair the right way round; the former project stays if it has results."""
    pair_now = project.post, project.pre
    supersede(
        project, projects.create(project.owner, project.title, *pair_now, areas=project.areas)
    )
