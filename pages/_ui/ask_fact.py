"""One number of an answer: its value, how it was measured, on what, and which call found it.

Shows what was recorded; computes nothing.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import streamlit as st

from agent.answer import Answered, ToolCall
from agent.dialogue import Dialogue
from analysis.facts import Fact
from analysis.inquiry.case import AOI, Measured
from errors import GroundshiftError
from pages._ui import ask_shown
from pages._ui.ask_desk import Result
from pages._ui.ask_dialogue import call_words
from pages._ui.words import plain
from raster.findings import Finding
from services.explain_fact import Explanation, explain
from services.results import run_record
from wording import quantities
from workspace.records import Project

ANY = "any"


def show_picked(project: Project, dialogue: Dialogue, results: Sequence[Result]) -> None:
    """The origin of the picked number, if one is picked."""
    found = _picked(project, dialogue)
    if found is None:
        return
    turn, measured = found
    explained = _explained(measured, results)
    with st.container(border=True, key=f"ask_fact_{project.id}"):
        name = plain(measured.fact.name.replace("_", " ").capitalize())
        st.markdown(f"**{name}: {plain(explained.shown)}**")
        st.markdown("\n".join(f"- {plain(line)}" for line in lines(explained)))
        _show_marked(measured)
        _show_call(turn, measured.fact)
        with st.expander("Inputs and identity"):
            st.markdown("\n".join(f"- {line}" for line in _identity(explained)))
        st.button(
            "Close",
            key=f"close_ask_fact_{project.id}",
            icon=":material/close:",
            on_click=ask_shown.pick_fact,
            args=(project, turn, None),
        )


def _picked(project: Project, dialogue: Dialogue) -> tuple[Answered, Measured] | None:
    """The newest answer that cites the picked number, and the number."""
    wanted = ask_shown.picked(project).fact_id
    for turn in reversed(dialogue.turns):
        found = ask_shown.measured_of(turn.facts, wanted)
        if found is not None:
            return turn, found
    return None


def _explained(measured: Measured, results: Sequence[Result]) -> Explanation:
    """The explanation by the record of its run; without names where that is gone."""
    folder = next((one.folder for one in results if one.case == measured.case), None)
    try:
        run: dict[str, Any] = run_record(folder) if folder else {}
    except GroundshiftError:
        run = {}
    findings = tuple(Finding(**entry) for entry in run.get("findings", ()))
    return explain(measured.fact, run, findings)


def lines(found: Explanation) -> list[str]:
    """How it was measured, where, on what, and what limits it, a line each."""
    return [line for line in _lines(found) if line]


def _lines(found: Explanation) -> Iterator[str]:
    fact = found.fact
    yield f"How: {found.method}"
    yield f"Where: {'the whole area' if fact.region == AOI else fact.region}"
    yield f"About: {about_words(fact)}" if about_words(fact) else ""
    assessed, whole = (
        quantities.text(area_m2, "m2") for area_m2 in (fact.valid_area_m2, fact.aoi_area_m2)
    )
    yield f"Assessed: {assessed} of {whole}"
    left_out = ", ".join(f"{area} ({reason})" for reason, area in found.excluded)
    yield f"Left out: {left_out}" if left_out else ""
    yield f"Uncertainty: {fact.uncertainty or 'not assessed'}"
    yield f"Made by: {found.made_by}, {found.made_utc[:10]}" if found.made_by else ""
    for caution in found.cautions:
        yield f"Caution: {caution}"


def about_words(fact: Fact) -> str:
    """Class and state, as far as the number is about one."""
    named = [fact.change_class, "" if fact.state == fact.change_class else fact.state]
    return ", ".join(word.replace("_", " ") for word in named if word not in {"", ANY})


def _show_marked(measured: Measured) -> None:
    count = len(measured.items)
    if count:
        st.caption(f"{count} {'object is' if count == 1 else 'objects are'} marked on the map.")


def _show_call(turn: Answered, fact: Fact) -> None:
    calls: list[ToolCall] = [call for call in turn.calls if fact.id in call.facts]
    if calls:
        with st.expander("The step that found it", icon=":material/account_tree:"):
            for call in calls:
                st.markdown(call_words(call))


def _identity(found: Explanation) -> Iterator[str]:
    for one in found.inputs:
        words = f"{one.role.capitalize()}: {plain(one.name)}" if one.role else "Input"
        yield f"{words} `{one.sha256}`"
    yield f"Fact `{found.fact.id}` of run `{found.fact.run}`"
