"""Changes like one that is pointed at: at an object of a result, or with marks on the map.

Knows marks and objects; nothing of how likeness is told.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from pages._ui import map_marks, pair_map, runs, selection
from pages._ui.map_records import MapSpec
from pages._ui.pair import Pair
from pages._ui.result_panel import Shown
from pages._ui.segment_prompt import Position, marks_of
from services.pointing import POINTED, is_offered
from services.results import largest_objects
from workspace.records import Project

COST = "It outlines everything at both dates, which takes minutes without a graphics card."


def can_point(pair: Pair) -> bool:
    """Whether examples can be used on this pair here; nothing is offered where they cannot."""
    facts = pair.ready[0].facts if pair.ready else None
    return facts is not None and is_offered(facts.sensor)


def with_marks(project: Project, spec: MapSpec) -> MapSpec:
    """The map with a tool that marks changes, and the marks it was last given."""
    marks = map_marks.pushed(_map(project))
    return replace(
        spec,
        tools=spec.tools | {"prompt"},
        prompt_forms=("inside",),
        prompts=marks.prompts,
        prompts_version=marks.version,
        prompts_taken=marks.taken,
    )


def marked(project: Project) -> tuple[Position, ...]:
    """Longitude and latitude of what is marked on the map of a project."""
    found = map_marks.marked(_map(project))
    return tuple(one for side in ("left", "right") for one in marks_of(found, side=side).inside)


def ask_object(project: Project, shown: Shown) -> None:
    """A button for the object that is picked out, in the area of the shown run."""
    picked = selection.current(shown.job.id).objects
    rows = {row.id: row for row in largest_objects(shown.result)} if len(picked) == 1 else {}
    row = rows.get(picked[0]) if rows else None
    if row is None:
        st.caption("Pick an object, or mark a place on the map, to look for changes like it.")
        return
    if st.button(
        "Find changes like this one",
        icon=":material/filter_center_focus:",
        help=f"Looks for changed things like object {row.id} only. {COST}",
    ):
        _submit(project, shown.job.params, ((row.lon, row.lat),))


def ask_marks(project: Project, params: Mapping[str, Any]) -> None:
    """Buttons for what is marked on the map; nothing without a mark.

    Args:
        project: whose map it is.
        params: what a run of the chosen area would be told.
    """
    places = marked(project)
    if not places:
        return
    what = "the marked place" if len(places) == 1 else f"the {len(places)} marked places"
    st.caption(f"This looks only for changes like those at {what}. {COST}")
    if st.button(
        "Find changes like this one" if len(places) == 1 else "Find changes like these",
        key=f"like_marks_{project.id}",
        icon=":material/filter_center_focus:",
        width="stretch",
    ):
        _submit(project, params, places)
    if st.button("Take the marks away", key=f"no_marks_{project.id}", type="tertiary"):
        map_marks.push(_map(project))
        st.rerun()


def _submit(project: Project, params: Mapping[str, Any], places: tuple[Position, ...]) -> None:
    # The threshold of another method means nothing to this one.
    asked = {"detector": POINTED, "threshold": None, "like": [list(one) for one in places]}
    map_marks.push(_map(project))
    runs.submit(project, {**params, **asked})


def _map(project: Project) -> str:
    return pair_map.map_key(project.id, "compare")
