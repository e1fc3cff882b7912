"""A detector of the user's own: trained on labels, judged on ground it never saw, used or not."""

import streamlit as st

from errors import GroundshiftError, ModelError
from pages._ui import finetune_result, finetune_setup, runs
from pages._ui import pair as pairs
from pages._ui.needs import show_empty
from pages._ui.project import heading
from pages._ui.user import current_owner
from pages._ui.words import guarded, plain, show_error
from services.finetune_rules import require_allowed, require_parent
from workspace.records import Project

WIDTHS = (2, 1.25)


def show_project(owner: str, project: Project) -> None:
    with st.container():
        runs.show_watched(owner, runs.of(owner, project, finetune_setup.KIND))
    pair = pairs.of(owner, project)
    pairs.watch_prepared(owner, pair)
    if pair.problems:
        pairs.show_problems(pair)
    wide, narrow = st.columns(WIDTHS, gap="medium")
    with wide:
        shown = runs.ask_result(runs.of(owner, project, finetune_setup.KIND), place="finetune")
        if shown is None:
            finetune_setup.show_how()
        else:
            finetune_result.show(owner, shown)
    if pair.ready is not None:
        with narrow.container(border=True), guarded("Train on your labels"):
            finetune_setup.show(project)


def may_train() -> bool:
    try:
        require_allowed()
        require_parent()
    except ModelError as error:
        st.warning(f"Nothing can be trained here yet. {plain(str(error))}")
        st.page_link("models.py", label="Go to Models", icon=":material/arrow_forward:")
        return False
    except GroundshiftError as error:
        show_error(error)
        return False
    return True


visitor = current_owner()
current = heading("Train", visitor)
if may_train():
    if current:
        show_project(visitor, current)
    else:
        show_empty(
            "There is nothing to train on yet: choose two scenes first.",
            "scenes.py",
            "Go to Scenes",
            ":material/photo_library:",
        )
