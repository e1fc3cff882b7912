"""The links between the pages, in the bar at the top.

Streamlit's own bar forgets what the address said: the project would be written into it anew on
every page, and each page would take two steps back. These links carry the project themselves, so
that one step back is one page, and a page opened in another tab shows the same project.
"""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

# The bar lies in Streamlit's header, beside the logo; where the window is narrow, icons go, then
# the logo, then the links take two rows. Streamlit's own width would reach under its menu.
# Streamlit's captions are too pale to be read by everybody (4.2:1; WCAG 2.2 asks for 4.5:1), and so
# is the name of the chosen tab where it is dark (3.9:1).
STYLE = """
<style>
.stMainBlockContainer{padding-top:2.75rem}
.st-key-navigation{position:fixed;top:0;left:12.5rem;right:3.5rem;width:auto;height:3.75rem;
  z-index:999991;flex-wrap:nowrap;align-items:center;gap:.15rem;overflow-x:auto;overflow-y:hidden;
  scrollbar-width:none}
.st-key-navigation a{white-space:nowrap;padding:.25rem .55rem}
@media (max-width:1320px){
  .st-key-navigation a>span:has([data-testid="stIconMaterial"]){display:none}
  .st-key-navigation a{padding:.25rem .4rem}
}
@media (max-width:900px){
  .st-key-navigation{left:.75rem}
  [data-testid="stHeaderLogo"]{display:none}
}
@media (max-width:700px){
  .st-key-navigation{flex-wrap:wrap;align-content:center;gap:0}
  .st-key-navigation a{padding:.1rem .3rem}
  .st-key-navigation a p{font-size:.875rem;line-height:1.25rem}
}
@media (max-width:380px){.st-key-navigation{left:.5rem}.st-key-navigation a{padding:.1rem}}
[data-testid="stCaptionContainer"]{color:inherit;opacity:.78}
[data-testid="stTabs"] [role="tab"][aria-selected="true"]{color:inherit;font-weight:600}
@media print{.st-key-navigation{display:none}}
</style>
"""


def show_navigation(pages: Sequence[StreamlitPage], address: Mapping[str, str]) -> None:
    """One link per page; `address` is what every page's address should say."""
    st.html(STYLE)
    with st.container(key="navigation", horizontal=True):
        for page in pages:
            st.page_link(page, query_params=dict(address))
