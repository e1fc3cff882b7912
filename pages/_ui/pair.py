"""The two scenes of a project: whether they can be compared, and what the checks say of them.

Knows nothing of maps, runs or results.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import streamlit as st

from errors import NotFoundError
from pages._ui.watcher_view import watch_scene
from pages._ui.words import plain, show_findings, show_verdict
from services.look import Look, look
from services.scene_facts import SceneFacts
from workspace import scenes, standing
from workspace.records import Project, Scene
from workspace.standing import BEING_PREPARED

Date = Literal["earlier", "later"]


@dataclass(frozen=True)
class Pair:
    """The scenes of a project; one that was deleted is None."""

    pre: Scene | None
    post: Scene | None

    @property
    def ready(self) -> tuple[Scene, Scene] | None:
        """Both scenes, when both are prepared."""
        if self.pre is None or self.post is None:
            return None
        return (self.pre, self.post) if self.pre.facts and self.post.facts else None

    @property
    def problems(self) -> tuple[str, ...]:
        """Why the pair cannot be compared now, one sentence per scene."""
        told = (_problem("earlier", self.pre), _problem("later", self.post))
        return tuple(words for words in told if words)

    @property
    def is_waiting(self) -> bool:
        """Whether time alone will change something."""
        return any(scene and scene.status in BEING_PREPARED for scene in (self.pre, self.post))


def of(owner: str, project: Project) -> Pair:
    """The scenes of a project as they are now."""
    return Pair(_scene(owner, project.pre), _scene(owner, project.post))


def day(facts: SceneFacts | None) -> str:
    """The date of a scene in words."""
    if facts is None or facts.acquired_on is None:
        return "date not known"
    return f"{date.fromisoformat(facts.acquired_on):%-d %B %Y}"


def _scene(owner: str, scene_id: str) -> Scene | None:
    try:
        return scenes.get(owner, scene_id)
    except NotFoundError:
        return None


def _problem(which: Date, scene: Scene | None) -> str:
    if scene is None:
        return (
            f"The {which} scene of this project was deleted. Results made from it are kept;"
            " choose other scenes to compare again."
        )
    if scene.status in BEING_PREPARED:
        return f"The {which} scene is still being prepared; this page goes on when it is ready."
    if scene.facts is None:
        return f"The {which} scene cannot be used. {scene.message}"
    return ""


def show_problems(pair: Pair) -> None:
    """Why the pair cannot be compared now, and where to go."""
    for words in pair.problems:
        st.warning(plain(words), icon=":material/hourglass_top:" if pair.is_waiting else None)
    st.page_link("scenes.py", label="Go to Scenes", icon=":material/arrow_forward:")


def watch_prepared(owner: str, pair: Pair) -> None:
    """The progress of the scenes that are being prepared; the page runs again when one is ready.

    Not for use within a fragment, which would run again alone.
    """
    for scene in (pair.pre, pair.post):
        if scene is not None and scene.status in BEING_PREPARED:
            with suppress(NotFoundError):
                watch_scene(scene.id, standing.of_scene(owner, scene.id))


def looked_at(pre: Scene, post: Scene, geometry: Mapping[str, Any] | None) -> Look:
    """Checks and advice for two scenes and an area, kept for the next rerun.

    Raises:
        GroundshiftError: a file or the area cannot be used at all.
    """
    with st.spinner("Checking the two scenes: do they fit together?"):
        return _looked(pre.id, post.id, json.dumps(geometry) if geometry else None, pre, post)


# Streamlit's own spinner of a cache lies over what comes next.
@st.cache_data(show_spinner=False, max_entries=64)
def _looked(
    pre_id: str, post_id: str, geometry_json: str | None, _pre: Scene, _post: Scene
) -> Look:
    """Remembered by id: the files of a scene never change."""
    if geometry_json is None:
        return look(_pre.source, _post.source, aoi=None)
    with TemporaryDirectory(prefix="groundshift-") as folder:
        path = Path(folder) / "area.geojson"
        path.write_text(geometry_json, encoding="utf-8")
        return look(_pre.source, _post.source, aoi=path)


def show_checks(seen: Look) -> None:
    """What was found: folded away unless the pair was refused."""
    if seen.verdict == "refuse":
        show_verdict(seen.verdict)
        show_findings(seen.findings)
        return
    serious = sum(finding.severity != "info" for finding in seen.findings)
    words = {0: "no cautions", 1: "1 caution"}.get(serious, f"{serious} cautions")
    with st.expander(f"Checks of the two scenes: {words}", icon=":material/fact_check:"):
        show_verdict(seen.verdict)
        show_findings(seen.findings)
