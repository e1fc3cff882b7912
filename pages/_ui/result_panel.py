"""A finished run beside its map: which one, its threshold, its areas and the spread of its scores.

Knows nothing of the map or of the tables below it.
"""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from errors import GroundshiftError
from pages._ui import figures, runs
from pages._ui.threshold import ask_threshold, reviewed
from pages._ui.words import show_error
from services.results import SavedResult, load
from services.review import Review, as_run, histogram
from workspace import results
from workspace.records import Job, Project


@dataclass(frozen=True)
class Shown:
    """The finished run on a page, under the threshold in force.

    Attributes:
        job: the run.
        folder: its files.
        result: their content.
        review: areas and mask under the threshold.
        is_moved: whether that is another threshold than the run's.
    """

    job: Job
    folder: Path
    result: SavedResult
    review: Review
    is_moved: bool


def show_result(project: Project) -> Shown | None:
    """The panel, or None without a finished run; a result that is gone is told."""
    job = runs.ask_result(runs.of(project.owner, project), place="compare")
    if job is None:
        return None
    try:
        folder = results.get(project.owner, job.id)
        result, base = load(folder), as_run(folder)
    except GroundshiftError as error:
        show_error(error)
        return None
    threshold = ask_threshold(job.id, result.run)
    review = base if threshold is None else reviewed(job.id, folder, threshold)
    figures.show_figures(review, base)
    figures.show_histogram(histogram(folder), review.threshold)
    shown = Shown(job, folder, result, review, threshold is not None)
    if shown.is_moved:
        _show_next(project, shown)
    return shown


def _show_next(project: Project, shown: Shown) -> None:
    """Make the moved threshold a result of its own."""
    every = shown.review.every
    if every > 1:
        st.info(
            f"This result is very large: the preview looks at one pixel in {every**2}."
            " Run again with this threshold for exact numbers.",
            icon=":material/speed:",
        )
    st.caption("This is a preview. Text, objects and files keep the threshold of the run.")
    if st.button("Run again with this threshold", icon=":material/replay:", width="stretch"):
        runs.submit(project, {**shown.job.params, "threshold": shown.review.threshold})
