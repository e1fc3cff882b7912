"""The map on a page: mounts it, hands it what to show and remembers what the user did with it.

Knows the browser part's messages; not where layers come from, nor what areas are used for.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages._ui.components import renderer
from pages._ui.map_records import (
    Bounds,
    GeoJson,
    ImageLayer,
    Layer,
    LegendEntry,
    MapSpec,
    MapState,
    Mode,
    PromptForm,
    TileLayer,
    Tool,
)
from pages._ui.map_value import absorbed

__all__ = [
    "Bounds",
    "GeoJson",
    "ImageLayer",
    "Layer",
    "LegendEntry",
    "MapSpec",
    "MapState",
    "Mode",
    "PromptForm",
    "TileLayer",
    "Tool",
    "known",
    "show_map",
]

Told = Callable[[MapState], None]

# A change of these is of use to the whole page; a move of the view is not worth running it again.
OF_USE = ("areas", "active_area", "clicks", "prompts", "mode")


@dataclass
class _Memory:
    """What one map of one session is known to show, kept over page switches."""

    state: MapState
    told: MapState = field(default_factory=MapState)
    page_runs: bool = False


def show_map(
    spec: MapSpec, *, key: str, on_change: Told | None = None, on_select: Told | None = None
) -> MapState:
    """Put a map on the page; what the user has done with it so far.

    The map and what is drawn on it survive reruns and page switches; they survive a reload if the
    page keeps `areas`, `view`, `layers` and `mode` (see `on_change`) and hands them in again.
    Moving the map runs nothing but the map; drawing, clicking an object or changing the mode runs
    the page again.

    Args:
        spec: what to show.
        key: one per map and subject: use another for another project.
        on_change: called with the new state after every change, a moved view included; the place
            to save it.
        on_select: called once for each click that chose or left an object, before the page runs.
    """
    memory = _memory(spec, key)
    _absorb(memory, st.session_state.get(key))
    memory.page_runs = True
    try:
        # A page whose parts were not sent yet when its map runs again loses the map for a moment:
        # Streamlit then moves what comes after it up, and puts the map over it. Here is nothing
        # after it.
        with st.container(key=f"place_of_{key}"):
            _show(_message(spec, memory.state, key), key, on_change, on_select)
    finally:
        memory.page_runs = False
    return memory.state


def known(key: str) -> MapState | None:
    """What the user has done with a map, before it is put on the page; None for a new one."""
    memory: _Memory | None = st.session_state.get(f"{key}:memory")
    if memory is None:
        return None
    _absorb(memory, st.session_state.get(key))
    return memory.state


def _memory(spec: MapSpec, key: str) -> _Memory:
    place = f"{key}:memory"
    if place not in st.session_state:
        state = MapState(
            view=spec.view,
            areas=spec.areas,
            mode=spec.mode,
            layers=dict(spec.layer_state or {}),
            version=spec.areas_version,
            prompts=spec.prompts,
            prompts_version=spec.prompts_version,
        )
        st.session_state[place] = _Memory(state, state)
    memory: _Memory = st.session_state[place]
    if memory.state.version != spec.areas_version:
        memory.state = replace(
            memory.state, areas=spec.areas, active_area=None, version=spec.areas_version
        )
    if memory.state.prompts_version != spec.prompts_version:
        memory.state = replace(
            memory.state, prompts=spec.prompts, prompts_version=spec.prompts_version
        )
    return memory


@st.fragment
def _show(
    message: dict[str, Any], key: str, on_change: Told | None, on_select: Told | None
) -> None:
    memory: _Memory = st.session_state[f"{key}:memory"]
    value = renderer("map")(
        key=key, data=message, on_value_change=lambda: _hear(key, on_change, on_select)
    )
    _absorb(memory, value)
    # The page that is just running gets the state as the answer; only a click it may have missed
    # further up.
    news = _tell(memory, on_change, on_select)
    if news.is_of_use and (not memory.page_runs or (news.is_choice and on_select)):
        st.rerun()


def _hear(key: str, on_change: Told | None, on_select: Told | None) -> None:
    """Take what the browser sent before anything runs.

    A fragment is found by its place on the page: one that moved while the message was on its way
    would not run at all, and what was pointed at would wait for something else to run the page.
    """
    memory: _Memory | None = st.session_state.get(f"{key}:memory")
    if memory is not None:
        _absorb(memory, st.session_state.get(key))
        if _tell(memory, on_change, on_select).is_of_use and not _page_will_run():
            st.rerun()


def _page_will_run() -> bool:
    """Whether the whole page runs next, e.g. because a button was pressed as well.

    Asking for that once more would begin anew, and forget the button.
    """
    context = get_script_run_ctx()
    return context is None or not context.fragment_ids_this_run


@dataclass(frozen=True)
class _News:
    """What the browser told that was not known.

    Attributes:
        is_of_use: whether it concerns the whole page.
        is_choice: whether an object was chosen or left.
    """

    is_of_use: bool = False
    is_choice: bool = False


def _tell(memory: _Memory, on_change: Told | None, on_select: Told | None) -> _News:
    """Pass on what is new."""
    before, now = memory.told, memory.state
    if now == before:
        return _News()
    memory.told = now
    if on_change:
        on_change(now)
    chosen = now.clicks != before.clicks
    if chosen and on_select:
        on_select(now)
    of_use = any(getattr(now, name) != getattr(before, name) for name in OF_USE)
    return _News(of_use, chosen)


def _absorb(memory: _Memory, value: Any) -> None:
    if value:
        memory.state = absorbed(memory.state, value.get("value"))


def _message(spec: MapSpec, state: MapState, key: str) -> dict[str, Any]:
    """All of a spec and the state a newly opened map starts from, for JSON."""
    return {
        "key": key,
        "mode": spec.mode,
        "left": [_layer(layer) for layer in spec.left],
        "right": [_layer(layer) for layer in spec.right],
        "both": [_layer(layer) for layer in spec.overlays],
        "left_title": spec.left_title,
        "right_title": spec.right_title,
        "objects": spec.objects,
        "objects_title": spec.objects_title,
        "legend": [asdict(entry) for entry in spec.legend],
        "areas_version": spec.areas_version,
        "prompts_version": spec.prompts_version,
        "prompts_taken": spec.prompts_taken,
        "prompt_forms": list(spec.prompt_forms),
        "one_of_each": spec.one_of_each,
        "tool": spec.tool,
        "selected": list(spec.selected),
        "fit": spec.fit,
        "tools": sorted(spec.tools),
        "height_px": spec.height_px,
        "notice": spec.notice,
        "start": asdict(state),
    }


def _layer(layer: Layer) -> dict[str, Any]:
    return {"form": "image" if isinstance(layer, ImageLayer) else "tiles", **asdict(layer)}
