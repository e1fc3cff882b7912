"""What to run on a pair: area, method and smallest object, and the button that starts it.

Submits a job; knows nothing of how it runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages._ui import runs
from pages._ui.drawn_areas import Place
from pages._ui.words import plain, told_apart
from services.list_detectors import list_detectors
from services.look import Advice
from wording import quantities
from workspace.records import Project

RECOMMENDED, UNFIT = "★", "✕"


@dataclass(frozen=True)
class Method:
    """The chosen detector.

    Attributes:
        name: of the detector.
        asked: what the job is told: the name, or `auto` for the recommended one, so that the
            reason of the recommendation becomes part of the result.
        is_available: whether it can run here.
    """

    name: str
    asked: str
    is_available: bool


def ask_method(advice: Advice) -> Method:
    """The detector, the recommended one first, with its reason and its limits."""
    rows = {str(row["name"]): row for row in list_detectors()}

    def rank(name: str) -> tuple[bool, bool, bool, str]:
        row = rows[name]
        return name != advice.detector, not row["available"], name in advice.unsuitable, name

    titles = told_apart({found: str(row["title"]) for found, row in rows.items()})
    name = st.selectbox(
        "Method",
        sorted(rows, key=rank),
        format_func=lambda found: f"{_mark(rows[found], advice)}{titles[found]}",
        help=f"{RECOMMENDED} recommended for this pair; {UNFIT} not made for it or cannot run",
    )
    _show_method(rows[name], advice)
    asked = "auto" if name == advice.detector else name
    return Method(name, asked, bool(rows[name]["available"]))


def _mark(row: Mapping[str, Any], advice: Advice) -> str:
    """What to know of a method before it is chosen; before its name, whose end is often cut off."""
    if row["name"] == advice.detector and row["available"]:
        return f"{RECOMMENDED} "
    return "" if row["available"] and row["name"] not in advice.unsuitable else f"{UNFIT} "


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


def ask_smallest(project: Project, advice: Advice, method: Method) -> float | None:
    """The smallest object to keep, or None for the method's default."""
    usual_m2 = advice.smallest_m2.get(method.name)
    usual = "" if usual_m2 is None else f": {quantities.text(usual_m2, 'm2')}"
    least: float | None = st.number_input(
        "Smallest object, m²",
        min_value=0.0,
        value=None,
        placeholder=f"Automatic{usual}",
        help="Smaller regions are left out, because single pixels are mostly noise.",
        # With a key, what was typed stays when another method has another default.
        key=f"smallest_{project.id}",
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
        runs.submit(project, dict(params))


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
