"""Things that differ between the dates and that no truth mentions: vehicles, bare ground, crops.

Knows nothing of events.
"""

from dataclasses import replace

import numpy as np

from simulation import houses
from simulation.countryside import CROPS
from simulation.plan import Area, Building, Plan, Presence
from simulation.terrain import Rng, blob, common


def distract(rng: Rng, plan: Plan, share: float) -> Plan:
    """The plan with a share (0..1) of its vehicles moved, crops turned and bare patches opened."""
    if share <= 0:
        return plan
    buildings = tuple(_park(rng, building, share) for building in plan.buildings)
    areas = [piece for area in plan.areas for piece in _turn(rng, area, 0.45 * share)]
    areas += [*_bare_patches(rng, plan, share), *_bare_rings(rng, plan, share)]
    return replace(plan, buildings=buildings, areas=tuple(areas))


def _one_date(rng: Rng) -> Presence:
    is_pre = bool(rng.random() < 0.5)
    return Presence(is_pre, not is_pre)


def _park(rng: Rng, building: Building, share: float) -> Building:
    if building.kind != "vehicle" or rng.random() > share:
        return building
    return replace(building, presence=_one_date(rng))


def _turn(rng: Rng, area: Area, share: float) -> list[Area]:
    """Harvest or ploughing: another crop at the post date."""
    if area.rows is None or area.material not in CROPS or rng.random() > share:
        return [area]
    later = houses.pick(rng, CROPS)
    first, second = Presence(post=False), Presence(pre=False)
    return [replace(area, presence=first), replace(area, material=later, presence=second)]


def _bare_rings(rng: Rng, plan: Plan, share: float) -> list[Area]:
    """Bare ground round a few unchanged houses, so that it does not give new houses away."""
    rings = []
    for building in plan.buildings:
        is_calm = building.presence.pre and building.presence.post
        if building.kind == "house" and is_calm and rng.random() < 0.08 * share:
            ring = building.outline.buffer(float(rng.uniform(1, 4)))
            rings.append(Area(ring, "soil", houses.tint(rng), _one_date(rng)))
    return rings


def _bare_patches(rng: Rng, plan: Plan, share: float) -> list[Area]:
    """Small patches of soil, gravel or dry grass on gardens and fields, at one date."""
    grounds = [a for a in plan.areas if a.material in {"grass", "dry_grass", "soil"}]
    if not grounds or plan.site.gsd_m > 3:
        return []
    count = int(rng.poisson(share * plan.site.height_m * plan.site.width_m / 12_000))
    size = 4.0 * max(plan.site.gsd_m, 1.0) ** 0.5
    patches = []
    for _patch in range(min(count, 400)):
        ground = grounds[int(rng.integers(len(grounds)))].polygon
        spot = ground.representative_point()
        where = (spot.x + float(rng.normal()) * 8, spot.y + float(rng.normal()) * 8)
        shape = blob(rng, where, size * float(np.exp(rng.normal() * 0.5)), roughness=0.7)
        clear = common(shape, ground)
        material = str(rng.choice(["soil", "gravel", "dry_grass", "grass"]))
        patches.append(Area(clear, material, houses.tint(rng), _one_date(rng)))
    return patches
