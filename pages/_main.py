"""Page frame: title, logo, navigation and the last-resort error display."""

from pathlib import Path

import streamlit as st

from pages._ui.words import guarded

FOLDER = Path(__file__).parent / "_ui"

# A named Material icon would be fetched from the internet by every visitor; a file is ours.
st.set_page_config(page_title="Groundshift", page_icon=FOLDER / "icon.svg", layout="wide")
st.logo(FOLDER / "logo.svg", size="large")

# Six rem of empty space above every title is meant for a toolbar that is not shown here.
st.html("<style>.stMainBlockContainer{padding-top:4.5rem}</style>")

page = st.navigation(
    [
        st.Page("scenes.py", title="Scenes", icon=":material/photo_library:", default=True),
        st.Page("compare.py", title="Compare", icon=":material/compare:"),
        st.Page("report.py", title="Report", icon=":material/description:"),
    ],
    position="top",
)

with guarded(page.title):
    page.run()
