"""Looks at the middle of the map before anything is pointed at, so that the first click is quick.

Knows the view of the map; nothing of outlines. What cannot be looked at is left to the click.
"""

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from errors import GroundshiftError
from pages._ui.segment_choice import Choice
from workspace import jobs, prompts
from workspace.records import Project

NEAR_DEGREES = 3e-4
"""A map that moved less, some 30 m, still shows the part that was looked at."""


def look(project: Project, choice: Choice, view: Mapping[str, float] | None) -> None:
    """Have a worker look at the middle of the view, unless it did; an earlier wish is dropped."""
    if not choice.segmenter.is_available or not view or not _shows(choice, view):
        return
    key = f"segment_ahead_{project.id}"
    last = st.session_state.get(key)
    place = (choice.scene.id, choice.segmenter.name, view["lon"], view["lat"])
    if last is not None and _is_near(last[1], place):
        return
    with suppress(GroundshiftError):
        if last is not None:
            jobs.delete(project.owner, last[0])
    with suppress(GroundshiftError):
        middle = {"inside": [[view["lon"], view["lat"]]]}
        job = prompts.look_ahead(project.owner, place[0], middle, segmenter=place[1])
        st.session_state[key] = (job, place)


def _shows(choice: Choice, view: Mapping[str, float]) -> bool:
    """Whether the middle of the view lies in the scene."""
    if choice.scene.facts is None:
        return False
    west, south, east, north = choice.scene.facts.bounds_wgs84
    return west < view["lon"] < east and south < view["lat"] < north


def _is_near(one: tuple[str, str, float, float], other: tuple[str, str, float, float]) -> bool:
    return one[:2] == other[:2] and all(
        abs(first - second) < NEAR_DEGREES for first, second in zip(one[2:], other[2:], strict=True)
    )
