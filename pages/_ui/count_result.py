"""A finished count on a page, with the corrections made to it since.

Loads and remembers; knows nothing of widgets but the choice of the run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import streamlit as st

from analysis.edits import Edit
from errors import GroundshiftError
from pages._ui import runs
from pages._ui.count_setup import KIND
from pages._ui.words import show_error
from services import count_view
from services.count_results import CountReview, review
from services.count_view import EntryRow
from services.results import SavedResult
from workspace import edits, results
from workspace.records import Job, Project


@dataclass(frozen=True)
class Shown:
    """The count on the page.

    Attributes:
        job: the run.
        folder: its files.
        corrections: what people corrected, in order.
        review: the count with the corrections in it.
    """

    job: Job
    folder: Path
    corrections: tuple[Edit, ...]
    review: CountReview

    @cached_property
    def rows(self) -> tuple[EntryRow, ...]:
        """The entries, changes first."""
        return count_view.rows(self.review.result)

    @cached_property
    def features(self) -> list[dict[str, Any]]:
        """The outlines for the map."""
        return count_view.features(self.review.result)

    @cached_property
    def told(self) -> SavedResult:
        """Caption and facts in the form that the pages show facts in."""
        found = self.review
        run = dict(found.run)
        return SavedResult(self.folder, run, found.facts, found.caption)

    def speaks_of(self, _told: SavedResult, fact_id: str) -> tuple[int, ...]:
        """Ids of the entries that a fact speaks of."""
        return self.review.entries_of(fact_id)

    def picked(self, entry_ids: Sequence[int]) -> tuple[EntryRow, ...]:
        """The entries with these ids that are still there."""
        wanted = set(entry_ids)
        return tuple(row for row in self.rows if row.id in wanted)


def ask_count(project: Project) -> Shown | None:
    """The count to show, a choice where there are several; one whose files are gone is told."""
    job = runs.ask_result(runs.of(project.owner, project, KIND), place="count")
    if job is None:
        return None
    try:
        folder = results.get(project.owner, job.id, kind=KIND)
        return shown_of(job, folder)
    except GroundshiftError as error:
        show_error(error)
        return None


def shown_of(job: Job, folder: Path) -> Shown:
    """What was shown last, unless something was corrected since.

    Raises:
        GroundshiftError: the count or its files are gone, or damaged.
    """
    corrections = edits.listed(job.owner, job.id)
    key = f"count_shown_{job.id}"
    last: Shown | None = st.session_state.get(key)
    if last is not None and last.corrections == corrections:
        return last
    fresh = Shown(job, folder, corrections, review(folder, corrections))
    st.session_state[key] = fresh
    return fresh


def correct(shown: Shown, *corrections: Mapping[str, Any]) -> None:
    """Keep corrections as one step.

    Raises:
        InputError: one cannot be applied; nothing is kept.
    """
    edits.add(shown.job.owner, shown.job.id, *corrections)
