"""A finished result: caption, tables and downloads."""

import streamlit as st

from pages._ui.choice import Finished, chosen_pair, finished, looked_at, show_empty
from pages._ui.figures import show_areas, show_legend
from pages._ui.words import plain, show_findings
from services.bundle import bundle
from services.results import ResultFile, SavedResult, largest_objects, load
from services.review import Review, as_run, picture_png
from wording import quantities

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
    "run.json": "How the result was made; `replay` makes it again",
    "kind.tif": "Which class each pixel would get under another threshold (GeoTIFF)",
    "observed.tif": "Which pixels were assessed, and why the others were not (GeoTIFF)",
}
FILES_PER_ROW = 3
LOST = {
    "pre nodata": "no data at the earlier date",
    "post nodata": "no data at the later date",
    "both nodata": "no data at both dates",
    "no score": "the method could not score it",
}


def ask_result(results: tuple[Finished, ...]) -> Finished:
    """One of this session's results; that of the current pair comes first."""
    pair = chosen_pair()
    first = next((at for at, result in enumerate(results) if result.pair == pair), 0)
    if len(results) == 1:
        return results[0]
    return st.selectbox("Result", results, index=first, format_func=_result_words)


def _result_words(result: Finished) -> str:
    run = load(result.folder).run
    time = run["created_utc"][11:19]
    return f"{result.pair.title} · {run['detector']['title']} · {time} UTC"


def show_head(chosen: Finished, result: SavedResult, review: Review) -> None:
    words, picture = st.columns([3, 2], gap="large")
    with words:
        st.subheader(plain(chosen.pair.title), anchor=False)
        st.markdown(plain(result.caption))
        area, share = st.columns(2)
        area.metric("Changed area", result.words("changed_area", "m2"), border=True)
        share.metric("Share changed", result.words("changed_share", "%"), border=True)
        objects, valid = st.columns(2)
        objects.metric("Objects", result.words("object_count", "1"), border=True)
        valid.metric("Assessed area", result.words("valid_area", "m2"), border=True)
        show_bundle(result)
    with picture:
        st.image(picture_of(chosen, review), width="stretch", alt="The mask of changes")
        show_legend(review, has_aoi=False)


def picture_of(chosen: Finished, review: Review) -> bytes:
    """The mask over the later scene, or alone once the files of the pair were deleted."""
    shown = looked_at(chosen.pair).shown if chosen.pair.pre.exists() else None
    backdrop = shown.backdrop_png if shown is not None else None
    return picture_png(review, backdrop_png=backdrop, opacity=0.6)


def show_classes(review: Review) -> None:
    # One class alone is the sum already.
    rows = (*review.present, review.whole) if len(review.legend) > 1 else review.statistics[:1]
    show_areas(rows)


def show_left_out(result: SavedResult) -> None:
    if result.excluded:
        parts = (
            f"{quantities.text(part.area_m2, 'm2')}: {LOST.get(part.reason, part.reason)}"
            for part in result.excluded
        )
        st.caption("Left out: " + "; ".join(parts) + ".")


def show_objects(result: SavedResult, review: Review) -> None:
    rows = largest_objects(result)
    if not rows:
        st.caption("No object changed.")
        return
    labels = {entry.name: entry.label for entry in review.legend}
    st.dataframe(
        {
            "Number": [row.id for row in rows],
            "Class": [labels.get(row.label, row.label) for row in rows],
            "Area": [row.area for row in rows],
            "Perimeter": [row.perimeter for row in rows],
            "Score": [row.score for row in rows],
            "Latitude": [f"{row.lat:.5f}" for row in rows],
            "Longitude": [f"{row.lon:.5f}" for row in rows],
        },
        hide_index=True,
        height=320,
    )
    st.caption(f"The {len(rows)} largest, largest first; all of them are in changes.gpkg.")


