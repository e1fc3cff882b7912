"""What a visitor picked out of a result: objects, or a fact and the objects it speaks of.

Map, table and caption tell each click once; the newest of them counts.
"""

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Selection:
    """What is picked out.

    Attributes:
        objects: ids of the objects to highlight.
        fact_id: the fact whose origin is shown, or None.
    """

    objects: tuple[int, ...] = ()
    fact_id: str | None = None


def current(job_id: str) -> Selection:
    """What is picked out of the result of a job."""
    found: Selection = st.session_state.get(_key(job_id), Selection())
    return found


def pick(job_id: str, selection: Selection) -> None:
    """Pick something else out."""
    st.session_state[_key(job_id)] = selection


def _key(job_id: str) -> str:
    return f"selection_{job_id}"
