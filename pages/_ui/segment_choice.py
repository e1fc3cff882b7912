"""Which date to outline things in, and with which segmenter: the suitable one first, and why.

Knows cards and scenes; nothing of prompts or outlines.
"""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from pages._ui import map_memory
from pages._ui.pair import Pair, day
from pages._ui.words import plain
from services.list_segmenters import Advice, SegmenterRow, list_segmenters, recommended
from workspace.records import Project, Scene

Date = Literal["pre", "post"]
DATES: tuple[Date, Date] = ("pre", "post")
PART = "segment_date"


@dataclass(frozen=True)
class Choice:
    """What to outline things in, and with what.

    Attributes:
        date: which of the two dates.
        scene: the scene of that date, which is ready.
        segmenter: the chosen one.
    """

    date: Date
    scene: Scene
    segmenter: SegmenterRow


def ask_date(project: Project, pair: Pair) -> Date:
    """Pre or post; the later one at first, for it is what is there today."""
    if pair.ready is None:
        return "post"
    scenes = dict(zip(DATES, pair.ready, strict=True))
    left = map_memory.recalled(project, PART)
    chosen: Date = st.radio(
        "Date",
        DATES,
        index=DATES.index(left) if left in DATES else DATES.index("post"),
        horizontal=True,
        format_func=lambda date: f"{date.capitalize()} · {day(scenes[date].facts)}",
        key=f"segment_date_{project.id}",
    )
    map_memory.remember(project.owner, project.id, {PART: chosen})
    return chosen


def ask_segmenter(scene: Scene, *, place: str) -> SegmenterRow:
    """The segmenter: the recommended one is chosen, those that cannot run say what is missing."""
    rows = {row.name: row for row in list_segmenters()}
    advice = _advice(scene, rows)
    first = [advice.name, *(name for name in rows if name != advice.name)]
    name = st.selectbox(
        "Segmenter",
        first,
        format_func=lambda found: f"{rows[found].title}{_remark(rows[found], advice)}",
        key=f"segmenter_{place}_{scene.id}",
    )
    _show_segmenter(rows[name], advice)
    return rows[name]


def _advice(scene: Scene, rows: dict[str, SegmenterRow]) -> Advice:
    found = recommended(scene.facts) if scene.facts else Advice("", "")
    return found if found.name in rows else Advice(next(iter(rows)), "")


def _remark(row: SegmenterRow, advice: Advice) -> str:
    if not row.is_available:
        return " (cannot run here yet)"
    return " (recommended)" if row.name == advice.name else ""


def _show_segmenter(row: SegmenterRow, advice: Advice) -> None:
    if row.name == advice.name and advice.why:
        st.caption(f"Recommended: {plain(advice.why)}.")
    if not row.is_available:
        st.warning(f"This segmenter cannot run here yet. {plain(row.reason)}")
        if row.weights:
            st.page_link("models.py", label="Fetch it on Models", icon=":material/arrow_forward:")
    if row.summary:
        with st.popover("About this segmenter", icon=":material/info:", type="tertiary"):
            st.markdown(plain(row.summary))
            if row.limits:
                limits = "\n".join(f"- {plain(limit)}" for limit in row.limits)
                st.markdown(f"What it cannot do:\n\n{limits}")
