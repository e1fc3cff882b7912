"""Simulated sets: places with known truth at several ground sizes, unchanged ones, and curves.

Rendered once and kept in a folder named by the hash of the simulation and the numbers it was given.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from rasterio.crs import CRS
from rasterio.transform import from_origin

from benchmarks.accuracy.sets import Kind, LabelledSet
from benchmarks.accuracy.store import ROOT, code_hash, source_files
from raster.grid import Grid
from services.labelled_pairs import LabelledPair
from simulation import geotiff
from simulation.pair import PairSpec, SimulatedPair, render
from simulation.sensors import Pixels

MONTHS = {"summer": 7, "autumn": 10, "winter": 1, "dry": 8}
UTM = CRS.from_epsg(32633)
CORNER_M = (500_000.0, 5_400_000.0)


@dataclass(frozen=True)
class Recipe:
    """A set to render.

    Attributes:
        name: of the row.
        kind: as of a `LabelledSet`.
        specs: one a pair.
        axis: what is disturbed, for points of curves.
        level: how much.
        coarser: post is written in pixels this many times as large.
    """

    name: str
    kind: Kind
    specs: tuple[PairSpec, ...]
    axis: str = ""
    level: str = ""
    coarser: int = 1


def rendered(recipes: tuple[Recipe, ...], folder: Path) -> Iterator[LabelledSet]:
    """The sets of recipes; their pairs are rendered into `folder` when they are prepared."""
    code = simulation_hash()
    for recipe in recipes:
        made_from = [_hash(f"{code} {spec} {recipe.coarser}") for spec in recipe.specs]
        pairs = tuple(_pair(f"{at:02d}", folder / key) for at, key in enumerate(made_from))
        yield LabelledSet(
            recipe.name,
            recipe.kind,
            pairs,
            axis=recipe.axis,
            level=recipe.level,
            made_from=_hash(f"{recipe.kind} {made_from}"),
            prepare=partial(_prepare, recipe, pairs),
        )


def simulation_hash() -> str:
    """Hash of the code that renders."""
    found = source_files((Path(__file__).relative_to(ROOT).as_posix(),))
    return code_hash(tuple(one for one in found if "simulation" in one.parts))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _pair(name: str, folder: Path) -> LabelledPair:
    return LabelledPair(name, folder / "pre.tif", folder / "post.tif", folder / "label.tif")


def _prepare(recipe: Recipe, pairs: tuple[LabelledPair, ...]) -> None:
    for spec, pair in zip(recipe.specs, pairs, strict=True):
        written_once(pair.pre.parent, partial(write_pair, spec=spec, coarser=recipe.coarser))


def written_once(folder: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a folder unless it is there; one that is cut short leaves nothing behind."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as scratch:
        half = Path(scratch) / "half"
        half.mkdir()
        write(half)
        half.rename(folder)


def write_pair(folder: Path, spec: PairSpec, *, coarser: int = 1) -> SimulatedPair:
    """Render a pair and write pre.tif, post.tif, in pixels `coarser` as large, and label.tif."""
    pair = render(spec)
    looks = spec.nuisances
    for date, pixels, look, year in (
        ("pre", pair.pre, looks.pre, 2022),
        ("post", _shrunk(pair.post, coarser), looks.post, 2023),
    ):
        gsd_m = pair.gsd_m * (coarser if date == "post" else 1)
        taken = datetime(year, MONTHS[look.season], 15, 10, tzinfo=UTC)
        labels = geotiff.Labels(pair.band_names, taken, nodata=0)
        geotiff.write(folder / f"{date}.tif", pixels, grid(pixels, gsd_m), labels)
    truth = (pair.truth > 0).astype(np.uint8)[None]
    geotiff.write(
        folder / "label.tif", truth, grid(truth, pair.gsd_m), geotiff.Labels(("changed",))
    )
    return pair


def grid(pixels: Pixels, gsd_m: float) -> Grid:
    """Where made-up pixels (band, row, col) lie."""
    return Grid(UTM, from_origin(*CORNER_M, gsd_m, gsd_m), pixels.shape[1], pixels.shape[2])


def _shrunk(pixels: Pixels, factor: int) -> Pixels:
    """Means of `factor` x `factor` pixels (band, row, col)."""
    if factor == 1:
        return pixels
    rows, cols = pixels.shape[1] // factor, pixels.shape[2] // factor
    bands = [
        cv2.resize(
            band[: rows * factor, : cols * factor].astype(np.float32),
            (cols, rows),
            interpolation=cv2.INTER_AREA,
        )
        for band in pixels
    ]
    means = np.stack(bands)
    return (np.rint(means) if pixels.dtype.kind == "u" else means).astype(pixels.dtype)
