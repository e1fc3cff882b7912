"""Every segmenter asked with one click and one box per thing, as Markdown tables.

    python -m benchmarks.segmenters [--data DIR] [--segmenters NAME ...] [--pictures DIR]

`DIR` holds set2, set3 and set4 of aerial tiles with building outlines; without it only the
simulated places are measured. Bad rows stay in; a segmenter that cannot run says why.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.transform import from_origin

from inference import segmenter_registry
from inference.segmenter_registry import Loaded
from inference.segmenters.base import Embedding, Prompt
from inference.training import pools
from inference.training.clicks import box_of, surest_click
from inference.training.judge import OAM_GSD_M, overlap, stretched, whole
from inference.training.oam import places
from inference.training.pools import HELD_OUT, KINDS, UNSEEN, Sample
from raster.chip import Chip
from raster.grid import Grid

SMALLEST_PX = 40
CHIPS = 24
MOST_THINGS = 30
"""Things judged in one simulated chip; real places are judged whole."""
BUILDINGS = ("building", "tank")
SPEED_PX = 1024
SPEED_PROMPTS = 20
FAILED = 0.5

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Case:
    """A chip and the things to ask for in it."""

    name: str
    chip: Chip
    things: tuple[Mask, ...]


@dataclass(frozen=True)
class Figures:
    """One IoU per thing."""

    click: list[float]
    best_of_three: list[float]
    box: list[float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with set2, set3 and set4")
    parser.add_argument("--segmenters", nargs="+", default=list(segmenter_registry.names()))
    parser.add_argument("--pictures", type=Path, help="write what was outlined as PNG")
    parser.add_argument("--chips", type=int, default=CHIPS)
    arguments = parser.parse_args()
    loaded = list(_ready(arguments.segmenters))
    print("\n| set | segmenter | things | click: median IoU | below 0.5 | best of its readings "
          "| box: median IoU | below 0.5 |\n|---|---|---|---|---|---|---|---|")  # fmt: skip
    for title, cases in _sets(arguments.data, arguments.chips):
        for one in loaded:
            print(_row(title, one, cases, arguments.pictures), flush=True)
    print("\n| segmenter | 1024 x 1024 embedded | click | box | slowest |")
    print("|---|---|---|---|---|")
    for one in loaded:
        print(_speed_row(one), flush=True)


def _ready(names: list[str]) -> Iterator[Loaded]:
    """The segmenters that can run; a line for each that cannot."""
    for entry in segmenter_registry.available():
        if entry.name in names and not entry.is_available:
            print(f"* `{entry.name}` was not measured: {entry.reason}")
        elif entry.name in names:
            yield segmenter_registry.load(entry.name, "cpu")


def _sets(data: Path | None, chips: int) -> Iterator[tuple[str, list[Case]]]:
    """Simulated places, then real ones."""
    samples = [(str(seed), pools.simulated(seed)) for seed in range(HELD_OUT, HELD_OUT + chips)]
    for title, is_wanted in (("buildings", True), ("other things", False)):
        cases = [_case(name, sample, buildings=is_wanted) for name, sample in samples]
        yield f"simulated, {title}", [case for case in cases if case.things]
    if data is None or not data.is_dir():
        print("\n(The real places are not here; give their folder with --data.)\n")
        return
    real = places(data)
    for title, is_validation in (("never trained on", True), ("trained on by `clicknet`", False)):
        chosen = [place for place in real if place.is_validation == is_validation]
        yield f"real places {title}", [_case(one.name, whole(one)) for one in chosen]


def _case(name: str, sample: Sample, *, buildings: bool = True) -> Case:
    """A chip with its visible things of the kinds wanted; real ones not cut by the frame."""
    seen = sample.labels != UNSEEN
    picture = np.rint(stretched(sample.image, seen) * 255).astype(np.uint8)
    gsd_m = OAM_GSD_M
    grid = Grid(
        CRS.from_epsg(32633),
        from_origin(500_000, 5_400_000, gsd_m, gsd_m),
        seen.shape[0],
        seen.shape[1],
    )
    codes = [code for code, kind in enumerate(KINDS, 1) if (kind in BUILDINGS) == buildings]
    labels = np.flatnonzero(np.isin(sample.kinds, codes))
    rng = np.random.default_rng(0)
    masks = (np.asarray(sample.labels == label, bool) for label in rng.permutation(labels))
    things = [mask for mask in masks if mask.sum() >= SMALLEST_PX and _is_whole(mask, seen)]
    most = len(things) if sample.is_real else MOST_THINGS
    return Case(name, Chip(picture, seen, grid), tuple(things[:most]))


def _is_whole(mask: Mask, seen: Mask) -> bool:
    """Whether a thing ends before the picture does."""
    near = cv2.dilate((~np.pad(seen, 1)).astype(np.uint8), np.ones((3, 3), np.uint8))
    return not (near[1:-1, 1:-1].astype(bool) & mask).any()


def _row(title: str, loaded: Loaded, cases: list[Case], pictures: Path | None) -> str:
    """One line of the first table."""
    found = Figures([], [], [])
    for case in cases:
        outlined = _measure(loaded, case, found)
        if pictures is not None:
            _draw(pictures / f"{loaded.card.name}_{_slug(title)}_{case.name}.png",
                  case, outlined)  # fmt: skip
    click, best, box = (
        np.array(values) for values in (found.click, found.best_of_three, found.box)
    )
    return (
        f"| {title} | {loaded.card.name} | {len(click)} | {np.median(click):.3f} "
        f"| {(click < FAILED).mean():.0%} | {np.median(best):.3f} "
        f"| {np.median(box):.3f} | {(box < FAILED).mean():.0%} |"
    )


def _slug(title: str) -> str:
    return "_".join(re.findall(r"[a-z]+", title))


def _measure(loaded: Loaded, case: Case, found: Figures) -> list[tuple[Mask, Mask]]:
    """Ask for every thing; gives the masks of click and box."""
    embedding = loaded.segmenter.embed(loaded.model, case.chip)
    masks = []
    for truth in case.things:
        clicked, boxed = (
            loaded.segmenter.answer(loaded.model, embedding, prompt)
            for prompt in (Prompt(inside=(surest_click(truth),)), Prompt(box=box_of(truth)))
        )
        nothing = np.zeros_like(truth)
        readings = [candidate.mask & case.chip.valid for candidate in clicked] or [nothing]
        box = boxed[0].mask & case.chip.valid if boxed else nothing
        found.click.append(overlap(readings[0], truth))
        found.best_of_three.append(max(overlap(mask, truth) for mask in readings))
        found.box.append(overlap(box, truth))
        masks.append((readings[0], box))
    return masks


def _draw(path: Path, case: Case, outlined: list[tuple[Mask, Mask]]) -> None:
    """Truth in white, clicks in red, boxes in yellow."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = np.ascontiguousarray(case.chip.image[::-1].transpose(1, 2, 0))
    layers = [(mask, (255, 255, 255)) for mask in case.things]
    layers += [(click, (40, 40, 255)) for click, _box in outlined]
    layers += [(box, (0, 230, 255)) for _click, box in outlined]
    for mask, colour in layers:
        lines, _tree = cv2.findContours(
            mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
        )
        cv2.drawContours(canvas, lines, -1, colour, 1)
    cv2.imwrite(str(path), canvas)


