"""The numbers of a count, each a fact that leads to its origin and to the things it counts.

Shows facts; computes nothing.
"""

import streamlit as st

from pages._ui import count_words, facts, selection
from pages._ui.caption_view import Figure, show_figures
from pages._ui.facts import Speaks
from pages._ui.words import plain
from services.results import SavedResult
from wording import quantities

# Name of the fact, words beside the number, and the state whose colour the things have.
SHOWN = (
    ("objects_pre", "Pre", ""),
    ("objects_post", "Post", ""),
    ("objects_appeared", "Appeared", "appeared"),
    ("objects_vanished", "Vanished", "vanished"),
    ("objects_kept", "Kept", "kept"),
)
MORE = (
    ("objects_not_assessed_pre", "Pre, not assessed", "not assessed"),
    ("objects_not_assessed_post", "Post, not assessed", "not assessed"),
)
"""Told only where there are some."""

LOW_SIMILARITY = 0.2
"""What is less like the examples than this is mostly something else."""


def show_numbers(job_id: str, told: SavedResult, speaks_of: Speaks) -> None:
    """The five numbers that close, and what could not be assessed."""
    figures = [figure for row in SHOWN if (figure := _figure(told, *row)) is not None]
    figures += [
        figure
        for row in MORE
        if (figure := _figure(told, *row)) is not None and told.value(row[0], **_about(told))
    ]
    if not figures:
        st.info("No ground was seen at both dates, so nothing could be counted.")
        return
    st.markdown(f"**{plain(str(told.run['counter']['things']).capitalize())}**")
    show_figures(
        figures,
        key=f"figures_{job_id}",
        selected=selection.current(job_id).fact_id,
        on_choose=lambda fact_id: facts.pick_fact(job_id, told, fact_id, speaks_of=speaks_of),
    )
    st.caption("Choose a number to see where it comes from and which things it counts.")
    if words := few_words(told):
        st.info(words, icon=":material/lightbulb:")


def few_words(told: SavedResult) -> str:
    """What to do where hardly more than the examples was found; empty where that is not so."""
    wanted = told.run["parameters"]
    similarity, examples = wanted.get("similarity"), wanted.get("examples")
    if not examples or similarity is None or similarity <= LOW_SIMILARITY:
        return ""
    dates = [example["date"] for example in examples]
    found = {date: told.value(f"objects_{date}", **_about(told)) or 0 for date in ("pre", "post")}
    if any(found[date] > dates.count(date) + (date not in dates) for date in found):
        return ""
    return (
        f"Hardly more than your {'example' if len(examples) == 1 else 'examples'} was found."
        f" Things that look a little different need a similarity of about {LOW_SIMILARITY:g}:"
        " change it under New count and count again."
    )


def _figure(told: SavedResult, name: str, label: str, state: str) -> Figure | None:
    thing = told.run["counter"]["thing"]
    fact = next(
        (
            fact
            for fact in told.facts
            if (fact["name"], fact["class"], fact["region"]) == (name, thing, "aoi")
        ),
        None,
    )
    if fact is None:
        return None
    value = quantities.text(fact["value"], fact["unit"])
    return Figure(label, value, str(fact["id"]), count_words.color(state) if state else "")


def _about(told: SavedResult) -> dict[str, str]:
    return {"change_class": str(told.run["counter"]["thing"])}
