"""Time and peak memory of whole commands, start-up included.

    python -m benchmarks.speed [--sizes 4096 16384] [--detectors cva changenet] [--folder DIR]

Prints a Markdown table; `benchmarks/RESULTS.md` keeps the last one with the machine it ran on.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from affine import Affine
from rasterio.crs import CRS

from benchmarks.scenes import write_pair
from raster.grid import Grid, lonlat_transformer

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Measured:
    """One command: wall seconds and peak resident memory of its process."""

    what: str
    seconds: float
    peak_mb: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[4096, 16384])
    parser.add_argument("--detectors", nargs="+", default=["cva", "changenet"])
    parser.add_argument("--folder", type=Path, help="keep the pairs here and use them again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="groundshift-bench-") as scratch:
        folder = arguments.folder or Path(scratch)
        rows = [measure("`cli.py --help`", ["--help"])]
        for size in arguments.sizes:
            for detector in arguments.detectors:
                rows += measure_pair(folder / str(size), size, detector, Path(scratch))
    print("| command | seconds | peak resident MB |\n|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.seconds:.2f} | {row.peak_mb:.0f} |")


def measure_pair(folder: Path, size_px: int, detector: str, scratch: Path) -> list[Measured]:
    """The whole pair, and an AOI of 1024 x 1024 pixels in its middle."""
    pre, post = folder / "pre.tif", folder / "post.tif"
    if not post.exists():
        pre, post = write_pair(folder, size_px)
    aoi = scratch / f"aoi_{size_px}.geojson"
    aoi.write_text(json.dumps(_middle(size_px, 1024)), encoding="utf-8")
    base = ["compare", str(pre), str(post), "--detector", detector]
    mpix = size_px * size_px / 1e6
    return [
        measure(
            f"`compare --detector {detector}`, {size_px} x {size_px} ({mpix:.0f} Mpix), exports",
            [*base, "--out", str(scratch / f"whole_{size_px}_{detector}")],
        ),
        measure(
            f"`compare --detector {detector} --aoi`, 1024 x 1024 of it, exports",
            [*base, "--aoi", str(aoi), "--out", str(scratch / f"aoi_{size_px}_{detector}")],
        ),
    ]


def measure(what: str, arguments: list[str]) -> Measured:
    """Run `cli.py` with the arguments as a process of its own.

    Raises:
        RuntimeError: the command failed.
    """
    started = time.perf_counter()
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    child = os.posix_spawn(
        sys.executable,
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _pid, status, usage = os.wait4(child, 0)
    if status:
        msg = f"{' '.join(command)} failed with status {os.waitstatus_to_exitcode(status)}"
        raise RuntimeError(msg)
    return Measured(what, time.perf_counter() - started, usage.ru_maxrss / 1024)


def _middle(size_px: int, side_px: int) -> dict[str, object]:
    """A square AOI in the middle of a pair of `write_pair`, in WGS 84."""
    grid = Grid(CRS.from_epsg(32633), Affine(0.5, 0, 500_000, 0, -0.5, 5_400_000), size_px, size_px)
    low, high = (size_px - side_px) / 2, (size_px + side_px) / 2
    corners = [(low, low), (low, high), (high, high), (high, low), (low, low)]
    to_lonlat = lonlat_transformer(grid.crs)
    ring = [to_lonlat.transform(*(grid.transform @ corner)) for corner in corners]
    return {"type": "Polygon", "coordinates": [ring]}


if __name__ == "__main__":
    main()
