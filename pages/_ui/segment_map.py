"""The map of one date with the marks, the outline they give, and the things that were kept.

Chooses layers, colours and words; finds nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from errors import GroundshiftError
from pages._ui import drawn_areas, map_marks, map_memory, pair_map, segment_ahead
from pages._ui.backgrounds import Backgrounds
from pages._ui.map_records import LegendEntry, MapSpec, MapState
from pages._ui.map_view import show_map
from pages._ui.pair import Pair
from pages._ui.segment_choice import Choice
from pages._ui.words import show_error
from services.display import Composite
from wording import quantities
from workspace.records import Project
from workspace.things import KeptThing

CANDIDATE_ID = 0
FOUND_FROM = 1_000_000
"""Numbers of what was found automatically begin here; those of kept things stay far below."""
CANDIDATE = LegendEntry("outline of your marks", "#5ce0b8", "candidate")
FOUND = LegendEntry("found in the area, not kept", "#f0e442", "found", dash="5 4", filled=False)
# Okabe and Ito, Color Universal Design (2008): told apart by colour-blind people.
COLORS = ("#56b4e9", "#e69f00", "#cc79a7", "#009e73", "#d55e00", "#0072b2", "#999999")
UNNAMED = "things"


@dataclass(frozen=True)
class Outlined:
    """What the map shows over the scene.

    Attributes:
        candidate: features of the outline the marks give.
        kept: things of this date.
        found: features of an automatic run that were not kept.
        selected: ids of what is picked out.
    """

    candidate: tuple[Mapping[str, Any], ...]
    kept: tuple[KeptThing, ...]
    found: tuple[Mapping[str, Any], ...] = ()
    selected: tuple[int, ...] = ()


def map_key(project: Project, date: str) -> str:
    """Key of the map of one date of a project."""
    return f"segment_map_{project.id}_{date}"


def spec_of(
    project: Project, pair: Pair, composite: Composite | None, choice: Choice, shown: Outlined
) -> MapSpec:
    """The scene of the date with everything outlined in it."""
    base = pair_map.spec_of(project, pair, composite, None)
    is_pre = choice.date == "pre"
    return replace(
        base,
        mode="single",
        left=base.left if is_pre else base.right,
        right=(),
        left_title=base.left_title if is_pre else base.right_title,
        right_title="",
        objects={"type": "FeatureCollection", "features": list(_features(shown))},
        objects_title="Outlined things",
        legend=tuple(_legend(shown)),
        selected=shown.selected,
        prompt_forms=_forms(choice),
        one_of_each=True,
        tool="point_in",
        tools=frozenset({"prompt", "area", "measure"}),
    )


def show_segment_map(
    project: Project, spec: MapSpec, behind: Backgrounds, choice: Choice, on_select: Any
) -> MapState:
    """The map; areas and view are those of the project, marks are kept for this tab."""
    key = map_key(project, choice.date)
    areas, marks = drawn_areas.pushed(project, key), map_marks.pushed(key)
    background = behind.left if choice.date == "pre" else behind.right
    state = show_map(
        replace(
            spec,
            left=spec.left if background is None else (background, *spec.left),
            areas=areas.areas,
            areas_version=areas.version,
            prompts=marks.prompts,
            prompts_version=marks.version,
            prompts_taken=marks.taken,
        ),
        key=key,
        on_change=lambda state: _keep_view(project, choice, state),
        on_select=lambda state: on_select(state.selected),
    )
    try:
        is_stale = drawn_areas.take(project, key, state.areas, state.version)
    except GroundshiftError as error:
        show_error(error)
        return state
    if is_stale:
        st.rerun()
    return state


def _keep_view(project: Project, choice: Choice, state: MapState) -> None:
    # No page is running that could say that the project was deleted; the next run tells it.
    with suppress(GroundshiftError):
        map_memory.remember(project.owner, project.id, {"view": state.view})
    segment_ahead.look(project, choice, state.view)


def _forms(choice: Choice) -> Any:
    taken = choice.segmenter.prompts or {"point", "box"}
    forms = {"point": ("inside", "outside"), "box": ("box",), "polygon": ("outline",)}
    return tuple(form for kind, all_of in forms.items() if kind in taken for form in all_of)


def _features(shown: Outlined) -> Iterator[dict[str, Any]]:
    for number, feature in enumerate(shown.found, start=FOUND_FROM):
        yield _feature(number, "found", feature["geometry"], size_words(feature))
    for thing in shown.kept:
        words = f"{thing.name}, {quantities.text(thing.area_m2, 'm2')}"
        yield _feature(thing.id, _class(thing.label or UNNAMED), thing.geometry, words)
    for feature in shown.candidate:
        yield _feature(CANDIDATE_ID, "candidate", feature["geometry"], size_words(feature))


def _feature(number: int, label: str, geometry: Any, words: str) -> dict[str, Any]:
    about = {"id": number, "class": label, "text": words}
    return {"type": "Feature", "properties": about, "geometry": geometry}


def size_words(feature: Mapping[str, Any]) -> str:
    """Area of an outline in words."""
    return quantities.text(float(feature["properties"]["area_m2"]), "m2")


def _legend(shown: Outlined) -> Iterator[LegendEntry]:
    if shown.candidate:
        yield CANDIDATE
    if shown.found:
        yield FOUND
    for number, label in enumerate(classes_of(shown.kept)):
        yield LegendEntry(label, COLORS[number % len(COLORS)], _class(label))


def classes_of(kept: Sequence[KeptThing]) -> tuple[str, ...]:
    """The classes in the order they were first used."""
    return tuple(dict.fromkeys(thing.label or UNNAMED for thing in kept))


def _class(label: str) -> str:
    """A class that a user named, told apart from ours."""
    return f"kept {label}"
