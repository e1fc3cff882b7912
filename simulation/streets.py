"""Plans of built-up places: bent street grids, lots with houses and gardens, halls and car parks.

Knows nothing of dates; events decide later what appears or vanishes.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from shapely.geometry import LineString, Point, box

from simulation import houses
from simulation.houses import Manner
from simulation.plan import ALWAYS, Area, Building, Plan, Site, Trees, join
from simulation.terrain import BentFrame, Rng, blob, less, rectangle


@dataclass(frozen=True)
class Quarter:
    """What a kind of quarter is like; lengths in metres, chances 0..1.

    Attributes:
        ground: material under everything.
        lawns: material of gardens and its weights.
        lot_m: width and depth of a lot.
        road_m: width of a street.
        setback_m: from the street's edge to the house.
        block_m: range of block lengths.
        bend_m: how far streets bend.
        manner: how houses are built.
        has_walks: whether streets have pavements.
        vacancy: share of lots without a house.
        trees_per_lot: mean number.
        halls: share of blocks with halls and car parks instead of lots.
    """

    ground: str
    lawns: dict[str, float]
    lot_m: tuple[float, float]
    road_m: float
    setback_m: float
    block_m: tuple[float, float]
    bend_m: float
    manner: Manner
    has_walks: bool = True
    vacancy: float = 0.08
    trees_per_lot: float = 2.2
    halls: float = 0.08


SUBURBS = (
    Manner({"shingle": 0.45, "dark_shingle": 0.25, "tile_brown": 0.25, "white_roof": 0.05},
           {"gable": 0.5, "hip": 0.5}),
    Manner({"tile_red": 0.65, "tile_brown": 0.25, "shingle": 0.1}, {"gable": 0.45, "hip": 0.55}),
    Manner({"tile_red": 0.3, "dark_shingle": 0.3, "metal": 0.15, "membrane": 0.25},
           {"gable": 0.5, "hip": 0.25, "flat": 0.25}, (10, 16), (8, 10.5)),
)  # fmt: skip
TOWN = Manner(
    {"rusty_metal": 0.35, "metal": 0.25, "tile_red": 0.12, "blue_metal": 0.08, "membrane": 0.2},
    {"gable": 0.6, "flat": 0.3, "hip": 0.1}, (8, 16), (6, 9.5), 0.35, (2.6, 5.0),
)  # fmt: skip
QUARTERS: dict[str, Quarter] = {
    "suburb": Quarter("grass", {"grass": 0.75, "dry_grass": 0.2, "soil": 0.05}, (21, 36), 8.0, 7.5,
                      (150, 260), 26.0, SUBURBS[0]),
    "town": Quarter("soil", {"soil": 0.4, "red_soil": 0.25, "dry_grass": 0.2, "grass": 0.15},
                    (16, 22), 5.5, 3.0, (80, 150), 30.0, TOWN, False, 0.15, 1.0, 0.05),
    "industry": Quarter("dry_grass", {"grass": 0.6, "gravel": 0.4}, (30, 60), 9.0, 8.0, (180, 300),
                        10.0, SUBURBS[2], True, 0.1, 0.8, 0.8),
}  # fmt: skip


@dataclass
class Draft:
    """A plan under construction.

    Attributes:
        areas: surfaces by layer, lowest first: lots, paving, roads, marks.
        buildings: so far.
        groves: trees so far.
        keep_out: roads and halls that single trees must not cover.
    """

    areas: list[list[Area]]
    buildings: list[Building]
    groves: list[Trees]

    @classmethod
    def empty(cls) -> "Draft":
        """Nothing planned yet."""
        return cls([[], [], [], []], [], [])

    def plan(self, site: Site, base: str, seed: int) -> Plan:
        """The finished plan."""
        flat = tuple(area for layer in self.areas for area in layer)
        return Plan(site, base, flat, tuple(self.buildings), join(self.groves), 0.0, seed)


LOTS, PAVING, ROADS, MARKS = range(4)


def built_up(rng: Rng, site: Site, kind: str) -> Plan:
    """A suburb, town or industrial estate that fills the site."""
    quarter = QUARTERS[kind]
    if kind == "suburb":
        quarter = replace(quarter, manner=SUBURBS[int(rng.integers(len(SUBURBS)))])
    frame = BentFrame.random(rng, site.centre, quarter.bend_m)
    draft = Draft.empty()
    lay_blocks(rng, draft, (site, frame, quarter))
    return draft.plan(site, quarter.ground, houses.seed_of(rng))


Setting = tuple[Site, BentFrame, Quarter]


def lay_blocks(rng: Rng, draft: Draft, setting: Setting) -> None:
    """Rows of blocks between parallel streets; each row has its own cross streets."""
    site, frame, quarter = setting
    pitch = 2 * quarter.lot_m[1] + quarter.road_m
    reach = site.reach_m + pitch + 2 * quarter.bend_m
    rows = math.ceil(reach / pitch)
    ground = box(0, 0, site.width_m, site.height_m)
    for row in range(-rows, rows):
        v0 = row * pitch + quarter.road_m / 2
        main = row % 5 == 2
        street(draft, setting, ((-reach, row * pitch), (reach, row * pitch)), main)
        u = -reach - float(rng.uniform(0, quarter.block_m[1]))
        while u < reach:
            end = u + float(rng.uniform(*quarter.block_m))
            cross = end - quarter.road_m / 2
            block = (u + quarter.road_m / 2, v0, cross, v0 + 2 * quarter.lot_m[1])
            if frame.rectangle(*block).distance(ground) < 15:
                street(draft, setting, ((end, row * pitch), (end, (row + 1) * pitch)), False)
                fill_block(rng, draft, setting, block)
            u = end


def street(
    draft: Draft,
    setting: Setting,
    uv: tuple[tuple[float, float], tuple[float, float]],
    is_main: bool,
) -> None:
    """One street: pavement, verge, carriageway and, on main streets, dashes."""
    site, frame, quarter = setting
    line = frame.line(*uv)
    if not line.intersects(box(0, 0, site.width_m, site.height_m).buffer(20)):
        return
    width = quarter.road_m * (1.7 if is_main else 1.0)
    if quarter.has_walks and site.gsd_m < 3:
        walk = line.buffer(width / 2 + 3.4, cap_style="flat")
        verge = line.buffer(width / 2 + 1.7, cap_style="flat")
        draft.areas[PAVING] += [Area(walk, "concrete", 0.8), Area(verge, "grass", 0.95)]
    material = "asphalt" if is_main or quarter.has_walks else "soil"
    tint = 1.0 if is_main else 1.2
    draft.areas[ROADS].append(Area(line.buffer(width / 2), material, tint))
    if is_main and site.gsd_m < 1:
        draft.areas[MARKS] += dashes(line, 3.0, 6.0)


def dashes(line: LineString, length_m: float, gap_m: float) -> list[Area]:
    """Painted dashes along a line."""
    marks = []
    for start in np.arange(0, line.length, length_m + gap_m):
        ends = LineString([line.interpolate(start), line.interpolate(start + length_m)])
        if ends.length > 0.5:
            marks.append(Area(ends.buffer(0.12, cap_style="flat"), "paint", 0.8))
    return marks


def fill_block(
    rng: Rng, draft: Draft, setting: Setting, block: tuple[float, float, float, float]
) -> None:
    """Lots, a park, or halls with a car park."""
    quarter = setting[2]
    choice = rng.random()
    if choice < quarter.halls:
        halls(rng, draft, setting, block)
    elif choice < quarter.halls + 0.06:
        park(rng, draft, setting, block)
    else:
        lots(rng, draft, setting, block)


def lots(
    rng: Rng, draft: Draft, setting: Setting, block: tuple[float, float, float, float]
) -> None:
    """Two rows of lots, back to back."""
    quarter = setting[2]
    u0, v0, u1, v1 = block
    middle = (v0 + v1) / 2
    for front, back in ((v0, middle), (v1, middle)):
        u = u0
        while u + 0.6 * quarter.lot_m[0] < u1:
            width = min(quarter.lot_m[0] * float(rng.uniform(0.82, 1.25)), u1 - u)
            lot(rng, draft, setting, (u, front, u + width, back))
            u += width


def lot(rng: Rng, draft: Draft, setting: Setting, uv: tuple[float, float, float, float]) -> None:
    """A garden with a house, its drive, perhaps a patio, a pool, a shed and trees."""
    site, frame, quarter = setting
    u0, front, u1, back = uv
    inward = 1.0 if back > front else -1.0
    middle = (u0 + u1) / 2
    if not site.holds(frame.point(middle, (front + back) / 2), 25):
        return
    lawn = frame.rectangle(u0, min(front, back), u1, max(front, back))
    draft.areas[LOTS].append(Area(lawn, houses.pick(rng, quarter.lawns), houses.tint(rng, 0.1)))
    if rng.random() >= quarter.vacancy:
        home = dwelling(rng, setting, (middle, front, inward, u1 - u0))
        draft.buildings.append(home)
        if site.gsd_m < 3:
            yard(rng, draft, setting, (uv, inward, home))
    if site.gsd_m < 3:
        draft.groves.append(garden_trees(rng, setting, uv, draft.buildings[-1:]))


def dwelling(rng: Rng, setting: Setting, place: tuple[float, float, float, float]) -> Building:
    """The house of a lot, turned to its street."""
    _site, frame, quarter = setting
    middle, front, inward, room = place
    manner = quarter.manner
    longest = min(manner.length_m[1], room - 4)
    manner = replace(manner, length_m=(min(manner.length_m[0], longest), longest))
    v = front + inward * (quarter.setback_m + manner.width_m[1] / 2 + float(rng.uniform(0, 3)))
    u = middle + float(rng.uniform(-1.2, 1.2))
    turn = float(rng.normal(0, 0.03)) + (math.pi / 2 if rng.random() < 0.12 else 0.0)
    return houses.house(rng, manner, frame.point(u, v), frame.direction_rad(u, v) + turn)


def yard(
    rng: Rng, draft: Draft, setting: Setting, lot_: tuple[tuple[float, ...], float, Building]
) -> None:
    """Drive with a car, patio, pool and shed of one lot."""
    _site, frame, quarter = setting
    (u0, front, u1, back), inward, home = lot_
    side = u0 + 4.0 if rng.random() < 0.5 else u1 - 4.0
    end = front + inward * (quarter.setback_m + 5)
    drive = frame.rectangle(side - 1.7, min(front - 2 * inward, end), side + 1.7, max(front, end))
    paving = str(rng.choice(["concrete", "old_asphalt", "gravel"]))
    draft.areas[LOTS].append(Area(drive, paving, houses.tint(rng, 0.1)))
    if rng.random() < 0.55:
        v = front + inward * float(rng.uniform(2.5, quarter.setback_m + 1))
        angle = frame.direction_rad(side, v) + math.pi / 2
        draft.buildings.insert(0, houses.vehicle(rng, frame.point(side, v), angle, ALWAYS))
    depth = back - inward * float(rng.uniform(5, 8))
    spot = frame.point(float(rng.uniform(u0 + 4, u1 - 4)), depth)
    angle = home.parts[0].angle_rad
    extra = rng.random()
    if extra < 0.1 and quarter.has_walks:
        rim = rectangle(spot, 11, 6.5, angle)
        draft.areas[LOTS] += [Area(rim, "concrete"), Area(rectangle(spot, 8, 3.8, angle), "pool")]
    elif extra < 0.4:
        draft.areas[LOTS].append(Area(rectangle(spot, 6, 4, angle), "concrete", 0.85))
    elif extra < 0.6:
        small = Manner(quarter.manner.materials, {"gable": 1.0}, (4, 6), (3, 4), 0.0, (2.2, 2.6))
        draft.buildings.insert(0, houses.house(rng, small, spot, angle))


def garden_trees(
    rng: Rng, setting: Setting, uv: tuple[float, float, float, float], home: list[Building]
) -> Trees:
    """Trees of one lot, mostly behind the house, clear of its roof; sometimes a hedge."""
    _site, frame, quarter = setting
    u0, front, u1, back = uv
    count = int(rng.poisson(quarter.trees_per_lot))
    u = rng.uniform(u0, u1, count)
    v = front + (back - front) * rng.beta(1.6, 1.0, count)
    radius = np.clip(rng.lognormal(0.85, 0.4, count), 1.0, 5.5)
    if rng.random() < 0.3:
        u = np.concatenate([u, np.arange(u0, u1, 1.6)])
        v = np.concatenate([v, np.full(len(u) - len(v), back)])
        radius = np.concatenate([radius, rng.uniform(0.8, 1.3, len(u) - len(radius))])
    xy = frame.xy(np.stack([u, v], 1))
    for building in home:
        main = building.parts[0]
        clear = np.hypot(*(xy - main.centre).T) > 0.45 * main.length_m + radius
        xy, radius = xy[clear], radius[clear]
    return Trees.planted(xy, radius, rng.random(len(xy)) < 0.2)


def park(
    rng: Rng, draft: Draft, setting: Setting, block: tuple[float, float, float, float]
) -> None:
    """Grass, a pond, a path and groups of trees."""
    _site, frame, _quarter = setting
    u0, v0, u1, v1 = block
    draft.areas[LOTS].append(Area(frame.rectangle(u0, v0, u1, v1), "grass", 1.05))
    pond = blob(rng, frame.point((u0 + u1) / 2, (v0 + v1) / 2), 0.28 * (v1 - v0), roughness=0.4)
    draft.areas[LOTS] += [Area(pond.buffer(1.5), "gravel"), Area(pond, "lake")]
    path = frame.line((u0, v0 + 4), (u1, v1 - 4))
    draft.areas[LOTS].append(Area(less(path.buffer(1.3), pond), "gravel"))
    count = int((u1 - u0) * (v1 - v0) / 160)
    xy = frame.xy(np.stack([rng.uniform(u0, u1, count), rng.uniform(v0, v1, count)], 1))
    dry = np.array([pond.distance(Point(p)) > 3 for p in xy], bool)
    radius = rng.uniform(2, 5, count)
    draft.groves.append(Trees.planted(xy[dry], radius[dry], rng.random(int(dry.sum())) < 0.2))


def halls(
    rng: Rng, draft: Draft, setting: Setting, block: tuple[float, float, float, float]
) -> None:
    """Large halls on paved ground with a marked car park."""
    site, frame, _quarter = setting
    u0, v0, u1, v1 = block
    draft.areas[LOTS].append(Area(frame.rectangle(u0, v0, u1, v1), "grass", 0.95))
    paved = str(rng.choice(["asphalt", "old_asphalt", "concrete"]))
    draft.areas[LOTS].append(Area(frame.rectangle(u0 + 6, v0 + 5, u1 - 6, v1 - 5), paved, 1.1))
    u = u0 + 10
    while u + 30 < u1:
        length = float(rng.uniform(24, 70))
        length = min(length, u1 - u - 8)
        width = float(rng.uniform(0.3, 0.52)) * (v1 - v0)
        centre = (u + length / 2, v0 + 8 + width / 2)
        angle = frame.direction_rad(*centre)
        draft.buildings.append(houses.shed(rng, frame.point(*centre), angle, (length, width)))
        u += length + float(rng.uniform(6, 22))
    if site.gsd_m < 1.5:
        car_park(rng, draft, setting, (u0 + 10, v0 + 0.68 * (v1 - v0), u1 - 10, v1 - 8))


def car_park(
    rng: Rng, draft: Draft, setting: Setting, place: tuple[float, float, float, float]
) -> None:
    """Rows of bays, some taken."""
    _site, frame, _quarter = setting
    u0, v0, u1, v1 = place
    fullness = float(rng.uniform(0.15, 0.8))
    for v in np.arange(v0, v1 - 2, 11.0):
        for u in np.arange(u0, u1, 2.8):
            angle = frame.direction_rad(u, v) + math.pi / 2
            bay = rectangle(frame.point(u, v), 4.8, 0.16, angle)
            draft.areas[MARKS].append(Area(bay, "paint", 0.7))
            if rng.random() < fullness:
                spot = frame.point(u + 1.4, v)
                draft.buildings.insert(0, houses.vehicle(rng, spot, angle, ALWAYS))
