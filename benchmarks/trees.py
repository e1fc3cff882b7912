"""Crowns that the example route finds on real trees, as a Markdown table.

    python -m benchmarks.trees DIR

`DIR` holds the NEON tiles with boxed crowns; not every crown is boxed. Bad rows stay in.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.transform import from_origin
from rasterio.windows import Window

from analysis.count_accuracy import detection
from inference.counters.base import Example, Ground, Wanted
from inference.counting.alike import find_alike
from inference.counting.picture import Picture
from progress import Watcher
from raster.grid import Grid
from raster.instances import Instance

UTM = CRS.from_epsg(32633)
TREE_EXAMPLES = 3
TREE_GSD_M = 0.1
TREE_IOU = 0.4
TREE_SIMILARITIES = (0.3, 0.4, 0.5, 0.6, 0.7)
TREE_SIZES_M2 = (1.0, 400.0)
SURROUNDINGS_PX = 48

Box = tuple[float, float, float, float]
Floats = NDArray[np.float64]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    trees(parser.parse_args().data)


def trees(folder: Path) -> None:
    """Crowns of the NEON tiles by three boxed examples each; not every crown is boxed."""
    print("| similarity | boxed crowns | found | recall | precision | AP | R, middle | P, middle |")
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
