"""What a user is working on: the pair, and the results made in this session.

Kept in the session alone, so that nobody else can see or list it.
"""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from services import store
from services.look import Look, look

PAIR, FINISHED = "pair", "finished"


@dataclass(frozen=True)
class PairChoice:
    """Two scenes and an area.

    Attributes:
        title: name for people.
        pre: earlier scene.
        post: later scene.
        aoi: area of interest, or None for the whole overlap.
        own: folder of uploaded files that the user may delete; None for a bundled sample.
    """

    title: str
    pre: Path
    post: Path
    aoi: Path | None
    own: Path | None = None


@dataclass(frozen=True)
class Finished:
    """A comparison that was made in this session."""

    pair: PairChoice
    folder: Path


def chosen_pair() -> PairChoice | None:
    """The pair of this session, or None."""
    pair: PairChoice | None = st.session_state.get(PAIR)
    return pair


def choose(pair: PairChoice) -> None:
    """Work on another pair; results of former ones stay in the session."""
    st.session_state[PAIR] = pair


def forget(pair: PairChoice) -> None:
    """Delete the uploaded files of a pair; its results stay."""
    if pair.own is not None:
        store.discard(pair.own)
    if chosen_pair() == pair:
        del st.session_state[PAIR]


def finished() -> tuple[Finished, ...]:
    """Every result of this session, the newest first."""
    return tuple(reversed(st.session_state.get(FINISHED, ())))


def add_result(result: Finished) -> None:
    """Remember a result for this session."""
    st.session_state[FINISHED] = (*st.session_state.get(FINISHED, ()), result)


def latest_result(pair: PairChoice) -> Path | None:
    """The newest result of a pair, or None."""
    return next((result.folder for result in finished() if result.pair == pair), None)


@st.cache_data(show_spinner="Checking the two scenes: do they fit together?", max_entries=32)
def looked_at(pair: PairChoice) -> Look:
    """Checks, pictures and advice for a pair, kept for the next rerun."""
    return look(pair.pre, pair.post, aoi=pair.aoi)


def show_empty(words: str, page: str, label: str, icon: str) -> None:
    """Why a page has nothing to show yet, and where to go."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(f"### {icon}")
        st.markdown(words)
        st.page_link(page, label=label, icon=":material/arrow_forward:")
