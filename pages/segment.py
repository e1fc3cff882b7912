"""One date of a pair: click a thing and get its outline, keep it, or outline all in an area."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages._ui import (
    map_marks,
    pair_map,
    runs,
    segment_answer,
    segment_auto,
    segment_choice,
    segment_keep,
    segment_list,
    segment_map,
)
from pages._ui import pair as pairs
from pages._ui.backgrounds import ask_backgrounds
from pages._ui.needs import show_empty
from pages._ui.pair import Pair
from pages._ui.project import heading
from pages._ui.segment_answer import Answer, Question
from pages._ui.segment_auto import Found
from pages._ui.segment_choice import Choice
from pages._ui.segment_map import CANDIDATE_ID, FOUND_FROM, Outlined
from pages._ui.segment_prompt import Marks, marks_of
from pages._ui.user import current_owner
from pages._ui.words import guarded
from workspace import things
from workspace.records import Project

WIDTHS = (3, 1.25)


def show_workspace(project: Project, pair: Pair, pending: DeltaGenerator) -> None:
    with guarded("Segment"):
        if pair.ready is None:
            pairs.show_problems(pair)
            return
        map_side, panel = st.columns(WIDTHS, gap="medium")
        with panel:
            date = segment_choice.ask_date(project, pair)
            scene = pair.ready[segment_choice.DATES.index(date)]
            choice = Choice(date, scene, segment_choice.ask_segmenter(scene, place=project.id))
        show_choice(project, pair, choice, (map_side, panel, pending))


def show_choice(
    project: Project,
    pair: Pair,
    choice: Choice,
    places: tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator],
) -> None:
    """The marks first, for the map shows what they give; then the map; then the lists."""
    map_side, panel, pending = places
    with panel:
        marks = replace(
            marks_of(map_marks.marked(segment_map.map_key(project, choice.date))),
            text=ask_text(choice),
        )
        answer = answer_of(project, choice, marks)
        with st.container(border=True):
            segment_keep.show_candidate(project, choice, marks, answer)
    if answer is None:
        with pending:
            segment_answer.show_pending(project.id)
    kept = things.listed(project.owner, project.id, scene=choice.scene.id)
    found = segment_auto.found_in(choice, runs.of(project.owner, project, segment_auto.KIND))
    with map_side:
        show_map(project, pair, choice, outlined(project, answer, kept, found))
        segment_list.show_kept(project, choice, kept)
    with panel:
        show_everything(project, choice, found)


def ask_text(choice: Choice) -> str:
    """A word for the thing, where the segmenter reads."""
    if "text" not in choice.segmenter.prompts:
        return ""
    return st.text_input("What to outline, in a word", max_chars=80)


def answer_of(project: Project, choice: Choice, marks: Marks) -> Answer | None:
    if not marks.is_enough or not choice.segmenter.is_available:
        segment_answer.forget(project.id)
        return Answer()
    return segment_answer.answered(
        Question(project.id, project.owner, choice.scene.id, choice.segmenter.name, marks)
    )


def outlined(
    project: Project, answer: Answer | None, kept: tuple[things.KeptThing, ...], found: Found | None
) -> Outlined:
    return Outlined(
        answer.features[:1] if answer else (),
        kept,
        found.features if found else (),
        segment_list.picked(project),
    )


def show_map(project: Project, pair: Pair, choice: Choice, shown: Outlined) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        composite = pair_map.ask_composite(project, pair, place="segment")
        behind = ask_backgrounds(project)
    spec = segment_map.spec_of(project, pair, composite, choice, shown)
    before = map_marks.marked(segment_map.map_key(project, choice.date))
    state = segment_map.show_segment_map(
        project, spec, behind, choice, lambda object_id: pick(project, object_id)
    )
    # A mark that arrived while the page was already running is answered in the next run.
    if state.prompts != before:
        st.rerun()


def pick(project: Project, object_id: int | None) -> None:
    is_kept = object_id is not None and CANDIDATE_ID < object_id < FOUND_FROM
    segment_list.pick(project, (object_id,) if is_kept and object_id is not None else ())


def show_everything(project: Project, choice: Choice, found: Found | None) -> None:
    with st.expander("Outline everything in an area", icon=":material/select_all:"):
        segment_auto.ask_everything(project, choice)
    if found is not None:
        with st.container(border=True):
            segment_auto.show_found(project, choice, found)


def show_project(owner: str, project: Project) -> None:
    # In a place of their own: what comes and goes here must not move the map further down.
    with st.container():
        runs.show_watched(owner, runs.of(owner, project, segment_auto.KIND))
    pending = st.container()
    pair = pairs.of(owner, project)
    pairs.watch_prepared(owner, pair)
    show_workspace(project, pair, pending)


visitor = current_owner()
if current := heading("Segment", visitor):
    show_project(visitor, current)
else:
    show_empty(
        "There is nothing to outline yet: choose two scenes first.",
        "scenes.py",
        "Go to Scenes",
        ":material/photo_library:",
    )
