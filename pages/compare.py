"""Run a detector on the chosen pair and look at what it found under any threshold."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from errors import GroundshiftError
from pages._ui import figures
from pages._ui.choice import (
    Finished,
    PairChoice,
    add_result,
    chosen_pair,
    latest_result,
    looked_at,
    show_empty,
)
from pages._ui.words import guarded, plain, show_error, show_findings, show_verdict
from progress import Watcher
from services.compare import CompareRequest, compare
from services.list_detectors import list_detectors
from services.look import Advice, Look, Shown
from services.results import load
from services.review import Review, as_run, at_threshold, histogram, picture_png
from wording import quantities

WANTED, STOPPED = "wanted", "stopped"
STEP = 0.001
OVER, ALONE = "Over the later scene", "Mask alone"


def ask_detector(advice: Advice) -> Mapping[str, Any]:
    rows = {row["name"]: row for row in list_detectors()}

    def rank(name: str) -> tuple[bool, bool, bool, str]:
        row = rows[name]
        return name != advice.detector, not row["available"], name in advice.unsuitable, name

    def words(name: str) -> str:
        return f"{rows[name]['title']}{_remark(rows[name], advice)}"

    name = st.selectbox("Method", sorted(rows, key=rank), format_func=words)
    return rows[str(name)]


def _remark(row: Mapping[str, Any], advice: Advice) -> str:
    """What to know of a method before it is chosen."""
    if not row["available"]:
        return " (cannot run here)"
    if row["name"] == advice.detector:
        return " (recommended)"
    return " (not for this pair)" if row["name"] in advice.unsuitable else ""


def show_method(row: Mapping[str, Any], advice: Advice) -> None:
    why = f" Recommended: {advice.why}." if row["name"] == advice.detector else ""
    st.caption(f"{row['summary']}{why}")
    if row["name"] in advice.unsuitable:
        st.warning(f"This method does not suit the pair: {advice.unsuitable[row['name']]}.")
    if not row["available"]:
        st.warning(f"This method cannot run here. {row['reason']}")
    if row["limits"]:
        with st.expander("What this method cannot do"):
            st.markdown("\n".join(f"- {plain(limit)}" for limit in row["limits"]))


def show_setup(pair: PairChoice, advice: Advice) -> None:
    with st.container(border=True):
        method, smallest, button = st.columns([3, 2, 1.4], vertical_alignment="bottom")
        with method:
            row = ask_detector(advice)
        least = smallest.number_input(
            "Smallest object, m²",
            min_value=0.0,
            value=None,
            placeholder=f"Automatic: {quantities.text(advice.min_area_m2, 'm2')}",
            help="Smaller regions are left out, because single pixels are mostly noise.",
        )
        if button.button(
            "Find changes",
            type="primary",
            icon=":material/search:",
            width="stretch",
            disabled=not row["available"],
        ):
            st.session_state[WANTED] = CompareRequest(
                pair.pre, pair.post, pair.aoi, row["name"], None, least
            )
        show_method(row, advice)


def run_wanted(pair: PairChoice) -> None:
    """Run what was asked for, once. Any click ends the script and with it the run, cleanly."""
    request = st.session_state.pop(WANTED, None)
    if request is None:
        return
    with st.empty().container(border=True):
        bar = st.progress(0.0, "Starting")
        st.button("Stop the run", icon=":material/stop_circle:", on_click=_note_stop)

        def show_progress(share: float, words: str) -> None:
            bar.progress(share, words)

        try:
            outcome = compare(request, out_dir=None, watcher=Watcher(show_progress))
            add_result(Finished(pair, outcome.folder))
        except GroundshiftError as error:
            show_error(error)
            return
    st.rerun()


def _note_stop() -> None:
    st.session_state[STOPPED] = True


@st.fragment
def show_result(pair: PairChoice, folder: Path, shown: Shown) -> None:
    with guarded("Compare"):
        base = as_run(folder)
        threshold = ask_threshold(folder, base)
        review = base if threshold is None else at_threshold(folder, threshold)
        show_pictures(pair, shown, review)
        figures.show_figures(review, base)
        if review.every > 1:
            st.info(
                f"This result is very large: the preview looks at one pixel in {review.every**2}."
                " Run again with this threshold for exact numbers.",
                icon=":material/speed:",
            )
        figures.show_classes(review)
        with st.expander("How the scores are spread", expanded=True):
            figures.show_histogram(histogram(folder), review.threshold)
        show_next(pair, folder, threshold)


def ask_threshold(folder: Path, base: Review) -> float | None:
    """The threshold to preview, or None for the run's own."""
    used = load(folder).run["threshold"]
    start = round(min(base.threshold, 1.0), 4)
    slider, exact = f"slider_{folder.name}", f"exact_{folder.name}"
    move, type_in, back = st.columns([6, 1.6, 1.6], vertical_alignment="bottom")
    st.session_state.setdefault(slider, start)
    st.session_state.setdefault(exact, start)
    chosen = move.slider(
        "Threshold: a pixel counts as changed from this score on",
        0.0,
        1.0,
        step=STEP,
        format="%.3f",
        key=slider,
        on_change=_copy,
        args=(slider, exact),
    )
    type_in.number_input(
        "Exact value",
        0.0,
        1.0,
        step=STEP,
        format="%.4f",
        key=exact,
        on_change=_copy,
        args=(exact, slider),
    )
    back.button(
        "As the run",
        icon=":material/undo:",
        width="stretch",
        disabled=chosen == start,
        on_click=_reset,
        args=(start, slider, exact),
    )
    st.caption(_threshold_words(used, base))
    return None if chosen == start else float(chosen)


