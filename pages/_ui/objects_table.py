"""The changed objects of a result as a table and as outlines for the map, by the same numbers.

Knows nothing of how objects were found.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from pages._ui import selection
from pages._ui.selection import Selection
from services.results import ObjectRow, SavedResult, features, largest_objects, load
from services.review import Review
from wording import quantities

LISTED = 500
OUTLINED = 3000
"""More outlines than this make a browser slow; the mask shows every object all the same."""
HEIGHT_PX = 320
ROW_PX = 35


def show_objects(job_id: str, result: SavedResult, review: Review) -> None:
    """The largest objects; picking a row picks the object out on the map."""
    rows = largest_objects(result, limit=LISTED)
    if not rows:
        st.caption("No object changed.")
        return
    key = f"objects_{job_id}"
    st.session_state[key] = {"selection": {"rows": _picked_rows(job_id, rows)}}
    st.dataframe(
        _columns(rows, review),
        hide_index=True,
        height=min(HEIGHT_PX, ROW_PX * (len(rows) + 1) + 3),
        on_select=lambda: _pick(job_id, key, rows),
        selection_mode="single-row",
        key=key,
        alt="The changed objects, largest first",
    )
    st.caption(_listed_words(len(rows), len(features(result))))


def _columns(rows: tuple[ObjectRow, ...], review: Review) -> dict[str, list[Any]]:
    labels = {entry.name: entry.label for entry in review.legend}
    return {
        "Number": [row.id for row in rows],
        "Class": [labels.get(row.label, row.label) for row in rows],
        "Area": [row.area for row in rows],
        "Perimeter": [row.perimeter for row in rows],
        "Score": [row.score for row in rows],
        **({"Votes": [row.votes for row in rows]} if rows[0].votes else {}),
        "Latitude": [f"{row.lat:.5f}" for row in rows],
        "Longitude": [f"{row.lon:.5f}" for row in rows],
        **({"Seen by": [row.seen_by for row in rows]} if rows[0].votes else {}),
    }


def _listed_words(listed: int, outlined: int) -> str:
    if listed < outlined:
        return f"The {listed} largest of {outlined}, largest first; all are in changes.gpkg."
    return "Largest first. Pick a row to see the object on the map, or an object to see its row."


def _picked_rows(job_id: str, rows: tuple[ObjectRow, ...]) -> list[int]:
    """The row of a single picked object; a fact's many objects are shown by the map alone."""
    picked = selection.current(job_id).objects
    if len(picked) != 1:
        return []
    return [at for at, row in enumerate(rows) if row.id == picked[0]]


def _pick(job_id: str, key: str, rows: tuple[ObjectRow, ...]) -> None:
    picked = st.session_state[key]["selection"]["rows"]
    selection.pick(job_id, Selection(tuple(rows[at].id for at in picked if at < len(rows))))


@lru_cache(maxsize=16)
def outlines(folder: Path, labels: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The largest objects as GeoJSON for the map, each with the words to show over it."""
    names = dict(labels)
    found = features(load(folder))[:OUTLINED]
    return {
        "type": "FeatureCollection",
        "features": [_outline(feature, names) for feature in found],
    }


def _outline(feature: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    about = feature["properties"]
    name, area = str(about["class"]), quantities.text(float(about["area_m2"]), "m2")
    properties = {
        "id": int(about["id"]),
        "class": name,
        "text": f"Object {about['id']}: {names.get(name, name)}, {area}",
    }
    return {"type": "Feature", "geometry": feature["geometry"], "properties": properties}
