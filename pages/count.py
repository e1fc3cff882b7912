"""How many there are at each date and what became of each: counted, shown, corrected by hand."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from errors import GroundshiftError
from pages._ui import (
    count_figures,
    count_files,
    count_map,
    count_result,
    count_review,
    count_setup,
    count_table,
    drawn_areas,
    facts,
    map_marks,
    map_memory,
    pair_map,
    runs,
    segment_answer,
    selection,
)
from pages._ui import pair as pairs
from pages._ui.backgrounds import ask_backgrounds
from pages._ui.count_map import Counted, Tools
from pages._ui.count_result import Shown
from pages._ui.map_records import GeoJson
from pages._ui.needs import show_empty
from pages._ui.pair import Pair
from pages._ui.places import WIDTHS, Places
from pages._ui.project import heading
from pages._ui.segment_answer import Answer
from pages._ui.selection import Selection
from pages._ui.user import current_owner
from pages._ui.words import guarded, show_error, show_findings
from workspace import projects
from workspace.records import Project


def lay_out(*, is_setup_first: bool) -> Places:
    checks = st.container()
    wide, narrow = st.columns(WIDTHS, gap="medium")
    map_side, caption, tables = wide.container(), wide.container(), wide.container()
    upper, lower = narrow.container(), narrow.container()
    return Places(
        checks,
        map_side,
        lower if is_setup_first else upper,
        upper if is_setup_first else lower,
        caption,
        tables,
        narrow.container(),
        narrow.container(),
    )


def show_workspace(project: Project, pair: Pair, pending: DeltaGenerator) -> None:
    with guarded("Count"):
        if pair.problems:
            pairs.show_problems(pair)
        places = lay_out(is_setup_first=drawn_areas.is_fresh(project.id))
        with places.result:
            shown = count_result.ask_count(project)
        fill(places, project, pair, shown, pending)


def fill(
    places: Places, project: Project, pair: Pair, shown: Shown | None, pending: DeltaGenerator
) -> None:
    """What the map needs comes first, then the map, then what takes long."""
    prompts = map_marks.marked(count_map.map_key(project.id))
    answer = count_review.candidate(project, shown, prompts) if shown else Answer()
    if answer is None:
        with pending:
            segment_answer.show_pending(count_review.pending_place(project))
    if shown is not None:
        show_result(places, project, shown, prompts, answer)
    tools = show_setup(places, project, pair, prompts, shown)
    with places.map:
        show_map_side(project, pair, shown, tools, answer)


def show_result(
    places: Places, project: Project, shown: Shown, prompts: GeoJson, answer: Answer | None
) -> None:
    """Numbers and corrections beside the map; the text, the list and the files below."""
    with places.result:
        count_figures.show_numbers(shown.job.id, shown.told, shown.speaks_of)
        with st.container(border=True):
            count_review.show_review(project, shown, prompts, answer)
    with places.caption:
        st.header("What changed", anchor=False)
        facts.show_cited(shown.job.id, shown.told, speaks_of=shown.speaks_of)
    with places.fact:
        facts.show_picked(shown.job.id, shown.told)
    with places.tables:
        count_table.show_entries(shown.job.id, shown.rows)
        findings = shown.review.findings
        with st.expander(f"Findings of this run ({len(findings)})"):
            show_findings(findings)
    with places.files:
        count_files.show_files(shown)


def show_setup(
    places: Places, project: Project, pair: Pair, prompts: GeoJson, shown: Shown | None
) -> Tools:
    """What to count, folded away beside a result; the tools it needs on the map."""
    if pair.ready is None:
        return Tools()
    is_correcting = shown is not None and bool(count_review.step(shown.job.id).mode)
    frame = (
        places.setup.container(border=True)
        if shown is None
        else places.setup.expander(
            "New count", expanded=drawn_areas.is_fresh(project.id), icon=":material/add:"
        )
    )
    with frame:
        counter = count_setup.ask_counter(project)
        place = drawn_areas.ask_place(
            project, label="Area to count in", help_words=count_setup.HELP
        )
        # While a correction is drawn, the marks on the map are not examples.
        examples = count_setup.examples_of(project.id, prompts, is_kept=is_correcting)
        wanted = count_setup.ask_wanted(counter, examples)
        if may_be_counted(places.checks, pair, place):
            count_setup.show_start(project, place, wanted)
    if is_correcting and shown is not None:
        return count_review.tools(shown.job.id)
    return count_setup.tools(counter)


def may_be_counted(checks: DeltaGenerator, pair: Pair, place: drawn_areas.Place) -> bool:
    """The checks of the pair, shown above the map; whether it can be used at all."""
    if pair.ready is None:
        return False
    with checks:
        try:
            seen = pairs.looked_at(*pair.ready, place.geometry)
        except GroundshiftError as error:
            show_error(error)
            return False
        pairs.show_checks(seen)
    return seen.verdict != "refuse"


def show_map_side(
    project: Project, pair: Pair, shown: Shown | None, tools: Tools, answer: Answer | None
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        composite = pair_map.ask_composite(project, pair, place="count")
        behind = ask_backgrounds(project)
    if composite is not None:
        map_memory.remember(project.owner, project.id, {"composite": composite.name})
    before = map_marks.marked(count_map.map_key(project.id))
    spec = count_map.spec_of(project, pair, composite, counted(shown, answer), tools)
    marks = count_map.show_count_map(
        project, spec, behind, on_select=lambda object_id: pick(shown, object_id)
    )
    # A mark that arrived while the page was already running is of use in the next run.
    if marks != before:
        st.rerun()


def counted(shown: Shown | None, answer: Answer | None) -> Counted:
    if shown is None:
        return Counted()
    picked = selection.current(shown.job.id).objects
    outlines = answer.features if answer else ()
    return Counted(shown.features, shown.rows, picked, outlines)


def pick(shown: Shown | None, object_id: int | None) -> None:
    if shown is not None and object_id != count_map.CANDIDATE_ID:
        selection.pick(shown.job.id, Selection(() if object_id is None else (object_id,)))


def show_project(owner: str, project: Project) -> None:
    # In a place of their own: what comes and goes here must not move the map further down.
    with st.container():
        runs.show_watched(owner, runs.of(owner, project, count_setup.KIND))
    pending = st.container()
    pair = pairs.of(owner, project)
    pairs.watch_prepared(owner, pair)
    show_workspace(projects.get(owner, project.id), pair, pending)


visitor = current_owner()
if current := heading("Count", visitor):
    show_project(visitor, current)
else:
    show_empty(
        "There is nothing to count yet: choose two scenes first.",
        "scenes.py",
        "Go to Scenes",
        ":material/photo_library:",
    )
