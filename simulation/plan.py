"""What stands where at which date: surfaces, buildings and trees of a place, in metres.

A plan is drawn once; painting it for a date is `painting.py`. x grows right, y down, the origin is
the upper left corner of the painted ground. Knows nothing of pixels or sensors.
"""

import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from simulation.terrain import rectangle

Date = Literal["pre", "post"]
Roof = Literal["flat", "gable", "hip", "round"]
BuildingKind = Literal["house", "shed", "vehicle", "ship", "containers", "tank"]
Damage = Literal["none", "rubble", "partial", "tarpaulin"]
BUILDING_KINDS: tuple[BuildingKind, ...] = ("house", "shed", "tank")


@dataclass(frozen=True)
class Presence:
    """At which dates something stands."""

    pre: bool = True
    post: bool = True

    def at(self, date: Date) -> bool:
        """Whether it stands at a date."""
        return self.pre if date == "pre" else self.post


ALWAYS = Presence()


@dataclass(frozen=True)
class Rows:
    """Furrows, tree rows or mowing lines of a field."""

    angle_rad: float
    spacing_m: float
    strength: float


@dataclass(frozen=True)
class Area:
    """One surface; later areas cover earlier ones.

    Attributes:
        polygon: outline in metres.
        material: key of `spectra.MATERIALS`.
        tint: brightness factor.
        presence: dates at which it lies there.
        rows: furrows, if any.
        toward: another material and its share (0..1), for soft transitions.
    """

    polygon: BaseGeometry
    material: str
    tint: float = 1.0
    presence: Presence = ALWAYS
    rows: Rows | None = None
    toward: tuple[str, float] | None = None


@dataclass(frozen=True)
class Part:
    """One box of a building.

    Attributes:
        centre: (x, y) in metres.
        length_m: size along `angle_rad`, which is also the ridge.
        width_m: size across.
        angle_rad: direction of the length.
        height_m: height of the eaves over ground.
        roof: shape.
        presence: dates, within the presence of the building.
    """

    centre: tuple[float, float]
    length_m: float
    width_m: float
    angle_rad: float
    height_m: float
    roof: Roof = "flat"
    presence: Presence = ALWAYS

    @cached_property
    def polygon(self) -> Polygon:
        """Footprint in metres."""
        if self.roof == "round":
            return Point(self.centre).buffer(self.length_m / 2)
        return rectangle(self.centre, self.length_m, self.width_m, self.angle_rad)


@dataclass(frozen=True)
class Building:
    """One thing with a height: a house, a shed, a tank, but also a vehicle, ship or stack.

    Attributes:
        kind: what it is; houses, sheds and tanks are buildings in the masks.
        parts: boxes; together they are the footprint.
        material: roof material.
        tint: brightness factor of the roof.
        presence: dates.
        damage: state at the post date.
        seed: of its own texture.
    """

    kind: BuildingKind
    parts: tuple[Part, ...]
    material: str
    tint: float = 1.0
    presence: Presence = ALWAYS
    damage: Damage = "none"
    seed: int = 0

    def parts_at(self, date: Date) -> tuple[Part, ...]:
        """The boxes that stand at a date."""
        if not self.presence.at(date):
            return ()
        return tuple(part for part in self.parts if part.presence.at(date))

    @cached_property
    def outline(self) -> BaseGeometry:
        """Union of all boxes."""
        if len(self.parts) == 1:
            return self.parts[0].polygon
        return unary_union([part.polygon for part in self.parts])

    def footprint(self, date: Date) -> BaseGeometry:
        """Union of the boxes that stand at a date."""
        parts = self.parts_at(date)
        if len(parts) == len(self.parts):
            return self.outline
        return unary_union([part.polygon for part in parts]) if parts else Polygon()

    @property
    def height_m(self) -> float:
        """Height of the tallest box."""
        return max(part.height_m for part in self.parts)


@dataclass(frozen=True)
class Trees:
    """Single trees, one array entry each.

    Attributes:
        xy: (n, 2) positions in metres.
        radius_m: (n,) crown radius.
        is_conifer: (n,) evergreen, dark and pointed.
        pre: (n,) stands at the pre date.
        post: (n,) stands at the post date.
    """

    xy: NDArray[np.float64]
    radius_m: NDArray[np.float64]
    is_conifer: NDArray[np.bool_]
    pre: NDArray[np.bool_]
    post: NDArray[np.bool_]

    @classmethod
    def planted(
        cls, xy: NDArray[np.float64], radius_m: NDArray[np.float64], is_conifer: NDArray[np.bool_]
    ) -> "Trees":
        """Trees that stand at both dates."""
        stands = np.ones(len(xy), bool)
        return cls(xy.reshape(-1, 2), radius_m, is_conifer, stands, stands)

    def at(self, date: Date) -> NDArray[np.bool_]:
        """(n,) which stand at a date."""
        return self.pre if date == "pre" else self.post

    def without(self, gone: NDArray[np.bool_], date: Date) -> "Trees":
        """The trees with those marked `gone` missing at a date."""
        if date == "pre":
            return replace(self, pre=self.pre & ~gone)
        return replace(self, post=self.post & ~gone)


def join(groves: list[Trees]) -> Trees:
    """All trees of several groves."""
    if not groves:
        none = np.zeros(0, bool)
        return Trees(np.zeros((0, 2)), np.zeros(0), none, none, none)
    return Trees(
        np.concatenate([grove.xy for grove in groves]),
        np.concatenate([grove.radius_m for grove in groves]),
        np.concatenate([grove.is_conifer for grove in groves]),
        np.concatenate([grove.pre for grove in groves]),
        np.concatenate([grove.post for grove in groves]),
    )


@dataclass(frozen=True)
class Site:
    """The ground to plan: (height, width) in metres, and how fine it will be painted."""

    height_m: float
    width_m: float
    gsd_m: float

    @property
    def centre(self) -> tuple[float, float]:
        """(x, y) of the middle."""
        return self.width_m / 2, self.height_m / 2

    @property
    def reach_m(self) -> float:
        """Distance from the middle that covers every corner."""
        return math.hypot(self.width_m, self.height_m) / 2

    def holds(self, xy: tuple[float, float], margin_m: float = 0.0) -> bool:
        """Whether a position lies on the ground, `margin_m` beyond included."""
        x, y = xy
        inside_x = -margin_m <= x <= self.width_m + margin_m
        return inside_x and -margin_m <= y <= self.height_m + margin_m


@dataclass(frozen=True)
class Plan:
    """A place.

    Attributes:
        site: ground extent.
        base: material under everything.
        areas: surfaces in painting order.
        buildings: things with a height.
        trees: single trees.
        relief: strength of terrain shading, 0 for flat ground.
        seed: of the surface textures.
    """

    site: Site
    base: str
    areas: tuple[Area, ...] = ()
    buildings: tuple[Building, ...] = ()
    trees: Trees = field(default_factory=lambda: join([]))
    relief: float = 0.0
    seed: int = 0
