"""Why a page has nothing to show, and where to go instead.

Knows no page but by its file name.
"""

import streamlit as st

from pages._ui.project import address


def show_empty(words: str, page: str, label: str, icon: str) -> None:
    """Why a page has nothing to show yet, and where to go."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(f"### {icon}")
        st.markdown(words)
        st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=address())
