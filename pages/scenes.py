"""Choose a bundled pair or bring your own, and see whether it may be compared."""

from collections.abc import Sequence

import streamlit as st

from errors import GroundshiftError
from pages._ui.choice import PairChoice, choose, chosen_pair, forget, looked_at
from pages._ui.figures import show_dates
from pages._ui.words import plain, show_error, show_findings, show_verdict
from services import store
from services.samples import SampleScene, list_samples, thumbnail_png
from wording import quantities

RASTERS = ["tif", "tiff", "jp2"]
VECTORS = ["geojson", "json", "gpkg", "zip", "kml"]

thumbnail = st.cache_data(show_spinner=False)(thumbnail_png)


def show_samples() -> None:
    st.caption(
        "Rendered places whose true changes are known: good for a first try. Above the white line"
        " is the earlier date, below it the later one."
    )
    samples = list_samples()
    for place, sample in zip(st.columns(len(samples)), samples, strict=True):
        with place.container(border=True, height="stretch", vertical_alignment="distribute"):
            show_sample(sample)


def show_sample(sample: SampleScene) -> None:
    with st.container():
        st.image(thumbnail(sample), width="stretch", alt=f"Both dates of {sample.title}")
        st.markdown(f"**{sample.title}**")
        st.caption(sample.summary)
    pair = PairChoice(sample.title, sample.pre, sample.post, sample.aoi)
    is_chosen = chosen_pair() == pair
    st.button(
        "Chosen" if is_chosen else "Use this pair",
        key=f"use_{sample.id}",
        icon=":material/check:" if is_chosen else None,
        disabled=is_chosen,
        width="stretch",
        on_click=choose,
        args=(pair,),
    )


def show_uploads() -> None:
    st.caption(
        "GeoTIFF or JPEG 2000: one file per date, or several tiles of one sensor. The area of"
        " interest may be GeoJSON, GeoPackage, zipped Shapefile or KML; without it everything both"
        " dates show is compared."
    )
    with st.form("own", border=False):
        first, second, third = st.columns(3)
        pre = first.file_uploader("Pre: the earlier date", RASTERS, accept_multiple_files=True)
        post = second.file_uploader("Post: the later date", RASTERS, accept_multiple_files=True)
        aoi = third.file_uploader("Area of interest (optional)", VECTORS)
        is_sent = st.form_submit_button("Check these files", type="primary")
    st.caption(
        f":material/lock: Your files stay on this machine, in `{store.place()}`, until you delete"
        " them. Nobody else who opens this page sees them. After a reload this page has forgotten"
        " them too; the folder still holds them."
    )
    if is_sent:
        use_uploads(
            store.Uploads(
                [store.Upload(file.name, file) for file in pre],
                [store.Upload(file.name, file) for file in post],
                store.Upload(aoi.name, aoi) if aoi else None,
            )
        )


def use_uploads(uploads: store.Uploads) -> None:
    """Keep and choose the files when they make a pair; otherwise say why, and change nothing."""
    try:
        stored = store.keep(uploads)
    except GroundshiftError as error:
        show_error(error)
        return
    title = f"{_files_words(uploads.pre)} and {_files_words(uploads.post)}"
    pair = PairChoice(title, stored.pre, stored.post, stored.aoi, stored.folder)
    is_kept = False
    try:
        seen = looked_at(pair)
        is_kept = seen.verdict != "refuse"
        if not is_kept:
            show_verdict(seen.verdict)
            show_findings(seen.findings)
    except GroundshiftError as error:
        show_error(error)
    finally:
        if not is_kept:
            store.discard(stored.folder)
    if is_kept:
        choose(pair)
    elif chosen_pair():
        st.caption("These files were not kept. The pair you had chosen is still there, below.")


def _files_words(files: Sequence[store.Upload]) -> str:
    more = f" (+ {len(files) - 1})" if len(files) > 1 else ""
    return quantities.quoted(files[0].name) + more


def show_pair(pair: PairChoice) -> None:
    seen = looked_at(pair)
    title, action = st.columns([3, 1], vertical_alignment="bottom")
    title.subheader(plain(pair.title), anchor=False)
    if seen.shown is not None:
        title.caption(f"{seen.shown.dates_words} · {seen.shown.size_words}")
    if seen.verdict != "refuse" and action.button(
        "Compare this pair", type="primary", icon=":material/compare:", width="stretch"
    ):
        st.switch_page("compare.py")
    words, pictures = st.columns([1, 2], gap="large")
    with words:
        show_verdict(seen.verdict)
        show_findings(seen.findings)
        if pair.own is not None:
            st.button("Delete these files", icon=":material/delete:", on_click=forget, args=(pair,))
    with pictures:
        if seen.shown is not None:
            show_dates(seen.shown)


st.title("Scenes", anchor=False)
st.markdown("Choose two dates of one place. Nothing you bring leaves this machine.")
bundled, own = st.tabs(["Bundled samples", "Your own files"])
with bundled:
    show_samples()
with own:
    show_uploads()
if chosen := chosen_pair():
    st.divider()
    show_pair(chosen)
