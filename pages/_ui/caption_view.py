"""Numbers that can be chosen: as buttons in the running text of a caption, or as large figures.

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


@dataclass(frozen=True)
class Figure:
    """A number that stands for a fact.

    Attributes:
        label: what it counts.
        value: the number in words.
        fact_id: the fact.
        color: of the same things on the map; empty for none.
    """

    label: str
    value: str
    fact_id: str
    color: str = ""


def show_figures(
    figures: Sequence[Figure],
    *,
    key: str,
    selected: str | None,
    on_choose: Callable[[str | None], None] | None = None,
) -> str | None:
    """Put numbers in a row; the fact chosen last, or None when it was chosen a second time.

    Args:
        figures: the numbers.
        key: one per row.
        selected: the fact shown as chosen.
        on_choose: called once for each click, before the page runs again.
    """
    facts = [one.fact_id for one in figures]
    rows = [
        {"label": one.label, "value": one.value, "fact": one.fact_id, "color": one.color}
        for one in figures
    ]
    return _show({"figures": rows, "selected": selected}, key, facts, on_choose)


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
    data = {"parts": [_part(part) for part in parts], "selected": selected}
    return _show(data, key, facts, on_choose)


def _show(
    data: dict[str, Any],
    key: str,
    facts: Sequence[str],
    on_choose: Callable[[str | None], None] | None,
) -> str | None:
    def read() -> str | None:
        value: Any = (st.session_state.get(key) or {}).get("chosen")
        fact = value.get("fact") if isinstance(value, dict) else None
        return fact if fact in facts else None

    def told() -> None:
        if on_choose:
            on_choose(read())

    renderer("caption")(key=key, data=data, on_chosen_change=told)
    return read()


def _part(part: str | Cited) -> dict[str, str]:
    return {"text": part} if isinstance(part, str) else {"text": part.text, "fact": part.fact_id}
