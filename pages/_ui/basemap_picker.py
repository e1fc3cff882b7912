"""Which background map lies below each date: a series, and a date of it where it has several.

Knows nothing of scenes or of what the maps are used for.
"""

from collections.abc import Mapping

import streamlit as st

from pages._ui.map_view import TileLayer
from pages._ui.words import plain, told_apart
from services import basemaps
from services.basemap import Basemap

NONE = "No background map"
GROUPS = {"dated": "Dated", "current": "Current", "yours": "Yours"}
DEEPEST_ZOOM = 24
"""Levels finer than the provider's are enlarged in the browser."""

GLOBE = (-180.0, -85.0511, 180.0, 85.0511)
"""All of Web Mercator: beyond it, a map that was panned around would ask for tiles nobody has."""

Series = Mapping[str, tuple[Basemap, ...]]


def ask_basemaps(
    *, key: str, left: str = "", right: str = ""
) -> tuple[Basemap | None, Basemap | None]:
    """The background maps of the earlier and of the later date, chosen independently.

    Args:
        key: one per place of use.
        left: id of the map to begin with on the left; none where it is empty or gone.
        right: likewise on the right.
    """
    series = _series()
    if not series:
        st.caption("This server offers no background maps; an operator can allow them.")
        return None, None
    first, second = st.columns(2)
    with first:
        chosen_left = _ask_side("Left background map", series, f"{key}_left", left)
    with second:
        chosen_right = _ask_side("Right background map", series, f"{key}_right", right)
    return chosen_left, chosen_right


def tile_layer(basemap: Basemap) -> TileLayer:
    """The map as a layer below everything else."""
    return TileLayer(
        id=f"basemap-{basemap.id}",
        title=basemap.title,
        url=basemap.url,
        attribution=basemap.attribution,
        min_zoom=basemap.min_zoom,
        max_zoom=DEEPEST_ZOOM,
        max_native_zoom=basemap.max_zoom,
        kind="basemap",
        bounds=GLOBE,
    )


def _ask_side(label: str, series: Series, key: str, before: str) -> Basemap | None:
    former = next((one for maps in series.values() for one in maps if one.id == before), None)
    names = [NONE, *series]
    name = st.selectbox(
        label,
        names,
        index=names.index(former.series) if former else 0,
        format_func=lambda name: _series_words(series.get(name)),
        key=f"{key}_series",
    )
    maps = series.get(name, ())
    if not maps:
        return None
    basemap = maps[0] if len(maps) == 1 else _ask_date(label, maps, f"{key}_{name}", former)
    st.caption(plain(basemap.attribution))
    return basemap


def _ask_date(label: str, maps: tuple[Basemap, ...], key: str, former: Basemap | None) -> Basemap:
    by_id = {basemap.id: basemap for basemap in maps}
    titles = told_apart({basemap.id: basemap.dated_on or basemap.title for basemap in maps})
    ids = list(by_id)
    chosen = st.selectbox(
        f"Date of the {label.lower()}",
        ids,
        index=ids.index(former.id) if former and former.id in by_id else 0,
        format_func=lambda found: titles[found],
        key=key,
        label_visibility="collapsed",
    )
    return by_id[chosen]


def _series() -> Series:
    """Maps by series, in the order of the catalogue: dated ones come first."""
    found: dict[str, tuple[Basemap, ...]] = {}
    for basemap in basemaps.catalogue():
        found[basemap.series] = (*found.get(basemap.series, ()), basemap)
    return found


def _series_words(maps: tuple[Basemap, ...] | None) -> str:
    return f"{GROUPS[maps[0].group]}: {maps[0].series}" if maps else NONE
