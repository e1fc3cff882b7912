"""The finished result: caption, tables and downloads."""

from pathlib import Path

import streamlit as st

from pages._ui.choice import chosen_result
from pages._ui.words import plain
from services.bundle import bundle
from services.results import SavedResult, load
from wording import quantities

PURPOSE = {
    "report.html": "Report for people: swipe map, tables, cautions, provenance; prints well",
    "map.html": "Interactive map to share (needs the internet for its background)",
    "mask.tif": "Class codes, GeoTIFF",
    "score.tif": "Scores 0 to 1, GeoTIFF",
    "changes.gpkg": "Changed objects, GeoPackage",
    "changes.geojson": "Changed objects, GeoJSON in WGS 84",
    "statistics.csv": "One row per class",
    "facts.json": "Every number with its method and inputs",
    "caption.txt": "The caption",
    "run.json": "How the result was made; replay makes it again",
}


def show_numbers(result: SavedResult) -> None:
    st.dataframe(
        {
            "class": [row["class"] for row in result.statistics],
            "objects": [int(row["objects"]) for row in result.statistics],
            "area": [quantities.text(float(row["area_m2"]), "m2") for row in result.statistics],
            "share of valid area": [
                quantities.text(float(row["area_share_pct"]), "%") for row in result.statistics
            ],
        },
        hide_index=True,
    )
    with st.expander(f"All facts ({len(result.facts)})"):
        st.dataframe(
            {
                name: [str(fact[name]) for fact in result.facts]
                for name in ("id", "name", "value", "unit", "class", "region", "method")
            },
            hide_index=True,
        )


def show_downloads(result: SavedResult) -> None:
    st.download_button(
        "Everything as one ZIP",
        data=lambda: bundle(result.folder),
        file_name=f"groundshift-{result.run['id'][:8]}.zip",
        mime="application/zip",
        type="primary",
        on_click="ignore",
    )
    for path in result.files:
        words, button = st.columns([4, 1], vertical_alignment="center")
        words.markdown(f"**{plain(path.name)}** · {PURPOSE.get(path.name, 'Further data')}")
        button.download_button(
            "Download",
            data=path.read_bytes,
            file_name=path.name,
            key=f"download_{path.name}",
            on_click="ignore",
        )


def show_result(folder: Path) -> None:
    result = load(folder)
    st.markdown(plain(result.caption))
    numbers, files = st.columns([3, 2], gap="large")
    with numbers:
        st.subheader("Numbers")
        show_numbers(result)
    with files:
        st.subheader("Downloads")
        show_downloads(result)


st.title("Report")
if chosen := chosen_result():
    show_result(chosen)
