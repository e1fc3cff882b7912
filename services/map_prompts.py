"""What a user pointed at, in map coordinates: checked, merged per thing, put on a scene's pixels.

Points, boxes and polygons come from strangers. Knows nothing of models.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pyproj import Transformer
from pyproj.exceptions import CRSError
from rasterio.crs import CRS
from rasterio.errors import CRSError as RasterCRSError

from errors import InputError
from inference.segmenters.base import Prompt
from raster.findings import Finding
from raster.grid import WGS84, Grid
from raster.scene import Scene
from raster.text import clean

XY = tuple[float, float]
Box = tuple[float, float, float, float]

LONLAT = "EPSG:4326"
GUESSED = ""
"""Degrees, or the scene's own CRS where the numbers cannot be degrees."""
MAX_POINTS = 500
MAX_CORNERS = 5000
MAX_TEXT = 200
MAX_PROMPTS = 5000
# Straight edges of a box in one CRS are bent in another; eight points a side follow them.
SIDE_POINTS = 8


@dataclass(frozen=True)
class MapPrompt:
    """What a user pointed at to get the outline of one thing.

    Attributes:
        inside: points on the thing.
        outside: points beside it.
        box: west, south, east, north around it.
        polygon: rough outline of it, one ring.
        text: what it is, for segmenters that read.
        crs: of all coordinates, e.g. `EPSG:4326` (lon, lat); empty for degrees, or the scene's own
            where the numbers cannot be degrees.
        thing: prompts with one name refine one thing; empty stands alone.
    """

    inside: tuple[XY, ...] = ()
    outside: tuple[XY, ...] = ()
    box: Box | None = None
    polygon: tuple[XY, ...] = ()
    text: str = ""
    crs: str = LONLAT
    thing: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, as `from_json` reads it."""
        return asdict(self)


Number = Annotated[float, Field(allow_inf_nan=False)]


class _Checked(BaseModel):
    """A prompt from outside; its fields are those of `MapPrompt`."""

    model_config = ConfigDict(extra="forbid")

    inside: tuple[tuple[Number, Number], ...] = Field(default=(), max_length=MAX_POINTS)
    outside: tuple[tuple[Number, Number], ...] = Field(default=(), max_length=MAX_POINTS)
    box: tuple[Number, Number, Number, Number] | None = None
    polygon: tuple[tuple[Number, Number], ...] = Field(default=(), max_length=MAX_CORNERS)
    text: str = Field(default="", max_length=MAX_TEXT)
    crs: str = Field(default=LONLAT, max_length=40)
    thing: str = Field(default="", max_length=40)


def from_json(values: Mapping[str, Any]) -> MapPrompt:
    """The prompt of a request.

    Raises:
        InputError: it is no prompt.
    """
    try:
        checked = _Checked.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        msg = f"The prompt has an unusable {'.'.join(map(str, first['loc']))!r}: {first['msg']}."
        raise InputError(msg, hint="Point at the thing again.") from error
    return MapPrompt(**{name: getattr(checked, name) for name in _Checked.model_fields})


def from_options(
    points: Sequence[XY],
    boxes: Sequence[Box],
    outside: Sequence[XY],
    *,
    is_one_thing: bool,
    crs: str,
    text: str,
) -> tuple[MapPrompt, ...]:
    """The prompts of a command line: a thing for each point and box, or one thing of all.

    Raises:
        InputError: points beside the thing, and more than one thing.
    """
    if is_one_thing and len(boxes) > 1:
        msg = f"One thing cannot have {len(boxes)} boxes."
        raise InputError(msg, hint="Give one box around all of it.")
    if is_one_thing and (points or boxes):
        box = boxes[0] if boxes else None
        return (MapPrompt(tuple(points), tuple(outside), box, text=text, crs=crs),)
    if outside and len(points) + len(boxes) > 1:
        msg = "It is not clear which thing the points beside it belong to."
        raise InputError(msg, hint="Add --one-thing, or ask for one thing at a time.")
    if outside and not points and not boxes:
        return (MapPrompt(outside=tuple(outside), crs=crs),)
    around = tuple(MapPrompt(outside=tuple(outside), box=box, text=text, crs=crs) for box in boxes)
    on = (MapPrompt((point,), tuple(outside), text=text, crs=crs) for point in points)
    return (*on, *around)


def merged(prompts: Iterable[MapPrompt]) -> tuple[MapPrompt, ...]:
    """One prompt per thing, in the order in which the things were first pointed at.

    Points of prompts with one name add up; of boxes, polygons and texts the last one counts.

    Raises:
        InputError: prompts of one thing are in different CRSs.
    """
    things: dict[str, MapPrompt] = {}
    for number, prompt in enumerate(prompts):
        key = prompt.thing or f" {number}"
        things[key] = _refined(things[key], prompt) if key in things else prompt
    return tuple(things.values())


def _refined(first: MapPrompt, more: MapPrompt) -> MapPrompt:
    if first.crs != more.crs:
        msg = f"The prompts of {clean(first.thing)!r} are in {first.crs!r} and {more.crs!r}."
        raise InputError(msg, hint="Give all prompts of one thing in one CRS.")
    return replace(
        first,
        inside=first.inside + more.inside,
        outside=first.outside + more.outside,
        box=more.box or first.box,
        polygon=more.polygon or first.polygon,
        text=more.text or first.text,
    )


@dataclass(frozen=True)
class Placed:
    """A prompt on the pixels of a scene.

    Attributes:
        prompt: in pixels of the scene's grid.
        findings: what was assumed.
    """

    prompt: Prompt
    findings: tuple[Finding, ...] = ()


def place(prompt: MapPrompt, scene: Scene) -> Placed:
    """A prompt on the pixels of a scene.

    Raises:
        InputError: it points at nothing, outside the scene, or its CRS is unknown.
    """
    _require_something(prompt)
    crs, findings = _crs(prompt, scene)
    inside, outside = (_pixels(points, crs, scene.grid) for points in _points(prompt))
    box = None if prompt.box is None else _pixels(_ring(prompt.box), crs, scene.grid)
    polygon = _pixels(prompt.polygon, crs, scene.grid)
    _require_inside(prompt, inside, scene)
    for area in (box, polygon):
        if area is not None and len(area):
            _require_overlap(prompt, area, scene)
    around = None if box is None else _bounds(box)
    on_pixels = Prompt(_tuples(inside), _tuples(outside), around, _tuples(polygon), prompt.text)
    return Placed(on_pixels, findings)


def _points(prompt: MapPrompt) -> tuple[Sequence[XY], Sequence[XY]]:
    return prompt.inside, prompt.outside


def _require_something(prompt: MapPrompt) -> None:
    if prompt.box is None and not prompt.inside and len(prompt.polygon) < len("abc"):
        msg = "The prompt points at nothing."
        if prompt.outside:
            msg = "The prompt only says where the thing is not."
        hint = "Give a point on the thing, a box around it, or an outline with three corners."
        raise InputError(msg, hint=hint)
    numbers = [*prompt.inside, *prompt.outside, *prompt.polygon, prompt.box or ()]
    if not all(math.isfinite(number) for numbered in numbers for number in numbered):
        msg = "A coordinate of the prompt is not a number."
        raise InputError(msg, hint="Point at the thing again.")
    if prompt.box is not None:
        west, south, east, north = prompt.box
        if west >= east or south >= north:
            msg = f"The box {_words(prompt.box)} has no area."
            raise InputError(msg, hint="Give it as west, south, east, north.")


def _crs(prompt: MapPrompt, scene: Scene) -> tuple[CRS, tuple[Finding, ...]]:
    """The CRS of a prompt, and a finding where it was guessed."""
    if prompt.crs != GUESSED:
        return _named_crs(prompt.crs), ()
    xs, ys = _all_coordinates(prompt).T
    if scene.grid.crs == WGS84 or (np.abs(xs).max() <= 360 and np.abs(ys).max() <= 90):
        return WGS84, ()
    name = _crs_name(scene.grid.crs)
    message = f"The coordinates cannot be degrees and were taken in the scene's own CRS ({name})."
    remedy = "Name the CRS if that is wrong."
    return scene.grid.crs, (Finding("crs_guessed", "info", message, remedy),)


def _named_crs(text: str) -> CRS:
    try:
        crs = CRS.from_user_input(text)
        Transformer.from_crs(crs.to_wkt(), LONLAT, always_xy=True)
    except (RasterCRSError, CRSError, ValueError) as error:
        msg = f"There is no CRS {clean(text, limit=40)!r}."
        raise InputError(msg, hint="Give an EPSG code, e.g. EPSG:4326.") from error
    return crs


def _all_coordinates(prompt: MapPrompt) -> NDArray[np.float64]:
    box = _ring(prompt.box) if prompt.box else ()
    return np.array([*prompt.inside, *prompt.outside, *box, *prompt.polygon], dtype=np.float64)


def _pixels(points: Sequence[XY], crs: CRS, grid: Grid) -> NDArray[np.float64]:
    """Points (n, 2) as columns and rows of a grid; infinite where the CRS has no such place."""
    if not len(points):
        return np.zeros((0, 2))
    xy = np.array(points, dtype=np.float64)
    if crs != grid.crs:
        move = Transformer.from_crs(crs.to_wkt(), grid.crs.to_wkt(), always_xy=True)
        xy = np.column_stack(move.transform(xy[:, 0], xy[:, 1]))
    if grid.crs.is_geographic:
        # A scene across the antimeridian goes on beyond 180 degrees.
        west, _south, east, _north = grid.bounds
        xy[:, 0] -= 360 * np.rint((xy[:, 0] - (west + east) / 2) / 360)
    cols, rows = ~grid.transform @ (xy[:, 0], xy[:, 1])
    return np.column_stack([cols, rows])


def _ring(box: Box) -> tuple[XY, ...]:
    """Points along the sides of a box."""
    west, south, east, north = box
    shares = np.linspace(0, 1, SIDE_POINTS, endpoint=False)
    across, up = west + shares * (east - west), south + shares * (north - south)
    sides = [
        *((x, south) for x in across),
        *((east, y) for y in up),
        *((east + west - x, north) for x in across),
        *((west, north + south - y) for y in up),
    ]
    return tuple((float(x), float(y)) for x, y in sides)


def _require_inside(prompt: MapPrompt, inside: NDArray[np.float64], scene: Scene) -> None:
    size = np.array([scene.grid.width, scene.grid.height])
    with np.errstate(invalid="ignore"):
        is_in = np.isfinite(inside).all(axis=1) & (inside >= 0).all(axis=1)
        is_in &= (inside < size).all(axis=1)
    if not is_in.all():
        first = prompt.inside[int(np.flatnonzero(~is_in)[0])]
        raise _outside(f"The point {_words(first)}", prompt, scene)


def _require_overlap(prompt: MapPrompt, area: NDArray[np.float64], scene: Scene) -> None:
    if not np.isfinite(area).all():
        raise _outside("The prompt", prompt, scene)
    left, top, right, bottom = _bounds(area)
    if right <= 0 or bottom <= 0 or left >= scene.grid.width or top >= scene.grid.height:
        what = f"The box {_words(prompt.box)}" if prompt.box else "The outline"
        raise _outside(what, prompt, scene)


def _outside(what: str, prompt: MapPrompt, scene: Scene) -> InputError:
    name = _crs_name(scene.grid.crs)
    bounds = _words(scene.grid.bounds)
    msg = f"{what} ({prompt.crs or LONLAT}) lies outside the scene {scene.name!r}."
    return InputError(msg, hint=f"The scene covers west, south, east, north {bounds} in {name}.")


def _crs_name(crs: CRS) -> str:
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else "its own CRS"


def _words(numbers: Sequence[float] | None) -> str:
    return ", ".join(f"{number:.8g}" for number in numbers or ())


def _bounds(points: NDArray[np.float64]) -> Box:
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _tuples(points: NDArray[np.float64]) -> tuple[XY, ...]:
    finite = points[np.isfinite(points).all(axis=1)]
    return tuple((float(x), float(y)) for x, y in finite)
