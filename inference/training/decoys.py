"""Puts into a place what is taken for buildings and is none, and gives its roofs unusual colours.

Terraces, pools, sheets, bare beds and pads lie flat and cast no shadow; lorries and containers do.
Rows of houses that touch are added as well. Knows nothing of pictures, labels or networks.
"""

import math
from dataclasses import replace

import numpy as np
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from simulation import houses
from simulation.houses import XY, Rng
from simulation.plan import (
    BUILDING_KINDS,
    Area,
    Building,
    BuildingKind,
    Part,
    Plan,
    Roof,
    Trees,
    join,
)
from simulation.terrain import rectangle

ROOFS = (
    "shingle", "dark_shingle", "tile_red", "tile_brown", "metal", "rusty_metal", "white_roof",
    "blue_metal", "green_metal", "membrane",
)  # fmt: skip
FLAT = (
    "concrete", "old_asphalt", "asphalt", "gravel", "soil", "red_soil", "sand", "dry_grass",
    "pool", "pool", "lake", "paint", "tarpaulin",
)  # fmt: skip
"""What lies on the ground in rectangles."""
LIKE_GROUND = ("concrete", "old_asphalt", "asphalt", "gravel", "soil", "red_soil", "dry_grass")
"""Roofs of these are told from the ground only by their shadow and shape."""
RECOLOURED = 0.4
"""Share of places with roofs of any colour; in them up to two thirds of the roofs."""
ROWS = 0.25
"""Share of places with rows of houses that touch."""
GARDEN_M = (7.0, 26.0)
"""How far decoys lie from the middle of a house."""
LARGE_PER_M2 = 1 / 9_000
TREES_PER_M2 = 1 / 1_500
LORRIES_PER_M2 = 1 / 2_500


def with_decoys(rng: Rng, plan: Plan) -> Plan:
    """The place of a plan with decoys; what lies flat is painted below what stands.

    Decoys cover streets and lawns as they come: the network shall not learn where they lie.
    """
    plan = replace(plan, buildings=_recoloured(rng, plan.buildings))
    if rng.random() < ROWS:
        plan = _with_rows(rng, plan)
    homes = [one for one in plan.buildings if one.kind in BUILDING_KINDS]
    flat = [area for home in homes for area in _beside(rng, home)]
    flat += _pads(rng, plan)
    standing = [*_lorries(rng, plan), *plan.buildings]
    trees = join([plan.trees, _lone_trees(rng, plan, homes)])
    return replace(plan, areas=(*plan.areas, *flat), buildings=tuple(standing), trees=trees)


def _recoloured(rng: Rng, buildings: tuple[Building, ...]) -> tuple[Building, ...]:
    if rng.random() > RECOLOURED:
        return buildings
    share = float(rng.uniform(0.1, 0.67))
    return tuple(_repainted(rng, one) if rng.random() < share else one for one in buildings)


def _repainted(rng: Rng, building: Building) -> Building:
    if building.kind not in {"house", "shed"}:
        return building
    choice = ROOFS if rng.random() < 0.75 else LIKE_GROUND
    return replace(building, material=str(rng.choice(choice)), tint=houses.tint(rng, 0.28))


def _beside(rng: Rng, home: Building) -> list[Area]:
    """Up to three flat things in the garden of a house, turned as it is."""
    found: list[Area] = []
    main = home.parts[0]
    for _each in range(int(rng.choice(4, p=[0.45, 0.35, 0.14, 0.06]))):
        away = 0.35 * main.length_m + float(rng.uniform(*GARDEN_M)) * 0.7
        towards = float(rng.uniform(0, 2 * math.pi))
        centre = houses.offset(main.centre, towards, away, 0.0)
        found += _flat_thing(rng, centre, main.angle_rad, float(np.exp(rng.normal(1.7, 0.4))))
    return found


def _flat_thing(rng: Rng, centre: XY, angle_rad: float, side_m: float) -> list[Area]:
    """A terrace, pool, trampoline, sheet, bed or court; a pool mostly has a rim."""
    material = str(rng.choice(FLAT if rng.random() < 0.75 else ROOFS))
    angle_rad += float(rng.normal(0, 0.06)) + (math.pi / 2 if rng.random() < 0.5 else 0.0)
    wide_m = side_m * float(rng.uniform(0.5, 1.0))
    shape: BaseGeometry = rectangle(centre, side_m, wide_m, angle_rad)
    if rng.random() < 0.12:
        shape = Point(centre).buffer(wide_m / 2)
    thing = Area(shape, material, houses.tint(rng, 0.2))
    if material not in {"pool", "lake"} or rng.random() < 0.25:
        return [thing]
    rim = shape.buffer(float(rng.uniform(0.4, 2.2)), join_style="mitre")
    stone = str(rng.choice(["concrete", "gravel", "sand", "old_asphalt", "tile_red"]))
    return [Area(rim, stone, houses.tint(rng, 0.15)), thing]


