"""Renders a pair of scenes with exact truth: the public door of the simulation.

`render(PairSpec(...))` plans a place, lets events happen, paints both dates and takes the pictures.
Knows nothing of files or coordinates on Earth; `samples.py` adds those.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rasterio.features import rasterize
from shapely import affinity
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from errors import InputError
from raster.mask import State
from raster.scene import BandRole
from simulation import nuisances as effects
from simulation import painting, sensors, surfaces
from simulation.distractors import distract
from simulation.events import LEGEND, Event, Story, TruthClass, happen
from simulation.nuisances import Exposure, Look, Nuisances
from simulation.painting import View
from simulation.places import Kind, lay_out
from simulation.plan import BUILDING_KINDS, Date, Plan, Site
from simulation.sensors import SENSORS, Pixels, SensorName
from simulation.surfaces import Textures
from simulation.terrain import faces

MARGIN_PX = 16
OVERSAMPLE = 2


@dataclass(frozen=True)
class PairSpec:
    """What to render; equal specs give equal pairs.

    Attributes:
        seed: of everything random.
        kind: kind of place.
        shape: (rows, cols).
        gsd_m: ground size of a pixel.
        sensor: name of the sensor.
        events: what happens between the dates.
        nuisances: what else differs.
    """

    seed: int
    kind: Kind = "suburb"
    shape: tuple[int, int] = (512, 512)
    gsd_m: float = 0.5
    sensor: SensorName = "rgb"
    events: tuple[Event, ...] = ()
    nuisances: Nuisances = field(default_factory=Nuisances)


@dataclass(frozen=True)
class TruthObject:
    """One thing on the ground that truth speaks of.

    Attributes:
        id: 1-based.
        class_name: name of a `TruthClass`, or `building` for an unchanged one.
        state: direction of the change, or `unchanged`.
        polygon: outline in pixel coordinates of pre (x right, y down, corner of the first pixel
            is 0, 0), clipped to the picture.
        in_pre: stands at the pre date.
        in_post: stands at the post date.
        height_m: 0 for surfaces.
    """

    id: int
    class_name: str
    state: State | Literal["unchanged"]
    polygon: BaseGeometry
    in_pre: bool
    in_post: bool
    height_m: float


@dataclass(frozen=True)
class SimulatedPair:
    """Two scenes and the truth on pre's grid.

    Attributes:
        pre: (band, row, col) in the sensor's dtype; 0 where not observed.
        post: likewise.
        pre_valid: (row, col) observed at the pre date.
        post_valid: (row, col) observed at the post date.
        cloud: (row, col) under a cloud or its shadow at either date.
        truth: (row, col) uint8: 0 unchanged, codes of the legend.
        legend: classes a code can stand for.
        objects: changes, then unchanged buildings.
        buildings_pre: (row, col) uint8, 1 = footprint of a building that stands at pre.
        buildings_post: likewise at post; rubble is no building.
        shift_px: (dx, dy) that post content lies right of and below where pre has it.
        gsd_m: ground size of a pixel.
        roles: band roles.
        band_names: band names.
    """

    pre: Pixels
    post: Pixels
    pre_valid: NDArray[np.bool_]
    post_valid: NDArray[np.bool_]
    cloud: NDArray[np.bool_]
    truth: NDArray[np.uint8]
    legend: tuple[TruthClass, ...]
    objects: tuple[TruthObject, ...]
    buildings_pre: NDArray[np.uint8]
    buildings_post: NDArray[np.uint8]
    shift_px: tuple[float, float]
    gsd_m: float
    roles: tuple[BandRole, ...]
    band_names: tuple[str, ...]

    @property
    def changed(self) -> tuple[TruthObject, ...]:
        """The objects that changed."""
        return tuple(entry for entry in self.objects if entry.state != "unchanged")


def render(spec: PairSpec) -> SimulatedPair:
    """The pair of a spec.

    Raises:
        InputError: an unknown kind, event or sensor, or a shape without pixels.
    """
    check(spec)
    sensor = SENSORS[spec.sensor]
    story = tell(spec)
    noise = textures(spec, story.plan)
    pre = take(spec, story.plan, noise, "pre")
    post = take(spec, story.plan, noise, "post")
    objects = truth_objects(story, spec.gsd_m, spec.shape)
    return SimulatedPair(
        pre=effects.blank(sensors.quantise(pre.values, sensor), pre.valid),
        post=effects.blank(sensors.quantise(post.values, sensor), post.valid),
        pre_valid=pre.valid,
        post_valid=post.valid,
        cloud=pre.cloud | post.cloud,
        truth=truth_mask(objects, spec.shape),
        legend=LEGEND,
        objects=objects,
        buildings_pre=building_mask(story, "pre", spec),
        buildings_post=building_mask(story, "post", spec),
        shift_px=spec.nuisances.shift_px,
        gsd_m=spec.gsd_m,
        roles=sensor.roles,
        band_names=sensor.names,
    )


def check(spec: PairSpec) -> None:
    """Refuse a spec that cannot be rendered.

    Raises:
        InputError: an unknown sensor, or a shape without pixels.
    """
    if spec.sensor not in SENSORS:
        message = f"There is no sensor {spec.sensor!r}."
        raise InputError(message, hint=f"Choose one of {', '.join(SENSORS)}.")
    if min(spec.shape) < 1 or spec.gsd_m <= 0:
        message = f"A pair needs pixels with a ground size, not {spec.shape!r} at {spec.gsd_m!r} m."
        raise InputError(message, hint="Give at least one row and column and a positive gsd_m.")


def tell(spec: PairSpec) -> Story:
    """The place of a spec, its events and its distractors, in metres from the canvas corner."""
    rng = np.random.default_rng([spec.seed, 1])
    rows, cols = spec.shape
    margin_m = MARGIN_PX * spec.gsd_m
    site = Site(rows * spec.gsd_m + 2 * margin_m, cols * spec.gsd_m + 2 * margin_m, spec.gsd_m)
    plan = lay_out(rng, site, spec.kind)
    view = box(margin_m, margin_m, site.width_m - margin_m, site.height_m - margin_m)
    story = happen(rng, plan, spec.events, view.buffer(-2 * spec.gsd_m))
    calm = np.random.default_rng([spec.seed, 2])
    plan = distract(calm, story.plan, spec.nuisances.distractors)
    return Story(plan, story.changes, view)


def textures(spec: PairSpec, plan: Plan) -> Textures:
    """The noise of a plan on the canvas of a spec."""
    rows, cols = (OVERSAMPLE * (size + 2 * MARGIN_PX) for size in spec.shape)
    return surfaces.textures(plan, (rows, cols), spec.gsd_m / OVERSAMPLE)


def take(spec: PairSpec, plan: Plan, noise: Textures, date: Date) -> Exposure:
    """Paint one date of a plan and take its picture."""
    sensor = SENSORS[spec.sensor]
    look: Look = spec.nuisances.pre if date == "pre" else spec.nuisances.post
    view = View(date, sensor.roles, look.season, look.sun)
    canvas = painting.paint(plan, view, noise, spec.gsd_m / OVERSAMPLE)
    rng = np.random.default_rng([spec.seed, 3 if date == "pre" else 4])
    if date == "post":
        dx, dy = spec.nuisances.shift_px
        moved = (OVERSAMPLE * dx, OVERSAMPLE * dy)
        canvas = effects.displace(rng, canvas, moved, OVERSAMPLE * spec.nuisances.warp_px)
    pixels = sensors.average(canvas, OVERSAMPLE)
    inner = pixels[:, MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX]
    return effects.expose(rng, np.ascontiguousarray(inner), sensor, look)


def to_pixels(shape: BaseGeometry, story: Story, gsd_m: float) -> BaseGeometry:
    """A polygon in metres of the plan in pixel coordinates of the view."""
    west, north, _east, _south = story.view.bounds
    return affinity.affine_transform(
        shape, [1 / gsd_m, 0, 0, 1 / gsd_m, -west / gsd_m, -north / gsd_m]
    )


def truth_objects(story: Story, gsd_m: float, shape: tuple[int, int]) -> tuple[TruthObject, ...]:
    """Changes, then unchanged buildings, in pixel coordinates, clipped to the picture."""
    frame = box(0, 0, shape[1], shape[0])
    found: list[TruthObject] = []
    for change in story.changes:
        polygon = faces(to_pixels(change.polygon, story, gsd_m).intersection(frame))
        state = change.kind.state
        if not polygon.is_empty:
            found.append(
                TruthObject(len(found) + 1, change.kind.name, state, polygon,
                            state in {"vanished", "changed", "decrease"},
                            state in {"appeared", "changed", "increase"}, change.height_m)
            )  # fmt: skip
    for building in story.plan.buildings:
        is_calm = building.presence.pre and building.presence.post and building.damage == "none"
        if building.kind in BUILDING_KINDS and is_calm:
            polygon = faces(to_pixels(building.footprint("pre"), story, gsd_m).intersection(frame))
            if not polygon.is_empty:
                number = len(found) + 1
                height = building.height_m
                found.append(
                    TruthObject(number, "building", "unchanged", polygon, True, True, height)
                )
    return tuple(found)


def truth_mask(objects: tuple[TruthObject, ...], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Class codes (row, col): a pixel belongs to the object that holds its centre."""
    codes = {entry.name: entry.code for entry in LEGEND}
    shapes = [(o.polygon, codes[o.class_name]) for o in objects if o.state != "unchanged"]
    if not shapes:
        return np.zeros(shape, np.uint8)
    return np.asarray(rasterize(shapes, out_shape=shape, fill=0, dtype="uint8"), np.uint8)


def building_mask(story: Story, date: Date, spec: PairSpec) -> NDArray[np.uint8]:
    """1 where a building stands at a date (row, col)."""
    shapes = []
    for building in story.plan.buildings:
        is_rubble = date == "post" and building.damage == "rubble"
        if building.kind in BUILDING_KINDS and not is_rubble:
            shape = to_pixels(building.footprint(date), story, spec.gsd_m)
            if not shape.is_empty:
                shapes.append((shape, 1))
    if not shapes:
        return np.zeros(spec.shape, np.uint8)
    return np.asarray(rasterize(shapes, out_shape=spec.shape, fill=0, dtype="uint8"), np.uint8)
