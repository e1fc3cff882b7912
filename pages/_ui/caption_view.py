"""A caption whose numbers can be chosen: each is a button in the running text.

Knows nothing of facts but their ids.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages._ui.components import renderer


@dataclass(frozen=True)
class Cited:
    """Words of a caption that stand for a fact."""

    text: str
    fact_id: str


def show_caption(
    parts: Sequence[str | Cited],
    *,
    key: str,
    selected: str | None,
    on_choose: Callable[[str | None], None] | None = None,
) -> str | None:
    """Put a caption on the page; the fact chosen last, or None when it was chosen a second time.

    Args:
        parts: plain words and cited ones, in reading order, spaces included.
        key: one per caption.
        selected: the fact shown as chosen.
        on_choose: called once for each click, before the page runs again.
    """
    facts = [part.fact_id for part in parts if isinstance(part, Cited)]

    def read() -> str | None:
        value: Any = (st.session_state.get(key) or {}).get("chosen")
        fact = value.get("fact") if isinstance(value, dict) else None
        return fact if fact in facts else None

    def told() -> None:
        if on_choose:
            on_choose(read())

    renderer("caption")(
        key=key,
        data={"parts": [_part(part) for part in parts], "selected": selected},
        on_chosen_change=told,
    )
    return read()


def _part(part: str | Cited) -> dict[str, str]:
    return {"text": part} if isinstance(part, str) else {"text": part.text, "fact": part.fact_id}
