"""Every detector on labelled real sets and on simulated ones, as one Markdown table.

    python -m benchmarks.accuracy [--data DIR] [--detectors NAME ...]

`DIR` holds one folder per set, each with `<id>/{pre,post,label}.*`. Without it only the simulated
sets are measured. Bad rows stay in; a detector that cannot work on a set says so.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from rasterio.crs import CRS
from rasterio.transform import from_origin

from errors import ModelError, RasterError
from inference import registry
from progress import Watcher
from raster.grid import Grid
from services.evaluate import evaluate, find_pairs
from simulation import geotiff, nuisances
from simulation.events import Event
from simulation.nuisances import Nuisances
from simulation.pair import PairSpec, render

SEEDS = (11, 12, 13, 14)
MONTHS = {"summer": 7, "autumn": 10, "winter": 1, "dry": 8}
GSD_M = {"dsifn": 2.0, "airchange_sztaki": 1.5, "sar_classic": 10.0}
"""Ground size of the public sets that come as plain pictures, by the name of their folder."""


@dataclass(frozen=True)
class SimulatedSet:
    """A set rendered from seeds; without events every flagged pixel is a false alarm."""

    name: str
    spec: PairSpec
    events: tuple[Event, ...]


SIMULATED = (
    SimulatedSet(
        "suburb 0.5 m",
        PairSpec(0),
        (Event("building_appears", 8), Event("building_vanishes", 4), Event("road_appears", 1)),
    ),
    SimulatedSet(
        "delta 10 m, 6 bands",
        PairSpec(0, "delta", gsd_m=10.0, sensor="multispectral6"),
        (Event("flood", 2), Event("burn", 2), Event("clearing", 3)),
    ),
    SimulatedSet(
        "harbour radar 10 m",
        PairSpec(0, "harbour", gsd_m=10.0, sensor="sar"),
        (Event("ship_appears", 4), Event("ship_vanishes", 3), Event("containers_appear", 3)),
    ),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--detectors", nargs="+", default=[*registry.names(), "auto"])
    arguments = parser.parse_args()
    print("| set | detector | pairs | P | R | F1 | IoU | kappa | flagged | Mpix/s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="groundshift-bench-") as scratch:
        for name, folder in (*real_sets(arguments.data), *simulated_sets(Path(scratch))):
            for detector in arguments.detectors:
                print(row(name, detector, folder), flush=True)


def real_sets(data: Path | None) -> Iterator[tuple[str, Path]]:
    """The folders of `data` that hold labelled pairs."""
    if data is None or not data.is_dir():
        print("\n(The real sets are not here; give their folder with --data.)\n")
        return
    for folder in sorted(path for path in data.iterdir() if path.is_dir()):
        if any((pair / name).is_file() for pair in folder.iterdir() for name in LABELS):
            yield folder.name, folder


LABELS = ("label.tif", "label.png")


def simulated_sets(scratch: Path) -> Iterator[tuple[str, Path]]:
    """Each simulated set with its events, and once more with nuisances only."""
    for kind in SIMULATED:
        for events, words in ((kind.events, "simulated"), ((), "simulated, nothing changed")):
            folder = scratch / f"{kind.name} {words}"
            for seed in SEEDS:
                write_pair(folder / str(seed), kind.spec, events, seed)
            yield f"{kind.name}, {words}", folder


def write_pair(folder: Path, spec: PairSpec, events: tuple[Event, ...], seed: int) -> None:
    """Render one pair with everyday nuisances and write pre, post and label."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(seed)
    is_radar = spec.sensor == "sar"
    drawn: Nuisances = nuisances.sample(rng, is_radar=is_radar)
    pair = render(PairSpec(seed, spec.kind, spec.shape, spec.gsd_m, spec.sensor, events, drawn))
    rows, cols = pair.truth.shape
    grid = Grid(
        CRS.from_epsg(32633), from_origin(500_000, 5_400_000, pair.gsd_m, pair.gsd_m), rows, cols
    )
    dates = (("pre", pair.pre, drawn.pre, 2022), ("post", pair.post, drawn.post, 2023))
    for date, pixels, look, year in dates:
        taken = datetime(year, MONTHS[look.season], 15, 10, tzinfo=UTC)
        labels = geotiff.Labels(pair.band_names, taken, nodata=0)
        geotiff.write(folder / f"{date}.tif", pixels, grid, labels)
    truth = (pair.truth > 0).astype(np.uint8)[None]
    geotiff.write(folder / "label.tif", truth, grid, geotiff.Labels(("changed",)))


def row(name: str, detector: str, folder: Path) -> str:
    """One line of the table."""
    try:
        found = evaluate(detector, folder, gsd_m=GSD_M.get(name), watcher=Watcher())
    except (ModelError, RasterError) as error:
        return f"| {name} | {detector} | {len(find_pairs(folder))} | {error.message} ||||||| "
    measures = " | ".join(_number(found[key]) for key in ("precision", "recall", "f1", "iou"))
    return (
        f"| {name} | {detector} | {found['pairs']} | {measures} | {_number(found['kappa'])} "
        f"| {found['flagged_share']:.2%} | {found['mpix_per_s']:.1f} |"
    )


def _number(value: Any) -> str:
    return "none" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
