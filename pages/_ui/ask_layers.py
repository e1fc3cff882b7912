"""Layers of the user's that questions may name: brought, listed, removed.

Knows nothing of what is in a file.
"""

import streamlit as st

from errors import GroundshiftError
from pages._ui.words import attempt, plain, show_error
from workspace import layers
from workspace.layers import KeptLayer
from workspace.records import Project

MAX_LAYER_MB = 10
HELP = (
    "Districts, rivers, roads, parcels: polygons, lines or points with names. Then ask, for"
    " example, how many new buildings lie within 50 m of the river."
)


def show_layers(project: Project) -> None:
    """The layers of a project, folded away, with a way to add one."""
    kept = layers.listed(project.owner, project.id)
    # A label that changes would fold it away while it is used.
    with st.expander("Your layers", icon=":material/polyline:", key=f"layers_of_{project.id}"):
        _ask_file(project)
        for layer in kept:
            _show_layer(project, layer)


def _ask_file(project: Project) -> None:
    # A new key empties the widget, which otherwise keeps the file it was given.
    taken = f"layers_taken_{project.id}"
    file = st.file_uploader(
        "Add a layer: GeoJSON, GeoPackage, zipped Shapefile or KML",
        list(layers.SUFFIXES),
        key=f"layer_{project.id}_{st.session_state.get(taken, 0)}",
        max_upload_size=MAX_LAYER_MB,
        help=HELP,
    )
    if file is None:
        return
    try:
        layers.add(project.owner, project.id, file.name, file.getvalue())
    except GroundshiftError as error:
        show_error(error)
        return
    st.session_state[taken] = st.session_state.get(taken, 0) + 1
    st.rerun()


def _show_layer(project: Project, layer: KeptLayer) -> None:
    count = f"{layer.features} {'feature' if layer.features == 1 else 'features'}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(layer.name)}** · {count}", width="stretch")
        st.button(
            "Remove",
            icon=":material/delete:",
            key=f"remove_layer_{layer.id}",
            help=f"Remove the layer {plain(layer.name)}",
            on_click=attempt,
            args=(layers.remove, project.owner, project.id, layer.id),
        )
