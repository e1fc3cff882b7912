"""Time to an offline answer about a comparison and a count of 5,000 things each.

    python -m benchmarks.agent [--folder DIR] [--users 20]
    python -m benchmarks.agent --paths [N]

The second asks each N-th dialogue of the project's questions by every path instead. Prints
Markdown tables; `benchmarks/RESULTS.md` keeps the last ones with the machine they ran on.
"""

import argparse
import math
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import rasterio
import shapely
from affine import Affine
from rasterio.crs import CRS

from agent.ask import ask
from agent.desk import Desk
from agent.dialogue import Dialogue
from analysis.count_result import CountResult
from analysis.inquiry.case import Case
from analysis.ledger import Found
from analysis.tally import of_observed
from analysis.things import drawn
from benchmarks import agent_paths
from exports.count import folder as count_folders
from progress import Watcher
from raster.area import PixelAreas
from raster.grid import Grid, lonlat_transformer
from services import recorded_grid
from services.assemble_count import CountBase, assemble
from services.compare import CompareRequest, compare
from services.open_case import open_case

SIDE_PX, STEP_PX, THING_PX, GSD_M = 4096, 57, 18, 0.5
GRID = Grid(CRS.from_epsg(32633), Affine(GSD_M, 0, 5e5, 0, -GSD_M, 5.4e6), SIDE_PX, SIDE_PX)
QUESTIONS = (
    "How many buildings appeared?", "And in the north?", "Which is the largest?",
    "How many are larger than 100 m2?", "What is the net change?", "How much ground changed?",
    "What share of the area is that?", "Where is most of the change?", "List the five largest.",
    "Is the north more affected than the south?", "How dense are the buildings?", "Why?",
    "Wie viele neue Gebäude gibt es im Norden?", "What was left out?", "Describe the changes.",
    "How do you know?",
)  # fmt: skip
ROUNDS = 5


@dataclass
class Times:
    """Seconds of single answers, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def row(self, what: str, cpu_s: float) -> str:
        """A row of the table."""
        ordered = sorted(self.seconds)
        median, p95 = statistics.median(ordered), ordered[math.ceil(0.95 * len(ordered)) - 1]
        each = cpu_s / len(ordered)
        return (
            f"| {what} | {len(ordered)} | {1000 * median:.0f} ms | {1000 * p95:.0f} ms "
            f"| {1000 * each:.0f} ms | {len(self.errors)} |"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keep the results here and use them again")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--paths", type=int, nargs="?", const=1, metavar="N")
    arguments = parser.parse_args()
    if arguments.paths:
        agent_paths.measure(arguments.paths)
        return
    with tempfile.TemporaryDirectory(prefix="groundshift-bench-") as scratch:
        folders = results(arguments.folder or Path(scratch))
        started = time.perf_counter()
        cases = tuple(open_case(folder) for folder in folders)
        opened_s = time.perf_counter() - started
        sizes = " and ".join(f"{len(case.items):,} {case.kind} items" for case in cases)
        print(f"{sizes}; opened in {opened_s:.1f} s; load {os.getloadavg()[0]:.1f}\n")
        print("| asked by | answers | median | 95th percentile | processor each | errors |")
        print("|---|---:|---:|---:|---:|---:|")
        talk(cases, 1)
        measure(cases, users=1)
        measure(cases, users=arguments.users)


def measure(cases: Sequence[Case], *, users: int) -> None:
    """Let users talk at once and print a row."""
    began, times = time.process_time(), Times()
    with ThreadPoolExecutor(users) as pool:
        for one in pool.map(lambda _: talk(cases, ROUNDS if users == 1 else 1), range(users)):
            times.seconds += one.seconds
            times.errors += one.errors
    who = "one user" if users == 1 else f"{users} users at once"
    print(times.row(who, time.process_time() - began))


def talk(cases: Sequence[Case], rounds: int) -> Times:
    """Ask all questions as one dialogue, several times over."""
    times = Times()
    for _round in range(rounds):
        desk, dialogue = Desk(tuple(cases)), Dialogue()
        for question in QUESTIONS:
            started = time.perf_counter()
            answered = ask(desk, question, dialogue)
            times.seconds.append(time.perf_counter() - started)
            dialogue = dialogue.with_turn(answered)
            if answered.reason == "unsupported":
                times.errors.append(question)
    return times


def results(folder: Path) -> tuple[Path, Path]:
    """Result folders of a comparison and of a count; made if they are not there yet."""
    compared, counted = folder / "compared", folder / "counted"
    if not compared.exists():
        request = CompareRequest(*_pair(folder), detector="cva")
        compare(request, out_dir=compared, watcher=Watcher())
    if not counted.exists():
        count_folders.write_all(_count(), counted, watcher=Watcher())
    return compared, counted


def _pair(folder: Path) -> tuple[Path, Path]:
    """Two dates of noisy ground; on the later a bright square in each cell of a lattice."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(3)
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 3, "width": SIDE_PX,
               "height": SIDE_PX, "crs": GRID.crs, "transform": GRID.transform, "tiled": True,
               "compress": "zstd"}  # fmt: skip
    ground = rng.normal(100, 6, (3, SIDE_PX, SIDE_PX)).astype(np.float32)
    paths = folder / "pre.tif", folder / "post.tif"
    for path, is_post in zip(paths, (False, True), strict=True):
        pixels = ground + rng.normal(0, 2, ground.shape).astype(np.float32)
        for row, col in _lattice() if is_post else ():
            pixels[:, row : row + THING_PX, col : col + THING_PX] = 220
        with rasterio.open(path, "w", **profile) as out:
            out.write(np.clip(pixels, 1, 255).astype(np.uint8))
    return paths


