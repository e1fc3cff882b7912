"""Buildings at both dates of real pairs and what is said to have changed, as a Markdown table.

    python -m benchmarks.real_pairs DIR

`DIR` holds `buildings_oam`, `pairs` and `series`. Nothing was built on any of them but the town
that a tornado struck. Bad rows stay in.
"""

import argparse
import itertools
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.transform import from_origin

from benchmarks.retaken import retake
from errors import GroundshiftError
from inference.training.oam import places
from progress import Watcher
from raster.grid import Grid
from services.count import CountRequest, count
from simulation import geotiff

SEED = 700_000
UTM = CRS.from_epsg(32633)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    with tempfile.TemporaryDirectory(prefix="groundshift-bench-") as scratch:
        unchanged(parser.parse_args().data, Path(scratch))


def unchanged(data: Path, scratch: Path) -> None:
    """Real pairs: buildings at both dates and what is said to have changed."""
    print("| real pair | pre | post | appeared | vanished | not assessed | seconds |")
    print("|---|---|---|---|---|---|---|")
    for name, pre, post in (*_real_pairs(data, scratch), *_retaken_places(data, scratch)):
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


def _retaken_places(data: Path, scratch: Path) -> Iterator[tuple[str, Path, Path]]:
    """Aerial places with labelled roofs against themselves."""
    if not (data / "buildings_oam").is_dir():
        return
    for place in places(data / "buildings_oam"):
        rows, cols = place.valid.shape
        grid = Grid(UTM, from_origin(500_000, 5_400_000, place.gsd_m, place.gsd_m), rows, cols)
        scene = scratch / f"{place.name}.tif"
        pixels = np.where(place.valid, np.maximum(place.picture, 1), 0).astype(np.uint8)
        geotiff.write(scene, pixels, grid, geotiff.Labels(("red", "green", "blue"), None, nodata=0))
        learned = "kept back" if place.is_validation else "learned from"
        yield (
            f"{place.name} ({learned})",
            scene,
            _taken_again(scene, scratch / f"{place.name}-2.tif"),
        )


def _taken_again(scene: Path, target: Path) -> Path:
    """The same ground darker, flatter, blurred, noisy and 1.3 by 0.8 pixels off."""
    with rasterio.open(scene, driver="GTiff") as file:
        values, profile = file.read(), file.profile
    profile = {
        key: profile[key]
        for key in ("dtype", "count", "height", "width", "crs", "transform", "nodata")
    }
    with rasterio.open(target, "w", driver="GTiff", **profile) as file:
        file.write(retake(values, seed=SEED, white=255.0))
    return target


if __name__ == "__main__":
    main()
