"""The threshold of a result, moved without running the detector again.

Knows nothing of scores; what a threshold does to a result is a service's answer.
"""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages._ui.words import plain
from services.review import Review, as_run, at_threshold
from workspace import places

STEP = 0.001
DECIMALS = 4


# Streamlit writes the value in the theme's main colour, too faint for text on the dark background.
READABLE = '<style>[data-testid="stSliderThumbValue"],[data-testid="stSliderThumbValue"] *'
READABLE += "{color:inherit !important}</style>"


def ask_threshold(job_id: str, run: Mapping[str, Any]) -> float | None:
    """The threshold to preview, or None for the run's own."""
    used = run["threshold"]
    start = round(min(float(used["value"]), 1.0), DECIMALS)
    slider, exact = f"slider_{job_id}", f"exact_{job_id}"
    for key in (slider, exact):
        st.session_state.setdefault(key, start)
    st.html(READABLE)
    chosen = st.slider(
        "Threshold",
        0.0,
        1.0,
        step=STEP,
        format="%.3f",
        key=slider,
        on_change=_copy,
        args=(slider, exact),
        persist_state="session",
        help=f"A pixel counts as changed from this score on. {_reason(used)}",
    )
    type_in, back = st.columns(2, vertical_alignment="bottom")
    type_in.number_input(
        "Exact value",
        0.0,
        1.0,
        step=STEP,
        format="%.4f",
        key=exact,
        on_change=_copy,
        args=(exact, slider),
        label_visibility="collapsed",
        persist_state="session",
    )
    back.button(
        "Reset",
        help="Back to the threshold of the run",
        icon=":material/undo:",
        width="stretch",
        disabled=math.isclose(chosen, start),
        on_click=_reset,
        args=(start, slider, exact),
    )
    return None if math.isclose(chosen, start) else round(float(chosen), DECIMALS)


def _reason(used: Mapping[str, Any]) -> str:
    if used["value"] > 1.0:
        return f"The run found no score that means change: {plain(used['reason'])}."
    return f"The run used {used['value']:.3f}: {plain(used['reason'])}."


def _copy(source: str, target: str) -> None:
    st.session_state[target] = st.session_state[source]


def _reset(value: float, *keys: str) -> None:
    for key in keys:
        st.session_state[key] = value


def reviewed(job_id: str, folder: Path, threshold: float | None) -> Review:
    """The result under a threshold, its mask kept for the map; as it was written for None."""
    if threshold is None:
        return as_run(folder)
    return at_threshold(folder, threshold, places.preview(job_id, threshold))
