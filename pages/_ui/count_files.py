"""A count as files to download: as it was counted, or with the corrections made since.

Knows addresses and names; the files' contents are a service's.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from exports.bundle import stream_zip
from pages._ui.count_result import Shown
from pages._ui.downloads import show_zip, size_words, url
from pages._ui.words import plain
from progress import Watcher
from services.count_results import files
from services.edit_count import write_edited

PURPOSE = {
    "ledger.gpkg": "What became of every thing, and both dates, for a GIS (GeoPackage)",
    "ledger.geojson": "What became of every thing (GeoJSON, WGS 84)",
    "statistics.csv": "Numbers and areas (table)",
    "labels.coco.json": "Outlines as training labels (COCO)",
    "aoi.geojson": "The area that was counted (GeoJSON, WGS 84)",
    "facts.json": "Every number with its unit, method and origin",
    "caption.txt": "The caption",
    "run.json": "How the count was made",
}


def show_files(shown: Shown) -> None:
    """The corrected count as one ZIP where there are corrections, and the files of the run."""
    if shown.corrections:
        _show_corrected(shown)
        st.caption("The files below are those of the count before it was corrected.")
    show_zip(shown.job.id)
    rows = (
        f"| [{plain(path.name)}]({url(shown.job.id, path.name)})"
        f" | {PURPOSE.get(path.name, 'Further data')} | {size_words(path.stat().st_size)} |"
        for path in files(shown.folder)
    )
    with st.expander("Single files"):
        st.markdown("\n".join(["| File | What it holds | Size |", "|:--|:--|--:|", *rows]))


def _show_corrected(shown: Shown) -> None:
    number = len(shown.corrections)
    st.download_button(
        f"With {number} {'correction' if number == 1 else 'corrections'}, as one ZIP",
        lambda: corrected_zip(shown),
        file_name=f"groundshift-{shown.job.id[:8]}-corrected.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        type="primary",
        width="stretch",
        on_click="ignore",
        key=f"corrected_{shown.job.id}",
    )


def corrected_zip(shown: Shown) -> bytes:
    """The corrected count: ledger, labels, facts and the record of what was corrected."""
    with TemporaryDirectory(prefix="groundshift-") as folder:
        target = Path(folder) / "count"
        write_edited(shown.folder, shown.corrections, out_dir=target, watcher=Watcher())
        return b"".join(stream_zip(files(target), f"groundshift-{shown.job.id[:8]}-corrected"))
