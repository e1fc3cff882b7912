"""Why a page has nothing to show, and where to go instead.

Knows no page but by its file name.
"""

from dataclasses import dataclass

import streamlit as st

from pages._ui.project import address


@dataclass(frozen=True)
class Need:
    """What this version cannot do.

    Attributes:
        title: of the page.
        cannot: what is missing, one sentence.
        instead: what serves a similar purpose today (Markdown of ours).
        page: file of the page that does.
        label: words of the link to it.
    """

    title: str
    cannot: str
    instead: str
    page: str
    label: str


def show_need(need: Need) -> None:
    """A whole page that promises nothing: what is missing, and what can be done today."""
    st.title(need.title, anchor=False)
    with st.container(border=True, width=720):
        st.markdown(need.cannot)
        st.markdown(need.instead)
        _link(need.page, need.label)


def show_empty(words: str, page: str, label: str, icon: str) -> None:
    """Why a page has nothing to show yet, and where to go."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(f"### {icon}")
        st.markdown(words)
        _link(page, label)


def _link(page: str, label: str) -> None:
    st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=address())
