"""The background maps below the two dates of a project, folded away behind one button.

Knows which are chosen; the catalogue and its widgets are elsewhere.
"""

from dataclasses import dataclass

import streamlit as st

from errors import GroundshiftError
from pages._ui import map_memory
from pages._ui.basemap_picker import ask_basemaps, tile_layer
from pages._ui.map_view import TileLayer
from services import basemaps
from services.basemap import Basemap
from workspace.records import Project

PART = "basemaps"


@dataclass(frozen=True)
class Backgrounds:
    """Background maps below the two dates; None for none."""

    left: TileLayer | None = None
    right: TileLayer | None = None


def ask_backgrounds(project: Project) -> Backgrounds:
    """The background maps, as they were left unless they are changed now."""
    kept = map_memory.recalled(project, PART, {})
    ids = {side: str(kept.get(side) or "") for side in ("left", "right")}
    chosen = (_known(ids["left"]), _known(ids["right"]))
    folded = st.popover(
        "Background maps",
        icon=":material/layers:",
        key=f"backgrounds_{project.id}",
        on_change="rerun",
    )
    # The catalogue is long; it is put together when somebody looks at it.
    if folded.open:
        with folded:
            chosen = ask_basemaps(key=f"background_{project.id}", **ids)
        left, right = (one.id if one else "" for one in chosen)
        map_memory.remember(project.owner, project.id, {PART: {"left": left, "right": right}})
    left_layer, right_layer = (tile_layer(one) if one else None for one in chosen)
    return Backgrounds(left_layer, right_layer)


def _known(basemap_id: str) -> Basemap | None:
    """A map that may have gone from the catalogue since it was chosen."""
    try:
        return basemaps.get(basemap_id) if basemap_id else None
    except GroundshiftError:
        return None
