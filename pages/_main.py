"""Page frame: title, navigation and the last-resort error display."""

import logging

import streamlit as st

from errors import GroundshiftError
from pages._ui.words import show_error

log = logging.getLogger("groundshift")

st.set_page_config(page_title="Groundshift", page_icon=":material/satellite_alt:", layout="wide")

page = st.navigation(
    [
        st.Page("scenes.py", title="Scenes", icon=":material/photo_library:", default=True),
        st.Page("compare.py", title="Compare", icon=":material/compare:"),
        st.Page("report.py", title="Report", icon=":material/description:"),
    ]
)

try:
    page.run()
except GroundshiftError as error:
    show_error(error)
except Exception:
    log.exception("page %s failed", page.title)
    st.error("Something went wrong, and it is our fault. The log of the server has the details.")
