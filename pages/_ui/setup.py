"""What to run on a pair: area, method and smallest object, and the button that starts it.

Submits a job; knows nothing of how it runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from errors import GroundshiftError
from pages._ui import drawn_areas, runs
from pages._ui.drawn_areas import Place
from pages._ui.words import plain, show_error
from services.list_detectors import list_detectors
from services.look import Advice
from wording import quantities
from workspace import jobs
from workspace.records import Project


@dataclass(frozen=True)
class Method:
    """The chosen detector.

    Attributes:
        asked: what the job is told: the name, or `auto` for the recommended one, so that the
            reason of the recommendation becomes part of the result.
        is_available: whether it can run here.
    """

    asked: str
    is_available: bool


def ask_method(advice: Advice) -> Method:
    """The detector, the recommended one first, with its reason and its limits."""
    rows = {str(row["name"]): row for row in list_detectors()}

    def rank(name: str) -> tuple[bool, bool, bool, str]:
        row = rows[name]
        return name != advice.detector, not row["available"], name in advice.unsuitable, name

    name = st.selectbox(
        "Method",
        sorted(rows, key=rank),
        format_func=lambda found: f"{rows[found]['title']}{_remark(rows[found], advice)}",
    )
    _show_method(rows[name], advice)
    asked = "auto" if name == advice.detector else name
    return Method(asked, bool(rows[name]["available"]))


def _remark(row: Mapping[str, Any], advice: Advice) -> str:
    """What to know of a method before it is chosen."""
    if not row["available"]:
        return " (cannot run here)"
    if row["name"] == advice.detector:
        return " (recommended)"
    return " (not for this pair)" if row["name"] in advice.unsuitable else ""


def _show_method(row: Mapping[str, Any], advice: Advice) -> None:
    name = row["name"]
    if name == advice.detector:
        st.caption(f"Recommended: {plain(advice.why)}.")
    if name in advice.fits:
        st.caption(plain(advice.fits[name]))
    if name in advice.unsuitable:
        st.warning(f"This method does not suit the pair: {plain(advice.unsuitable[name])}.")
    if not row["available"]:
        st.warning(f"This method cannot run here. {plain(row['reason'])}")
    with st.popover("About this method", icon=":material/info:", type="tertiary"):
        st.markdown(plain(row["summary"]))
        if row["limits"]:
            limits = "\n".join(f"- {plain(limit)}" for limit in row["limits"])
            st.markdown(f"What it cannot do:\n\n{limits}")


def ask_smallest(advice: Advice) -> float | None:
    """The smallest object to keep, or None for the default."""
    least: float | None = st.number_input(
        "Smallest object, m²",
        min_value=0.0,
        value=None,
        placeholder=f"Automatic: {quantities.text(advice.min_area_m2, 'm2')}",
        help="Smaller regions are left out, because single pixels are mostly noise.",
    )
    return least


def show_start(project: Project, method: Method, params: Mapping[str, Any]) -> None:
    """The button that submits the job."""
    if st.button(
        "Find changes",
        type="primary",
        icon=":material/search:",
        width="stretch",
        disabled=not method.is_available,
    ):
        submit(project, dict(params))


def parameters(
    project: Project, place: Place, method: Method, least_m2: float | None
) -> dict[str, Any]:
    """What the job is told."""
    return {
        "pre": project.pre,
        "post": project.post,
        "aoi": place.geometry,
        "area_name": "" if place.geometry is None else place.name,
        "detector": method.asked,
        "threshold": None,
        "min_area_m2": least_m2,
    }


def submit(project: Project, params: dict[str, Any]) -> None:
    """Submit a comparison unless the same one is under way, and draw the whole page again.

    Called while the page runs, not before: what was typed last must count. A refusal is told here.
    """
    owner = project.owner
    try:
        active = (job for job in runs.of(owner, project).watched if job.is_active)
        job = next((job for job in active if job.params == params), None)
        runs.choose(job or jobs.submit(owner, runs.KIND, params, project=project.id))
    except GroundshiftError as error:
        show_error(error)
        return
    drawn_areas.settle(project.id)
    st.rerun()
