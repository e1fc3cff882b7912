"""Page frame: title, logo, navigation and the last-resort error display."""

from pathlib import Path

import streamlit as st

from pages._ui import project
from pages._ui.navigation import show_navigation
from pages._ui.user import current_owner
from pages._ui.words import guarded, show_refused

FOLDER = Path(__file__).parent / "_ui"

# A named Material icon would be fetched from the internet by every visitor; a file is ours.
st.set_page_config(page_title="Groundshift", page_icon=FOLDER / "icon.svg", layout="wide")
st.logo(FOLDER / "logo.svg", size="large")

PAGES = [
    st.Page("scenes.py", title="Scenes", icon=":material/photo_library:", default=True),
    st.Page("compare.py", title="Compare", icon=":material/compare:"),
    st.Page("segment.py", title="Segment", icon=":material/category:"),
    st.Page("count.py", title="Count", icon=":material/tag:"),
    st.Page("ask.py", title="Ask", icon=":material/forum:"),
    st.Page("report.py", title="Report", icon=":material/description:"),
    st.Page("history.py", title="History", icon=":material/history:"),
    st.Page("finetune.py", title="Train", icon=":material/model_training:"),
    st.Page("models.py", title="Models", icon=":material/deployed_code:"),
    st.Page("preferences.py", title="Settings", icon=":material/settings:", url_path="settings"),
]

page = st.navigation(PAGES, position="hidden")

with guarded(page.title):
    chosen = project.current(current_owner())
    show_navigation(PAGES, {project.PARAMETER: chosen.id} if chosen else {})
    show_refused()
    page.run()
