"""Series of dated background maps: one map per release, year or month.

Names of layers and rules of use come from the providers' own pages; they are listed in
`docs/basemaps.md`. Opens no connection.
"""

from collections.abc import Iterator
from datetime import date

from services import wayback
from services.basemap import Basemap, filled, host_of
from services.basemap_settings import served_url

WAYBACK = "Esri World Imagery Wayback"
CLOUDLESS = "Sentinel-2 cloudless"
PLANET = "Planet monthly mosaics"

WAYBACK_CREDIT = (
    "Esri World Imagery Wayback ({day}): Esri, Vantor, Earthstar Geographics, and the GIS User"
    " Community"
)
WAYBACK_TERMS = (
    "Esri's terms apply: keep the attribution, and make sure that you may keep copies. The date is"
    " the day of the release; the pictures in it are older."
)
WAYBACK_MAX_ZOOM = 19

# Layers of the WMTS at tiles.maps.eox.at. The layer of 2017 serves empty pictures and is left out.
CLOUDLESS_YEARS = (2025, 2024, 2023, 2022, 2021, 2020, 2019, 2018, 2016)
CLOUDLESS_URL = "https://tiles.maps.eox.at/wmts/1.0.0/{layer}/default/GoogleMapsCompatible/{{z}}/{{y}}/{{x}}.jpg"
CLOUDLESS_CREDIT = (
    "EOxCloudless https://cloudless.eox.at by EOX IT Services GmbH"
    " (Contains modified Copernicus Sentinel data {year})"
)
CLOUDLESS_FREE = "Licence CC BY 4.0: keep the attribution."
CLOUDLESS_SHARED = (
    "Licence CC BY-NC-SA 4.0: keep the attribution; commercial use needs a licence from EOX."
)
# 10 m pixels: level 14 has 9.55 m at the equator, finer levels only enlarge.
CLOUDLESS_MAX_ZOOM = 14

PLANET_URL = (
    "https://tiles.planet.com/basemaps/v1/planet-tiles/global_monthly_{year}_{month:02}_mosaic/"
    "gmap/{{z}}/{{x}}/{{y}}.png"
)
PLANET_TERMS = "The licence of your Planet plan applies; keep the attribution."
PLANET_FIRST = (2016, 1)
# 4.77 m pixels; finer levels are enlarged by the server (docs.planet.com, XYZ tile services).
PLANET_MAX_ZOOM = 15


def wayback_releases() -> Iterator[Basemap]:
    """One map per release of World Imagery, the newest first."""
    for release in wayback.releases():
        day = release.released_on.isoformat()
        yield Basemap(
            id=f"wayback-{release.number}",
            title=f"Esri Wayback, release of {day}",
            group="dated",
            series=WAYBACK,
            url=release.url,
            attribution=WAYBACK_CREDIT.format(day=day),
            terms=WAYBACK_TERMS,
            min_zoom=0,
            max_zoom=WAYBACK_MAX_ZOOM,
            dated_on=day,
            host=host_of(release.url),
            source=release.url,
        )


def cloudless_years() -> Iterator[Basemap]:
    """One mosaic of Sentinel-2 per year, the newest first."""
    for year in CLOUDLESS_YEARS:
        layer = "s2cloudless_3857" if year == 2016 else f"s2cloudless-{year}_3857"
        url = CLOUDLESS_URL.format(layer=layer)
        yield Basemap(
            id=f"cloudless-{year}",
            title=f"Sentinel-2 cloudless {year}",
            group="dated",
            series=CLOUDLESS,
            url=url,
            attribution=CLOUDLESS_CREDIT.format(year=year),
            terms=CLOUDLESS_FREE if year == 2016 else CLOUDLESS_SHARED,
            min_zoom=0,
            max_zoom=CLOUDLESS_MAX_ZOOM,
            dated_on=str(year),
            host=host_of(url),
            source=url,
        )


def planet_months(today: date) -> Iterator[Basemap]:
    """One mosaic per finished month, the newest first; for an operator with a key.

    The browser asks this server, which adds the key: the key never leaves it.
    """
    for year, month in _finished_months(today):
        basemap_id = f"planet-{year}-{month:02}"
        url = PLANET_URL.format(year=year, month=month)
        yield Basemap(
            id=basemap_id,
            title=f"Planet, {year}-{month:02}",
            group="dated",
            series=PLANET,
            url=served_url(basemap_id),
            attribution=f"Imagery © {year} Planet Labs PBC",
            terms=PLANET_TERMS,
            min_zoom=0,
            max_zoom=PLANET_MAX_ZOOM,
            dated_on=f"{year}-{month:02}",
            host=host_of(filled(url, 0, 0, 0)),
            source=url,
            needs_key=True,
            through_server=True,
        )


def _finished_months(today: date) -> Iterator[tuple[int, int]]:
    year, month = today.year, today.month
    while (year, month) > PLANET_FIRST:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        yield year, month
