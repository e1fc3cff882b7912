"""All facts of a result as a table; picking one marks its objects on the map.

Knows nothing of how facts are worded in the caption.
"""

import streamlit as st

from pages._ui import facts, selection
from pages._ui.selection import Selection
from services.results import ANY, AOI, SavedResult

HEIGHT_PX = 320


def show_facts(job_id: str, result: SavedResult) -> None:
    """Every fact with its value, class, place and method."""
    key = f"facts_{job_id}"
    picked = selection.current(job_id).fact_id
    rows = [at for at, fact in enumerate(result.facts) if fact["id"] == picked]
    st.session_state[key] = {"selection": {"rows": rows}}
    st.dataframe(
        {
            "Fact": [fact["name"].replace("_", " ") for fact in result.facts],
            "Value": [facts.value_words(fact) for fact in result.facts],
            "Class": [_class_words(fact["class"]) for fact in result.facts],
            "Where": [_place_words(fact["region"]) for fact in result.facts],
            "How": [fact["method"] for fact in result.facts],
            "Id": [fact["id"] for fact in result.facts],
        },
        hide_index=True,
        height=HEIGHT_PX,
        key=key,
        on_select=lambda: _pick(job_id, key, result),
        selection_mode="single-row",
        alt="All facts of this result",
    )
    st.caption("Pick a row to see where a fact comes from and which objects it speaks of.")


def _class_words(name: str) -> str:
    return "all" if name == ANY else name.replace("_", " ")


def _place_words(region: str) -> str:
    return "whole area" if region == AOI else region


def _pick(job_id: str, key: str, result: SavedResult) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        facts.pick_fact(job_id, result, str(result.facts[rows[0]]["id"]))
    else:
        selection.pick(job_id, Selection())
