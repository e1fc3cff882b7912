"""Asking: the field, the suggestions, and what is seen until the answer is there.

Hands a question to the agent in the background; knows nothing of how it is answered.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from threading import Thread

import streamlit as st

from agent.dialogue import Dialogue
from agent.events import Event
from errors import GroundshiftError, InputError, NotFoundError
from pages._ui import ask_desk
from pages._ui.ask_dialogue import answer_bubble, show_question
from pages._ui.watcher_view import watch_answer
from pages._ui.words import attempt, plain, show_error
from workspace import answering, dialogues, projects
from workspace.answering import Answering
from workspace.records import Project

MOST_CHARS = 2000
AT_ONCE_S = 1.5
"""Most answers are there before anybody could read that they are on their way."""
SUGGESTED = 4


def ask_now(project: Project, question: str, first: str) -> None:
    """Begin to answer a question; for callbacks.

    Raises:
        LimitError: the dialogue is full, or the question before is still being answered.
    """
    owner, project_id = project.owner, project.id
    if not question.strip():
        return
    dialogues.require_room(owner, project_id)

    def answer(asked: Answering) -> None:
        _answer(asked, first)

    st.session_state[_key(project_id)] = answering.begin(owner, project_id, question, answer)


def _answer(asked: Answering, first: str) -> None:
    """Answer and keep it; runs in a thread of its own."""
    # The libraries that speak to models take seconds to load.
    from agent.ask import ask
    from agent.models import configured

    project = projects.get(asked.owner, asked.project)
    dialogue = ask_desk.dialogue_of(asked.owner, asked.project)
    desk = ask_desk.desk_of(project, dialogue, first=first)

    def told(event: Event) -> None:
        asked.words = words_of(event) or asked.words

    try:
        model, problem = configured(), ""
    except InputError as error:
        model, problem = None, error.message
    turn = ask(desk, asked.question, dialogue, model=model, on_event=told, stop=asked.stop)
    turn = replace(turn, notice=f"{problem} {turn.notice}".strip())
    ask_desk.keep(asked.owner, asked.project, turn)


@cache
def warm_up() -> None:
    """Load what answering needs while the first question is being typed."""
    Thread(target=import_module, args=("agent.ask",), name="warm-ask", daemon=True).start()


def first_questions(project: Project, first: str) -> tuple[str, ...]:
    """What could be asked first."""
    from agent.planner.known import known
    from agent.planner.suggest import suggestions

    try:
        desk = ask_desk.desk_of(project, Dialogue(), first=first)
    except GroundshiftError:
        return ()
    return suggestions(known(desk), None)


def words_of(event: Event) -> str:
    """What is being done, for people; empty where it is of no interest."""
    if event.kind == "tool_started":
        return f"{event.tool.replace('_', ' ').capitalize()} …"
    if event.kind == "model":
        return f"Asking {event.words}"
    return event.words if event.kind == "notice" else ""


def under_way(project: Project) -> Answering | None:
    """The question that is being answered; waits a moment for one that soon will be."""
    asked = answering.current(project.owner, project.id)
    if asked is None or asked.ended.wait(AT_ONCE_S):
        return None
    return asked


def show_under_way(asked: Answering) -> None:
    """The question, what is being done for it, and a way to stop."""
    show_question(asked.question)
    with answer_bubble():
        watch_answer(asked.id, asked.words)
        st.button(
            "Stop answering",
            icon=":material/stop_circle:",
            key=f"stop_answer_{asked.id}",
            on_click=attempt,
            args=(_stop, asked),
        )


def _stop(asked: Answering) -> None:
    try:
        answering.stop(asked.owner, asked.id)
    except NotFoundError:
        # The answer was faster.
        return


def show_problem(project: Project, first: str) -> None:
    """Why the last question got no answer, with the question, which is not lost."""
    asked: Answering | None = st.session_state.get(_key(project.id))
    if asked is None or asked.problem is None:
        return
    show_question(asked.question)
    with answer_bubble():
        show_error(asked.problem)
        st.button(
            "Ask again",
            icon=":material/replay:",
            key=f"again_{asked.id}",
            on_click=attempt,
            args=(ask_now, project, asked.question, first),
        )


def ask_question(project: Project, first: str, *, is_busy: bool) -> None:
    """The field to type a question into."""
    key = f"ask_field_{project.id}"
    st.chat_input(
        "Wait for the answer, or stop it" if is_busy else "Ask about this pair",
        key=key,
        max_chars=MOST_CHARS,
        disabled=is_busy,
        on_submit=lambda: attempt(ask_now, project, str(st.session_state[key] or ""), first),
    )


def show_suggestions(project: Project, questions: Sequence[str], first: str) -> None:
    """Questions that can be asked by a click."""
    if not questions:
        return
    with st.container(horizontal=True, key=f"ask_suggested_{project.id}"):
        for question in dict.fromkeys(questions[:SUGGESTED]):
            st.button(
                plain(question),
                key=f"suggested_{project.id}_{question}",
                on_click=attempt,
                args=(ask_now, project, question, first),
            )


def forget(project: Project) -> None:
    """Clear the dialogue.

    Raises:
        NotFoundError: the project was deleted meanwhile.
    """
    dialogues.clear(project.owner, project.id)
    st.session_state.pop(_key(project.id), None)


def _key(project_id: str) -> str:
    return f"asked_{project_id}"
