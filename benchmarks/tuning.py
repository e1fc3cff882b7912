"""What labels of one's own buy: the change network trained on for clearings, which it passes over.

    python -m benchmarks.tuning [--minutes 5] [--seeds 0 1]

Rendered forests in pixels of a metre: clearings are wanted, new roads and burns are not, and the
dates have everyday nuisances. A part of one pair is labelled, so that it holds few or many
clearings; the network is trained on with those labels alone and with unlabelled ground as well
(`--few-labels`), and all are measured on pairs of other forests. Bad rows stay in. Everything lies
in a folder of its own and goes with it.
"""

import argparse
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
import shapely.affinity
from rasterio.crs import CRS
from rasterio.features import rasterize
from rasterio.transform import from_origin
from shapely.geometry.base import BaseGeometry

import settings
from errors import GroundshiftError, ModelError
from progress import Watcher
from raster.grid import Grid
from services.evaluate import evaluate
from services.finetune import FinetuneRequest, LabelledScenes, finetune
from simulation import geotiff, nuisances
from simulation.events import Event
from simulation.pair import PairSpec, SimulatedPair, render

FIRST_SEED = 810_000
"""Far from the seeds that the network learned from."""
GSD_M = 1.0
LEARNED_PX, JUDGED_PX, JUDGED = 1536, 768, 4
WANTED = "vegetation_cleared"
SHARES = (0.35, 0.6, 1.0)
"""Of the pair that is labelled, from its left side."""
UTM = CRS.from_epsg(32633)


@dataclass(frozen=True)
class Ground:
    """A rendered pair in files.

    Attributes:
        folder: holds pre.tif and post.tif.
        grid: of both.
        wanted: outlines of the clearings, in the units of the grid.
    """

    folder: Path
    grid: Grid
    wanted: tuple[BaseGeometry, ...]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="of each training")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="groundshift-bench-") as scratch:
        os.environ["GROUNDSHIFT_DATA_DIR"] = f"{scratch}/data"
        settings.load.cache_clear()
        measure(Path(scratch), asked.seeds, asked.minutes)


def measure(scratch: Path, seeds: list[int], minutes: float) -> None:
    """Print one row for each training, and one for the network as it is."""
    for number in range(JUDGED):
        ground = rendered(scratch / "judged", FIRST_SEED + number, JUDGED_PX)
        write_label(ground)
    print("| seed | labelled objects | unlabelled ground | P | R | F1 | kept |")
    print("|---|---|---|---|---|---|---|")
    print(f"| - | 0 | no | {_figures('changenet', scratch)} | - |", flush=True)
    for seed in seeds:
        ground = rendered(scratch / "learned", FIRST_SEED + 100 + seed, LEARNED_PX)
        for share in SHARES:
            given, objects = labelled(ground, share)
            for is_few in (False, True):
                name = f"labels_{seed}_{round(100 * share)}_{'few' if is_few else 'plain'}"
                told = _trained(given, name, minutes, is_few=is_few, scratch=scratch)
                ground_used = "yes" if is_few else "no"
                print(f"| {seed} | {objects} | {ground_used} | {told} |", flush=True)


def _trained(
    given: LabelledScenes, name: str, minutes: float, *, is_few: bool, scratch: Path
) -> str:
    request = FinetuneRequest((given,), name, minutes=minutes, few_labels=is_few)
    try:
        outcome = finetune(request, out_dir=scratch / "out" / name, watcher=Watcher())
    except GroundshiftError as error:
        return f"- | - | - | {error}"
    if not outcome.is_kept:
        return f"- | - | - | {outcome.verdict}"
    return f"{_figures(name, scratch)} | yes"


def _figures(detector: str, scratch: Path) -> str:
    found = evaluate(detector, scratch / "judged", gsd_m=None, watcher=Watcher())
    if found["not_scored"]:
        raise ModelError(found["not_scored"][0]["message"])
    return " | ".join(f"{found[name] or 0:.3f}" for name in ("precision", "recall", "f1"))


def rendered(home: Path, seed: int, side_px: int) -> Ground:
    """A forest with clearings, and with roads and burns that are not asked for."""
    drawn = nuisances.sample(np.random.default_rng(seed), is_radar=False)
    events = (
        Event("clearing", side_px // 64),
        Event("road_appears", side_px // 384),
        Event("burn", side_px // 768),
    )
    shape = (side_px, side_px)
    pair = render(PairSpec(seed, "forest", shape, GSD_M, "rgb", events, drawn))
    grid = Grid(UTM, from_origin(500_000, 5_400_000, GSD_M, GSD_M), *shape)
    folder = home / str(seed)
    folder.mkdir(parents=True)
    for date, pixels in (("pre", pair.pre), ("post", pair.post)):
        labels = geotiff.Labels(pair.band_names, None, nodata=0)
        geotiff.write(folder / f"{date}.tif", pixels, grid, labels)
    return Ground(folder, grid, _wanted(pair, grid))


def _wanted(pair: SimulatedPair, grid: Grid) -> tuple[BaseGeometry, ...]:
    outlines = [one.polygon for one in pair.changed if one.class_name == WANTED]
    turn = grid.transform
    matrix = (turn.a, turn.b, turn.d, turn.e, turn.c, turn.f)
    return tuple(shapely.affinity.affine_transform(one, matrix) for one in outlines)


def write_label(ground: Ground) -> None:
    """`label.tif` of a pair to judge by: 1 where forest was cleared."""
    burnt = rasterize(
        [(one, 1) for one in ground.wanted],
        out_shape=ground.grid.shape,
        transform=ground.grid.transform,
        fill=0,
        dtype="uint8",
    )
    labels = geotiff.Labels(("label",), None, nodata=None)
    geotiff.write(ground.folder / "label.tif", burnt[None], ground.grid, labels)


def labelled(ground: Ground, share: float) -> tuple[LabelledScenes, int]:
    """A pair whose left part was looked at, and how many objects were outlined in it."""
    left, low, right, high = ground.grid.bounds
    area = shapely.box(left, low, left + share * (right - left), high)
    inside = [one for one in ground.wanted if one.within(area)]
    name = round(100 * share)
    labels, reviewed = (ground.folder / f"{what}_{name}.gpkg" for what in ("labels", "reviewed"))
    gpd.GeoDataFrame(geometry=inside, crs=UTM).to_file(labels)
    gpd.GeoDataFrame(geometry=[area], crs=UTM).to_file(reviewed)
    pre, post = ground.folder / "pre.tif", ground.folder / "post.tif"
    return LabelledScenes(pre, post, labels, reviewed), len(inside)


if __name__ == "__main__":
    main()
