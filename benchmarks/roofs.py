"""Buildings that the counter finds on real aerial places against their labels, as a Markdown table.

    python -m benchmarks.roofs DIR

`DIR` holds set2, set3 and set4 of aerial tiles with building outlines. Bad rows stay in.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.transform import from_origin

from inference import counter_registry
from inference.counters.base import Ground, Wanted
from inference.counting.picture import Picture
from inference.training.judge import OAM_GSD_M, stretched, whole
from inference.training.oam import Place, places
from inference.training.pools import UNSEEN
from progress import Watcher
from raster.grid import Grid
from raster.instances import Instance

SIZES_M2 = (25.0, 100_000.0)
ON_LABEL_IOU = 0.3
"""A find and a label are one building from this overlap on; no label serves twice."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    print("| place | buildings | found | right | recall | precision |")
    print("|---|---|---|---|---|---|")
    for place in places(parser.parse_args().data):
        print(_row(place), flush=True)


def _row(place: Place) -> str:
    sample = whole(place)
    seen = sample.labels != UNSEEN
    labels = np.where(seen, sample.labels, 0)
    grid = Grid(
        CRS.from_epsg(32633), from_origin(500_000, 5_400_000, OAM_GSD_M, OAM_GSD_M), *seen.shape
    )
    image = np.rint(stretched(sample.image, seen) * 255).astype(np.uint8)
    picture = Picture(image, seen, grid)
    loaded = counter_registry.load("buildings", "cpu")
    wanted = Wanted(*SIZES_M2)
    found = loaded.counter.find(
        loaded.model, Ground(grid, picture.read), wanted, Watcher()
    ).instances
    sizes = np.bincount(labels.ravel())
    true = int((sizes[1:] * OAM_GSD_M**2 >= SIZES_M2[0]).sum())
    right = _right(found, labels, sizes)
    kept = "kept back" if place.is_validation else "learned from"
    each = max(len(found), 1)
    return (
        f"| {place.name} ({kept}) | {true} | {len(found)} | {right} | {right / true:.2f} "
        f"| {right / each:.2f} |"
    )


def _right(
    found: tuple[Instance, ...], labels: NDArray[np.integer], sizes: NDArray[np.integer]
) -> int:
    """How many finds are a labelled building of their own, the surest first."""
    taken: set[int] = set()
    for thing in sorted(found, key=lambda one: -one.score):
        shared = np.bincount(labels[thing.window.toslices()][thing.mask], minlength=len(sizes))
        shared[0] = 0
        label = int(shared.argmax())
        union = thing.pixels + sizes[label] - shared[label]
        if shared[label] >= ON_LABEL_IOU * union:
            taken.add(label)
    return len(taken)


if __name__ == "__main__":
    main()
