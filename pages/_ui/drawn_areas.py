"""The areas of a project: drawn on its map, kept with it, chosen for a comparison.

Two tabs may draw in one project: what either adds or deletes is kept, and both see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages._ui import map_memory
from pages._ui.words import plain, told_apart
from services.measure_areas import DrawnArea, joined, measured, size_m2
from wording import quantities
from workspace import projects
from workspace.records import Project

Areas = dict[str, Any]
WHOLE = "Whole overlap"
CHOSEN = "areas_chosen"
HELP = (
    "Draw an area on the map or import one. Without an area, all ground that both scenes show is"
    " compared."
)


@dataclass(frozen=True)
class Pushed:
    """What a map of this tab was last given.

    Attributes:
        areas: the areas.
        version: rises with every push; the map tells which one its own areas come from.
    """

    areas: Areas
    version: int


@dataclass(frozen=True)
class Place:
    """Where to compare.

    Attributes:
        geometry: GeoJSON geometry in WGS 84, or None for the whole overlap.
        name: for people.
        area_m2: its size; None for the whole overlap.
    """

    geometry: Mapping[str, Any] | None
    name: str
    area_m2: float | None


def pushed(project: Project, map_key: str) -> Pushed:
    """What a map is to be given now; each map of a project has seen something else."""
    found: Pushed = st.session_state.setdefault(_key(map_key), Pushed(project.areas, 1))
    return found


def take(project: Project, map_key: str, areas: Mapping[str, Any], version: int) -> bool:
    """Keep what was drawn on a map of this tab, and take over what other maps and tabs drew.

    Args:
        project: whose areas these are.
        map_key: of the map.
        areas: what it shows.
        version: the push they go back to.

    Returns:
        Whether the map has to be given something else than it shows.

    Raises:
        NotFoundError: the project was deleted meanwhile.
        UnreadableAoiError: the areas cannot be kept; those kept so far stay.
    """
    owner, project_id = project.owner, project.id
    given: Pushed | None = st.session_state.get(_key(map_key))
    if given is None or version != given.version:
        return False
    mine = {"type": "FeatureCollection", "features": list(areas.get("features", ()))}
    theirs = projects.get(owner, project_id).areas
    both = merged(given.areas, mine, theirs)
    if _by_id(both) != _by_id(theirs):
        projects.save_areas(owner, project_id, both)
    if added := [found for found in _by_id(mine) if found not in _by_id(given.areas)]:
        st.session_state[f"{CHOSEN}_{project_id}"] = added
        st.session_state[_fresh_key(project_id)] = True
    is_stale = _by_id(both) != _by_id(mine)
    st.session_state[_key(map_key)] = Pushed(both, given.version + is_stale)
    return is_stale


def is_fresh(project_id: str) -> bool:
    """Whether an area was drawn since the last run was asked for."""
    return bool(st.session_state.get(_fresh_key(project_id)))


def settle(project_id: str) -> None:
    """A run was asked for: what was drawn until now is not fresh any more."""
    st.session_state.pop(_fresh_key(project_id), None)


def merged(base: Areas, mine: Areas, theirs: Areas) -> Areas:
    """Both sides' changes to `base`; where both changed one area, mine counts.

    An area that one side deleted and the other changed is kept as changed.
    """
    was, here, there = _by_id(base), _by_id(mine), _by_id(theirs)
    kept = (area if area != was.get(found) else there.get(found) for found, area in here.items())
    back = (area for found, area in there.items() if found not in here and area != was.get(found))
    features = [area for area in (*kept, *back) if area is not None]
    return {"type": "FeatureCollection", "features": features}


def _by_id(areas: Areas) -> dict[str, Any]:
    return {str(area["properties"]["id"]): area for area in areas.get("features", ())}


def _key(map_key: str) -> str:
    return f"areas_pushed_{map_key}"


def _fresh_key(project_id: str) -> str:
    return f"areas_fresh_{project_id}"


def ask_place(
    project: Project, *, label: str = "Area to compare", whole: str = WHOLE, help_words: str = HELP
) -> Place:
    """Which area to work on: one, several, or the whole of what there is, with its size."""
    # A map further up may have drawn since the page began to run.
    areas = measured(projects.get(project.owner, project.id).areas)
    usable = {area.id: area for area in areas if not area.problem}
    titles = told_apart({found: _label(area) for found, area in usable.items()})
    key = f"{CHOSEN}_{project.id}"
    before = st.session_state.get(key, map_memory.recalled(project, CHOSEN, list(usable)))
    st.session_state[key] = [found for found in before if found in usable]
    chosen = st.multiselect(
        label,
        list(usable),
        format_func=lambda found: titles.get(found, ""),
        key=key,
        placeholder=whole,
        help=help_words,
    )
    for area in areas:
        if area.problem:
            st.caption(plain(area.problem))
    map_memory.remember(project.owner, project.id, {CHOSEN: list(chosen)})
    return place_of([usable[found] for found in chosen], whole)


def _label(area: DrawnArea) -> str:
    # Options are shown as they are, not as Markdown.
    return f"{area.name}: {quantities.text(area.area_m2, 'm2')}"


def place_of(chosen: Sequence[DrawnArea], whole: str = WHOLE) -> Place:
    """Several areas as one place; the whole of what there is without any."""
    if not chosen:
        return Place(None, whole, None)
    geometry = dict(chosen[0].geometry) if len(chosen) == 1 else joined(chosen)
    size = size_m2(geometry) if geometry else 0.0
    return Place(geometry, ", ".join(area.name for area in chosen)[:120], size)
