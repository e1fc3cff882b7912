"""Two background maps become a pair: choose both, draw an area, see what it takes, fetch.

Knows the job that fetches by its name and its parameters only.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import settings
from errors import GroundshiftError
from pages._ui.basemap_picker import ask_basemaps, tile_layer
from pages._ui.job_view import show_job
from pages._ui.map_view import MapSpec, show_map
from pages._ui.project import choose
from pages._ui.words import plain, show_error
from services.basemap import Basemap, Bounds
from services.fetch_basemap import Estimate, estimate
from services.measure_areas import bounds_of
from wording import quantities
from workspace import jobs, projects
from workspace.records import Job

__all__ = ["ask_basemaps", "ask_pair", "show_basemap_pair", "tile_layer"]

PAIR_KIND, RELEASES_KIND = "basemap_pair", "wayback_releases"
MAP_HEIGHT_PX = 440
WORLD: Bounds = (-170.0, -60.0, 170.0, 75.0)
FIRST_MAPS = ("wayback-10", "esri-worldimagery")
"""The oldest release against the newest imagery shows at once what this is for."""
_WATCHED = "basemap_job"

Pair = tuple[Basemap, Basemap]


def show_basemap_pair(owner: str) -> None:
    """The whole way from two background maps to a project of the fetched pair."""
    st.caption(
        "Two background maps of one place can be your pair: their pictures of an area you draw are"
        " fetched, kept as scenes of yours and compared like any other. The maps come from the"
        " internet; without a connection they stay empty."
    )
    # A container of its own: what comes and goes in it moves nothing below, so the map stays.
    with st.container():
        _show_watched(owner)
    params = ask_pair(key="basemap_pair", fit=_last_place(owner))
    if params is not None:
        _submit(owner, PAIR_KIND, params)
    _show_refresh(owner)


def ask_pair(*, key: str, fit: Bounds = WORLD) -> dict[str, Any] | None:
    """Parameters for the job `basemap_pair` once everything is chosen and confirmed, else None.

    Args:
        key: one per place of use.
        fit: what the map shows first.
    """
    left, right = ask_basemaps(key=key, left=FIRST_MAPS[0], right=FIRST_MAPS[1])
    if left is None or right is None or left == right:
        st.info("Choose two different background maps.", icon=":material/layers:")
        return None
    areas = _ask_areas(left, right, fit, key)
    bounds = bounds_of(areas)
    if bounds is None:
        st.info("Draw the area to fetch on the map.", icon=":material/draw:")
        return None
    if not (left.may_fetch and right.may_fetch):
        _show_terms((left, right))
        return None
    try:
        return _ask_fetch(_older_first(left, right), bounds, areas, key)
    except GroundshiftError as error:
        show_error(error)
        return None


def _last_place(owner: str) -> Bounds:
    """Where the visitor worked last."""
    project = projects.latest(owner)
    return (bounds_of(project.areas) if project else None) or WORLD


def _ask_areas(left: Basemap, right: Basemap, fit: Bounds, key: str) -> Mapping[str, Any]:
    state = show_map(
        MapSpec(
            mode="swipe",
            left=(tile_layer(left),),
            right=(tile_layer(right),),
            left_title=left.title,
            right_title=right.title,
            tools=frozenset({"area", "import", "measure"}),
            fit=fit,
            height_px=MAP_HEIGHT_PX,
        ),
        key=f"{key}_map",
    )
    return state.areas


def _ask_fetch(
    maps: Pair, bounds: Bounds, areas: Mapping[str, Any], key: str
) -> dict[str, Any] | None:
    zoom = _ask_zoom(maps, bounds, key)
    if zoom is None:
        return None
    needed = estimate(bounds, zoom)
    st.markdown(_estimate_words(needed))
    if not needed.is_allowed:
        limit = settings.load().max_basemap_tiles
        st.warning(f"A pair may take {limit:,} tiles. Choose a coarser level or a smaller area.")
        return None
    _show_terms(maps)
    may_use = st.checkbox("I may use these pictures in this way.", key=f"{key}_terms")
    wanted = st.button(
        "Use these background maps as my pair",
        type="primary",
        disabled=not may_use,
        key=f"{key}_go",
    )
    if not wanted:
        return None
    return {
        "left": maps[0].id,
        "right": maps[1].id,
        "bounds": list(bounds),
        "zoom": zoom,
        "areas": {"type": "FeatureCollection", "features": list(areas["features"])},
        "title": f"{maps[0].title} and {maps[1].title}",
    }


def _ask_zoom(maps: Pair, bounds: Bounds, key: str) -> int | None:
    """A level both maps have, to begin with the finest the limit allows."""
    levels = range(max(one.min_zoom for one in maps), min(one.max_zoom for one in maps) + 1)
    if not levels:
        st.warning("These two maps have no zoom level in common. Choose another one.")
        return None
    allowed = [level for level in levels if estimate(bounds, level).is_allowed] or levels[:1]
    place = f"{key}_zoom_{levels[0]}_{levels[-1]}"
    # The words of a level change with the latitude of the area, so the level itself is set anew;
    # another area may need another one, but a level the user picked for this area is left alone.
    chosen, former = st.session_state.get(place), st.session_state.get(f"{place}_bounds")
    is_kept = chosen in allowed or (chosen in levels and former == bounds)
    st.session_state[place] = chosen if is_kept else allowed[-1]
    st.session_state[f"{place}_bounds"] = bounds
    return st.select_slider(
        "Zoom level",
        list(levels),
        format_func=lambda level: f"{level}: {_gsd_words(estimate(bounds, level))}",
        key=place,
        help="Finer levels show more and take four times the tiles each. A level finer than what"
        " the provider really has only enlarges the picture.",
    )


def _estimate_words(needed: Estimate) -> str:
    size = f"{needed.width_px:,} x {needed.height_px:,} pixels"
    return (
        f"Per date: **{needed.tiles:,} {'tile' if needed.tiles == 1 else 'tiles'}**, {size}"
        f" ({needed.width_px * needed.height_px / 1e6:,.1f} megapixels), about"
        f" {max(needed.bytes / 1e6, 0.1):,.1f} MB to download; {_gsd_words(needed)}."
    )


def _gsd_words(needed: Estimate) -> str:
    return f"{quantities.text(needed.gsd_m, 'm')} per pixel"


def _show_terms(maps: Pair) -> None:
    """Which map becomes which date, and what its provider asks for."""
    for date, basemap in zip(("Pre", "Post"), maps, strict=True):
        st.markdown(
            f"**{date}**: {plain(basemap.title)}  \n:gray[{plain(basemap.attribution)}."
            f" {plain(basemap.terms)}]"
        )


def _older_first(left: Basemap, right: Basemap) -> Pair:
    """The earlier date is pre, on whichever side it lies; without dates the left one."""
    if left.dated_on and right.dated_on and left.dated_on > right.dated_on:
        return right, left
    if right.dated_on and not left.dated_on:
        return right, left
    return left, right


def _show_watched(owner: str) -> None:
    """Fetches under way, also those begun before a reload, and what became of the last one."""
    watched = st.session_state.get(_WATCHED)
    for job in jobs.listed(owner, limit=20):
        if job.kind in {PAIR_KIND, RELEASES_KIND} and (job.is_active or job.id == watched):
            show_job(owner, job.id, on_done=lambda done: _arrived(owner, done))
            if job.status == "done":
                _show_done(job)


def _arrived(owner: str, job: Job) -> None:
    """Work on the new project; the page runs again and shows it."""
    st.session_state[_WATCHED] = job.id
    if job.kind == PAIR_KIND:
        choose(projects.get(owner, str(job.result["project"])))


def _show_done(job: Job) -> None:
    if job.kind == RELEASES_KIND:
        new = job.result["new"]
        st.success(f"New releases: {new}." if new else "There are no newer releases.")
        return
    st.success("Both dates are here; the project is open.", icon=":material/check_circle:")
    tiles, same, missing = (job.result[name] for name in ("tiles", "same_tiles", "missing"))
    if same:
        st.caption(f"{same} of {tiles} tiles are the same picture on both dates.")
    if any(missing):
        st.caption(
            f"The provider had no picture for {max(missing)} of {tiles} tiles; they are empty."
        )


def _show_refresh(owner: str) -> None:
    if settings.load().allow_basemaps and st.button(
        "Look for newer Wayback releases", icon=":material/refresh:", key="wayback_refresh"
    ):
        _submit(owner, RELEASES_KIND, {})


def _submit(owner: str, kind: str, params: dict[str, Any]) -> None:
    try:
        job = jobs.submit(owner, kind, params)
    except GroundshiftError as error:
        show_error(error)
        return
    st.session_state[_WATCHED] = job.id
    st.rerun()
