"""What a page tells the map and what the map tells the page.

Knows nothing of Streamlit, of Leaflet or of what the layers show.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees
Mode = Literal["single", "swipe", "dual"]
Tool = Literal["area", "prompt", "measure", "import"]
PromptForm = Literal["inside", "outside", "box", "outline", "line"]
Held = Literal["", "point_in", "point_out", "box", "outline", "reshape", "line"]
GeoJson = Mapping[str, Any]

NOTHING: GeoJson = {"type": "FeatureCollection", "features": []}


@dataclass(frozen=True)
class TileLayer:
    """Map tiles from an address with `{z}`, `{x}` and `{y}`.

    Attributes:
        id: the same over reruns; a new `url` under an old id is swapped without a flash.
        max_native_zoom: deepest level the server has; deeper ones are enlarged in the browser.
        bounds: no tile is asked for outside.
    """

    id: str
    title: str
    url: str
    attribution: str = ""
    opacity: float = 1.0
    visible: bool = True
    min_zoom: int = 0
    max_zoom: int = 24
    max_native_zoom: int = 22
    kind: Literal["basemap", "scene", "overlay"] = "scene"
    bounds: Bounds | None = None


@dataclass(frozen=True)
class ImageLayer:
    """One picture stretched over `bounds`; `url` is an address of ours or a `data:` URL."""

    id: str
    title: str
    url: str
    bounds: Bounds
    opacity: float = 1.0
    visible: bool = True
    attribution: str = ""


Layer = TileLayer | ImageLayer


@dataclass(frozen=True)
class LegendEntry:
    """A colour and its meaning.

    Attributes:
        label: for people.
        color: CSS colour.
        name: class of the objects it colours, if not `label`.
        dash: lengths of strokes and gaps in pixels, e.g. `6 4`; empty for a whole line.
        filled: whether the objects are filled; a second sign beside the colour.
    """

    label: str
    color: str
    name: str = ""
    dash: str = ""
    filled: bool = True


@dataclass(frozen=True, kw_only=True)
class MapSpec:
    """All a map shows. Where the user may change a value too, a *changed* value here wins.

    Attributes:
        left: layers of the earlier date, bottom to top; in mode `single` these are shown.
        right: layers of the later date.
        overlays: layers above both.
        objects: features with the properties `id` (int), `class` and, for the words shown on
            hover, `text`; with `side` (`left` or `right`) where it is at one date only.
        objects_title: what they are, for the list of layers.
        areas: features with the properties `id` and `name`; others are dropped.
        areas_version: raise it to push `areas` into a map that is already open. Otherwise the map
            owns them and `areas` only counts when the map is opened.
        prompts: as in `MapState`; `prompts_version` pushes them as `areas_version` does areas.
        prompts_taken: number of the last mark that the pushed ones answer: what the user marked
            after it, while the push was on its way, stays on the map.
        prompt_forms: what the tool `prompt` may mark.
        one_of_each: whether a new box, outline or cut takes the place of the former one.
        tool: what is in the user's hand while no other tool is; the keys of the toolbar.
        selected: ids of the objects to highlight.
        fit: shown when the map opens without a `view`, and whenever it changes.
        view: an earlier `MapState.view`.
        layer_state: an earlier `MapState.layers`.
        notice: a sentence above the map, such as that no background map can be reached.
    """

    mode: Mode = "single"
    left: tuple[Layer, ...] = ()
    right: tuple[Layer, ...] = ()
    left_title: str = ""
    right_title: str = ""
    overlays: tuple[Layer, ...] = ()
    objects: GeoJson | None = None
    objects_title: str = "Changed objects"
    legend: tuple[LegendEntry, ...] = ()
    areas: GeoJson = field(default_factory=lambda: NOTHING)
    areas_version: int = 0
    prompts: GeoJson = field(default_factory=lambda: NOTHING)
    prompts_version: int = 0
    prompts_taken: int = 0
    prompt_forms: tuple[PromptForm, ...] = ("inside", "outside", "box")
    one_of_each: bool = False
    tool: Held = ""
    selected: tuple[int, ...] = ()
    fit: Bounds | None = None
    view: Mapping[str, Any] | None = None
    layer_state: Mapping[str, Any] | None = None
    tools: frozenset[Tool] = frozenset({"area", "measure", "import"})
    height_px: int = 560
    notice: str = ""


@dataclass(frozen=True, kw_only=True)
class MapState:
    """What the user did with the map; JSON-able field by field.

    Attributes:
        selected: object clicked last, or None after a click beside all objects.
        clicks: how often the user chose or left an object: a new number is a new click.
        prompts: features with the properties `form` (`point`, `box`, `outline`, `line`), `label`
            (1 inside, 0 outside), `side`: the date it was marked on, and `number`: the map counts
            the marks as they are made; 0 for one that a page put there.
        active_area: id of the area drawn or chosen last.
        version: the `areas_version` that `areas` go back to.
        prompts_version: the same of `prompts`.
    """

    view: Mapping[str, Any] | None = None
    areas: GeoJson = field(default_factory=lambda: NOTHING)
    active_area: str | None = None
    selected: int | None = None
    clicks: int = 0
    prompts: GeoJson = field(default_factory=lambda: NOTHING)
    mode: Mode = "single"
    layers: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    prompts_version: int = 0
