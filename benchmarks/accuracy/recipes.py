"""Which simulated sets the benchmark renders.

Only numbers and names: places, events, disturbances and their levels, and seeds no network was
trained on.
"""

from dataclasses import replace

import numpy as np

from benchmarks.accuracy.rendered import Recipe
from simulation import nuisances
from simulation.events import Event
from simulation.nuisances import Look, Nuisances
from simulation.pair import PairSpec
from simulation.places import Kind as Place
from simulation.spectra import Season

SEEDS = (9_000_011, 9_000_012, 9_000_013, 9_000_014)
CURVE_SEEDS = (9_000_021, 9_000_022)
CURVE_SHAPE = (384, 384)
SEASON_SEED = 9_000_031
"""Far from those that `inference.training` learns from and chooses thresholds on."""
BUILT = (Event("building_appears", 8), Event("building_vanishes", 4), Event("road_appears", 1))
BUILDINGS = (Event("building_appears", 8), Event("building_vanishes", 4))
STRUCK = (Event("building_damaged", 12), Event("building_vanishes", 4))
LAND = (Event("flood", 2), Event("burn", 2), Event("clearing", 3))
PORT = (Event("ship_appears", 4), Event("ship_vanishes", 3), Event("containers_appear", 3))

PLACES: tuple[tuple[str, PairSpec], ...] = (
    ("suburb 0.25 m", PairSpec(0, gsd_m=0.25, events=BUILDINGS)),
    ("suburb 0.5 m", PairSpec(0, events=BUILT)),
    ("suburb 1 m", PairSpec(0, shape=(384, 384), gsd_m=1.0, events=BUILT)),
    ("town 0.5 m, struck", PairSpec(0, "town", events=STRUCK)),
    ("delta 10 m, 6 bands", PairSpec(0, "delta", gsd_m=10.0, sensor="multispectral6", events=LAND)),
    ("harbour radar 10 m", PairSpec(0, "harbour", gsd_m=10.0, sensor="sar", events=PORT)),
)
SEASONS: tuple[Season, ...] = ("summer", "autumn", "winter", "dry")
SEASON_PLACES: tuple[Place, ...] = ("suburb", "town", "farmland")
PLAIN = Look(blur_px=0.5, noise=0.006)
UNDISTURBED = "undisturbed"
SHIFT, GAIN, HAZE = "shift, px", "gain", "haze"
SEASON, RATIO = "season of post", "GSD ratio"
AXES = {
    SHIFT: ("0", "1", "2", "3", "4", "6"),
    GAIN: ("0.6", "0.8", "1", "1.25", "1.6"),
    HAZE: ("0", "0.1", "0.2", "0.3", "0.45"),
    SEASON: SEASONS,
    RATIO: ("1", "2", "3", "4"),
}
"""Levels of each curve in order; the one that no set has is the undisturbed one."""
STEP_PX = (0.8, 0.6)
"""Direction of the shifts, of length 1, so that most levels are no whole pixels."""

CONTROL = PairSpec(9_000_061, events=BUILDINGS)
CONTROLS = (
    CONTROL,
    PairSpec(9_000_062, "delta", gsd_m=10.0, sensor="multispectral6", events=LAND),
    PairSpec(9_000_063, "harbour", gsd_m=10.0, sensor="sar", events=PORT),
)
"""Pairs of the negative controls, one of each kind of imagery."""


def recipes() -> tuple[Recipe, ...]:
    """Every simulated set, in the order of the tables."""
    return (*_everyday(), _seasonal(), *_curves())


def _everyday() -> tuple[Recipe, ...]:
    """Each place under everyday nuisances, with its events and without."""
    changed = tuple(
        Recipe(f"{name}, simulated", "changed", tuple(_disturbed(spec, seed) for seed in SEEDS))
        for name, spec in PLACES
    )
    calm = tuple(
        Recipe(
            f"{name}, simulated, nothing changed",
            "unchanged",
            tuple(_disturbed(replace(spec, events=()), seed) for seed in SEEDS),
        )
        for name, spec in PLACES
        if "struck" not in name
    )
    return (*changed, *calm)


def _disturbed(spec: PairSpec, seed: int) -> PairSpec:
    drawn = nuisances.sample(np.random.default_rng(seed), is_radar=spec.sensor == "sar")
    return replace(spec, seed=seed, nuisances=drawn)


def _seasonal() -> Recipe:
    """Every ordered pair of seasons, nothing changed but the season and things that come and go."""
    pairs = [(pre, post) for pre in SEASONS for post in SEASONS if pre != post]
    specs = tuple(
        PairSpec(
            SEASON_SEED + at,
            SEASON_PLACES[at % len(SEASON_PLACES)],
            nuisances=Nuisances(
                replace(PLAIN, season=pre), replace(PLAIN, season=post), distractors=0.5
            ),
        )
        for at, (pre, post) in enumerate(pairs)
    )
    return Recipe("two seasons 0.5 m, simulated, nothing changed", "unchanged", specs)


def _curves() -> tuple[Recipe, ...]:
    """Suburbs at 0.5 m: undisturbed, and with one disturbance of post at a time."""
    points: list[tuple[str, str, Nuisances, int]] = []
    for length in (1, 2, 3, 4, 6):
        moved = replace(_looks(PLAIN), shift_px=(STEP_PX[0] * length, STEP_PX[1] * length))
        points.append((SHIFT, f"{length}", moved, 1))
    for gain in (0.6, 0.8, 1.25, 1.6):
        points.append((GAIN, f"{gain:g}", _looks(replace(PLAIN, gain=(gain,))), 1))
    for haze in (0.1, 0.2, 0.3, 0.45):
        points.append((HAZE, f"{haze:g}", _looks(replace(PLAIN, haze=haze)), 1))
    for season in SEASONS[1:]:
        points.append((SEASON, season, _looks(replace(PLAIN, season=season)), 1))
    for ratio in (2, 3, 4):
        points.append((RATIO, f"{ratio}", _looks(PLAIN), ratio))
    return (_point("", UNDISTURBED, _looks(PLAIN), 1), *(_point(*point) for point in points))


def _looks(post: Look) -> Nuisances:
    return Nuisances(PLAIN, post, distractors=0.3)


def _point(axis: str, level: str, looks: Nuisances, coarser: int) -> Recipe:
    specs = tuple(
        PairSpec(seed, shape=CURVE_SHAPE, events=BUILDINGS, nuisances=looks) for seed in CURVE_SEEDS
    )
    return Recipe(f"{axis} {level}".strip(), "curve", specs, axis, level, coarser)
