"""Choose a bundled pair or bring your own, and see whether it may be compared."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from errors import GroundshiftError
from pages._ui.choice import PAIR, PairChoice, choose, looked_at
from pages._ui.words import plain, show_error, show_findings, show_verdict
from services.samples import list_samples
from services.store import Upload, new_folder, save

RASTERS = ["tif", "tiff", "jp2"]
VECTORS = ["geojson", "json", "gpkg", "zip", "kml"]


def show_samples() -> None:
    st.caption("Rendered places with known truth: good for a first try.")
    for sample in list_samples():
        with st.container(border=True):
            st.markdown(f"**{sample.title}**")
            st.write(sample.summary)
            if st.button("Use this pair", key=f"use_{sample.id}"):
                choose(PairChoice(sample.title, sample.pre, sample.post, sample.aoi))


def show_uploads() -> None:
    with st.form("own", border=False):
        pre = st.file_uploader("Pre: the earlier date", RASTERS, accept_multiple_files=True)
        post = st.file_uploader("Post: the later date", RASTERS, accept_multiple_files=True)
        aoi = st.file_uploader("Area of interest (optional)", VECTORS)
        st.caption(
            "GeoTIFF or JPEG 2000, one file or several tiles of one sensor per date. The area may "
            "be GeoJSON, GeoPackage, zipped Shapefile or KML; without it the whole overlap is used."
        )
        if st.form_submit_button("Use these files", type="primary"):
            use_uploads(pre, post, aoi)


def use_uploads(
    pre: list[UploadedFile], post: list[UploadedFile], aoi: UploadedFile | None
) -> None:
    if not pre or not post:
        st.warning("Add at least one file for each date.")
        return
    folder = new_folder()
    try:
        choose(
            PairChoice(
                f"{pre[0].name} and {post[0].name}",
                save("pre", [Upload(file.name, file) for file in pre], folder),
                save("post", [Upload(file.name, file) for file in post], folder),
                save("aoi", [Upload(aoi.name, aoi)], folder) if aoi else None,
            )
        )
    except GroundshiftError as error:
        show_error(error)


def show_pair(pair: PairChoice) -> None:
    st.subheader(plain(pair.title))
    try:
        seen = looked_at(pair)
    except GroundshiftError as error:
        show_error(error)
        return
    show_verdict(seen.verdict)
    show_findings(seen.findings)
    if seen.pre_png is None or seen.post_png is None:
        return
    left, right = st.columns(2)
    left.image(seen.pre_png, caption=f"Pre, {seen.pre_words}", width="stretch")
    right.image(seen.post_png, caption=f"Post, {seen.post_words}", width="stretch")
    if seen.verdict != "refuse":
        st.page_link("compare.py", label="Compare this pair", icon=":material/compare:")


st.title("Scenes")
st.write("Two dates of one place. Nothing you bring leaves this machine.")
bundled, own = st.tabs(["Bundled samples", "Your own files"])
with bundled:
    show_samples()
with own:
    show_uploads()
if chosen := st.session_state.get(PAIR):
    st.divider()
    show_pair(chosen)
