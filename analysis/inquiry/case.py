"""A finished result opened for questions: its things, its ground, the places one can ask about.

Records only. Nothing is computed here, and no word of a question is known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from shapely.geometry.base import BaseGeometry

from analysis.fact_maker import FactMaker
from analysis.facts import Fact
from raster.findings import Finding
from raster.grid import Grid

ANY = "any"
AOI = "aoi"
HALVES = ("northern half", "southern half", "western half", "eastern half")

CaseKind = Literal["comparison", "count"]
Date = Literal["pre", "post"]
Role = Literal["object", "kept", "appeared", "vanished", "not assessed"]


@dataclass(frozen=True)
class Kind:
    """A class one can ask about.

    Attributes:
        name: class name of the legend, or the thing that was counted, e.g. `building`.
        label: words for people in the singular.
        labels: in the plural.
        state: state of its objects where the class has one of its own, else `any`.
    """

    name: str
    label: str
    labels: str
    state: str


@dataclass(frozen=True)
class Spot:
    """One thing of an item; every number about things is a sum over these.

    A ledger's entry of one thing that split into three has three: the largest stands at both
    dates, two appeared. So the things before, plus those that appeared, less those that vanished,
    are the things after, in every place.

    Attributes:
        role: `object` for a comparison; else at which dates it stands.
        area_pre_m2: at the earlier date; 0 where it did not stand.
        area_post_m2: at the later date; 0 where it does not stand; of an object its area.
        length_m: from end to end; 0 where it was not measured.
        part: the part of the area, of nine, that holds its centre.
        shape: outline in the CRS of the case's grid, of the later date where it stands then.
    """

    role: Role
    area_pre_m2: float
    area_post_m2: float
    length_m: float
    part: str
    shape: BaseGeometry


@dataclass(frozen=True)
class Item:
    """One changed object of a comparison, or one entry of a ledger.

    Attributes:
        id: as in the exports.
        change_class: name of its `Kind`.
        state: what became of it.
        things_pre: things it stands for at the earlier date; 0 for objects of a comparison.
        things_post: at the later date, likewise.
        area_m2: on the ellipsoid; of an entry at the later date, or the earlier if gone.
        area_pre_m2: at the earlier date; 0 where it did not stand.
        area_post_m2: at the later date, likewise.
        perimeter_m: length of its outline.
        score: 0..1.
        lon: longitude of a point in it.
        lat: latitude of that point.
        part: the part of the area, of nine, it lies in by its centre.
        shape: outline in the CRS of the case's grid.
        spots: the things it stands for; none is short for a single one.
    """

    id: int
    change_class: str
    state: str
    things_pre: int
    things_post: int
    area_m2: float
    area_pre_m2: float
    area_post_m2: float
    perimeter_m: float
    score: float
    lon: float
    lat: float
    part: str
    shape: BaseGeometry
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, eq=False)
class Place:
    """A region one can ask about.

    Attributes:
        name: what facts call it: `aoi`, one of nine parts, a half, an area's or a feature's name;
            the last two are untrusted text, cleaned.
        origin: where it comes from.
        layer: name of the layer a feature belongs to, else empty.
        shape: polygon in WGS 84; None for `aoi`, parts and halves, which the grid knows.
    """

    name: str
    origin: Literal["aoi", "part", "half", "area", "feature"]
    layer: str = ""
    shape: BaseGeometry | None = None

    @property
    def key(self) -> str:
        """What a question names it by: its name, of a feature `layer/feature`."""
        return f"{self.layer}/{self.name}" if self.layer else self.name


@dataclass(frozen=True, eq=False)
class Layer:
    """A vector layer of the user's: districts, rivers, roads, assets.

    Attributes:
        name: untrusted text, cleaned.
        features: names of its features by number, untrusted text, cleaned; those of polygons are
            places too.
        shapes: their geometries in WGS 84, valid, in the same order.
    """

    name: str
    features: tuple[str, ...]
    shapes: tuple[BaseGeometry, ...]


@dataclass(frozen=True)
class GroundArea:
    """Ground of a place.

    Attributes:
        aoi_m2: its part of the area of interest.
        valid_m2: the part of that which was assessed.
        changed_m2: changed ground by class; empty for counts.
        excluded_m2: ground that was not assessed, by reason.
        doubt_m2: how far off `valid_m2` may be, where the run kept what was seen for larger
            places only.
    """

    aoi_m2: float
    valid_m2: float
    changed_m2: Mapping[str, float]
    excluded_m2: Mapping[str, float] = field(default_factory=dict)
    doubt_m2: float = 0.0


class Ground(Protocol):
    """Measures ground pixel by pixel, on the ellipsoid."""

    def within(self, place: Place) -> GroundArea:
        """The ground of a place."""
        ...

    def within_each(self, places: Sequence[Place]) -> tuple[GroundArea, ...]:
        """The ground of many places, which costs little more than that of one."""
        ...


@dataclass(frozen=True, eq=False)
class Case:
    """One finished result, opened for questions; two are equal only if they are one.

    Attributes:
        id: id of the run.
        kind: what was run.
        run: content of `run.json`.
        title: scenes in words; untrusted text, cleaned.
        kinds: classes that were looked for; of a count only the thing.
        facts: those of the run, corrections by hand included.
        items: objects or entries by falling area; entries that were not assessed are among them.
        findings: preflight and run findings.
        grid: grid of the area's window; shapes of items are in its CRS.
        places: what one can ask about, nine parts and halves included.
        layers: the user's layers with something in or around the area.
        ground: measures ground.
        make: makes facts that carry this run's origin and exclusions.
    """

    id: str
    kind: CaseKind
    run: Mapping[str, Any]
    title: str
    kinds: tuple[Kind, ...]
    facts: tuple[Fact, ...]
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    grid: Grid
    places: tuple[Place, ...]
    layers: tuple[Layer, ...]
    ground: Ground
    make: FactMaker


@dataclass(frozen=True)
class Near:
    """Nearness of things to the features of a layer.

    Attributes:
        layer: its name.
        relation: how they lie.
        distance_m: for `near`, least distance between outlines; 0 otherwise.
    """

    layer: str
    relation: Literal["within", "touches", "near", "outside"]
    distance_m: float = 0.0


@dataclass(frozen=True)
class Which:
    """Which things a question is about; all of them by default.

    Attributes:
        change_class: name of a kind, or `any`.
        state: `appeared`, `vanished`, `kept` ..., or `any`.
        place: name of a place.
        date: things that stood at this date, for counts; None for what happened between them.
        min_area_m2: smallest.
        max_area_m2: largest; None without a limit.
        near: relation to a layer.
    """

    change_class: str = ANY
    state: str = ANY
    place: str = AOI
    date: Date | None = None
    min_area_m2: float = 0.0
    max_area_m2: float | None = None
    near: Near | None = None


@dataclass(frozen=True)
class Measured:
    """A fact and the things behind it.

    Attributes:
        fact: the fact.
        items: ids of the items it counts, sums or names, for the map.
        case: id of the run they belong to.
    """

    fact: Fact
    items: tuple[int, ...] = ()
    case: str = ""
