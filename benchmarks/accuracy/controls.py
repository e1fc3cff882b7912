"""What must not be flagged, what swapped dates must exchange, and seams between tiles.

Measured on rendered pairs without misregistration: the detector is judged, not the alignment.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import numpy as np
import rasterio
from numpy.typing import NDArray

from analysis import accuracy
from benchmarks.accuracy.rendered import grid, write_pair
from inference import registry, sampling
from inference.detectors.base import Detector, Resampling
from inference.recommend import recommend
from inference.run import Detection, Options, Site, detect
from inference.scoring import ScoringJob, score
from progress import Watcher
from raster import aoi as aois
from raster import scene
from raster.align import AlignedPair, align
from raster.mask import ChangeClass, State
from raster.resized import resize
from simulation import geotiff
from simulation.nuisances import Look, Nuisances
from simulation.pair import PairSpec

T = TypeVar("T")

DARKER, LIFTED = 0.8, 0.03
OPPOSITE: dict[State, State] = {
    "appeared": "vanished",
    "vanished": "appeared",
    "increase": "decrease",
    "decrease": "increase",
    "changed": "changed",
}
CORE_PX = 256
"""Cores of the many tiles that are compared with one tile."""


@dataclass(frozen=True)
class Swapped:
    """What exchanging the dates does.

    Attributes:
        score_gap: largest difference of a score.
        wrong_px: pixels flagged either way whose direction was not exchanged.
        flagged_px: pixels flagged either way.
    """

    score_gap: float
    wrong_px: int
    flagged_px: int


@dataclass(frozen=True)
class _Looked:
    """One run over a pair of files."""

    codes: NDArray[np.uint8]
    scores: NDArray[np.float32]
    legend: tuple[ChangeClass, ...]


def write_control(folder: Path, spec: PairSpec) -> None:
    """Render a pair whose dates differ in light and season, and two copies of pre.

    Writes pre, post, same (pre again) and darker (pre under less light).
    """
    looks = Nuisances(
        Look(blur_px=0.4, noise=0.004), Look(season="autumn", gain=(0.9,), blur_px=0.5, noise=0.006)
    )
    if spec.sensor == "sar":
        looks = Nuisances(Look(looks=5), Look(looks=5))
    pair = write_pair(folder, replace(spec, nuisances=looks))
    for name, pixels in (("same", pair.pre), ("darker", darker(pair.pre))):
        labels = geotiff.Labels(pair.band_names, nodata=0)
        geotiff.write(folder / f"{name}.tif", pixels, grid(pixels, pair.gsd_m), labels)


def darker(pixels: NDArray[Any]) -> NDArray[Any]:
    """The same picture (band, row, col) under less light and a little haze; radar is scaled alone.

    Whole numbers keep 0 for what was not observed, and what was observed is at least 1.
    """
    if pixels.dtype.kind == "f":
        return np.asarray(pixels * np.float32(DARKER), pixels.dtype)
    white = 255 if pixels.dtype == np.uint8 else float(np.percentile(pixels, 99))
    taken = np.maximum(np.rint(pixels * DARKER + LIFTED * white), 1)
    return np.asarray(np.where(pixels == 0, 0, taken), pixels.dtype)


def flagged_px(detector: str, pre: Path, post: Path) -> int:
    """Pixels called changed between two files."""
    return int(accuracy.is_flagged(_look(detector, pre, post).codes).sum())


def swap(detector: str, pre: Path, post: Path) -> Swapped:
    """What a detector says with the dates one way and the other."""
    there, back = _look(detector, pre, post), _look(detector, post, pre)
    gap = np.abs(there.scores - back.scores)
    flagged = accuracy.is_flagged(there.codes) | accuracy.is_flagged(back.codes)
    is_right = exchanged(there.codes, back.codes, there.legend, back.legend)
    wrong_px = int((flagged & ~is_right).sum())
    return Swapped(float(np.nanmax(gap, initial=0.0)), wrong_px, int(flagged.sum()))


def exchanged(
    there: NDArray[np.uint8],
    back: NDArray[np.uint8],
    legend: tuple[ChangeClass, ...],
    legend_back: tuple[ChangeClass, ...],
) -> NDArray[np.bool_]:
    """Where two masks (row, col) of swapped dates say the opposite of each other.

    Both unchanged counts as opposite; of two classes only the direction is compared.
    """
    is_right: NDArray[np.bool_] = ~accuracy.is_flagged(there) & (there == back)
    for one in legend:
        partners = [other.code for other in legend_back if other.state == OPPOSITE[one.state]]
        is_right |= (there == one.code) & np.isin(back, partners)
    return is_right


def seam_px(detector: str, pre: Path, post: Path) -> tuple[int, int]:
    """Pixels that change sides of the threshold between many tiles and one tile, and all pixels.

    Before the minimum mapping unit, which works on the whole mask either way.
    """
    pair = _aligned(pre, post)
    found = registry.load(detector)
    limit = _run(detector, _site(pair), lambda run: run.threshold.value)
    if isinstance(found, Resampling):
        pair = resize(pair, found.working_gsd_m(pair.grid.gsd_m)).pair
    params = found.fit(sampling.take(pair))
    masks = [
        _tiled(found, params, pair, core_px) >= limit for core_px in (CORE_PX, max(pair.grid.shape))
    ]
    return int((masks[0] != masks[1]).sum()), masks[0].size


def _tiled(detector: Detector, params: Any, pair: AlignedPair, core_px: int) -> NDArray[np.float32]:
    """Scores (row, col) of a pair cut into cores of a size, or the next the network can do."""
    step = detector.CARD.align_px
    card = replace(detector.CARD, tile_px=-(-core_px // step) * step)
    cut = cast("Detector", SimpleNamespace(CARD=card, predict=detector.predict))
    job = ScoringJob(pair, pair.grid.window, aois.whole(pair.grid), cut, params)
    with TemporaryDirectory(prefix="groundshift-") as scratch:
        rasters = score(job, Path(scratch), threads=1, watcher=Watcher())
        with rasterio.open(rasters.scores_path, driver="GTiff") as dataset:
            scores: NDArray[np.float32] = dataset.read(1)
    return scores


def _look(detector: str, pre: Path, post: Path) -> _Looked:
    site = _site(_aligned(pre, post))
    window = site.pair.grid.window

    def read(found: Detection) -> _Looked:
        mask = found.classified.mask
        return _Looked(mask.codes(window), mask.scores(window), mask.legend)

    return _run(detector, site, read)


def _run(detector: str, site: Site, read: Callable[[Detection], T]) -> T:
    """What `read` takes from a run before its files are gone."""
    name = recommend(site.pair).name if detector == "auto" else detector
    with TemporaryDirectory(prefix="groundshift-") as scratch:
        found = detect(site, name, Options(), workdir=Path(scratch), watcher=Watcher())
        return read(found)


def _aligned(pre: Path, post: Path) -> AlignedPair:
    return align(scene.open(pre), scene.open(post), correct=False)


def _site(pair: AlignedPair) -> Site:
    return Site(pair, pair.grid.window, aois.whole(pair.grid))
