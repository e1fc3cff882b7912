"""Plan of a sea port: coast, quays, ships at berth and at anchor, stacks, tanks and a city behind.

Knows nothing of dates; events decide later which ships sail and which stacks are moved.
"""

import math

import numpy as np
from shapely.geometry import Polygon

from simulation import houses
from simulation.countryside import CROPS, fields
from simulation.houses import Manner
from simulation.plan import Area, Building, Plan, Site
from simulation.streets import Draft
from simulation.terrain import BentFrame, Rng, blob, curve, rectangle

BLOCK_M = 130.0
CITY = Manner({"membrane": 0.4, "tile_red": 0.3, "metal": 0.3}, {"flat": 1.0}, (30, 75), (16, 40),
              0.4, (8.0, 26.0))  # fmt: skip


def harbour(rng: Rng, site: Site) -> Plan:
    """A port on a coast whose sea lies to the lower right."""
    width, height = site.width_m, site.height_m
    unit = min(width, height)
    draft = Draft.empty()
    draft.areas[0] += fields(rng, site, 0.05 * unit, CROPS)
    shore_y = 0.5 * height
    coast = curve(rng, (-0.3 * width, shore_y + 0.04 * height), (1.3 * width, shore_y), 0.012)
    sea = Polygon([*coast.coords, (1.4 * width, 1.6 * height), (-0.4 * width, 1.6 * height)])
    hill = blob(rng, (0.12 * width, 0.1 * height), 0.3 * unit, roughness=0.8)
    draft.areas[0] += [Area(hill, "forest"), Area(coast.buffer(18), "sand"), Area(sea, "sea")]
    city(rng, draft, site)
    for share in (0.16, 0.40, 0.64):
        pier(rng, draft, site, (share * width + 0.04 * unit, shore_y))
    breakwater(draft, site, shore_y)
    anchorage(rng, draft, site, shore_y)
    tank_farm(rng, draft, (0.88 * width, shore_y - 0.06 * height), unit)
    return draft.plan(site, "dry_grass", houses.seed_of(rng))


def city(rng: Rng, draft: Draft, site: Site) -> None:
    """Blocks of buildings behind the port, thinning out away from the shore."""
    frame = BentFrame.random(rng, site.centre, 30)
    reach = site.reach_m
    for u in np.arange(-reach, reach, BLOCK_M):
        for v in np.arange(-reach, reach, BLOCK_M):
            x, y = frame.point(u, v)
            depth = (0.46 * site.height_m - y) / site.height_m
            if not site.holds((x, y)) or depth < 0 or rng.random() < 2.2 * depth - 0.1:
                continue
            block = frame.rectangle(u, v, u + BLOCK_M - 18, v + BLOCK_M - 18)
            draft.areas[1] += [Area(block.buffer(9), "asphalt"), Area(block, "urban", 0.6)]
            for corner in ((30, 28), (85, 30), (30, 82), (84, 84)):
                if rng.random() < 0.72:
                    spot = frame.point(u + corner[0], v + corner[1])
                    angle = frame.direction_rad(u, v)
                    draft.buildings.append(houses.house(rng, CITY, spot, angle))


def pier(rng: Rng, draft: Draft, site: Site, root: tuple[float, float]) -> None:
    """A broad quay into the sea with stacks on it, halls along its spine and ships beside it."""
    unit = min(site.width_m, site.height_m)
    length, width = float(rng.uniform(0.24, 0.32)) * unit, float(rng.uniform(0.065, 0.085)) * unit
    angle = math.pi / 2 + float(rng.normal(0, 0.08))
    centre = houses.offset(root, angle, length / 2 - 0.05 * unit, 0)
    draft.areas[2].append(Area(rectangle(centre, length + 0.1 * unit, width, angle), "concrete"))
    for along in np.arange(-length / 2 + 40, length / 2 - 30, 82.0):
        for across in (-0.28, 0.0, 0.28):
            if rng.random() < 0.62:
                spot = houses.offset(centre, angle, float(along), across * width)
                size = (float(rng.uniform(50, 72)), float(rng.uniform(26, 44)))
                draft.buildings.append(houses.container_stack(rng, spot, angle, size))
    for side in (-1, 1):
        for along in np.arange(-0.3 * length, 0.45 * length, 300.0):
            if rng.random() < 0.62:
                spot = houses.offset(centre, angle, float(along), side * (width / 2 + 26))
                draft.buildings.append(houses.ship(rng, spot, angle))


def breakwater(draft: Draft, site: Site, shore_y: float) -> None:
    """A bent mole that shelters the piers."""
    width, height = site.width_m, site.height_m
    elbow = (0.90 * width, shore_y + 0.39 * height)
    mole = np.array([(0.97 * width, shore_y), elbow, (0.42 * width, shore_y + 0.43 * height)])
    line = Polygon([*mole, *mole[::-1] + 1e-3]).exterior
    draft.areas[2].append(Area(line.buffer(13), "rock"))


def anchorage(rng: Rng, draft: Draft, site: Site, shore_y: float) -> None:
    """Ships at anchor outside, all turned into one wind."""
    wind = float(rng.uniform(0, math.pi))
    placed: list[Building] = []
    for _try in range(60):
        x = float(rng.uniform(0.03, 0.97)) * site.width_m
        spot = (x, float(rng.uniform(shore_y + 0.36 * site.height_m, 0.97 * site.height_m)))
        candidate = houses.ship(rng, spot, wind + float(rng.normal(0, 0.15)))
        shape = candidate.footprint()
        others = [*placed, *draft.buildings]
        walls = [area.polygon for area in draft.areas[2]]
        near = any(shape.distance(other.footprint()) < 90 for other in others)
        if not near and all(shape.distance(wall) > 60 for wall in walls):
            placed.append(candidate)
        if len(placed) == 9:
            break
    draft.buildings += placed


def tank_farm(rng: Rng, draft: Draft, centre: tuple[float, float], unit: float) -> None:
    """Round tanks in rows on bare ground."""
    ground = rectangle(centre, 0.17 * unit, 0.10 * unit, 0.1)
    draft.areas[2].append(Area(ground, "gravel"))
    for along in np.arange(-0.065, 0.07, 0.026) * unit:
        for across in (-0.028, 0.0, 0.028):
            if rng.random() < 0.8:
                spot = houses.offset(centre, 0.1, float(along), across * unit)
                draft.buildings.append(houses.tank(rng, spot, float(rng.uniform(45, 78))))
