"""Random buildings: houses with wings, sheds, tanks, vehicles, ships and container stacks.

Knows nothing of where they go together; that is `streets.py`, `countryside.py` and `harbour.py`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.plan import Building, Part, Presence, Roof

Rng = np.random.Generator
XY = tuple[float, float]


@dataclass(frozen=True)
class Manner:
    """How people build in a neighbourhood.

    Attributes:
        materials: roof materials and their weights.
        roofs: roof shapes and their weights.
        length_m: range of house lengths.
        width_m: range of house widths.
        wing_chance: how often a house has a wing.
        height_m: range of eaves heights.
    """

    materials: dict[str, float]
    roofs: dict[Roof, float]
    length_m: tuple[float, float] = (11.0, 18.0)
    width_m: tuple[float, float] = (8.0, 11.5)
    wing_chance: float = 0.5
    height_m: tuple[float, float] = (3.0, 6.0)


VEHICLES = {"car_white": 0.35, "car_grey": 0.3, "car_dark": 0.25, "car_red": 0.1}
SHED_ROOFS = {"metal": 0.3, "membrane": 0.3, "white_roof": 0.22, "blue_metal": 0.08,
              "rusty_metal": 0.1}  # fmt: skip


def pick(rng: Rng, weights: Mapping[str, float] | Mapping[Roof, float]) -> str:
    """A key drawn with its weight."""
    shares = np.array(list(weights.values()))
    return str(rng.choice(list(weights), p=shares / shares.sum()))


def seed_of(rng: Rng) -> int:
    """A seed for one building's own texture."""
    return int(rng.integers(2**31))


def tint(rng: Rng, spread: float = 0.13) -> float:
    """A brightness factor around 1."""
    return float(np.clip(rng.normal(1, spread), 0.6, 1.5))


def offset(centre: XY, angle_rad: float, along_m: float, across_m: float) -> XY:
    """A position given along and across a direction from a centre."""
    cos, sin = math.cos(angle_rad), math.sin(angle_rad)
    return centre[0] + along_m * cos - across_m * sin, centre[1] + along_m * sin + across_m * cos


def house(rng: Rng, manner: Manner, centre: XY, angle_rad: float) -> Building:
    """A main box with up to two wings under roofs of one material."""
    roof = pick(rng, manner.roofs)
    length, width = float(rng.uniform(*manner.length_m)), float(rng.uniform(*manner.width_m))
    height = float(rng.uniform(*manner.height_m))
    main = Part(centre, length, min(width, length), angle_rad, height, roof)  # type: ignore[arg-type]
    parts = [main]
    for _wing in range(2):
        if rng.random() < manner.wing_chance:
            parts.append(wing(rng, main))
    return Building(
        "house", tuple(parts), pick(rng, manner.materials), tint(rng), seed=seed_of(rng)
    )


def wing(rng: Rng, main: Part, presence: Presence | None = None) -> Part:
    """A box across the main one, which sticks out of one long side."""
    width = float(rng.uniform(0.32, 0.5)) * main.length_m
    out = float(rng.uniform(2.5, 7.0))
    length = main.width_m * 0.5 + out
    side = float(rng.choice([-1.0, 1.0]))
    along = float(rng.uniform(-0.5, 0.5)) * (main.length_m - width)
    centre = offset(main.centre, main.angle_rad, along, side * length / 2)
    roof = main.roof
    angle = main.angle_rad + math.pi / 2
    if width > length:
        length, width, angle = width, length, main.angle_rad
    height = main.height_m * float(rng.uniform(0.8, 1.0))
    if presence is None:
        return Part(centre, length, width, angle, height, roof)
    return Part(centre, length, width, angle, height, roof, presence)


def shed(rng: Rng, centre: XY, angle_rad: float, size_m: tuple[float, float]) -> Building:
    """A large flat or low-gabled hall, sometimes stepped."""
    roof: Roof = "flat" if rng.random() < 0.65 else "gable"
    height = float(rng.uniform(5, 11))
    main = Part(centre, *size_m, angle_rad, height, roof)
    parts = [main]
    if rng.random() < 0.5:
        annex = offset(centre, angle_rad, size_m[0] * 0.32, size_m[1] * 0.5)
        parts.append(Part(annex, size_m[0] * 0.3, size_m[1] * 0.4, angle_rad, height * 0.7, "flat"))
    return Building("shed", tuple(parts), pick(rng, SHED_ROOFS), tint(rng), seed=seed_of(rng))


def vehicle(rng: Rng, centre: XY, angle_rad: float, presence: Presence) -> Building:
    """A car, van or lorry: a distractor that no truth mentions."""
    is_lorry = rng.random() < 0.06
    length, width, height = (
        (9.5, 2.5, 3.0) if is_lorry else (float(rng.normal(4.5, 0.3)), 1.85, 1.4)
    )
    part = Part(centre, length, width, angle_rad, height, "flat")
    return Building("vehicle", (part,), pick(rng, VEHICLES), tint(rng), presence, seed=seed_of(rng))


def tank(rng: Rng, centre: XY, diameter_m: float) -> Building:
    """A round storage tank."""
    part = Part(centre, diameter_m, diameter_m, 0.0, float(rng.uniform(8, 16)), "round")
    return Building("tank", (part,), "tank", tint(rng, 0.05), seed=seed_of(rng))


def ship(rng: Rng, centre: XY, angle_rad: float) -> Building:
    """A cargo ship: hull and superstructure."""
    length = float(rng.uniform(90, 280))
    beam = length * float(rng.uniform(0.12, 0.16))
    hull = Part(centre, length, beam, angle_rad, 14.0)
    bridge = Part(
        offset(centre, angle_rad, -0.38 * length, 0), 0.12 * length, beam, angle_rad, 22.0
    )
    return Building("ship", (hull, bridge), "ship", tint(rng), seed=seed_of(rng))


def container_stack(
    rng: Rng, centre: XY, angle_rad: float, size_m: tuple[float, float]
) -> Building:
    """A block of stacked containers."""
    part = Part(centre, *size_m, angle_rad, float(rng.uniform(5, 13)))
    return Building("containers", (part,), "containers", tint(rng, 0.2), seed=seed_of(rng))
