"""`map.html`: the changed objects over both dates on a web map, to share.

The page is made by folium: its libraries and the basemap load from the internet, and it says so.
Everything that Leaflet would take for HTML is escaped here.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.page import colors, overlays, rows
from exports.page.placement import picture_grid
from exports.page.view import legend_of
from raster.text import clean
from wording.quantities import text as quantity

if TYPE_CHECKING:
    import folium
    import geopandas as gpd

    from analysis.result import ComparisonResult
    from raster.mask import ChangeClass

NAME = "map"
FILE_NAME = "map.html"
SUFFIX = ".html"
MEDIA_TYPE = "text/html"

MOST_OBJECTS = 5000
SIMPLIFY_PX = 0.5
TEMPLATE = Path(__file__).parent / "templates" / "map_panel.html.j2"
OSM_ATTRIBUTION = (
    '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors'
)
TOOLTIP_FIELDS = {"shown_class": "Class", "shown_area": "Area", "shown_id": "Object"}


@dataclass(frozen=True)
class _Look:
    """Colour of one class as folium's style function wants it."""

    color: str

    def __call__(self, _feature: object) -> dict[str, Any]:
        return {"color": self.color, "weight": 2, "fillColor": self.color, "fillOpacity": 0.25}


def write(result: ComparisonResult, path: Path) -> None:
    """Write the map as one HTML file; at most 5,000 objects are drawn, the largest."""
    path.write_text(render(result), encoding="utf-8")


def render(result: ComparisonResult) -> str:
    """The page as text."""
    import folium

    figure = folium.Figure(title="Groundshift change map")
    page = folium.Map(tiles=None, control_scale=True, prefer_canvas=True, zoom_snap=0.25)
    page.add_to(figure)
    # Leaflet is all that is used here; what is not loaded from elsewhere cannot do harm.
    page.default_js = [entry for entry in page.default_js if entry[0] == "leaflet"]
    page.default_css = [entry for entry in page.default_css if entry[0] == "leaflet_css"]
    folium.TileLayer("OpenStreetMap", name="OpenStreetMap", attr=OSM_ATTRIBUTION).add_to(page)
    _add_pictures(page, result)
    _add_objects(page, result)
    folium.LayerControl(collapsed=False).add_to(page)
    west, south, east, north = result.aoi.geometry.bounds
    page.fit_bounds([[south, west], [north, east]], padding=(30, 30))
    # An element's text is itself a template: a file named `{{ ... }}` would run as one.
    panel = folium.Element("{{ this.text }}")
    panel.text = _panel(result)  # type: ignore[attr-defined]  # elements take any attribute
    figure.html.add_child(panel)
    return str(figure.render())


def _add_pictures(page: folium.Map, result: ComparisonResult) -> None:
    """Both dates as overlays in the map's own projection."""
    import folium

    look = result.quicklook
    grid = picture_grid(result.mask.grid, look)
    for name, rgb, is_shown in (("pre", look.pre_rgb, False), ("post", look.post_rgb, True)):
        overlay = overlays.drape(rgb, grid)
        if overlay:
            folium.raster_layers.ImageOverlay(
                overlay.uri, overlay.corners_latlon, name=f"{name} picture", show=is_shown
            ).add_to(page)


def _add_objects(page: folium.Map, result: ComparisonResult) -> None:
    import folium

    drawn = _drawn(result)
    for entry in result.mask.legend:
        part = drawn[drawn["class"] == entry.name]
        if part.empty:
            continue
        folium.GeoJson(
            _features(part, entry, rows.titles(result.run)),
            name=_markup(entry.label),
            style_function=_Look(colors.safe(entry.color)),
            tooltip=folium.GeoJsonTooltip(list(TOOLTIP_FIELDS), list(TOOLTIP_FIELDS.values())),
            popup=folium.GeoJsonPopup(["shown_all"], labels=False),
        ).add_to(page)


def _drawn(result: ComparisonResult) -> gpd.GeoDataFrame:
    """The largest objects, their outlines simplified by half a pixel, in WGS 84."""
    table = result.objects.head(MOST_OBJECTS).copy()
    pixel = min(abs(result.mask.grid.transform.a), abs(result.mask.grid.transform.e)) or 0.0
    outlines = table.geometry.simplify(SIMPLIFY_PX * pixel, preserve_topology=True)
    return table.set_geometry(outlines).to_crs("EPSG:4326")


def _features(
    table: gpd.GeoDataFrame, entry: ChangeClass, asked: Mapping[str, str]
) -> dict[str, Any]:
    """GeoJSON with nothing but escaped strings as properties."""
    listed = table[["id", "area_m2", "perimeter_m", "score", "seen_by", "lat", "lon"]].itertuples(
        index=False
    )
    features = [
        {
            "type": "Feature",
            "geometry": shape.__geo_interface__,
            "properties": _properties(entry, row, asked),
        }
        for shape, row in zip(table.geometry, listed, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _properties(entry: ChangeClass, row: Any, asked: Mapping[str, str]) -> dict[str, str]:
    seen_by = rows.seen_by(row.seen_by, asked)
    label, area = _markup(entry.label), _markup(quantity(float(row.area_m2), "m2"))
    lines = (
        f"<b>{label}</b>",
        f"object {int(row.id)}",
        f"area {area}",
        f"perimeter {_markup(quantity(float(row.perimeter_m), 'm'))}",
        f"score {float(row.score):.2f}",
        *([f"seen by {_markup(seen_by)}"] if seen_by else []),
        f"{float(row.lat):.5f}, {float(row.lon):.5f}",
    )
    return {
        "shown_id": str(int(row.id)),
        "shown_class": label,
        "shown_area": area,
        "shown_all": "<br>".join(lines),
    }


def _panel(result: ComparisonResult) -> str:
    """Title, legend and notes in a corner of the map."""
    from jinja2 import Environment

    total = len(result.objects)
    template = Environment(autoescape=True).from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        pre=overlays.words(result.pair.pre),
        post=overlays.words(result.pair.post),
        caption=clean(result.caption, limit=2000),
        legend=legend_of(result),
        drawn=quantity(MOST_OBJECTS, "1") if total > MOST_OBJECTS else "",
        total=quantity(total, "1"),
    )


def _markup(text: str) -> str:
    """Text that stays text where Leaflet puts it into the page as HTML.

    Braces too: folium renders the scripts it made once more, as templates.
    """
    return html.escape(clean(text), quote=True).replace("{", "&#123;").replace("}", "&#125;")
