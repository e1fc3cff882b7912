"""Questions about a pair and its results, beside the map: every number leads to its origin."""

import streamlit as st

from agent.dialogue import Dialogue
from agent.transcript import as_zip
from errors import GroundshiftError
from pages._ui import (
    ask_desk,
    ask_dialogue,
    ask_fact,
    ask_layers,
    ask_map,
    ask_model,
    ask_plan,
    ask_question,
    ask_shown,
)
from pages._ui import pair as pairs
from pages._ui.ask_desk import Result
from pages._ui.needs import show_empty
from pages._ui.project import heading
from pages._ui.user import current_owner
from pages._ui.words import attempt, guarded, show_error
from workspace import projects
from workspace.answering import Answering
from workspace.records import Project

WIDTHS = (1.25, 1.6)


def show_project(project: Project) -> None:
    """Dialogue beside the map; on a narrow screen above it."""
    ask_question.warm_up()
    asked = ask_question.under_way(project)
    dialogue = known_dialogue(project)
    ask_shown.follow_answer(project, dialogue)
    results = ask_desk.finished(project)
    shown = ask_shown.in_view(project, results, dialogue)
    talk, place = st.columns(WIDTHS, gap="medium")
    with talk, guarded("Ask"):
        show_talk(project, dialogue, asked, shown)
        ask_fact.show_picked(project, dialogue, results)
        show_record(project, dialogue)
    with place, guarded("Ask"):
        show_place(project, results, shown)


def known_dialogue(project: Project) -> Dialogue:
    """What was asked so far; where that is damaged the page says so and begins anew."""
    try:
        return ask_desk.dialogue_of(project.owner, project.id)
    except GroundshiftError as error:
        show_error(error)
        show_clear(project)
        return Dialogue()


def show_talk(
    project: Project, dialogue: Dialogue, asked: Answering | None, shown: Result | None
) -> None:
    first = shown.case if shown else ""
    with st.container(height=ask_dialogue.HEIGHT_PX, border=True, key=f"ask_talk_{project.id}"):
        if not dialogue.turns:
            show_beginning(shown)
        ask_dialogue.show_turns(project, dialogue)
        if asked is None:
            ask_question.show_problem(project, first)
            ask_plan.show_work(project, dialogue, first)
        else:
            ask_question.show_under_way(asked)
    if asked is None:
        ask_question.show_suggestions(project, suggested(project, dialogue, first), first)
    ask_question.ask_question(project, first, is_busy=asked is not None)


def show_beginning(shown: Result | None) -> None:
    """What can be asked, before anything was."""
    with ask_dialogue.answer_bubble():
        if shown is not None:
            st.markdown(
                "Ask how many, how much, where, which is the largest, or what lies near one of"
                " your layers. Every number in an answer leads to where it comes from."
            )
            return
        st.markdown(
            "Nothing was run on this pair yet, so there is no number to tell. Ask me to compare"
            " the two dates or to count something: I show how long it takes before it starts."
        )
        st.page_link("compare.py", label="Or go to Compare", icon=":material/compare:")
        st.page_link("count.py", label="Or go to Count", icon=":material/tag:")


def suggested(project: Project, dialogue: Dialogue, first: str) -> tuple[str, ...]:
    if dialogue.turns and dialogue.turns[-1].suggestions:
        return dialogue.turns[-1].suggestions
    return ask_question.first_questions(project, first)


def show_record(project: Project, dialogue: Dialogue) -> None:
    """Who answers, and the dialogue to keep or to forget."""
    ask_model.show_model()
    if dialogue.turns:
        with st.container(horizontal=True):
            show_download(project, dialogue)
            show_clear(project)


def show_download(project: Project, dialogue: Dialogue) -> None:
    st.download_button(
        "Download",
        lambda: as_zip(dialogue),
        file_name=f"groundshift-dialogue-{project.id[:8]}.zip",
        mime="application/zip",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"ask_download_{project.id}",
        help="The dialogue as Markdown and JSON, with every cited fact",
    )


def show_clear(project: Project) -> None:
    with st.popover("Clear", icon=":material/delete:", type="tertiary"):
        st.markdown("Forget all questions and answers about this project?")
        st.button(
            "Clear the dialogue",
            key=f"ask_clear_{project.id}",
            on_click=attempt,
            args=(ask_question.forget, project),
        )


def show_place(project: Project, results: tuple[Result, ...], shown: Result | None) -> None:
    """The map, and the layers questions may name."""
    pair = pairs.of(project.owner, project)
    pairs.watch_prepared(project.owner, pair)
    ask_map.show_map(project, pair, results, shown)
    ask_layers.show_layers(project)


visitor = current_owner()
if current := heading("Ask", visitor):
    show_project(projects.get(visitor, current.id))
else:
    show_empty(
        "There is nothing to ask about yet: choose two scenes first.",
        "scenes.py",
        "Go to Scenes",
        ":material/photo_library:",
    )