def show_facts(result: SavedResult) -> None:
    st.dataframe(
        {
            "Fact": [fact["name"].replace("_", " ") for fact in result.facts],
            "Value": [quantities.text(fact["value"], fact["unit"]) for fact in result.facts],
            "Class": [fact["class"] for fact in result.facts],
            "Where": [fact["region"] for fact in result.facts],
            "How": [fact["method"] for fact in result.facts],
            "Id": [fact["id"] for fact in result.facts],
        },
        hide_index=True,
        height=320,
    )


def show_origin(result: SavedResult) -> None:
    run = result.run
    st.markdown(
        f"- Method: **{plain(run['detector']['title'])}**, {plain(run['detector']['why'])}\n"
        f"- Threshold: {run['threshold']['value']:.3f}, {plain(run['threshold']['reason'])}\n"
        f"- Smallest object kept: {quantities.text(float(run['min_area_m2']), 'm2')}\n"
        f"- Made: {plain(run['created_utc'][:19].replace('T', ' '))} UTC with Groundshift"
        f" {plain(run['groundshift_version'])}, run `{run['id']}`\n"
        f"- Source of the method: {plain(run['detector']['source'])}"
    )
    st.dataframe(
        {
            "Input": [entry["role"] for entry in run["inputs"]],
            "Name": [entry["name"] for entry in run["inputs"]],
            "SHA-256": [entry["sha256"] for entry in run["inputs"]],
        },
        hide_index=True,
    )


def show_bundle(result: SavedResult) -> None:
    everything, page = st.columns(2)
    everything.download_button(
        "Everything as one ZIP",
        data=lambda: bundle(result.folder),
        file_name=f"groundshift-{result.run['id'][:8]}.zip",
        mime="application/zip",
        type="primary",
        icon=":material/folder_zip:",
        width="stretch",
        on_click="ignore",
    )
    page.download_button(
        "Report to read or print",
        data=(result.folder / "report.html").read_bytes,
        file_name="report.html",
        mime="text/html",
        icon=":material/description:",
        width="stretch",
        on_click="ignore",
    )


def show_files(result: SavedResult) -> None:
    """Every file, those for people first."""
    files = {file.path.name: file for file in result.files()}
    names = [name for name in (*PURPOSE, *sorted(files.keys() - PURPOSE.keys())) if name in files]
    for start in range(0, len(names), FILES_PER_ROW):
        for place, name in zip(
            st.columns(FILES_PER_ROW), names[start : start + FILES_PER_ROW], strict=False
        ):
            with place:
                show_file(files[name])
    st.caption(f"These files stay on this machine, in `{result.folder.absolute()}`.")


def show_file(file: ResultFile) -> None:
    name = file.path.name
    st.download_button(
        name,
        data=file.path.read_bytes,
        file_name=name,
        mime=file.media_type,
        key=f"download_{name}",
        icon=":material/download:",
        width="stretch",
        on_click="ignore",
    )
    st.caption(f"{PURPOSE.get(name, 'Further data')} · {_size(file.size_bytes)}")


def _size(size_bytes: int) -> str:
    return (
        f"{size_bytes / 1e6:.1f} MB"
        if size_bytes >= 1e5
        else f"{max(size_bytes / 1e3, 0.1):.1f} kB"
    )


def show_result(chosen: Finished) -> None:
    result, review = load(chosen.folder), as_run(chosen.folder)
    show_head(chosen, result, review)
    tables, facts, notes, origin = st.tabs(
        ["Areas and objects", f"All {len(result.facts)} facts", "Cautions", "How it was made"]
    )
    with tables:
        show_classes(review)
        show_left_out(result)
        show_objects(result, review)
    with facts:
        show_facts(result)
    with notes:
        show_findings(result.findings)
    with origin:
        show_origin(result)
    st.subheader("Single files", anchor=False)
    show_files(result)


st.title("Report", anchor=False)
if results := finished():
    show_result(ask_result(results))
else:
    show_empty(
        "There is no result yet: run a comparison first.",
        "compare.py",
        "Go to Compare",
        ":material/compare:",
    )
