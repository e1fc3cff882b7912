"""Background maps to choose from: dated imagery first, then current imagery and maps, then yours.

Takes current maps from leafmap's catalogue. Opens no connection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import settings
from errors import NotFoundError
from raster.text import clean
from services import basemap_series, wayback
from services.basemap import Basemap, host_of, origin_of
from services.basemap_settings import slug, yours

if TYPE_CHECKING:
    from xyzservices import TileProvider

__all__ = ["Basemap", "allowed_hosts", "allowed_origins_csp", "catalogue", "get"]

# Entries of leafmap's catalogue that need no key, cover their area without gaps, are in Web
# Mercator and answer over https. Overlays of roads, tracks or names are no background.
IMAGERY = {
    "Esri.WorldImagery": "Esri World Imagery",
    "USGS.USImagery": "USGS imagery, United States",
    "BasemapAT.orthofoto": "basemap.at orthophotos, Austria",
    "SwissFederalGeoportal.SWISSIMAGE": "swisstopo SWISSIMAGE, Switzerland",
    "nlmaps.luchtfoto": "PDOK aerial photographs, Netherlands",
}
MAPS = {
    "OpenStreetMap.Mapnik": "OpenStreetMap",
    "OpenTopoMap": "OpenTopoMap",
    "Esri.WorldTopoMap": "Esri topographic map",
    "Esri.WorldStreetMap": "Esri street map",
    "Esri.WorldGrayCanvas": "Esri grey canvas",
    "USGS.USTopo": "USGS topographic map, United States",
    "UN.ClearMap": "United Nations Clear Map",
}
IGN = "IGN orthophotos, France"
IGN_NAME = "GeoportailFrance.Orthoimagery_Orthophotos{}"
IGN_YEAR = re.compile(IGN_NAME.replace(".", r"\.").format(r"(\d{4})"))
IGN_TERMS = "Open Licence 2.0 (Etalab): keep the attribution. Each year covers some regions only."
IMAGERY_TERMS = "Keep the attribution, and make sure that the provider lets you keep copies."
MAP_TERMS = "For looking only: the provider does not allow downloads of areas."
DEFAULT_MAX_ZOOM = 19


def catalogue() -> tuple[Basemap, ...]:
    """Every map, dated ones first; within a series the newest first.

    The first call imports leafmap, about a second; later ones are quick.

    Raises:
        InputError: the operator's own maps cannot be used.
    """
    return tuple(_by_id().values())


def get(basemap_id: str) -> Basemap:
    """The map of an id.

    Raises:
        NotFoundError: there is none.
    """
    found = _by_id().get(basemap_id)
    if found is None:
        msg = "There is no such background map."
        raise NotFoundError(msg, hint="Choose another one.")
    return found


def allowed_hosts() -> frozenset[str]:
    """Hosts the server may ask for pictures and for the days they were taken."""
    asked = (basemap for basemap in catalogue() if basemap.may_fetch or basemap.through_server)
    captures = {wayback.metadata_host()} if settings.load().allow_basemaps else set()
    return frozenset({basemap.host for basemap in asked} | captures)


def allowed_origins_csp() -> tuple[str, ...]:
    """Origins the browser may load pictures from, sorted, for a Content-Security-Policy."""
    direct = (basemap for basemap in catalogue() if not basemap.through_server)
    return tuple(sorted({origin_of(basemap.url) for basemap in direct}))


def _by_id() -> dict[str, Basemap]:
    words = settings.load().model_dump_json()
    return _built(datetime.now(UTC).date(), wayback.changed_ns(), words)


@lru_cache(maxsize=2)
def _built(today: date, _releases_changed_ns: int, _settings: str) -> dict[str, Basemap]:
    """Made again on a new day, with new releases and with other settings; takes 3 ms."""
    return {basemap.id: basemap for basemap in _all(today)}


def _all(today: date) -> Iterator[Basemap]:
    if settings.load().allow_basemaps:
        yield from basemap_series.wayback_releases()
        yield from basemap_series.cloudless_years()
        if settings.load().planet_key.get_secret_value():
            yield from basemap_series.planet_months(today)
        yield from _from_leafmap()
    yield from yours()


@cache
def _from_leafmap() -> tuple[Basemap, ...]:
    """Dated orthophotos, current imagery and maps of leafmap's catalogue.

    Imported here because leafmap takes a second and much memory. It neither asks the network nor
    writes a file while it is imported; a test watches it.
    """
    from leafmap.basemaps import get_xyz_dict  # type: ignore[import-untyped]  # has no types

    entries = get_xyz_dict(free_only=True, france=True)
    years = sorted((match[1] for match in map(IGN_YEAR.fullmatch, entries) if match), reverse=True)
    return (
        *(_orthophotos(entries[IGN_NAME.format(year)], year) for year in years),
        *(_current(entries[name], title, IMAGERY_TERMS) for name, title in IMAGERY.items()),
        *(_map(entries[name], title) for name, title in MAPS.items()),
    )


def _orthophotos(entry: TileProvider, year: str) -> Basemap:
    """France in one year, by the national institute of geography (IGN)."""
    title = f"IGN orthophotos {year}"
    credit = f"© IGN, orthophotos {year}, Géoportail"
    dated = _current(entry, title, IGN_TERMS)
    return replace(
        dated, id=f"ign-{year}", group="dated", series=IGN, attribution=credit, dated_on=year
    )


def _map(entry: TileProvider, title: str) -> Basemap:
    """A drawn map: good for finding one's way, no picture of the ground."""
    return replace(_current(entry, title, MAP_TERMS), may_fetch=False)


def _current(entry: TileProvider, title: str, terms: str) -> Basemap:
    url = entry.build_url()
    return Basemap(
        id=slug(entry.name),
        title=title,
        group="current",
        series=title,
        url=url,
        attribution=clean(entry.attribution.replace("(C)", "©"), limit=300),
        terms=terms,
        min_zoom=entry.get("min_zoom", 0),
        max_zoom=entry.get("max_zoom", DEFAULT_MAX_ZOOM),
        dated_on=None,
        host=host_of(url),
        source=url,
    )
