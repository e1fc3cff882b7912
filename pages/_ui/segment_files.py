"""What was outlined as files to download: kept things, made when asked for, and those of a run.

Knows formats and addresses; the files' contents are a service's.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from pages._ui.downloads import show_zip, size_words, url
from pages._ui.segment_choice import Choice
from pages._ui.words import plain
from services import save_things
from services.save_things import NamedThing
from services.segment_results import SavedThings
from workspace.records import Project
from workspace.things import KeptThing

PURPOSE = {
    "things.gpkg": "Outlines for a GIS (GeoPackage)",
    "things.geojson": "Outlines for the web (GeoJSON, WGS 84)",
    "mask.tif": "The number of the thing at every pixel (GeoTIFF)",
    "labels.coco.json": "Outlines as training labels (COCO)",
    "statistics.csv": "Number and areas (table)",
    "facts.json": "Every number with its unit, method and origin",
    "run.json": "How the outlines were made",
    "aoi.geojson": "The area that was looked in (GeoJSON, WGS 84)",
}


def show_files(project: Project, choice: Choice, kept: Sequence[KeptThing]) -> None:
    """Downloads of what was kept in the scene; a file is made when somebody asks for it."""
    named = [
        NamedThing(one.id, one.name, one.label, one.geometry, one.score, one.segmenter)
        for one in kept
    ]
    source = choice.scene.source
    makers: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "GeoPackage": ("things.gpkg", "application/geopackage+sqlite3",
                       lambda: save_things.geopackage(named, source)),
        "GeoJSON": ("things.geojson", "application/geo+json",
                    lambda: save_things.geojson(named)),
        "COCO": ("things.coco.json", "application/json",
                 lambda: save_things.coco(named, source)),
        "Mask": ("things.tif", "image/tiff",
                 lambda: save_things.ids_mask(named, source)),
    }  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Download")
        for label, (name, media_type, make) in makers.items():
            st.download_button(
                label,
                make,
                file_name=name,
                mime=media_type,
                icon=":material/download:",
                on_click="ignore",
                key=f"save_{label}_{project.id}",
                help=PURPOSE.get(name),
            )


def show_run_files(job_id: str, saved: SavedThings) -> None:
    """Links to the files of a run."""
    show_zip(job_id)
    rows = (
        f"| [{plain(path.name)}]({url(job_id, path.name)})"
        f" | {PURPOSE.get(path.name, 'Further data')} | {size_words(path.stat().st_size)} |"
        for path in saved.files()
    )
    with st.expander("Single files"):
        st.markdown("\n".join(["| File | What it holds | Size |", "|:--|:--|--:|", *rows]))