def _lattice() -> list[tuple[int, int]]:
    """Upper left corners of about 5,000 things."""
    starts = range(20, SIDE_PX - STEP_PX, STEP_PX)
    return [(row, col) for row in starts for col in starts]


def _count() -> CountResult:
    """Every fifth thing is new, every seventh gone, the others stay."""
    boxes = [_box(row, col) for row, col in _lattice()]
    pre = [box for at, box in enumerate(boxes) if at % 5]
    post = [box for at, box in enumerate(boxes) if at % 7]
    sides = drawn(pre, GRID.crs, first_id=1), drawn(post, GRID.crs, first_id=len(pre) + 1)
    tally = of_observed(np.zeros(GRID.shape, np.uint8), PixelAreas(GRID))
    inputs = [{"role": role, "name": f"{role}.tif", "path": f"{role}.tif", "sha256": "a" * 64,
               "bytes": 9} for role in ("pre", "post")]  # fmt: skip
    scenes = {role: {"name": f"{role}.tif", "acquired_on": day}
              for role, day in (("pre", "2023-06-01"), ("post", "2024-06-03"))}  # fmt: skip
    run = {
        "id": "5000" * 4, "created_utc": "2026-01-02T03:04:05+00:00", "inputs": inputs,
        "scenes": scenes,
        "counter": {"name": "lattice", "title": "A lattice", "thing": "building",
                    "things": "buildings", "summary": "Made up.", "source": "", "limits": []},
        "parameters": {"min_area_m2": 20.0, "is_movable": False},
        "aoi": {"name": "whole overlap", "is_whole_overlap": True},
        "grid": recorded_grid.as_json(GRID), "area": recorded_grid.as_json(GRID),
        "ground": tally.as_json(), "findings": [], "weights_sha256": None,
    }  # fmt: skip
    return assemble(CountBase(run, Found(GRID, *sides, {}), _within()))


def _box(row: int, col: int) -> shapely.Polygon:
    left, top = GRID.transform @ (col, row)
    side_m = THING_PX * GSD_M
    return shapely.box(left, top - side_m, left + side_m, top)


def _within() -> shapely.Polygon:
    """The whole grid in WGS 84."""
    move = lonlat_transformer(GRID.crs)
    frame = shapely.box(*GRID.bounds)
    return shapely.transform(frame, lambda xy: np.column_stack(move.transform(xy[:, 0], xy[:, 1])))


if __name__ == "__main__":
    main()
