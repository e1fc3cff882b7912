"""Counts on rendered places, on unchanged pairs and on real trees, as Markdown tables.

    python -m benchmarks.counting [--data DIR] [--seeds N]

`DIR` holds `counting_trees`, `series` and `pairs`; without it only rendered places are measured.
Bad rows stay in.
"""

import argparse
import itertools
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.transform import from_origin
from rasterio.windows import Window
from scipy import ndimage
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from analysis.count_accuracy import CountError, count_error, detection, guesses
from analysis.ledger import Ledger
from errors import GroundshiftError
from inference.counters.base import Example, Ground, Wanted
from inference.counting.alike import find_alike
from inference.counting.picture import Picture
from progress import Watcher
from raster.grid import Grid
from raster.instances import Instance
from services.count import CountRequest, count
from simulation import geotiff, nuisances
from simulation.events import Event
from simulation.nuisances import Nuisances
from simulation.pair import PairSpec, SimulatedPair, render
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
"""A change is the true one where it shares this much of the smaller outline."""
TREE_EXAMPLES = 3
TREE_GSD_M = 0.1
TREE_IOU = 0.4
TREE_SIMILARITIES = (0.1, 0.2, 0.3, 0.4, 0.5)
TREE_SIZES_M2 = (1.0, 400.0)
SURROUNDINGS_PX = 48

