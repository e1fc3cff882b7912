"""The outline that the marks give, and the step to keep it under a name.

Knows answers and kept things; nothing of maps or jobs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages._ui import map_marks, segment_map
from pages._ui.map_records import GeoJson
from pages._ui.segment_answer import Answer
from pages._ui.segment_choice import Choice
from pages._ui.segment_map import UNNAMED, size_words
from pages._ui.segment_prompt import Marks
from pages._ui.words import attempt, show_error, show_findings
from workspace import things
from workspace.records import Project
from workspace.things import KeptThing

CLASSES = ("building", "tree", "water", "field", "road", "vehicle")
HOW = (
    "Click a thing on the map: its outline appears. Click again inside or outside it to refine,"
    " or draw a box or a rough outline around it."
)


@dataclass(frozen=True)
class Named:
    """What the user calls an outline, and the marks that gave it."""

    name: str
    label: str
    marks: GeoJson


def show_candidate(project: Project, choice: Choice, marks: Marks, answer: Answer | None) -> None:
    """What the marks give, with the way to keep it or to begin anew."""
    if answer is None:
        st.markdown("Looking for the outline: the first click in a place takes longest.")
    elif answer.error is not None:
        show_error(answer.error)
    elif not choice.segmenter.is_available:
        st.markdown("Choose a segmenter that can run here, then click a thing on the map.")
    elif not marks.is_enough:
        st.markdown(HOW)
        st.caption(
            "With the keyboard: move the map with the arrows and press the space bar to mark its"
            " middle."
        )
    elif not answer.features:
        st.info("Nothing with an outline was found there. Mark another point, or draw a box.")
    else:
        _show_outline(project, choice, answer.features)
    if answer is not None:
        show_findings(answer.findings)
    if marks != Marks():
        st.button(
            "Start over",
            icon=":material/restart_alt:",
            key=f"start_over_{project.id}",
            help="Remove all marks; what was kept stays",
            on_click=map_marks.push,
            args=(segment_map.map_key(project, choice.date),),
        )


def _show_outline(
    project: Project, choice: Choice, features: tuple[Mapping[str, Any], ...]
) -> None:
    best = features[0]
    score = float(best["properties"]["score"])
    marked = map_marks.marked(segment_map.map_key(project, choice.date))
    st.markdown(f"**{size_words(best)}** outlined, score {score:.2f}")
    known = {thing.label for thing in things.listed(project.owner, project.id)} - {""}
    label = st.selectbox(
        "What it is",
        sorted({*CLASSES, *known}),
        index=None,
        accept_new_options=True,
        placeholder="Choose or type a class",
        key=f"keep_class_{project.id}",
    )
    name = st.text_input(
        "Name", placeholder="Given by number", key=f"keep_name_{project.id}", max_chars=80
    )
    st.button(
        "Keep",
        type="primary",
        icon=":material/add_circle:",
        width="stretch",
        key=f"keep_{project.id}",
        on_click=attempt,
        args=(_keep, project, choice, best, Named(name, label or "", marked)),
    )


def _keep(project: Project, choice: Choice, feature: Mapping[str, Any], named: Named) -> None:
    thing = thing_of(feature, choice.scene.id, name=named.name, label=named.label)
    things.keep(project.owner, project.id, [thing])
    st.session_state[f"keep_name_{project.id}"] = ""
    # The next thing may have been pointed at already: only the marks of this one go.
    map_marks.push(segment_map.map_key(project, choice.date), answered=named.marks)


def thing_of(
    feature: Mapping[str, Any], scene_id: str, *, name: str = "", label: str = ""
) -> KeptThing:
    """A feature of a segmenter as a thing to keep."""
    about = feature["properties"]
    return KeptThing(
        scene=scene_id,
        name=name,
        label="" if label == UNNAMED else label,
        geometry=feature["geometry"],
        area_m2=float(about["area_m2"]),
        score=float(about["score"]),
        segmenter=str(about["segmenter"]),
    )
