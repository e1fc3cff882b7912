"""Plan of a sea port: coast, quays, ships at berth and at anchor, stacks, tanks and a city behind.

Knows nothing of dates; events decide later which ships sail and which stacks are moved.
"""

import math
from dataclasses import replace

import numpy as np
from shapely.geometry import LineString, Polygon
from shapely.ops import unary_union

from simulation import houses
from simulation.countryside import CROPS, fields
from simulation.houses import Manner
from simulation.plan import Area, Building, Plan, Site
from simulation.streets import Draft
from simulation.terrain import BentFrame, Rng, blob, curve, less, rectangle

BLOCK_M = 130.0
CITY = Manner({"membrane": 0.4, "tile_red": 0.3, "metal": 0.3}, {"flat": 1.0}, (22, 48), (14, 26),
              0.3, (8.0, 26.0))  # fmt: skip


def harbour(rng: Rng, site: Site) -> Plan:
    """A port on a coast; the sea lies below."""
    width, height = site.width_m, site.height_m
    unit = min(width, height)
    draft = Draft.empty()
    draft.areas[0] += fields(rng, site, 0.05 * unit, CROPS)
    coast = curve(rng, (-0.3 * width, 0.53 * height), (1.3 * width, 0.47 * height), 0.04)
    heads = [_on_coast(coast, share * width) for share in (0.02, 0.3, 0.52, 0.8)]
    land = unary_union([blob(rng, head, 0.07 * unit, roughness=1.0) for head in heads])
    water = [*coast.coords, (1.4 * width, 1.6 * height), (-0.4 * width, 1.6 * height)]
    sea = less(Polygon(water).buffer(0), land)
    hill = blob(rng, (0.12 * width, 0.1 * height), 0.3 * unit, roughness=0.8)
    stream = curve(rng, (0.75 * width, -0.1 * height), (0.98 * width, 0.6 * height), 0.1)
    draft.areas[0] += [Area(hill, "forest")]
    draft.areas[0] += [Area(sea.boundary.buffer(18), "sand"), Area(sea, "sea")]
    draft.areas[1].append(Area(less(stream.buffer(0.009 * unit), sea), "river"))
    runway(draft, site)
    city(rng, draft, site, coast)
    for share in (0.16, 0.40, 0.64):
        pier(rng, draft, site, _on_coast(coast, (share + 0.04) * width))
    breakwater(draft, site, _on_coast(coast, 0.97 * width))
    anchorage(rng, draft, site, 0.5 * height)
    tank_farm(rng, draft, (0.775 * width, _on_coast(coast, 0.775 * width)[1] - 0.09 * height), unit)
    return draft.plan(site, "dry_grass", houses.seed_of(rng))


def _on_coast(coast: LineString, x: float) -> tuple[float, float]:
    """Where the coast lies at an easting."""
    coords = np.asarray(coast.coords)
    nearest = coords[np.argmin(abs(coords[:, 0] - x))]
    return x, float(nearest[1])


def runway(draft: Draft, site: Site) -> None:
    """An airfield: short grass round a runway and a taxiway, both dark to radar."""
    centre = (0.68 * site.width_m, 0.11 * site.height_m)
    long_m = min(2400.0, 0.42 * site.width_m)
    draft.areas[1].append(Area(rectangle(centre, long_m + 300, 420, -0.12), "grass"))
    beside = houses.offset(centre, -0.12, 0, 130)
    draft.areas[2].append(Area(rectangle(centre, long_m, 50, -0.12), "asphalt", 0.5))
    draft.areas[2].append(Area(rectangle(beside, 0.7 * long_m, 28, -0.12), "asphalt", 0.6))


def city(rng: Rng, draft: Draft, site: Site, coast: LineString) -> None:
    """Quarters of blocks behind the port, each with its own density; none on water or runway."""
    frame = BentFrame.random(rng, site.centre, 60, wave_m=900)
    taken = unary_union([area.polygon for area in (*draft.areas[1], *draft.areas[2])])
    reach = site.reach_m
    for u in np.arange(-reach, reach, BLOCK_M):
        for v in np.arange(-reach, reach, BLOCK_M):
            x, y = frame.point(u, v)
            depth = (_on_coast(coast, x)[1] - 0.03 * site.height_m - y) / site.height_m
            wave = 0.28 * math.sin(u / 310.0) * math.sin(v / 430.0 + 1)
            if depth < 0 or not site.holds((x, y)) or rng.random() < 2.4 * depth - 0.05 + wave:
                continue
            block = frame.rectangle(u, v, u + BLOCK_M - 18, v + BLOCK_M - 18)
            if not block.intersects(taken):
                city_block(rng, draft, frame, (u, v))


def city_block(rng: Rng, draft: Draft, frame: BentFrame, corner: tuple[float, float]) -> None:
    """Paving round a block with up to four buildings."""
    u, v = corner
    block = frame.rectangle(u, v, u + BLOCK_M - 18, v + BLOCK_M - 18)
    draft.areas[1] += [
        Area(block.buffer(9), "asphalt"),
        Area(block, "urban", houses.tint(rng, 0.3)),
    ]
    for across, along in ((30, 28), (85, 30), (30, 82), (84, 84)):
        if rng.random() < 0.5:
            spot = frame.point(u + across, v + along)
            angle = frame.direction_rad(u, v)
            block_house = houses.house(rng, CITY, spot, angle)
            dim = float(np.clip(rng.lognormal(-0.9, 0.7), 0.12, 1.6))
            draft.buildings.append(replace(block_house, tint=dim))


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


def breakwater(draft: Draft, site: Site, root: tuple[float, float]) -> None:
    """A bent mole that shelters the piers."""
    width, height = site.width_m, site.height_m
    shore_y = root[1]
    elbow = (0.90 * width, shore_y + 0.39 * height)
    line = LineString([root, elbow, (0.42 * width, shore_y + 0.43 * height)])
    draft.areas[2].append(Area(line.buffer(13), "rock"))


def anchorage(rng: Rng, draft: Draft, site: Site, shore_y: float) -> None:
    """Ships at anchor outside, all turned into one wind."""
    wind = float(rng.uniform(0, math.pi))
    placed: list[Building] = []
    ships = [building.outline for building in draft.buildings if building.kind == "ship"]
    fixed = unary_union([*ships, *(area.polygon for area in draft.areas[2])])
    for _try in range(60):
        x = float(rng.uniform(0.03, 0.97)) * site.width_m
        spot = (x, float(rng.uniform(shore_y + 0.36 * site.height_m, 0.97 * site.height_m)))
        candidate = houses.ship(rng, spot, wind + float(rng.normal(0, 0.15)))
        shape = candidate.outline
        if shape.distance(fixed) > 70:
            placed.append(candidate)
            fixed = fixed.union(shape)
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
