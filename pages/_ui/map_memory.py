"""How a project's map was left: its view, layers and choices, kept with the project.

Knows the names of the parts, not what they mean.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from workspace import projects
from workspace.records import Project


def recalled(project: Project, part: str, default: Any = None) -> Any:
    """One part as it was left, or the default."""
    return project.map_state.get(part, default)


def at_start(project: Project, part: str, default: Any = None) -> Any:
    """One part as it was when this tab opened the project: what a map is opened with.

    A map takes a value that changed for a wish of the page, and would follow its own echo.
    """
    state: dict[str, Any] = st.session_state.setdefault(
        f"map_start_{project.id}", project.map_state
    )
    return state.get(part, default)


def remember(owner: str, project_id: str, parts: Mapping[str, Any]) -> None:
    """Keep these parts beside the others; nothing is written when nothing changed.

    Raises:
        NotFoundError: the project was deleted meanwhile.
    """
    kept = projects.get(owner, project_id).map_state
    if any(kept.get(part) != value for part, value in parts.items()):
        projects.save_map(owner, project_id, {**kept, **parts})
