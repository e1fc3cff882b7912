"""Questions with their answers, whose numbers lead to where they come from.

Shows what was kept; asks nothing.
"""

from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from agent.answer import Answered, ToolCall
from agent.dialogue import Dialogue
from exports.page.citations import pieces
from pages._ui import ask_shown
from pages._ui.caption_view import Cited, show_caption
from pages._ui.words import plain
from workspace import places
from workspace.records import Project

SHOWN = 12
HEIGHT_PX = 450
ASKS, ANSWERS = ":material/person:", ":material/satellite_alt:"


def show_turns(project: Project, dialogue: Dialogue) -> None:
    """The last turns; earlier ones on request."""
    key = f"ask_turns_{project.id}"
    shown = st.session_state.get(key, SHOWN)
    first = max(0, len(dialogue.turns) - shown)
    if first:
        st.button(
            f"Show {min(SHOWN, first)} earlier questions",
            icon=":material/history:",
            key=f"earlier_{project.id}",
            on_click=lambda: st.session_state.update({key: shown + SHOWN}),
        )
    for number, turn in enumerate(dialogue.turns[first:], start=first):
        _show_turn(project, number, turn)


def _show_turn(project: Project, number: int, turn: Answered) -> None:
    show_question(turn.question)
    with answer_bubble():
        if turn.notice:
            st.caption(f":material/sync_problem: {plain(turn.notice)}")
        _show_answer(project, number, turn)
        _show_reading(turn)
        _show_files(project, number, turn)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(made_words(turn))
            if turn.calls:
                _show_calls(turn)


def show_question(question: str) -> None:
    """A question as it was asked."""
    with st.chat_message("user", avatar=ASKS):
        st.markdown(plain(question))


def answer_bubble() -> DeltaGenerator:
    """The place for an answer."""
    return st.chat_message("assistant", avatar=ANSWERS)


def _show_answer(project: Project, number: int, turn: Answered) -> None:
    known = frozenset(one.fact.id for one in turn.facts)
    cut = pieces(turn.text, turn.citations, known)
    show_caption(
        [Cited(one.text, one.fact_id) if one.fact_id else one.text for one in cut],
        key=f"answer_{project.id}_{number}",
        selected=ask_shown.picked(project).fact_id,
        on_choose=partial(ask_shown.pick_fact, project, turn),
    )


def _show_reading(turn: Answered) -> None:
    if turn.reading:
        st.info(
            f"**What a model sees in the picture; this is not a measurement.**"
            f" {plain(turn.reading)}",
            icon=":material/visibility:",
        )


def _show_files(project: Project, number: int, turn: Answered) -> None:
    """Files that the answer wrote and that are still there; names are looked up, never joined."""
    folder = places.folder("reports", project.id)
    there = {path.name: path for path in folder.glob("*") if path.is_file()}
    for name in turn.files:
        if name not in there:
            st.caption(f"{plain(name)} is not there any more.")
            continue
        st.download_button(
            plain(name),
            partial(Path.read_bytes, there[name]),
            file_name=name,
            icon=":material/download:",
            on_click="ignore",
            key=f"file_{project.id}_{number}_{name}",
        )


def made_words(turn: Answered) -> str:
    """Which model answered, and how long that took."""
    took = f"{turn.seconds:.1f} s" if turn.seconds >= 0.1 else "under 0.1 s"
    return f"{plain(turn.model[:1].upper() + turn.model[1:])} · {took}"


def _show_calls(turn: Answered) -> None:
    with st.popover("How it was found", icon=":material/account_tree:", type="tertiary"):
        for call in turn.calls:
            st.markdown(call_words(call))


def call_words(call: ToolCall) -> str:
    """A tool call with its arguments and what came of it, as Markdown."""
    given = {name: value for name, value in call.arguments.items() if value is not None}
    lines = [f"**{plain(call.tool.replace('_', ' ').capitalize())}**"]
    lines += [
        f"- {plain(name.replace('_', ' '))}: {plain(str(value))}" for name, value in given.items()
    ]
    found = f"{len(call.facts)} {'fact' if len(call.facts) == 1 else 'facts'}"
    lines.append(f"- gave {found} in {call.seconds:.2f} s")
    if call.problem:
        lines.append(f"- {plain(call.problem)}")
    return "\n".join(lines)
