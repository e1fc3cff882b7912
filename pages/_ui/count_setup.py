"""What to count on a pair: things, area, sizes and examples, and the button that starts it.

Submits a job; knows nothing of how it runs.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages._ui import map_memory, runs
from pages._ui.count_map import Tools
from pages._ui.drawn_areas import Place
from pages._ui.map_records import GeoJson
from pages._ui.segment_prompt import boxes_of
from pages._ui.words import plain
from services.list_counters import CounterRow, list_counters
from workspace.records import Project

KIND = "count"
PART = "counter"
DEFAULT = "buildings"
DATES = {"left": "pre", "right": "post"}
SIMILARITY = 0.5
HELP = (
    "Draw an area on the map or import one. Without an area, all ground that both scenes show is"
    " looked at."
)


Examples = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Wanted:
    """What to look for.

    Attributes:
        counter: the chosen one.
        min_area_m2: smallest thing, or None for the counter's own.
        max_area_m2: largest thing, likewise.
        similarity: how like the examples a thing must be, 0..1; None without examples.
        examples: boxed things, as a job is told.
        thing: what one of them is called; empty for the counter's own word.
        is_movable: whether they may move between the dates, as vehicles do.
    """

    counter: CounterRow
    min_area_m2: float | None
    max_area_m2: float | None
    similarity: float | None = None
    examples: Examples = ()
    thing: str = ""
    is_movable: bool = False

    @property
    def problem(self) -> str:
        """Why it cannot be counted now, with the remedy; empty when it can."""
        low, high = self.min_area_m2, self.max_area_m2
        if low and high and low >= high:
            return "The smallest size must be below the largest one."
        if self.counter.needs_examples and not self.examples:
            return "Draw a box around at least one example on the map first."
        return ""


def ask_counter(project: Project) -> CounterRow:
    """What to count; those that cannot run say what is missing."""
    rows = {row.name: row for row in list_counters()}
    first = sorted(rows, key=lambda name: (not rows[name].is_available, name != DEFAULT))
    left = map_memory.recalled(project, PART)
    name = st.selectbox(
        "What to count",
        first,
        index=first.index(left) if left in first else 0,
        format_func=lambda found: f"{rows[found].title}{_remark(rows[found])}",
        key=f"counter_{project.id}",
    )
    map_memory.remember(project.owner, project.id, {PART: name})
    _show_counter(rows[name])
    return rows[name]


def _remark(row: CounterRow) -> str:
    return "" if row.is_available else " (cannot run here yet)"


def _show_counter(row: CounterRow) -> None:
    if not row.is_available:
        st.warning(f"This cannot be counted here yet. {plain(row.reason)}")
        if row.weights:
            st.page_link("models.py", label="Fetch it on Models", icon=":material/arrow_forward:")
    if row.summary:
        with st.popover("About this way of counting", icon=":material/info:", type="tertiary"):
            st.markdown(plain(row.summary))
            if row.limits:
                limits = "\n".join(f"- {plain(limit)}" for limit in row.limits)
                st.markdown(f"What it cannot do:\n\n{limits}")


def tools(counter: CounterRow) -> Tools:
    """What may be marked on the map while nothing is corrected."""
    return Tools(("box",)) if counter.needs_examples else Tools()


def examples_of(project_id: str, prompts: GeoJson, *, is_kept: bool) -> Examples:
    """The boxes on the map as examples; those known before where the marks are something else."""
    key = f"count_examples_{project_id}"
    if not is_kept:
        st.session_state[key] = tuple(
            {"date": DATES[side], "box": list(box)} for side, box in boxes_of(prompts)
        )
    found: Examples = st.session_state.get(key, ())
    return found


def ask_wanted(counter: CounterRow, examples: Examples) -> Wanted:
    """Sizes, and for a counter that learns from examples what is boxed and how alike is enough."""
    least, most = st.columns(2)
    low = least.number_input("Smallest, m²", min_value=0.0, value=None, placeholder="Usual")
    high = most.number_input("Largest, m²", min_value=0.0, value=None, placeholder="Usual")
    if not counter.needs_examples:
        return Wanted(counter, low, high)
    _show_examples(examples)
    thing = st.text_input(
        "What one of them is called", placeholder=counter.thing, max_chars=40, key="count_thing"
    )
    is_movable = st.checkbox("They may move between the dates, as vehicles do")
    similarity = st.slider(
        "Similarity",
        0.0,
        1.0,
        SIMILARITY,
        step=0.05,
        help="How like the examples a thing must be: higher finds fewer things, and surer ones.",
    )
    return Wanted(counter, low, high, similarity, examples, thing.strip(), is_movable)


def _show_examples(examples: Examples) -> None:
    if not examples:
        st.info(
            "Box one or more examples: take the box tool above the map and click two opposite"
            " corners of a thing. The side of the map says the date.",
            icon=":material/select:",
        )
        return
    dates = [str(one["date"]) for one in examples]
    words = " and ".join(f"{dates.count(date)} {date}" for date in DATES.values() if date in dates)
    st.caption(f"Examples: {words}. Click a box on the map to remove it.")


def show_start(project: Project, place: Place, wanted: Wanted) -> None:
    """The button that submits the job, or what is missing."""
    if wanted.problem:
        st.caption(wanted.problem)
    if st.button(
        f"Count {wanted.counter.things}",
        type="primary",
        icon=":material/tag:",
        width="stretch",
        disabled=bool(wanted.problem) or not wanted.counter.is_available,
        key=f"count_{project.id}",
    ):
        runs.submit(project, parameters(project, place, wanted), KIND)


def parameters(project: Project, place: Place, wanted: Wanted) -> dict[str, Any]:
    """What the job is told."""
    return {
        "pre": project.pre,
        "post": project.post,
        "aoi": place.geometry,
        "area_name": "" if place.geometry is None else place.name,
        "counter": wanted.counter.name,
        "thing": wanted.thing,
        "is_movable": wanted.is_movable,
        "min_area_m2": wanted.min_area_m2,
        "max_area_m2": wanted.max_area_m2,
        "similarity": wanted.similarity,
        "examples": list(wanted.examples),
    }