def _threshold_words(used: Mapping[str, Any], base: Review) -> str:
    if base.threshold > 1.0:
        return f"The run found no score that means change: {plain(used['reason'])}."
    return f"The run used {base.threshold:.3f}: {plain(used['reason'])}."


def _copy(source: str, target: str) -> None:
    st.session_state[target] = st.session_state[source]


def _reset(value: float, *keys: str) -> None:
    for key in keys:
        st.session_state[key] = value


def show_pictures(pair: PairChoice, shown: Shown, review: Review) -> None:
    view, strength = st.columns([5, 2], vertical_alignment="bottom")
    chosen = view.segmented_control("Show the changes", [OVER, ALONE], default=OVER, required=True)
    opacity = strength.slider(
        "Strength of the colours", 0.0, 1.0, 0.6, 0.1, disabled=chosen == ALONE
    )
    backdrop = shown.backdrop_png if chosen == OVER else None
    mask = picture_png(review, backdrop_png=backdrop, opacity=opacity)
    figures.show_triple(shown, mask, f"Changes · threshold {min(review.threshold, 1):.3f}")
    figures.show_legend(review, has_aoi=pair.aoi is not None)


def show_next(pair: PairChoice, folder: Path, threshold: float | None) -> None:
    if threshold is None:
        return
    words, button = st.columns([3, 1.2], vertical_alignment="center")
    words.info("This is a preview. Report and downloads keep the threshold of the run.")
    if button.button("Run again with this threshold", width="stretch"):
        asked = load(folder).run["parameters"]
        st.session_state[WANTED] = CompareRequest(
            pair.pre, pair.post, pair.aoi, asked["detector"], threshold, asked["min_area_m2"]
        )
        st.rerun()


def show_checks(seen: Look) -> None:
    serious = sum(finding.severity != "info" for finding in seen.findings)
    words = {0: "no cautions", 1: "1 caution"}.get(serious, f"{serious} cautions")
    with st.expander(f"Checks of the two scenes: {words}", icon=":material/fact_check:"):
        show_verdict(seen.verdict)
        show_findings(seen.findings)


def show_pair(pair: PairChoice) -> None:
    seen = looked_at(pair)
    st.subheader(plain(pair.title), anchor=False)
    if seen.shown is None or seen.advice is None:
        show_verdict(seen.verdict)
        show_findings(seen.findings)
        return
    st.caption(f"{seen.shown.dates_words} · {seen.shown.size_words}")
    show_checks(seen)
    if seen.verdict != "refuse":
        show_setup(pair, seen.advice)
    if st.session_state.pop(STOPPED, False):
        st.info("The run was stopped. Nothing was written.", icon=":material/stop_circle:")
    run_wanted(pair)
    folder = latest_result(pair)
    if folder is None:
        figures.show_dates(seen.shown)
        return
    heading, report = st.columns([4, 1.2], vertical_alignment="bottom")
    heading.subheader("What changed", anchor=False)
    if report.button("Report and downloads", icon=":material/description:", width="stretch"):
        st.switch_page("report.py")
    st.markdown(plain(load(folder).caption))
    show_result(pair, folder, seen.shown)


st.title("Compare", anchor=False)
if chosen := chosen_pair():
    show_pair(chosen)
else:
    show_empty(
        "There is nothing to compare yet: choose two scenes first.",
        "scenes.py",
        "Go to Scenes",
        ":material/photo_library:",
    )
