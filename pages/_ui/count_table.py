"""The ledger of a count as a table: one row per thing, filtered by state, picked out on the map.

Knows rows; nothing of how things are matched.
"""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from pages._ui import count_words, selection
from pages._ui.selection import Selection
from services.count_view import EntryRow
from wording import quantities

LISTED = 1000
HEIGHT_PX = 360
ROW_PX = 35


def show_entries(job_id: str, rows: Sequence[EntryRow]) -> None:
    """The entries of the chosen states; picking rows picks the things out on the map."""
    if not rows:
        st.caption("Nothing was found at either date, so the list is empty.")
        return
    shown = _filtered(job_id, rows)[:LISTED]
    key = f"entries_{job_id}"
    picked = set(selection.current(job_id).objects)
    st.session_state[key] = {
        "selection": {"rows": [at for at, row in enumerate(shown) if row.id in picked]}
    }
    st.dataframe(
        _columns(shown),
        hide_index=True,
        height=min(HEIGHT_PX, ROW_PX * (len(shown) + 1) + 3),
        on_select=lambda: _pick(job_id, key, shown),
        selection_mode="multi-row",
        key=key,
        alt="What became of every thing, changes first",
    )
    st.caption(_listed_words(len(shown), len(rows)))


def _filtered(job_id: str, rows: Sequence[EntryRow]) -> list[EntryRow]:
    numbers = Counter(str(row.state) for row in rows)
    chosen = st.pills(
        "Show",
        [state for state in count_words.STATES if numbers[state]],
        selection_mode="multi",
        format_func=lambda state: f"{count_words.label(state)} ({numbers[state]})",
        key=f"states_{job_id}",
        label_visibility="collapsed",
    )
    return [row for row in rows if not chosen or row.state in chosen]


def _columns(rows: Sequence[EntryRow]) -> dict[str, list[object]]:
    return {
        "Number": [row.id for row in rows],
        "State": [count_words.label(row.state) for row in rows],
        "Pre": [_size(row.pre_area_m2) for row in rows],
        "Post": [_size(row.post_area_m2) for row in rows],
        "Score": [round(row.score, 2) for row in rows],
        "By hand": [count_words.DECISIONS[row.decision] for row in rows],
        "Latitude": [f"{row.lat:.5f}" for row in rows],
        "Longitude": [f"{row.lon:.5f}" for row in rows],
    }


def _size(area_m2: float) -> str:
    return quantities.text(area_m2, "m2") if area_m2 else ""


def _listed_words(shown: int, every: int) -> str:
    if shown == LISTED < every:
        return f"The first {LISTED:,} of {every:,} things; all are in ledger.gpkg."
    return "Pick one row or several to see the things on the map and to correct them."


def _pick(job_id: str, key: str, rows: Sequence[EntryRow]) -> None:
    picked = st.session_state[key]["selection"]["rows"]
    selection.pick(job_id, Selection(tuple(rows[at].id for at in picked if at < len(rows))))
