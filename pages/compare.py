"""Run a detector on the chosen pair and look at what it found under any threshold."""

from pathlib import Path

import streamlit as st

from errors import GroundshiftError
from pages._ui.choice import RESULT, PairChoice, chosen_pair, looked_at
from pages._ui.words import plain, show_error, show_findings, show_verdict
from progress import Watcher
from services.compare import CompareRequest, compare
from services.list_detectors import list_detectors
from services.look import Look
from services.results import load
from services.review import Review, at_threshold, legend, scores_histogram
from wording import quantities


def ask_detector(seen: Look) -> str:
    rows = {row["name"]: row for row in list_detectors()}
    names = sorted(rows, key=lambda name: name != seen.recommended)
    name = st.selectbox(
        "Detector",
        names,
        format_func=lambda name: (
            rows[name]["title"] + (" (recommended)" if name == seen.recommended else "")
        ),
    )
    st.caption(rows[name]["summary"])
    if name == seen.recommended:
        st.caption(f"Recommended: {seen.recommended_why}")
    if not rows[name]["available"]:
        st.warning(f"Not available here: {rows[name]['reason']}")
    return str(name)


def run(pair: PairChoice, request: CompareRequest) -> None:
    bar = st.progress(0.0, "Starting")
    watcher = Watcher(lambda share, words: bar.progress(share, words))
    try:
        st.session_state[RESULT] = compare(request, out_dir=None, watcher=watcher).folder
    except GroundshiftError as error:
        show_error(error)
    finally:
        bar.empty()


def show_setup(pair: PairChoice, seen: Look) -> None:
    detector = ask_detector(seen)
    smallest = None
    if st.checkbox("Set the smallest object myself"):
        smallest = st.number_input("Smallest object, m²", min_value=0.0, value=16.0)
    if st.button("Find changes", type="primary", disabled=seen.verdict == "refuse"):
        run(pair, CompareRequest(pair.pre, pair.post, pair.aoi, detector, None, smallest))


@st.fragment
def show_result(pair: PairChoice, folder: Path, seen: Look) -> None:
    made = load(folder)
    used = made.run["threshold"]
    threshold = st.slider(
        "Threshold: a pixel is changed from this score on",
        min_value=0.0,
        max_value=1.0,
        value=min(used["value"], 1.0),
        step=0.01,
        help=f"This run used {used['value']:.2f}. {used['reason']}",
        key=f"threshold_{folder.name}",
    )
    is_as_run = threshold == min(used["value"], 1.0)
    review = at_threshold(folder, used["value"] if is_as_run else threshold)
    show_pictures(folder, seen, review)
    show_numbers(review)
    with st.expander("How the scores are spread"):
        counts, edges = scores_histogram(folder)
        st.bar_chart({"score": edges, "pixels": counts}, x="score", y="pixels", height=180)
    if is_as_run:
        st.page_link("report.py", label="Report and downloads", icon=":material/description:")
    else:
        st.info("This is a preview. Report and downloads keep the run's own threshold.")
        if st.button("Run again with this threshold"):
            parameters = made.run["parameters"]
            name, smallest = parameters["detector"], parameters["min_area_m2"]
            run(pair, CompareRequest(pair.pre, pair.post, pair.aoi, name, threshold, smallest))
            st.rerun()


def show_pictures(folder: Path, seen: Look, review: Review) -> None:
    pre, post, mask = st.columns(3)
    pre.image(seen.pre_png, caption=f"Pre, {seen.pre_words}", width="stretch")
    post.image(seen.post_png, caption=f"Post, {seen.post_words}", width="stretch")
    mask.image(review.mask_png, caption="Changes", width="stretch")
    colors = [(entry.color, entry.label) for entry in legend(folder)]
    colors.append(("#808080", "not observed"))
    st.html(
        "<p>"
        + " &nbsp; ".join(
            f'<span style="color:{color}" aria-hidden="true">&#9632;</span> {label}'
            for color, label in colors
        )
        + "</p>"
    )


def show_numbers(review: Review) -> None:
    *rows, whole = review.statistics
    area, share, objects = st.columns(3)
    area.metric("Changed area", quantities.text(whole.area_m2, "m2"))
    share.metric("Share of the valid area", quantities.text(whole.area_share_pct, "%"))
    objects.metric("Objects", quantities.text(whole.objects, "1"))
    if len(rows) > 1:
        st.dataframe(
            {
                "class": [row.label for row in rows],
                "objects": [row.objects for row in rows],
                "area": [quantities.text(row.area_m2, "m2") for row in rows],
                "share": [quantities.text(row.area_share_pct, "%") for row in rows],
            },
            hide_index=True,
        )


def show_pair(pair: PairChoice) -> None:
    st.subheader(plain(pair.title))
    seen = looked_at(pair)
    setup, result = st.columns([1, 3], gap="large")
    with setup:
        show_verdict(seen.verdict)
        show_findings(seen.findings)
        if seen.recommended is not None:
            show_setup(pair, seen)
    with result:
        if folder := st.session_state.get(RESULT):
            st.markdown(plain(load(folder).caption))
            show_result(pair, folder, seen)
        elif seen.pre_png is not None and seen.post_png is not None:
            pre, post = st.columns(2)
            pre.image(seen.pre_png, caption=f"Pre, {seen.pre_words}", width="stretch")
            post.image(seen.post_png, caption=f"Post, {seen.post_words}", width="stretch")


st.title("Compare")
if chosen := chosen_pair():
    show_pair(chosen)
