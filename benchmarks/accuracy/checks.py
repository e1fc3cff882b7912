"""All that is measured of a detector but its agreement with labels: controls, seams, speed, size.

Knows nothing of tables.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from benchmarks.accuracy import controls
from benchmarks.accuracy.rendered import grid
from benchmarks.accuracy.weights_size import parameters
from errors import ModelError
from services.evaluate import judge
from services.labelled_pairs import LabelledPair
from simulation import geotiff

SEAM_TIMES, SPEED_TIMES = 2, 4
"""How often a control pair is repeated in each direction for seams and for speed."""


@dataclass(frozen=True)
class Checks:
    """Figures of one detector on the control pairs it accepts.

    Attributes:
        detector: its name, or `auto`.
        pairs: how many of them it accepts.
        identical_px: pixels flagged between a date and itself.
        darker_px: pixels flagged between a date and itself under less light.
        score_gap: largest difference of a score when the dates are swapped.
        wrong_px: flagged pixels whose direction was not exchanged by that.
        flagged_px: pixels flagged there.
        seam_px: mask pixels that differ between many tiles and one; None if it was not asked.
        seam_of_px: of so many.
        mpix_per_s: millions of pixels a second of a larger pair.
        mpix_per_cpu_s: millions of pixels a second of processor time.
        parameters: numbers in its weights; None where it has none.
    """

    detector: str
    pairs: int
    identical_px: int
    darker_px: int
    score_gap: float
    wrong_px: int
    flagged_px: int
    seam_px: int | None
    seam_of_px: int
    mpix_per_s: float
    mpix_per_cpu_s: float
    parameters: int | None

    def as_json(self) -> dict[str, Any]:
        """The fields by name."""
        return asdict(self)


def check(detector: str, folders: tuple[Path, ...]) -> Checks | None:
    """Every check of a detector; None where it accepts none of the control pairs."""
    accepted = [folder for folder in folders if _accepts(detector, folder)]
    if not accepted:
        return None
    swaps = [controls.swap(detector, *_dates(folder)) for folder in accepted]
    seam_px, seam_of_px = _seams(detector, accepted[0])
    wall, cpu = _speed(detector, accepted[0])
    return Checks(
        detector,
        len(accepted),
        _flagged(detector, accepted, "same"),
        _flagged(detector, accepted, "darker"),
        max(one.score_gap for one in swaps),
        sum(one.wrong_px for one in swaps),
        sum(one.flagged_px for one in swaps),
        seam_px,
        seam_of_px,
        wall,
        cpu,
        parameters(detector),
    )


def _dates(folder: Path) -> tuple[Path, Path]:
    return folder / "pre.tif", folder / "post.tif"


def _accepts(detector: str, folder: Path) -> bool:
    try:
        controls.flagged_px(detector, *_dates(folder))
    except ModelError:
        return False
    return True


def _flagged(detector: str, folders: list[Path], other: str) -> int:
    counts = [
        controls.flagged_px(detector, folder / "pre.tif", folder / f"{other}.tif")
        for folder in folders
    ]
    return sum(counts)


def _seams(detector: str, folder: Path) -> tuple[int | None, int]:
    if detector == "auto":
        return None, 0
    return controls.seam_px(detector, *repeated(folder, SEAM_TIMES))


def _speed(detector: str, folder: Path) -> tuple[float, float]:
    """Millions of pixels a second, and a second of processor time, of the second of two runs."""
    pre, post = repeated(folder, SPEED_TIMES)
    pair = LabelledPair("large", pre, post, None)
    judge(LabelledPair("small", *_dates(folder), None), detector)
    used_s, judged = _timed(lambda: judge(pair, detector))
    mpix = judged.codes.size / 1e6
    return mpix / judged.seconds, mpix / used_s


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    done = work()
    return time.process_time() - started, done


def repeated(folder: Path, times: int) -> tuple[Path, Path]:
    """The dates of a control pair laid side by side, `times` in each direction; made once."""
    made = []
    for name in ("pre", "post"):
        target = folder / f"{name}_{times}.tif"
        if not target.is_file():
            with rasterio.open(folder / f"{name}.tif", driver="GTiff") as dataset:
                values, gsd_m, names = dataset.read(), dataset.res[0], dataset.descriptions
            large = np.tile(values, (1, times, times))
            labels = geotiff.Labels(names, nodata=0)
            geotiff.write(target, large, grid(large, gsd_m), labels)
        made.append(target)
    return made[0], made[1]
