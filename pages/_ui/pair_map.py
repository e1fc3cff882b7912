"""The map of a pair: both dates, background maps, the mask of a result, its objects and the areas.

Chooses layers and their order; what a layer shows is behind its address.
"""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from errors import AoiError, GroundshiftError
from pages._ui import drawn_areas, map_memory
from pages._ui.backgrounds import Backgrounds
from pages._ui.map_view import (
    ImageLayer,
    LegendEntry,
    MapSpec,
    MapState,
    TileLayer,
    Tool,
    show_map,
)
from pages._ui.objects_table import outlines
from pages._ui.pair import Pair, day
from pages._ui.words import show_error
from services.display import Composite, composites, style_of
from services.measure_areas import bounds_of
from services.mercator import gsd_m
from services.review import Review
from services.scene_facts import SceneFacts
from workspace import tokens
from workspace.records import Job, Project, Scene

HEIGHT_PX = 520
SMALL_HEIGHT_PX = 400
CHOICE_WIDTH_PX = 280
TOOLS: frozenset[Tool] = frozenset({"area", "measure", "import"})
NOT_ASSESSED = LegendEntry("not assessed", "#8c8c8c")
FINEST_ZOOM = 24
MASK_OPACITY = 0.7
MARGIN = 0.1
"""Ground to every side of the areas a map opens on, as a share of their size."""

Layer = TileLayer | ImageLayer
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Found:
    """A result on the map.

    Attributes:
        job: the run.
        folder: its files.
        review: the result under the threshold in force.
        is_moved: whether that is another threshold than the run's.
        selected: ids of the objects to highlight.
    """

    job: Job
    folder: Path
    review: Review
    is_moved: bool
    selected: tuple[int, ...]


def ask_composite(project: Project, pair: Pair, *, place: str) -> Composite | None:
    """Which bands to see; nothing is asked where there is one way only."""
    if pair.ready is None:
        return None
    pre, post = _facts(pair)
    ways = {way.name: way for way in composites(pre, post)}
    if len(ways) == 1:
        return next(iter(ways.values()))
    left = map_memory.recalled(project, "composite")
    name = st.selectbox(
        "Colours",
        list(ways),
        index=list(ways).index(left) if left in ways else 0,
        format_func=lambda found: ways[found].title,
        key=f"composite_{place}_{project.id}",
        label_visibility="collapsed",
        width=CHOICE_WIDTH_PX,
    )
    return ways[name]


def spec_of(
    project: Project, pair: Pair, composite: Composite | None, found: Found | None
) -> MapSpec:
    """The map of a project without its areas and background maps."""
    pre, post = _scene_layers(project.owner, pair, composite)
    overlays = _overlays(project.owner, found) if found else ()
    return MapSpec(
        mode=map_memory.at_start(project, "mode", "swipe"),
        left=pre,
        right=post,
        left_title=_title("Pre", pair.pre),
        right_title=_title("Post", pair.post),
        overlays=overlays,
        objects=_objects(found) if found else None,
        legend=_legend(found.review) if found else (),
        selected=found.selected if found else (),
        fit=_first_look(project, pair),
        view=map_memory.at_start(project, "view"),
        layer_state=map_memory.at_start(project, "layers"),
        tools=frozenset(),
        height_px=HEIGHT_PX,
    )


def map_key(project_id: str, place: str) -> str:
    """Key of the map of a project on one page."""
    return f"map_{project_id}" if place == "compare" else f"map_{place}_{project_id}"


def show_pair_map(
    project: Project,
    spec: MapSpec,
    behind: Backgrounds,
    *,
    on_select: Callable[[int | None], None],
    place: str = "compare",
) -> MapState:
    """The map with its areas; what was drawn and how it was left is kept with the project.

    Args:
        project: whose areas and view these are.
        spec: what to show; its tools are added to those for areas.
        behind: background maps below it.
        on_select: told which object was clicked, or None.
        place: on which page; each has a map of its own.
    """
    key = map_key(project.id, place)
    given = drawn_areas.pushed(project, key)
    state = show_map(
        replace(
            spec,
            left=_over(behind.left, spec.left),
            right=_over(behind.right, spec.right),
            areas=given.areas,
            areas_version=given.version,
            tools=TOOLS | spec.tools,
        ),
        key=key,
        on_change=lambda state: _keep_quietly(project, key, state),
        on_select=lambda state: on_select(state.selected),
    )
    try:
        is_stale = _keep(project, key, state)
    except AoiError as error:
        show_error(error)
        return state
    if is_stale:
        st.rerun()
    return state


def show_result_map(spec: MapSpec, job: Job, *, on_select: Callable[[int | None], None]) -> None:
    """The later date under the mask, with the outline of what was compared; for looking only."""
    area = job.params.get("aoi")
    about = {"id": "compared", "name": str(job.params.get("area_name") or "Area")}
    outline = [{"type": "Feature", "properties": about, "geometry": area}] if area else []
    show_map(
        replace(
            spec,
            mode="single",
            left=spec.right,
            left_title=spec.right_title,
            areas={"type": "FeatureCollection", "features": outline},
            areas_version=1,
            tools=frozenset(),
            height_px=SMALL_HEIGHT_PX,
        ),
        key=f"report_map_{job.id}",
        on_select=lambda state: on_select(state.selected),
    )


