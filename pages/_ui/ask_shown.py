"""What of an answer is picked out: a number, its things, their result, and where the map goes.

Knows ids and outlines; nothing of how answers are worded.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from agent.answer import Answered
from agent.dialogue import Dialogue
from analysis.inquiry.case import Measured
from pages._ui import selection
from pages._ui.ask_desk import Result
from pages._ui.selection import Selection
from services.basemap import Bounds
from services.measure_areas import bounds_of
from workspace.records import Project

LEAST_DEG = 0.0004
"""About 40 m to each side: a single house with its neighbours."""
MARGIN = 0.1


def picked(project: Project) -> Selection:
    """The number that is picked out, and its things."""
    return selection.current(_key(project))


def pick_fact(project: Project, turn: Answered, fact_id: str | None) -> None:
    """Pick a number of an answer out, with its things and the result they lie in; or nothing."""
    found = measured_of(turn.facts, fact_id)
    if found is None:
        selection.pick(_key(project), Selection())
        return
    selection.pick(_key(project), Selection(found.items, found.fact.id))
    look_at(project, found.case)
    st.session_state[f"{_key(project)}_zooms"] = bool(found.items)


def pick_object(project: Project, object_id: int | None) -> None:
    """Pick one thing of the map out; ids below zero are features of layers."""
    if object_id is None or object_id > 0:
        objects = () if object_id is None else (object_id,)
        selection.pick(_key(project), Selection(objects))


def measured_of(facts: Sequence[Measured], fact_id: str | None) -> Measured | None:
    """The fact with this id and what it is about, if it is among them."""
    return next((one for one in facts if one.fact.id == fact_id), None)


def look_at(project: Project, case: str) -> None:
    """Show this result on the map from now on, if it is there."""
    st.session_state[_view_key(project)] = case


def in_view(project: Project, results: Sequence[Result], dialogue: Dialogue) -> Result | None:
    """The result to show: the one chosen, that of the last answer, or the newest."""
    last = dialogue.turns[-1].facts if dialogue.turns else ()
    wanted = [st.session_state.get(_view_key(project)), *(one.case for one in last)]
    by_case = {one.case: one for one in results}
    found = (by_case[case] for case in wanted if case in by_case)
    return next(found, results[0] if results else None)


def follow_answer(project: Project, dialogue: Dialogue) -> None:
    """After a new answer the map shows the result it is about, and nothing stays picked out."""
    key = f"{_key(project)}_turns"
    before = st.session_state.get(key)
    st.session_state[key] = len(dialogue.turns)
    if before is not None and before != len(dialogue.turns):
        st.session_state.pop(_view_key(project), None)
        selection.pick(_key(project), Selection())


def fit(project: Project, features: Sequence[Mapping[str, Any]]) -> Bounds | None:
    """Where the map should go: around the picked things; the last place while nothing is picked.

    A map follows a rectangle that changes, so it must stay what it was until the next pick.
    """
    place = f"{_key(project)}_fit"
    if st.session_state.pop(f"{_key(project)}_zooms", False):
        wanted = set(picked(project).objects)
        chosen = [one for one in features if one["properties"]["id"] in wanted]
        bounds = bounds_of({"features": chosen})
        if bounds is not None:
            st.session_state[place] = _widened(bounds)
    found: Bounds | None = st.session_state.get(place)
    return found


def _widened(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    across, down = max(LEAST_DEG, MARGIN * (east - west)), max(LEAST_DEG, MARGIN * (north - south))
    return west - across, south - down, east + across, north + down


def _key(project: Project) -> str:
    return f"ask_{project.id}"


def _view_key(project: Project) -> str:
    return f"ask_view_{project.id}"
