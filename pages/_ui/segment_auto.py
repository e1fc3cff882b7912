"""Everything in an area at once: asked for as a run, shown on the map, kept as a whole or not.

Knows runs and their files; nothing of how things are found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from errors import GroundshiftError
from pages._ui import drawn_areas, runs
from pages._ui.segment_choice import Choice
from pages._ui.segment_files import show_run_files
from pages._ui.segment_keep import CLASSES, thing_of
from pages._ui.words import attempt, show_error, show_findings
from services.segment_results import SavedThings, load
from workspace import places, things
from workspace.records import Job, Project

KIND = "segment"


@dataclass(frozen=True)
class Found:
    """A finished automatic run of the scene on the page."""

    job: Job
    saved: SavedThings

    @property
    def features(self) -> tuple[Mapping[str, Any], ...]:
        """The outlines in WGS 84, largest first."""
        return self.saved.features


def found_in(choice: Choice, shown: runs.Runs) -> Found | None:
    """The run on the page, if it is of this scene; one whose files are gone is told."""
    job = shown.shown
    if job is None or job.params.get("scene") != choice.scene.id or _is_hidden(job.id):
        return None
    try:
        return Found(job, load(places.folder("results", job.id)))
    except GroundshiftError as error:
        show_error(error)
        return None


def ask_everything(project: Project, choice: Choice) -> None:
    """The area, the sizes and the button that starts the run."""
    place = drawn_areas.ask_place(
        project,
        label="Area to look in",
        whole="Whole scene",
        help_words="Draw an area on the map or import one. Without an area, the whole scene is"
        " looked at, which may take long.",
    )
    least, most = st.columns(2)
    least_m2 = least.number_input("Smallest, m²", min_value=0.0, value=None, placeholder="Any")
    most_m2 = most.number_input("Largest, m²", min_value=0.0, value=None, placeholder="Any")
    if least_m2 and most_m2 and least_m2 > most_m2:
        st.warning("The smallest size is larger than the largest one: nothing can be found.")
        return
    if st.button(
        "Outline everything",
        icon=":material/select_all:",
        width="stretch",
        disabled=not choice.segmenter.is_available,
        key=f"everything_{project.id}",
    ):
        params = {
            "scene": choice.scene.id,
            "date": choice.date,
            "segmenter": choice.segmenter.name,
            "auto": True,
            "aoi": place.geometry,
            "area_name": "" if place.geometry is None else place.name,
            "min_area_m2": least_m2,
            "max_area_m2": most_m2,
        }
        runs.submit(project, params, KIND)


def show_found(project: Project, choice: Choice, found: Found) -> None:
    """What a run found, and what can be done with it."""
    number = len(found.features)
    st.markdown(f"**{number} {'thing' if number == 1 else 'things'}** found in the area.")
    show_findings(found.saved.findings)
    if number:
        label = st.selectbox(
            "What they are",
            sorted(CLASSES),
            index=None,
            accept_new_options=True,
            placeholder="Choose or type a class",
            key=f"found_class_{found.job.id}",
        )
        st.button(
            f"Keep all {number}" if number > 1 else "Keep it",
            icon=":material/playlist_add_check:",
            width="stretch",
            key=f"keep_all_{found.job.id}",
            on_click=attempt,
            args=(_keep_all, project, choice, found, label or ""),
        )
    st.button(
        "Hide",
        icon=":material/visibility_off:",
        key=f"hide_{found.job.id}",
        help="Take the outlines off the map; the run stays in History",
        on_click=_hide,
        args=(found.job.id,),
    )
    show_run_files(found.job.id, found.saved)


def _keep_all(project: Project, choice: Choice, found: Found, label: str) -> None:
    fresh = [thing_of(one, choice.scene.id, label=label) for one in found.features]
    things.keep(project.owner, project.id, fresh)
    _hide(found.job.id)


def _hide(job_id: str) -> None:
    st.session_state[f"found_hidden_{job_id}"] = True


def _is_hidden(job_id: str) -> bool:
    return bool(st.session_state.get(f"found_hidden_{job_id}"))
