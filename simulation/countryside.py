"""Plans of open country: farmland, forest and a river delta with its fields and branches.

Knows nothing of dates; events decide later what is cleared, flooded or burnt.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from shapely import contains_xy
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from simulation import houses
from simulation.plan import Area, Building, Plan, Rows, Site, Trees, join
from simulation.streets import SUBURBS
from simulation.terrain import BentFrame, Rng, blob, common, curve, largest, less

CROPS = {"crop": 0.3, "young_crop": 0.14, "ripe_crop": 0.16, "stubble": 0.12, "ploughed": 0.12,
         "grass": 0.16}  # fmt: skip
PADDIES = {"paddy": 0.3, "crop": 0.34, "young_crop": 0.16, "ripe_crop": 0.12, "stubble": 0.08}


@dataclass(frozen=True)
class Field:
    """A rectangle of the bent frame: (u0, v0, u1, v1) in metres."""

    u0: float
    v0: float
    u1: float
    v1: float


def split(rng: Rng, field: Field, target_m: float) -> list[Field]:
    """Cut a rectangle into fields of about `target_m`, as inheritance does: again and again."""
    width, height = field.u1 - field.u0, field.v1 - field.v0
    limit = target_m * float(rng.uniform(0.6, 1.9))
    if max(width, height) < limit:
        return [field]
    cut = float(rng.uniform(0.32, 0.68))
    if width > height * float(rng.uniform(0.7, 1.3)):
        middle = field.u0 + cut * width
        halves = (replace(field, u1=middle), replace(field, u0=middle))
    else:
        middle = field.v0 + cut * height
        halves = (replace(field, v1=middle), replace(field, v0=middle))
    return [piece for half in halves for piece in split(rng, half, target_m)]


def fields(rng: Rng, site: Site, target_m: float, crops: dict[str, float]) -> list[Area]:
    """Fields with furrows in a gently bent frame that covers the site."""
    frame = BentFrame.random(rng, site.centre, 0.35 * target_m, wave_m=5 * target_m)
    reach = site.reach_m + target_m
    areas = []
    for field in split(rng, Field(-reach, -reach, reach, reach), target_m):
        middle = ((field.u0 + field.u1) / 2, (field.v0 + field.v1) / 2)
        if site.holds(frame.point(*middle), 1.5 * target_m):
            long_way = 0.0 if field.u1 - field.u0 < field.v1 - field.v0 else math.pi / 2
            angle = frame.direction_rad(*middle) + long_way
            rows = Rows(angle, float(rng.choice([1.4, 2.2, 3.6, 9.0, 18.0])), 0.05)
            shape = frame.rectangle(field.u0, field.v0, field.u1, field.v1)
            if site.gsd_m < 2:
                shape = shape.buffer(-0.9, join_style="mitre")  # a grassy balk between fields
            tint = houses.tint(rng, 0.12)
            areas.append(Area(shape, houses.pick(rng, crops), tint, rows=rows))
    return areas


def wood(rng: Rng, site: Site, outline: Polygon, *, conifers: float) -> tuple[list[Area], Trees]:
    """A wood: dark floor with single crowns where they can be seen, else a textured canopy."""
    if site.gsd_m > 2:
        return [Area(outline, "forest", houses.tint(rng, 0.08))], join([])
    spacing = float(rng.uniform(4.2, 6.0))
    west, north, east, south = outline.bounds
    u, v = np.meshgrid(np.arange(west, east, spacing), np.arange(north, south, spacing))
    xy = np.stack([u.ravel(), v.ravel()], 1) + rng.uniform(-0.5, 0.5, (u.size, 2)) * spacing
    inside = np.array(_contains(outline, xy), bool)
    xy = xy[inside & (xy > -10).all(1) & (xy < (site.width_m + 10, site.height_m + 10)).all(1)]
    radius = spacing * rng.uniform(0.42, 0.85, len(xy))
    floor = Area(outline, "forest", 0.75)
    return [floor], Trees.planted(xy, radius, rng.random(len(xy)) < conifers)


def _contains(outline: BaseGeometry, xy: np.ndarray) -> np.ndarray:

    return np.asarray(contains_xy(outline, xy[:, 0], xy[:, 1]))


def _edge_points(rng: Rng, site: Site) -> tuple[tuple[float, float], tuple[float, float]]:
    """Two positions beyond opposite sides of the site."""
    angle = float(rng.uniform(0, 2 * math.pi))
    reach = 1.35 * site.reach_m
    x, y = site.centre
    aside = float(rng.uniform(-0.3, 0.3)) * site.reach_m
    dx, dy = math.cos(angle), math.sin(angle)
    start = (x - reach * dx - aside * dy, y - reach * dy + aside * dx)
    return start, (x + reach * dx - aside * dy, y + reach * dy + aside * dx)


def farmland(rng: Rng, site: Site) -> Plan:
    """Fields, lanes, woods, hedges, a stream and a few farms."""
    size = float(np.clip(site.reach_m * 0.45, 70, 330))
    areas = fields(rng, site, size, CROPS)
    groves: list[Trees] = []
    for _wood in range(int(rng.integers(1, 4))):
        centre = (float(rng.uniform(0, site.width_m)), float(rng.uniform(0, site.height_m)))
        outline = blob(rng, centre, size * float(rng.uniform(0.3, 0.8)), roughness=0.7)
        floor, trees = wood(rng, site, outline, conifers=float(rng.uniform(0, 0.8)))
        areas, groves = areas + floor, [*groves, trees]
    if rng.random() < 0.6:
        stream = curve(rng, *_edge_points(rng, site), 0.08)
        water = stream.buffer(float(rng.uniform(2.5, 9)))
        areas += [Area(water.buffer(5), "shrub"), Area(water, "river")]
        groves.append(_along(rng, site, stream, 9.0))
    lanes = [curve(rng, *_edge_points(rng, site), 0.05) for _lane in range(int(rng.integers(1, 4)))]
    areas += [Area(lane.buffer(2.6), str(rng.choice(["asphalt", "gravel"]))) for lane in lanes]
    groves += [_along(rng, site, lane, 6.0) for lane in lanes if rng.random() < 0.6]
    return _with_farms(rng, Plan(site, "grass", tuple(areas), (), join(groves), 0.1,
                                 houses.seed_of(rng)), lanes)  # fmt: skip


def _along(rng: Rng, site: Site, line: LineString, aside_m: float) -> Trees:
    """A broken row of trees along a line."""
    if site.gsd_m > 2:
        return join([])
    places = np.arange(0, line.length, 7.0)
    places = places[rng.random(len(places)) < 0.45]
    points = np.array([line.interpolate(place).coords[0] for place in places]).reshape(-1, 2)
    xy = points + rng.choice([-1, 1], (len(points), 1)) * rng.uniform(
        0.7, 1.3, (len(points), 2)
    ) * (aside_m)
    return Trees.planted(xy, rng.uniform(1.8, 4.2, len(xy)), rng.random(len(xy)) < 0.1)


def _with_farms(rng: Rng, plan: Plan, lanes: list[LineString]) -> Plan:
    """Add farmsteads beside the lanes: a house, barns, a yard and trees."""
    areas, buildings, groves = list(plan.areas), list(plan.buildings), [plan.trees]
    count = int(np.clip(plan.site.reach_m / 90, 2, 40))
    for _farm in range(count):
        lane = lanes[int(rng.integers(len(lanes)))]
        spot = lane.interpolate(float(rng.uniform(0.2, 0.8)), normalized=True)
        angle = float(rng.uniform(0, math.pi))
        centre = houses.offset((spot.x, spot.y), angle, 0, float(rng.choice([-1, 1])) * 34)
        if not plan.site.holds(centre):
            continue
        areas.append(Area(blob(rng, centre, 30, roughness=0.5), "gravel", houses.tint(rng)))
        buildings += farmstead(rng, centre, angle, buildings)
        around = centre + rng.normal(0, 26, (7, 2))
        groves.append(Trees.planted(around, rng.uniform(2, 4.5, 7), rng.random(7) < 0.3))
    return replace(plan, areas=tuple(areas), buildings=tuple(buildings), trees=join(groves))


def farmstead(
    rng: Rng, centre: tuple[float, float], angle_rad: float, others: list[Building]
) -> list[Building]:
    """A house and up to four barns that do not touch."""
    taken = unary_union([building.outline for building in others])
    built: list[Building] = []
    for number in range(int(rng.integers(2, 6))):
        where = houses.offset(centre, angle_rad, *map(float, rng.uniform(-28, 28, 2)))
        turn = angle_rad + float(rng.choice([0, math.pi / 2]))
        size = (float(rng.uniform(16, 42)), float(rng.uniform(9, 16)))
        manner = SUBURBS[int(rng.integers(len(SUBURBS)))]
        candidate = houses.shed(rng, where, turn, size)
        if number == 0:
            candidate = houses.house(rng, manner, where, turn)
        if taken.is_empty or taken.distance(candidate.outline) > 3:
            built.append(candidate)
            taken = taken.union(candidate.outline)
    return built


def forest(rng: Rng, site: Site) -> Plan:
    """Woodland with meadows, a lake, tracks and a few cabins."""
    reach = 1.5 * site.reach_m
    x, y = site.centre
    outline = Polygon([(x - reach, y - reach), (x + reach, y - reach), (x + reach, y + reach),
                       (x - reach, y + reach)])  # fmt: skip
    conifers = float(rng.uniform(0.1, 0.9))
    open_ground = []
    for _gap in range(int(rng.integers(2, 5))):
        centre = (float(rng.uniform(0, site.width_m)), float(rng.uniform(0, site.height_m)))
        radius = site.reach_m * float(rng.uniform(0.1, 0.3))
        open_ground.append(blob(rng, centre, radius, roughness=0.8))
    tracks = [curve(rng, *_edge_points(rng, site), 0.12) for _track in range(2)]
    lanes = unary_union([track.buffer(4.5) for track in tracks])
    floor, trees = wood(rng, site, outline, conifers=conifers)
    gone = _contains(unary_union([*open_ground, lanes]), trees.xy)
    trees = Trees.planted(trees.xy[~gone], trees.radius_m[~gone], trees.is_conifer[~gone])
    materials = ["grass", "shrub", "dry_grass", "lake"]
    meadows = [Area(shape, materials[i % 4]) for i, shape in enumerate(open_ground)]
    areas = [*floor, *meadows, *(Area(track.buffer(2.2), "gravel", 0.85) for track in tracks)]
    plan = Plan(site, "forest", tuple(areas), (), trees, 0.22, houses.seed_of(rng))
    return _with_farms(rng, plan, tracks) if rng.random() < 0.6 else plan


def delta(rng: Rng, site: Site) -> Plan:
    """A river that branches to the sea between paddies, woods, wetland and villages."""
    size = float(np.clip(site.reach_m * 0.07, 120, 380))
    areas = fields(rng, site, size, PADDIES)
    width, height = site.width_m, site.height_m
    coast = curve(rng, (-0.2 * width, 0.84 * height), (1.2 * width, 0.90 * height), 0.035)
    for _wood in range(11):
        centre = (float(rng.uniform(0, width)), float(rng.uniform(0.0, 0.62) * height))
        outline = blob(rng, centre, size * float(rng.uniform(1.2, 3.2)), roughness=1.0)
        scrub = blob(rng, centre, size * float(rng.uniform(1.5, 3.6)), roughness=1.0)
        areas += [Area(scrub, "shrub"), *wood(rng, site, outline, conifers=0.1)[0]]
    for _village in range(22):
        centre = (float(rng.uniform(0, width)), float(rng.uniform(0.03, 0.75) * height))
        areas += village(rng, centre, size * float(rng.uniform(0.25, 0.8)))
    for share in np.linspace(0, 1, 14):
        spot = coast.interpolate(float(share), normalized=True)
        marsh = blob(rng, (spot.x, spot.y), 0.11 * height, roughness=1.0)
        areas.append(Area(marsh, "wetland", houses.tint(rng, 0.05)))
    sea = Polygon([*coast.coords, (1.3 * width, 1.5 * height), (-0.3 * width, 1.5 * height)])
    areas.append(Area(coast.buffer(14), "sand", 0.9))
    areas.append(Area(sea.buffer(0), "sea"))
    areas += branches(rng, site)
    roads = [curve(rng, *_edge_points(rng, site), 0.06) for _road in range(3)]
    dry = [less(road.buffer(7), sea) for road in roads]
    areas += [Area(road, "old_asphalt", 0.85) for road in dry]
    return Plan(site, "grass", tuple(areas), (), join([]), 0.0, houses.seed_of(rng))


def village(rng: Rng, centre: tuple[float, float], radius_m: float) -> list[Area]:
    """A settlement seen from far: mottled roofs and gardens."""
    outline = blob(rng, centre, radius_m, roughness=0.9)
    core = blob(rng, centre, 0.55 * radius_m, roughness=0.6)
    core = largest(common(core, outline))
    return [Area(outline, "village", 0.9), Area(core, "village", 1.15)]


def branches(rng: Rng, site: Site) -> list[Area]:
    """The river: a trunk from the top that forks into branches and their plumes in the sea."""
    width, height = site.width_m, site.height_m
    fork = (float(rng.uniform(0.4, 0.6)) * width, 0.42 * height)
    trunk = curve(rng, (float(rng.uniform(0.3, 0.7)) * width, -0.15 * height), fork, 0.13)
    wide = 0.017 * width
    channels = [trunk.buffer(wide)]
    plumes = []
    for share in (0.12, 0.5, 0.9):
        mouth = (share * width, 1.02 * height)
        arm = curve(rng, fork, mouth, 0.07)
        channels.append(arm.buffer(wide * float(rng.uniform(0.45, 0.8))))
        plumes.append(blob(rng, (mouth[0], 0.97 * height), 0.06 * width, roughness=0.8))
    water = unary_union(channels)
    banks = [Area(water.buffer(26), "shrub", 0.9), Area(water.buffer(9), "sand", 0.75)]
    # Turbid water thins out seawards: faint, thin, dense.
    fans = [
        Area(plume.buffer((1 - share) * 0.05 * width).simplify(10), "sea", toward=("plume", share))
        for share in map(float, np.linspace(0.06, 1, 16))
        for plume in plumes
    ]
    return [*fans, *banks, Area(water, "river")]
