"""Two dates side by side: draw an area, find changes, and look at them under any threshold."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from errors import GroundshiftError
from pages._ui import (
    compare_examples,
    downloads,
    drawn_areas,
    facts,
    figures,
    map_memory,
    pair_map,
    runs,
    selection,
    setup,
)
from pages._ui import pair as pairs
from pages._ui.backgrounds import ask_backgrounds
from pages._ui.drawn_areas import Place
from pages._ui.needs import show_empty
from pages._ui.objects_table import show_objects
from pages._ui.pair import Pair
from pages._ui.pair_map import Found
from pages._ui.places import WIDTHS, Places
from pages._ui.project import heading
from pages._ui.result_panel import Shown, show_result
from pages._ui.selection import Selection
from pages._ui.user import current_owner
from pages._ui.words import guarded, show_error, show_findings
from services.look import Look
from workspace import projects
from workspace.records import Project


def lay_out(*, is_setup_first: bool) -> Places:
    checks = st.container()
    map_side, panel = st.columns(WIDTHS, gap="medium")
    reading, beside = st.columns(WIDTHS, gap="medium")
    upper, lower = panel.container(), panel.container()
    return Places(
        checks,
        map_side,
        lower if is_setup_first else upper,
        upper if is_setup_first else lower,
        reading.container(),
        reading.container(),
        beside.container(),
        beside.container(),
    )


@st.fragment
def show_workspace(owner: str, project_id: str) -> None:
    with guarded("Compare"):
        project = projects.get(owner, project_id)
        pair = pairs.of(owner, project)
        if pair.problems:
            pairs.show_problems(pair)
        fill(lay_out(is_setup_first=drawn_areas.is_fresh(project_id)), project, pair)


def fill(places: Places, project: Project, pair: Pair) -> None:
    """What the map needs comes first, then the map, then what takes long."""
    with places.result:
        shown = show_result(project)
    if shown is not None:
        show_words(places, shown)
    with places.map:
        show_map_side(project, pair, shown)
    if shown is not None:
        show_lists(places, project, pair, shown)
    if pair.ready is not None:
        show_setup(places, project, pair, is_folded=shown is not None)


def show_map_side(project: Project, pair: Pair, shown: Shown | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        composite = pair_map.ask_composite(project, pair, place="compare")
        behind = ask_backgrounds(project)
    if composite is not None:
        map_memory.remember(project.owner, project.id, {"composite": composite.name})
    found = None
    if shown is not None:
        picked = () if shown.is_moved else selection.current(shown.job.id).objects
        found = Found(shown.job, shown.folder, shown.review, shown.is_moved, picked)
    spec = pair_map.spec_of(project, pair, composite, found)
    if compare_examples.can_point(pair):
        spec = compare_examples.with_marks(project, spec)
    before = compare_examples.marked(project)
    pair_map.show_pair_map(project, spec, behind, on_select=partial(pick_object, shown))
    # A mark that arrived while the page was already running is shown in the next run.
    if compare_examples.marked(project) != before:
        st.rerun()


def pick_object(shown: Shown | None, object_id: int | None) -> None:
    if shown is not None:
        selection.pick(shown.job.id, Selection(() if object_id is None else (object_id,)))


def show_words(places: Places, shown: Shown) -> None:
    """The caption with its numbers, and where the picked one comes from."""
    with places.caption:
        st.header("What changed", anchor=False)
        facts.show_cited(shown.job.id, shown.result)
    with places.fact:
        facts.show_picked(shown.job.id, shown.result)


def show_lists(places: Places, project: Project, pair: Pair, shown: Shown) -> None:
    """Classes, objects, findings and files of the run."""
    with places.tables:
        figures.show_classes(shown.review)
        if shown.is_moved:
            st.caption("Objects are listed and outlined for the threshold of the run only.")
        else:
            show_objects(shown.job.id, shown.result, shown.review)
            if shown.review.whole.objects and compare_examples.can_point(pair):
                compare_examples.ask_object(project, shown)
        with st.expander(f"Findings of this run ({len(shown.result.findings)})"):
            show_findings(shown.result.findings)
    with places.files:
        downloads.show_bundle(shown.job.id)
        st.page_link(
            "report.py",
            label="All facts and files of this result",
            icon=":material/arrow_forward:",
            query_params={"project": str(shown.job.project), "job": shown.job.id},
        )


def show_setup(places: Places, project: Project, pair: Pair, *, is_folded: bool) -> None:
    """What to run; folded away beside a result until something was drawn for another run."""
    is_wanted = drawn_areas.is_fresh(project.id) or bool(compare_examples.marked(project))
    frame = (
        places.setup.expander("New run", expanded=is_wanted, icon=":material/add:")
        if is_folded
        else places.setup.container(border=True)
    )
    with frame:
        place = drawn_areas.ask_place(project)
    seen = look_at(places.checks, pair, place)
    if seen is None:
        return
    with frame:
        if place.geometry is None and seen.size_words:
            st.caption(f"{seen.size_words}.")
        if seen.advice is not None and seen.verdict != "refuse":
            method = setup.ask_method(seen.advice)
            least_m2 = setup.ask_smallest(project, seen.advice, method)
            params = setup.parameters(project, place, method, least_m2)
            setup.show_start(project, method, params)
            compare_examples.ask_marks(project, params)


def look_at(checks: DeltaGenerator, pair: Pair, place: Place) -> Look | None:
    """The checks, shown above the map; None when the pair or the area cannot be used at all."""
    if pair.ready is None:
        return None
    with checks:
        try:
            seen = pairs.looked_at(*pair.ready, place.geometry)
        except GroundshiftError as error:
            show_error(error)
            return None
        pairs.show_checks(seen)
    return seen


def show_project(owner: str, project: Project) -> None:
    runs.show_watched(owner, runs.of(owner, project))
    pairs.watch_prepared(owner, pairs.of(owner, project))
    show_workspace(owner, project.id)


visitor = current_owner()
if current := heading("Compare", visitor):
    show_project(visitor, current)
else:
    show_empty(
        "There is nothing to compare yet: choose two scenes first.",
        "scenes.py",
        "Go to Scenes",
        ":material/photo_library:",
    )
