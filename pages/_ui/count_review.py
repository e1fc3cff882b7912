"""Corrections of a count by hand: accept, reject, redraw, split, merge, add; each can be undone.

Knows the marks on the map and the form of a correction; what it does to the count is a service's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from errors import GroundshiftError
from pages._ui import (
    count_map,
    count_result,
    count_words,
    map_marks,
    segment_answer,
    selection,
)
from pages._ui.count_map import Tools, entry_words
from pages._ui.count_result import Shown
from pages._ui.map_records import GeoJson
from pages._ui.segment_answer import Answer, Question
from pages._ui.segment_prompt import Marks, line_of, marks_of
from pages._ui.selection import Selection
from pages._ui.words import attempt, plain, show_error, show_findings
from services import count_view
from services.count_view import EntryRow, ThingRow
from wording import quantities
from workspace import edits
from workspace.records import Project

Mode = Literal["", "redraw", "split", "add"]
Date = Literal["pre", "post"]
SIDES: Mapping[str, Date] = {"left": "pre", "right": "post"}
OTHER: Mapping[str, Date] = {"pre": "post", "post": "pre"}
MERGED = 10
"""More things than this are hardly parts of one."""
TOOLS: Mapping[Mode, Tools] = {
    "": Tools(),
    "redraw": Tools(("outline",), "reshape", one_of_each=True),
    "split": Tools(("line",), "line", one_of_each=True),
    "add": Tools(("inside", "outside", "box", "outline"), "point_in", one_of_each=True),
}


@dataclass(frozen=True)
class Step:
    """What is being done to the count.

    Attributes:
        mode: which correction is being drawn; empty for none.
        thing: id of the outline it is about; 0 for none.
    """

    mode: Mode = ""
    thing: int = 0


def step(job_id: str) -> Step:
    """What is being done now."""
    found: Step = st.session_state.get(_key(job_id), Step())
    return found


def tools(job_id: str) -> Tools:
    """What may be marked on the map for it."""
    return TOOLS[step(job_id).mode]


def candidate(project: Project, shown: Shown, prompts: GeoJson) -> Answer | None:
    """The outline that the marks for an addition give; None while a worker looks for it."""
    date, marks = _added(prompts)
    if step(shown.job.id).mode != "add" or not marks.is_enough or marks.polygon:
        segment_answer.forget(_place(project))
        return Answer()
    scene = str(shown.job.params[date])
    return segment_answer.answered(Question(_place(project), project.owner, scene, "auto", marks))


def pending_place(project: Project) -> str:
    """Where a question that takes long is watched."""
    return _place(project)


def show_review(project: Project, shown: Shown, prompts: GeoJson, answer: Answer | None) -> None:
    """The corrections that fit what is picked out, or the one that is being drawn."""
    st.markdown("**Correct the count**")
    now = step(shown.job.id)
    if now.mode:
        _show_drawing(project, shown, prompts, answer)
    else:
        picked = shown.picked(selection.current(shown.job.id).objects)
        _show_choices(project, shown, picked)
    _show_undo(project, shown)


# What is picked out.


def _show_choices(project: Project, shown: Shown, picked: Sequence[EntryRow]) -> None:
    if not picked:
        st.caption("Pick a thing on the map or in the table to accept, reject or redraw it.")
    elif len(picked) == 1:
        _show_one(project, shown, picked[0])
    else:
        _show_several(shown, picked)
    _button(
        shown,
        "Add a missed thing",
        ":material/add:",
        lambda: _begin(project, shown, Step("add")),
    )


def _show_one(project: Project, shown: Shown, row: EntryRow) -> None:
    known = ", known from the other date" if row.is_second_look else ""
    st.markdown(f"{plain(entry_words(row))}: {count_words.label(row.state)}{known}")
    things = {thing.id: thing for thing in row.things}
    with st.container(horizontal=True):
        _button(shown, "Accept", ":material/check:", lambda: _accept(shown, things))
        _button(shown, "Reject", ":material/close:", lambda: _reject(shown, things))
        _show_dates(shown, row, things)
    thing = _ask_outline(shown, [one for one in things.values() if one.is_outlined])
    if thing is None:
        return
    with st.container(horizontal=True):
        _button(
            shown,
            "Redraw",
            ":material/edit:",
            lambda: _begin(project, shown, Step("redraw", thing.id)),
        )
        _button(
            shown,
            "Split",
            ":material/content_cut:",
            lambda: _begin(project, shown, Step("split", thing.id)),
        )


def _show_dates(shown: Shown, row: EntryRow, things: Mapping[int, ThingRow]) -> None:
    """Whether it stands at one date or at both, where a person knows better."""
    dates = {thing.date for thing in row.things}
    if len(things) == 1:
        (thing,) = things.values()
        origin = next((one.date for one in row.things if one.is_outlined), thing.date)
        other = OTHER[origin]
        kind, words = (
            ("reject", f"Not at {other}")
            if len(dates) > 1
            else ("accept", f"Stands at {other} too")
        )
        correction = {"kind": kind, "things": [thing.id], "dates": [other]}
        _button(shown, words, ":material/event:", lambda: count_result.correct(shown, correction))
        return
    if len(dates) > 1:
        for date in ("pre", "post"):
            gone = [one.id for one in row.things if one.date == date]
            _button(
                shown,
                f"Not at {date}",
                ":material/event:",
                lambda gone=gone: count_result.correct(
                    shown, *({"kind": "reject", "things": [one]} for one in gone)
                ),
            )


def _ask_outline(shown: Shown, things: Sequence[ThingRow]) -> ThingRow | None:
    """Which outline to work on, where an entry has several."""
    if len(things) < 2:
        return things[0] if things else None
    by_id = {thing.id: thing for thing in things}
    chosen = st.selectbox(
        "Outline",
        list(by_id),
        format_func=lambda found: (
            f"{by_id[found].date.capitalize()}, number {found},"
            f" {quantities.text(by_id[found].area_m2, 'm2')}"
        ),
        key=f"outline_{shown.job.id}",
    )
    return by_id[chosen]


def _show_several(shown: Shown, picked: Sequence[EntryRow]) -> None:
    st.markdown(f"{len(picked)} things are picked out.")
    every = {thing.id: thing for row in picked for thing in row.things}
    with st.container(horizontal=True):
        _button(shown, "Accept all", ":material/check:", lambda: _accept(shown, every))
        _button(shown, "Reject all", ":material/close:", lambda: _reject(shown, every))
        for date in ("pre", "post"):
            same = [one.id for one in every.values() if one.date == date and one.is_outlined]
            if 1 < len(same) <= MERGED:
                correction = {"kind": "merge", "things": same}
                _button(
                    shown,
                    f"Merge {len(same)} of {date}",
                    ":material/merge:",
                    lambda correction=correction: count_result.correct(shown, correction),
                )


def _accept(shown: Shown, things: Mapping[int, ThingRow]) -> None:
    count_result.correct(shown, *({"kind": "accept", "things": [one]} for one in things))


def _reject(shown: Shown, things: Mapping[int, ThingRow]) -> None:
    count_result.correct(shown, *({"kind": "reject", "things": [one]} for one in things))
    selection.pick(shown.job.id, Selection())


# What is being drawn.


def _show_drawing(project: Project, shown: Shown, prompts: GeoJson, answer: Answer | None) -> None:
    mode = step(shown.job.id).mode
    correction: dict[str, Any] | None = None
    if mode == "redraw":
        st.markdown("Drag the handles of the outline on the map, or draw a new outline.")
        correction = _redrawn(shown, prompts)
    elif mode == "split":
        st.markdown("Draw a line right across the thing, from outside to outside.")
        correction = _cut(shown, prompts)
    else:
        correction = _show_addition(shown, prompts, answer)
    with st.container(horizontal=True):
        if st.button(
            "Save",
            type="primary",
            icon=":material/check:",
            disabled=correction is None,
            key=f"save_step_{shown.job.id}",
        ):
            _save(project, shown, correction or {})
        st.button(
            "Cancel",
            key=f"cancel_step_{shown.job.id}",
            on_click=_end,
            args=(project, shown),
        )


def _redrawn(shown: Shown, prompts: GeoJson) -> dict[str, Any] | None:
    outlines = _of_form(prompts, "outline")
    if not outlines:
        return None
    thing = step(shown.job.id).thing
    return {"kind": "redraw", "things": [thing], "shapes": [outlines[-1]["geometry"]]}


def _cut(shown: Shown, prompts: GeoJson) -> dict[str, Any] | None:
    line = line_of(prompts)
    if not line:
        return None
    shape = {"type": "LineString", "coordinates": [list(one) for one in line]}
    return {"kind": "split", "things": [step(shown.job.id).thing], "shapes": [shape]}


def _show_addition(shown: Shown, prompts: GeoJson, answer: Answer | None) -> dict[str, Any] | None:
    """The thing that the marks give, and the dates it stands at."""
    date, marks = _added(prompts)
    drawn = _of_form(prompts, "outline")
    if not marks.is_enough:
        st.markdown(
            "Click the thing on the map, or draw its outline. The side of the map says the date."
        )
        return None
    if answer is None:
        st.markdown("Looking for the outline: the first click in a place takes longest.")
        return None
    if answer.error is not None:
        show_error(answer.error)
        return None
    show_findings(answer.findings)
    if not drawn and not answer.features:
        st.info("Nothing with an outline was found there. Mark another point, or draw the outline.")
        return None
    words = {"pre": "Only pre", "post": "Only post", "both": "At both dates"}
    dates = st.radio(
        "It stands there",
        list(words),
        index=list(words).index(date),
        horizontal=True,
        format_func=lambda found: words[found],
        key=f"add_dates_{shown.job.id}_{date}",
    )
    shape = drawn[-1]["geometry"] if drawn else answer.features[0]["geometry"]
    return {
        "kind": "add",
        "dates": ["pre", "post"] if dates == "both" else [dates],
        "shapes": [shape],
        "source": "analyst" if drawn else "model",
    }


def _added(prompts: GeoJson) -> tuple[Date, Marks]:
    """The date whose side was marked last, and the marks on it."""
    features = prompts["features"]
    side = str(features[-1]["properties"]["side"]) if features else "right"
    return SIDES[side], marks_of(prompts, side=side)


def _of_form(prompts: GeoJson, form: str) -> list[Any]:
    return [one for one in prompts["features"] if one["properties"]["form"] == form]


def _save(project: Project, shown: Shown, correction: Mapping[str, Any]) -> None:
    """Called while the page runs: the marks it was made of are those on the map now."""
    try:
        count_result.correct(shown, correction)
    except GroundshiftError as error:
        show_error(error)
        return
    _end(project, shown)
    selection.pick(shown.job.id, Selection())
    st.rerun()


def _begin(project: Project, shown: Shown, now: Step) -> None:
    """Take up a correction: the tools and marks on the map become those it needs."""
    marks: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    if now.mode == "redraw":
        geometry = count_view.outline(shown.review.result, now.thing)
        marks["features"] = [_as_mark(part) for part in _polygons(geometry)[:1]]
    st.session_state[_key(shown.job.id)] = now
    map_marks.push(count_map.map_key(project.id), marks)


def _polygons(geometry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The parts of an outline, those with the most corners first."""
    if geometry["type"] == "Polygon":
        return [geometry]
    parts = sorted(geometry["coordinates"], key=lambda rings: -len(rings[0]))
    return [{"type": "Polygon", "coordinates": rings} for rings in parts]


def _as_mark(geometry: Mapping[str, Any]) -> dict[str, Any]:
    about = {"label": 1, "form": "outline", "side": "right"}
    outer = {"type": "Polygon", "coordinates": [geometry["coordinates"][0]]}
    return {"type": "Feature", "properties": about, "geometry": outer}


def _end(project: Project, shown: Shown) -> None:
    st.session_state.pop(_key(shown.job.id), None)
    map_marks.push(count_map.map_key(project.id))


# Steps and their way back.


def _show_undo(project: Project, shown: Shown) -> None:
    number = len(shown.corrections)
    if not number:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Undo correction",
            icon=":material/undo:",
            key=f"undo_count_{shown.job.id}",
            help="Take the last correction back",
            on_click=attempt,
            args=(edits.undo, project.owner, shown.job.id),
        )
        st.caption(f"{number} {'correction' if number == 1 else 'corrections'} by hand")


def _button(shown: Shown, label: str, icon: str, act: Any) -> None:
    st.button(label, icon=icon, key=f"{label}_{shown.job.id}", on_click=attempt, args=(act,))


def _place(project: Project) -> str:
    return f"count_{project.id}"


def _key(job_id: str) -> str:
    return f"count_step_{job_id}"
