"""Counts of buildings on rendered pairs against exact truth, as Markdown tables.

    python -m benchmarks.counting [--seeds N]

Bad rows stay in; `benchmarks.real_pairs`, `benchmarks.roofs` and `benchmarks.trees` measure real
pictures.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from rasterio.crs import CRS
from rasterio.transform import from_origin
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from analysis.count_accuracy import CountError, count_error, guesses
from analysis.ledger import Ledger
from progress import Watcher
from raster.grid import Grid
from services.count import CountRequest, count
from simulation import geotiff, nuisances
from simulation.events import Event
from simulation.nuisances import Nuisances
from simulation.pair import PairSpec, SimulatedPair, TruthObject, render
from simulation.places import Kind

FIRST_SEED = 700_000
"""Far from the seeds that the network learned from."""
KINDS: tuple[Kind, ...] = ("suburb", "town", "industry")
GSDS_M = (0.3, 0.4, 0.5)
SHAPE = (640, 640)
SMALLEST_M2 = 25.0
EVENTS = (Event("building_appears", 5), Event("building_vanishes", 4))
SETS: tuple[tuple[str, tuple[Event, ...], bool], ...] = (
    ("clean", (), True),
    ("nuisances, nothing built", (), False),
    ("nuisances, built", EVENTS, False),
)
BUILDING_CLASSES = ("building", "building_new", "building_gone")
UTM = CRS.from_epsg(32633)
ON_TRUTH = 0.3
"""A find is the true one where it shares this much of the smaller outline."""


@dataclass(frozen=True)
class Place:
    """A rendered pair in files."""

    folder: Path
    pair: SimulatedPair


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=12)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="groundshift-bench-") as scratch:
        rendered(Path(scratch), arguments.seeds)


def rendered(scratch: Path, seeds: int) -> None:
    """Counts of buildings against truth, and changes against what truly happened."""
    print("| rendered set | pairs | exact | MAE | RMSE | bias | relative | zero | mean |")
    print("|---|---|---|---|---|---|---|---|---|")
    found = {}
    for name, events, is_calm in SETS:
        places = [_render(scratch / name, seed, events, is_calm=is_calm) for seed in range(seeds)]
        found[name] = [(place, _counted(place.folder)) for place in places]
        print(_count_row(name, found[name]), flush=True)
    print("\n| rendered set | true changes | found | recall | precision | change: MAE | most |")
    print("|---|---|---|---|---|---|---|")
    for name, pairs in found.items():
        print(_change_row(name, pairs), flush=True)


def _render(folder: Path, number: int, events: tuple[Event, ...], *, is_calm: bool) -> Place:
    seed = FIRST_SEED + number
    drawn = nuisances.sample(np.random.default_rng(seed), is_radar=False)
    look = Nuisances() if is_calm else drawn
    kind, gsd_m = KINDS[number % len(KINDS)], GSDS_M[number // len(KINDS) % len(GSDS_M)]
    pair = render(PairSpec(seed, kind, SHAPE, gsd_m, "rgb", events, look))
    folder = folder / str(seed)
    folder.mkdir(parents=True)
    grid = Grid(UTM, from_origin(500_000, 5_400_000, gsd_m, gsd_m), *SHAPE)
    for date, pixels in (("pre", pair.pre), ("post", pair.post)):
        labels = geotiff.Labels(pair.band_names, None, nodata=0)
        geotiff.write(folder / f"{date}.tif", pixels, grid, labels)
    return Place(folder, pair)


def _counted(folder: Path) -> Ledger:
    request = CountRequest(folder / "pre.tif", folder / "post.tif", counter="buildings")
    return count(request, out_dir=folder / "out", watcher=Watcher()).result.ledger


def _true(place: Place) -> tuple[int, int]:
    """Whole buildings at pre and post."""
    least_px = SMALLEST_M2 / place.pair.gsd_m**2
    things = [
        one
        for one in _buildings(place)
        if one.polygon.area >= least_px and one.polygon.within(_frame_of(place))
    ]
    return sum(one.in_pre for one in things), sum(one.in_post for one in things)


def _found(place: Place, ledger: Ledger) -> tuple[int, int]:
    """What was counted at pre and post, less what touches the frame or is a building that does."""
    frame = _frame_of(place)
    cut = [one.polygon for one in _buildings(place) if not one.polygon.within(frame)]
    counted = []
    for date, side in enumerate(("pre", "post")):
        things = (
            ledger.by_id[date][id_] for entry in ledger.assessed for id_ in getattr(entry, side)
        )
        shapes = [_in_pixels(thing.polygon, place) for thing in things]
        inside = [shape for shape in shapes if shape.within(frame)]
        counted.append(sum(not any(_is_on(shape, other) for other in cut) for shape in inside))
    return counted[0], counted[1]


def _buildings(place: Place) -> list[TruthObject]:
    return [one for one in place.pair.objects if one.class_name in BUILDING_CLASSES]


def _frame_of(place: Place) -> BaseGeometry:
    """The picture less its outermost pixels."""
    rows, cols = place.pair.truth.shape
    return shapely.box(1, 1, cols - 1, rows - 1)


def _is_on(thing: BaseGeometry, one: BaseGeometry) -> bool:
    return bool(thing.intersection(one).area >= ON_TRUTH * min(thing.area, one.area))


def _count_row(name: str, pairs: Sequence[tuple[Place, Ledger]]) -> str:
    counted: list[float] = []
    true: list[float] = []
    for place, ledger in pairs:
        counted += _found(place, ledger)
        true += _true(place)
    found, (none, average) = count_error(counted, true), guesses(true)
    return (
        f"| {name} | {len(pairs)} | {found.exact_share:.0%} | {found.mae:.2f} | {found.rmse:.2f} "
        f"| {found.bias:+.2f} | {_relative(found)} | {_relative(none)} | {_relative(average)} |"
    )


def _relative(error: CountError) -> str:
    return "none" if error.relative is None else f"{error.relative:.1%}"


def _change_row(name: str, pairs: Sequence[tuple[Place, Ledger]]) -> str:
    true = found = hits = 0
    drift = []
    for place, ledger in pairs:
        (pre, post), (before, after) = _found(place, ledger), _true(place)
        drift.append(abs((post - pre) - (after - before)))
        for side, kind in ((ledger.appeared, "building_new"), (ledger.vanished, "building_gone")):
            outlines = [one.polygon for one in place.pair.changed if one.class_name == kind]
            true, found = true + len(outlines), found + len(side)
            hits += _hits([_in_pixels(thing.polygon, place) for thing in side], outlines)
    recall = f"{hits / true:.2f}" if true else "none"
    precision = f"{hits / found:.2f}" if found else "none"
    spread = f"{np.mean(drift):.2f} | {max(drift)}"
    return f"| {name} | {true} | {found} | {recall} | {precision} | {spread} |"


def _in_pixels(polygon: BaseGeometry, place: Place) -> BaseGeometry:
    size = place.pair.gsd_m
    return affinity.affine_transform(
        polygon, [1 / size, 0, 0, -1 / size, -500_000 / size, 5_400_000 / size]
    )


def _hits(found: Sequence[BaseGeometry], true: Sequence[BaseGeometry]) -> int:
    """How many true outlines a find of their own lies on."""
    free = list(true)
    for thing in found:
        for one in free:
            if _is_on(thing, one):
                free.remove(one)
                break
    return len(true) - len(free)


if __name__ == "__main__":
    main()
