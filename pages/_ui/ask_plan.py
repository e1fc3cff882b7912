"""Work that an answer proposes or began: what it is, how long it takes, yes or no, and its end.

Submits and stops jobs; knows nothing of what they compute.
"""

import math

import streamlit as st

from agent.answer import Answered
from agent.dialogue import Dialogue
from agent.work import WorkPlan
from pages._ui import ask_question
from pages._ui.ask_work import KINDS, ProjectWork
from pages._ui.job_view import show_job
from pages._ui.words import attempt, plain
from workspace import jobs
from workspace.records import Job, Project

MINUTE_S, HOUR_S = 60.0, 3600.0


def show_work(project: Project, dialogue: Dialogue, first: str) -> None:
    """The plan of the last answer, and every run of this project that goes on."""
    last = dialogue.turns[-1] if dialogue.turns else None
    begun = _show_plan(project, last, first) if last is not None and last.plan else None
    for job in jobs.listed(project.owner, project=project.id):
        if job.kind in KINDS and (job.is_active or (begun and job.id == begun.id)):
            show_job(project.owner, job.id)


def _show_plan(project: Project, turn: Answered, first: str) -> Job | None:
    """The job of the plan, where it was begun and is worth watching."""
    plan, work = turn.plan, ProjectWork(project.owner, project.id)
    if plan is None or _is_declined(project, plan):
        return None
    begun = work.begun(plan)
    if begun is None:
        _ask_yes(project, plan, work)
    elif begun.status == "done":
        _show_done(project, turn, first)
        return None
    return begun


def _ask_yes(project: Project, plan: WorkPlan, work: ProjectWork) -> None:
    with st.container(border=True, key=f"ask_plan_{plan.id}"):
        st.markdown(f"**{plain(plan.summary)}** It will take {duration_words(plan.estimated_s)}.")
        with st.container(horizontal=True):
            st.button(
                "Yes, start",
                type="primary",
                icon=":material/play_arrow:",
                key=f"plan_yes_{plan.id}",
                on_click=attempt,
                args=(work.begin, plan),
            )
            st.button(
                "No",
                key=f"plan_no_{plan.id}",
                on_click=st.session_state.update,
                args=({_declined_key(project): plan.id},),
            )


def _show_done(project: Project, turn: Answered, first: str) -> None:
    st.success("It is done: its result can be asked about.", icon=":material/check_circle:")
    st.button(
        f"Ask again: {plain(turn.question)}",
        icon=":material/replay:",
        key=f"ask_after_{project.id}",
        on_click=attempt,
        args=(ask_question.ask_now, project, turn.question, first),
    )


def duration_words(seconds: float) -> str:
    """A time that is only estimated, in words."""
    if seconds < MINUTE_S:
        return f"about {max(5, math.ceil(seconds / 5) * 5)} seconds"
    if seconds < HOUR_S:
        minutes = math.ceil(seconds / MINUTE_S)
        return f"about {minutes} {'minute' if minutes == 1 else 'minutes'}"
    hours = math.ceil(seconds / HOUR_S)
    return f"about {hours} {'hour' if hours == 1 else 'hours'}"


def _is_declined(project: Project, plan: WorkPlan) -> bool:
    return st.session_state.get(_declined_key(project)) == plan.id


def _declined_key(project: Project) -> str:
    return f"ask_declined_{project.id}"
