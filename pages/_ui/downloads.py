"""Links to the files of a result, which go from the disk to the browser and not through a page.

Knows the addresses, not the files' contents.
"""

import streamlit as st

import settings
from pages._ui.words import plain
from services.results import SavedResult

PURPOSE = {
    "report.html": "The report as one page to read, print or send",
    "map.html": "A map to share; it loads its background from the internet when opened",
    "changes.gpkg": "Changed objects for a GIS (GeoPackage)",
    "changes.geojson": "Changed objects for the web (GeoJSON, WGS 84)",
    "mask.tif": "What changed, per pixel (GeoTIFF)",
    "score.tif": "How strongly each pixel changed, 0 to 1 (GeoTIFF)",
    "statistics.csv": "Areas and counts per class (table)",
    "caption.txt": "The caption",
    "facts.json": "Every number with its unit, method and origin",
    "aoi.geojson": "The area that was compared (GeoJSON, WGS 84)",
    "run.json": "How the result was made; `replay` makes it again",
    "kind.tif": "Which class each pixel would get under another threshold (GeoTIFF)",
    "observed.tif": "Which pixels were assessed, and why the others were not (GeoTIFF)",
}


def url(job_id: str, file_name: str) -> str:
    """The address of one file of a result."""
    return f"{_base()}/downloads/{job_id}/{file_name}"


def zip_url(job_id: str) -> str:
    """The address of all files of a result in one."""
    return f"{_base()}/downloads/{job_id}.zip"


def _base() -> str:
    base = settings.load().base_path.strip("/")
    return f"/{base}" if base else ""


def show_bundle(job_id: str) -> None:
    """The two downloads most people want."""
    show_zip(job_id)
    st.link_button(
        "Report to read or print",
        url(job_id, "report.html"),
        icon=":material/description:",
        width="stretch",
    )


def show_zip(job_id: str) -> None:
    """All files of a result in one."""
    st.link_button(
        "Everything as one ZIP",
        zip_url(job_id),
        icon=":material/folder_zip:",
        width="stretch",
        type="primary",
    )


def show_files(job_id: str, result: SavedResult) -> None:
    """A link to every file with its purpose and size, those for people first."""
    files = {file.path.name: file for file in result.files()}
    names = [name for name in (*PURPOSE, *sorted(files.keys() - PURPOSE.keys())) if name in files]
    rows = (
        f"| [{plain(name)}]({url(job_id, name)}) | {PURPOSE.get(name, 'Further data')}"
        f" | {size_words(files[name].size_bytes)} |"
        for name in names
    )
    st.markdown("\n".join(["| File | What it holds | Size |", "|:--|:--|--:|", *rows]))


def size_words(size_bytes: int) -> str:
    """A file size for people."""
    if size_bytes >= 1e9:
        return f"{size_bytes / 1e9:.1f} GB"
    if size_bytes >= 1e5:
        return f"{size_bytes / 1e6:.1f} MB"
    return f"{max(size_bytes / 1e3, 0.1):.1f} kB"