def _speed_row(loaded: Loaded) -> str:
    """One line of the second table: wall time in ms, and in brackets that of all cores together."""
    chip, clicks, boxes = _speed_case()
    segmenter, model = loaded.segmenter, loaded.model
    # A first prompt pays for imports, so it is not timed.
    segmenter.answer(model, segmenter.embed(model, chip), clicks[0])
    embedding, *cold = _timed(lambda: segmenter.embed(model, chip))
    times = [[_answered(loaded, embedding, one) for one in prompts] for prompts in (clicks, boxes)]
    click, box = (np.median(one, axis=0) for one in times)
    worst = np.max(np.concatenate(times), axis=0)
    cells = (f"{wall:.0f} ({core:.0f}) ms" for wall, core in (cold, click, box, worst))
    return f"| {loaded.card.name} | {' | '.join(cells)} |"


def _answered(loaded: Loaded, embedding: Embedding, prompt: Prompt) -> list[float]:
    """Wall and processor time of one answer in ms."""
    return _timed(lambda: loaded.segmenter.answer(loaded.model, embedding, prompt))[1:]


def _timed(call: Callable[[], Any]) -> list[Any]:
    """What a call gives, its wall time and its processor time in ms."""
    wall, core = time.perf_counter(), time.process_time()
    given = call()
    return [given, 1e3 * (time.perf_counter() - wall), 1e3 * (time.process_time() - core)]


def _speed_case() -> tuple[Chip, list[Prompt], list[Prompt]]:
    """A simulated suburb of 1024 x 1024 pixels, with clicks and boxes of all sizes in it."""
    quarters = [pools.simulated(HELD_OUT + number) for number in range(4)]
    rows = [
        np.concatenate([one.image for one in pair], axis=2) for pair in (quarters[:2], quarters[2:])
    ]
    picture = np.concatenate(rows, axis=1)
    valid = np.ones(picture.shape[1:], bool)
    grid = Grid(CRS.from_epsg(32633), from_origin(500_000, 5_400_000, 0.4, 0.4), SPEED_PX, SPEED_PX)
    rng = np.random.default_rng(3)
    centres = rng.uniform(100, SPEED_PX - 100, (SPEED_PROMPTS, 2))
    half = np.geomspace(6, 300, SPEED_PROMPTS)
    clicks = [Prompt(inside=((float(x), float(y)),)) for x, y in centres]
    boxes = [
        Prompt(box=(max(x - r, 0.0), max(y - r, 0.0), min(x + r, 1024.0), min(y + r, 1024.0)))
        for (x, y), r in zip(centres, half, strict=True)
    ]
    return Chip(picture, valid, grid), clicks, boxes


if __name__ == "__main__":
    main()