def _keep(project: Project, key: str, state: MapState) -> bool:
    """Keep what was done with the map; whether it has to be given something else than it shows."""
    parts = {"view": state.view, "mode": state.mode, "layers": state.layers}
    map_memory.remember(project.owner, project.id, parts)
    return drawn_areas.take(project, key, state.areas, state.version)


def _keep_quietly(project: Project, key: str, state: MapState) -> None:
    """As `_keep`, where no page is running that could show an error; the next run tells it."""
    with suppress(GroundshiftError):
        _keep(project, key, state)


def _over(background: TileLayer | None, layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
    return layers if background is None else (background, *layers)


def _facts(pair: Pair) -> tuple[SceneFacts, SceneFacts]:
    """The facts of a pair that is ready."""
    if pair.ready is None or pair.ready[0].facts is None or pair.ready[1].facts is None:
        msg = "Both scenes must be ready."
        raise ValueError(msg)
    return pair.ready[0].facts, pair.ready[1].facts


def _title(date: str, scene: Scene | None) -> str:
    return f"{date} · {day(scene.facts)}" if scene else f"{date} · deleted"


def _scene_layers(
    owner: str, pair: Pair, composite: Composite | None
) -> tuple[tuple[TileLayer, ...], tuple[TileLayer, ...]]:
    if pair.ready is None or composite is None:
        return (), ()
    styles = style_of(composite, *_facts(pair))
    layers = (
        _scene_layer(owner, name, scene, style)
        for name, scene, style in zip(("pre", "post"), pair.ready, styles, strict=True)
    )
    pre, post = layers
    return (pre,), (post,)


def _scene_layer(owner: str, name: str, scene: Scene, style: dict[str, Any]) -> TileLayer:
    return TileLayer(
        id=name,
        title=_title(name.capitalize(), scene),
        url=tokens.tile_url(tokens.mint("scene", scene.id, owner, style)),
        kind="scene",
        max_zoom=FINEST_ZOOM,
        max_native_zoom=_native_zoom(scene.facts),
        bounds=scene.facts.bounds_wgs84 if scene.facts else None,
    )


def _native_zoom(facts: SceneFacts | None) -> int:
    """The first zoom level whose pixels are finer than the scene's."""
    if facts is None:
        return FINEST_ZOOM
    latitude = (facts.bounds_wgs84[1] + facts.bounds_wgs84[3]) / 2
    level = math.log2(max(gsd_m(latitude, 0), 1.0) / facts.gsd_m)
    return min(max(math.ceil(level) + 1, 0), FINEST_ZOOM)


def _overlays(owner: str, found: Found) -> tuple[TileLayer, ...]:
    """The mask under the threshold in force, and the scores it was made from."""
    colors = {str(entry.code): entry.color for entry in found.review.legend}
    style: dict[str, Any] = {"colors": colors}
    if found.is_moved:
        style["threshold"] = found.review.threshold
    mask = tokens.mint("preview" if found.is_moved else "mask", found.job.id, owner, style)
    score = tokens.mint("score", found.job.id, owner, {"map": "magma"})
    return (
        TileLayer("score", "Scores", tokens.tile_url(score), kind="overlay", visible=False,
                  opacity=MASK_OPACITY, max_zoom=FINEST_ZOOM),
        TileLayer("mask", "Changes", tokens.tile_url(mask), kind="overlay",
                  opacity=MASK_OPACITY, max_zoom=FINEST_ZOOM),
    )  # fmt: skip


def _objects(found: Found) -> dict[str, Any] | None:
    """Outlines belong to the threshold of the run; under another one they would mislead."""
    if found.is_moved:
        return None
    return outlines(found.folder, tuple((one.name, one.label) for one in found.review.legend))


def _legend(review: Review) -> tuple[LegendEntry, ...]:
    """The classes that occur, or the first where none does."""
    occurring = {row.name for row in review.present}
    entries = [entry for entry in review.legend if entry.name in occurring] or review.legend[:1]
    return (*(LegendEntry(entry.label, entry.color, entry.name) for entry in entries), NOT_ASSESSED)


def _first_look(project: Project, pair: Pair) -> Bounds | None:
    """What a map shows that nobody moved yet: the areas if they lie on the scenes, else the scenes.

    Fixed for a tab: a map follows a rectangle that changes, and drawing should not move it.
    """
    key = f"first_look_{project.id}"
    scenes = _shared_bounds(pair)
    if key not in st.session_state and scenes is not None:
        areas = bounds_of(project.areas)
        meets = areas is not None and _meet(areas, scenes)
        st.session_state[key] = _widened(areas) if areas is not None and meets else scenes
    found: Bounds | None = st.session_state.get(key)
    return found


def _meet(one: Bounds, other: Bounds) -> bool:
    return all(one[side] < other[side + 2] and other[side] < one[side + 2] for side in (0, 1))


def _widened(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    across, down = MARGIN * (east - west), MARGIN * (north - south)
    return west - across, south - down, east + across, north + down


def _shared_bounds(pair: Pair) -> Bounds | None:
    """The ground both scenes show, as a rectangle; that of one where there is no other."""
    known = [scene.facts.bounds_wgs84 for scene in (pair.pre, pair.post) if scene and scene.facts]
    if not known:
        return None
    west, south = (max(bounds[side] for bounds in known) for side in (0, 1))
    east, north = (min(bounds[side] for bounds in known) for side in (2, 3))
    return (west, south, east, north) if west < east and south < north else known[0]