Box = tuple[float, float, float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """A rendered pair in files."""

    folder: Path
    pair: SimulatedPair


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seeds", type=int, default=12)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="groundshift-bench-") as scratch:
        rendered(Path(scratch), arguments.seeds)
        if arguments.data is None or not arguments.data.is_dir():
            print("\n(The real sets are not here; give their folder with --data.)")
            return
        unchanged(arguments.data, Path(scratch))
        trees(arguments.data / "counting_trees")


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
    """Buildings at pre and post."""
    least_px = SMALLEST_M2 / place.pair.gsd_m**2
    things = [
        one
        for one in place.pair.objects
        if one.class_name in BUILDING_CLASSES and one.polygon.area >= least_px
    ]
    return sum(one.in_pre for one in things), sum(one.in_post for one in things)


def _count_row(name: str, pairs: Sequence[tuple[Place, Ledger]]) -> str:
    counted: list[float] = []
    true: list[float] = []
    for place, ledger in pairs:
        counts = ledger.counts()
        counted += [counts.pre, counts.post]
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
        counts = ledger.counts()
        before, after = _true(place)
        drift.append(abs((counts.post - counts.pre) - (after - before)))
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
            if thing.intersection(one).area >= ON_TRUTH * min(thing.area, one.area):
                free.remove(one)
                break
    return len(true) - len(free)


def unchanged(data: Path, scratch: Path) -> None:
    """Real pairs: buildings at both dates and what is said to have changed."""
    print("\n| real pair | pre | post | appeared | vanished | not assessed | seconds |")
    print("|---|---|---|---|---|---|---|")
    for name, pre, post in _real_pairs(data, scratch):
        started = time.perf_counter()
        try:
            request = CountRequest(pre, post, counter="buildings")
            outcome = count(request, out_dir=scratch / name, watcher=Watcher())
        except GroundshiftError as error:
            print(f"| {name} | {error.message} ||||||", flush=True)
            continue
        counts = outcome.result.ledger.counts()
        unsure = counts.not_assessed_pre + counts.not_assessed_post
        print(
            f"| {name} | {counts.pre} | {counts.post} | {counts.appeared} | {counts.vanished} "
            f"| {unsure} | {time.perf_counter() - started:.0f} |",
            flush=True,
        )


def _real_pairs(data: Path, scratch: Path) -> Iterator[tuple[str, Path, Path]]:
    """A wetland where nothing was built; a town against itself, and before and after a tornado."""
    dates = sorted((data / "series" / "naip_wetland").glob("*.tif"))
    for pre, post in itertools.pairwise(dates):
        yield f"wetland {pre.stem[:4]} to {post.stem[:4]}", pre, post
    town = data / "pairs" / "joplin_mixed_crs"
    if town.is_dir():
        folders = []
        for date in ("pre", "post"):
            folder = scratch / f"town_{date}"
            folder.mkdir()
            for tile in town.glob(f"{date}_*.tif"):
                (folder / tile.name).symlink_to(tile.resolve())
            folders.append(folder)
        tile = min(town.glob("pre_*.tif"))
        yield "town against itself, taken again", tile, _taken_again(tile, scratch / "again.tif")
        yield "town, before and after a tornado", folders[0], folders[1]


def _taken_again(scene: Path, target: Path) -> Path:
    """The same ground darker, flatter, blurred, noisy and 1.3 by 0.8 pixels off."""
    rng = np.random.default_rng(FIRST_SEED)
    with rasterio.open(scene, driver="GTiff") as file:
        values, profile = file.read().astype(np.float32), file.profile
    for band in values:
        moved = ndimage.shift(band, (0.8, 1.3), order=1, mode="nearest")
        band[:] = ndimage.gaussian_filter(moved, 0.8) * 0.75 + 20 + rng.normal(0, 3, band.shape)
    profile = {
        key: profile[key] for key in ("dtype", "count", "height", "width", "crs", "transform")
    }
    with rasterio.open(target, "w", driver="GTiff", **profile) as file:
        file.write(np.clip(np.rint(values), 1, 255).astype(profile["dtype"]))
    return target


def trees(folder: Path) -> None:
    """Crowns of the NEON tiles by three boxed examples each; not every crown is boxed."""
    if not folder.is_dir():
        return
    print(
        "\n| similarity | boxed crowns | found | recall | precision | AP | R, middle | P, middle |"
    )
    print("|---|---|---|---|---|---|---|---|")
    tiles = [_tile(path) for path in sorted(folder.glob("*.tif"))]
    for similarity in TREE_SIMILARITIES:
        print(_tree_row(similarity, tiles), flush=True)


def _tree_row(similarity: float, tiles: Sequence[tuple[Picture, list[Box]]]) -> str:
    true = found = overlapping = inside = 0
    precisions = []
    for picture, boxes in tiles:
        shown = _tree_examples(boxes, picture.grid.shape)
        examples = tuple(_example(picture, box) for box in shown)
        wanted = Wanted(*TREE_SIZES_M2, examples, similarity)
        everything = find_alike(Ground(picture.grid, picture.read), wanted, Watcher()).instances
        # The examples themselves are no merit: neither their boxes nor the finds on them count.
        things = [one for one in everything if not _is_example(one, shown)]
        boxes = [box for box in boxes if box not in shown]
        frames = np.array([_frame(one.window) for one in things], np.float64).reshape(-1, 4)
        overlaps = _overlaps(frames, np.array(boxes, np.float64))
        scores = np.array([one.score for one in things])
        by_box = detection(scores, overlaps, least=TREE_IOU)
        by_middle = detection(scores, _holds(frames, np.array(boxes, np.float64)), least=1.0)
        true, found = true + len(boxes), found + len(things)
        overlapping += round((by_box.recall or 0) * len(boxes))
        inside += round((by_middle.recall or 0) * len(boxes))
        precisions.append(by_box.average_precision or 0)
    each = max(found, 1)
    return (
        f"| {similarity} | {true} | {found} | {overlapping / true:.2f} | {overlapping / each:.2f} "
        f"| {np.mean(precisions):.2f} | {inside / true:.2f} | {inside / each:.2f} |"
    )


def _is_example(thing: Instance, shown: Sequence[Box]) -> bool:
    frame = np.array([_frame(thing.window)], np.float64)
    return bool((_overlaps(frame, np.array(shown, np.float64)) >= TREE_IOU).any())


def _tile(path: Path) -> tuple[Picture, list[Box]]:
    with rasterio.open(path, driver="GTiff") as file:
        image = file.read([1, 2, 3])
    grid = Grid(UTM, from_origin(500_000, 5_400_000, TREE_GSD_M, TREE_GSD_M), *image.shape[1:])
    root = ElementTree.parse(path.with_suffix(".xml")).getroot()  # noqa: S314 - our own data folder
    boxes = [_box(one) for one in root.iter("bndbox")]
    picture = Picture(image, np.ones(image.shape[1:], np.bool_), grid)
    return picture, boxes


def _box(element: ElementTree.Element) -> Box:
    sides = ("xmin", "ymin", "xmax", "ymax")
    left, top, right, bottom = (float(element.findtext(side, "nan")) for side in sides)
    return left, top, right, bottom


def _tree_examples(boxes: Sequence[Box], shape: tuple[int, int]) -> list[Box]:
    """The boxes of the most usual size that do not touch the edge of the tile."""
    rows, cols = shape
    sizes = np.array([(box[2] - box[0]) * (box[3] - box[1]) for box in boxes])
    order = np.argsort(np.abs(np.log(sizes / np.median(sizes))), kind="stable")
    whole = [boxes[at] for at in order]
    inner = [b for b in whole if b[0] > 1 and b[1] > 1 and b[2] < cols - 1 and b[3] < rows - 1]
    return (inner or whole)[:TREE_EXAMPLES]


def _example(picture: Picture, box: Box) -> Example:
    left, top = int(box[0]), int(box[1])
    window = Window(left, top, int(np.ceil(box[2])) - left, int(np.ceil(box[3])) - top)
    margin = max(SURROUNDINGS_PX, int(window.width), int(window.height))
    wide = Window(
        left - margin, top - margin, window.width + 2 * margin, window.height + 2 * margin
    )
    inner = (box[0] - wide.col_off, box[1] - wide.row_off,
             box[2] - wide.col_off, box[3] - wide.row_off)  # fmt: skip
    return Example(window, picture.read(wide), inner)


def _frame(window: Window) -> Box:
    left, top = window.col_off, window.row_off
    return left, top, left + window.width, top + window.height


def _overlaps(found: Floats, true: Floats) -> Floats:
    """IoU (find, box)."""
    ours = np.asarray(shapely.box(*found.reshape(-1, 4).T))[:, None]
    theirs = np.asarray(shapely.box(*true.reshape(-1, 4).T))[None]
    shared = shapely.area(shapely.intersection(ours, theirs))
    return np.asarray(shared / (shapely.area(ours) + shapely.area(theirs) - shared))


def _holds(found: Floats, true: Floats) -> Floats:
    """1 where a box holds the middle of a find (find, box)."""
    true = true.reshape(-1, 4)
    middles = (found[:, :2] + found[:, 2:]) / 2
    above = (middles[:, None] >= true[None, :, :2]).all(axis=2)
    below = (middles[:, None] <= true[None, :, 2:]).all(axis=2)
    return np.asarray(above & below, np.float64)


if __name__ == "__main__":
    main()