def _pads(rng: Rng, plan: Plan) -> list[Area]:
    """Large flat rectangles: car parks, courts, foundations, bare plots."""
    site = plan.site
    number = int(rng.poisson(site.height_m * site.width_m * LARGE_PER_M2))
    found: list[Area] = []
    for _pad in range(min(number, 40)):
        centre = _anywhere(rng, plan)
        long_m, wide_m = np.exp(rng.normal(2.9, 0.5, 2)).tolist()
        shape = rectangle(centre, long_m, wide_m, _angle_near(rng, plan, centre))
        material = str(rng.choice(FLAT if rng.random() < 0.6 else ROOFS))
        found.append(Area(shape, material, houses.tint(rng, 0.15)))
    return found


def _anywhere(rng: Rng, plan: Plan) -> XY:
    return float(rng.uniform(0, plan.site.width_m)), float(rng.uniform(0, plan.site.height_m))


def _angle_near(rng: Rng, plan: Plan, centre: XY) -> float:
    """The direction of the nearest house, mostly: things are built along the same streets."""
    if not plan.buildings or rng.random() < 0.2:
        return float(rng.uniform(0, math.pi))
    parts = [building.parts[0] for building in plan.buildings]
    away = [math.dist(part.centre, centre) for part in parts]
    return parts[int(np.argmin(away))].angle_rad


def _lorries(rng: Rng, plan: Plan) -> list[Building]:
    """Lorries, buses and single containers, some side by side, wherever no house stands."""
    site = plan.site
    standing = STRtree([building.outline for building in plan.buildings])
    found: list[Building] = []
    for _group in range(min(int(rng.poisson(site.height_m * site.width_m * LORRIES_PER_M2)), 60)):
        centre, length_m = _anywhere(rng, plan), float(rng.uniform(5.0, 15.0))
        angle = _angle_near(rng, plan, centre) + (math.pi / 2 if rng.random() < 0.5 else 0.0)
        number, gap_m = int(rng.choice([1, 1, 1, 2, 3, 5])), float(rng.uniform(0.1, 1.5))
        look = [_lorry_look(rng) for _each in range(number)]
        for place, (kind, material) in enumerate(look):
            middle = houses.offset(centre, angle, 0.0, place * (2.5 + gap_m))
            part = Part(middle, length_m, 2.5, angle, float(rng.uniform(2.2, 4.0)))
            one = Building(kind, (part,), material, houses.tint(rng, 0.25),
                           seed=houses.seed_of(rng))  # fmt: skip
            if not len(standing.query(one.outline, predicate="intersects")):
                found.append(one)
    return found


def _lorry_look(rng: Rng) -> tuple[BuildingKind, str]:
    if rng.random() < 0.3:
        return "containers", str(rng.choice(["containers", *ROOFS]))
    return "vehicle", str(rng.choice([*houses.VEHICLES, "white_roof", "metal", "blue_metal"]))


def _lone_trees(rng: Rng, plan: Plan, homes: list[Building]) -> Trees:
    """Trees on open ground, whose dark shadows look like roofs; none on a house."""
    site = plan.site
    number = int(rng.poisson(site.height_m * site.width_m * TREES_PER_M2))
    xy = np.array([_anywhere(rng, plan) for _tree in range(number)], float).reshape(-1, 2)
    radius_m = np.clip(rng.lognormal(0.9, 0.4, number), 1.0, 6.0)
    clear = np.ones(number, bool)
    if homes:
        around = STRtree([home.outline for home in homes])
        crowns = np.array([Point(at).buffer(r) for at, r in zip(xy, radius_m, strict=True)], object)
        clear[np.unique(around.query(crowns, predicate="intersects")[0])] = False
    return Trees.planted(xy[clear], radius_m[clear], rng.random(int(clear.sum())) < 0.2)


def _with_rows(rng: Rng, plan: Plan) -> Plan:
    """The place with one to four rows of houses that touch; what stood there is gone."""
    buildings = list(plan.buildings)
    for _row in range(int(rng.integers(1, 5))):
        centre = _anywhere(rng, plan)
        row = _row_of_houses(rng, centre, _angle_near(rng, plan, centre))
        ground = row[0].outline.union(row[-1].outline).convex_hull.buffer(1.5)
        buildings = [one for one in buildings if not one.outline.intersects(ground)] + row
    return replace(plan, buildings=tuple(buildings))


def _row_of_houses(rng: Rng, centre: XY, angle_rad: float) -> list[Building]:
    """Houses wall to wall, each with its own roof; gables stand along or across the row."""
    wide_m, deep_m = float(rng.uniform(5, 11)), float(rng.uniform(8, 13))
    roof: Roof = str(rng.choice(["gable", "flat", "hip"]))  # type: ignore[assignment]
    is_across = bool(rng.random() < 0.5)
    materials = [str(each) for each in rng.choice(ROOFS, 2)]
    row: list[Building] = []
    for place in range(int(rng.integers(3, 10))):
        back_m = float(rng.choice([0.0, 0.0, 0.8, 1.6]))
        middle = houses.offset(centre, angle_rad, place * wide_m, back_m)
        height_m = float(rng.uniform(4, 9))
        part = Part(middle, wide_m, deep_m, angle_rad, height_m, roof)
        if is_across:
            part = Part(middle, deep_m, wide_m, angle_rad + math.pi / 2, height_m, roof)
        material = materials[int(rng.random() < 0.35)]
        row.append(Building("house", (part,), material, houses.tint(rng, 0.2),
                            seed=houses.seed_of(rng)))  # fmt: skip
    return row
