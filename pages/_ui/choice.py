"""The pair a user is working on, kept in the session."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from services.look import Look, look

PAIR, RESULT = "pair", "result"


@dataclass(frozen=True)
class PairChoice:
    """Two scenes and an area.

    Attributes:
        title: name for people.
        pre: earlier scene.
        post: later scene.
        aoi: area of interest, or None for the whole overlap.
    """

    title: str
    pre: Path
    post: Path
    aoi: Path | None


def chosen_pair() -> PairChoice | None:
    """The pair of this session, or None with a way to choose one."""
    pair: PairChoice | None = st.session_state.get(PAIR)
    if pair is None:
        st.info("Choose two scenes first.")
        st.page_link("scenes.py", label="Go to Scenes", icon=":material/photo_library:")
    return pair


def choose(pair: PairChoice) -> None:
    """Work on another pair; a result of the former one is no longer shown."""
    st.session_state[PAIR] = pair
    st.session_state.pop(RESULT, None)


def chosen_result() -> Path | None:
    """The result folder of this session, or None with a way to make one."""
    folder: Path | None = st.session_state.get(RESULT)
    if folder is None:
        st.info("Run a comparison first.")
        st.page_link("compare.py", label="Go to Compare", icon=":material/compare:")
    return folder


@st.cache_data(show_spinner="Checking the two scenes", max_entries=32)
def looked_at(pair: PairChoice) -> Look:
    """Preflight and pictures of a pair, kept for the next rerun."""
    return look(pair.pre, pair.post, aoi=pair.aoi)
