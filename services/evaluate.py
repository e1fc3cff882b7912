"""How well a detector does on labelled pairs, pooled over pixels and over objects.

Runs the same engine as `compare`; knows nothing of facts or reports.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

import settings
from analysis import accuracy
from analysis.accuracy import Confusion, ObjectMatch
from errors import (
    GroundshiftError,
    InputError,
    ModelError,
    RasterError,
    WeightsCorruptError,
    WeightsMissingError,
)
from inference import registry
from inference.recommend import recommend
from inference.run import Options, Site, detect
from progress import Watcher
from raster import aoi as aois
from raster.align import AlignedPair, align
from raster.mask import NOT_OBSERVED
from services.labelled_pairs import LabelledPair, find_pairs, label_on_grid, open_date


@dataclass(frozen=True)
class Judged:
    """What a detector said of one pair, and what is known of it.

    Attributes:
        id: name of the pair.
        detector: the one that ran; what `auto` chose.
        codes: (row, col) class codes, 0 unchanged, 255 not observed.
        truth: (row, col) 0 unchanged, 1 changed, 255 unlabelled; None without a label.
        threshold: score from which a pixel was called changed.
        seconds: of detecting; opening and aligning are not counted.
    """

    id: str
    detector: str
    codes: NDArray[np.uint8]
    truth: NDArray[np.uint8] | None
    threshold: float
    seconds: float

    def scored(self) -> "Scored":
        """The counts of it."""
        flagged = accuracy.is_flagged(self.codes)
        counts = objects = None
        if self.truth is not None:
            is_said = self.truth != NOT_OBSERVED
            changed = self.truth == 1
            codes = np.where(is_said, self.codes, np.uint8(NOT_OBSERVED))
            counts = accuracy.confusion(codes, changed)
            # An object cut off where nobody labelled is neither right nor wrong.
            seen = changed & (self.codes != NOT_OBSERVED)
            objects = accuracy.match_objects(flagged, seen) if is_said.all() else None
        return Scored(
            self.id,
            self.detector,
            counts,
            objects,
            int(flagged.sum()),
            int((self.codes != NOT_OBSERVED).sum()),
            self.threshold,
            self.seconds,
        )


@dataclass(frozen=True)
class Scored:
    """Counts of one evaluated pair.

    Attributes:
        id: name of the pair.
        detector: the one that ran.
        counts: labelled pixels by mask and label; None without a label.
        objects: objects of mask and label; None without a label of the whole pair.
        flagged_px: pixels called changed.
        valid_px: pixels observed at both dates.
        threshold: score from which a pixel was called changed.
        seconds: of detecting.
    """

    id: str
    detector: str
    counts: Confusion | None
    objects: ObjectMatch | None
    flagged_px: int
    valid_px: int
    threshold: float
    seconds: float

    @property
    def flagged_share(self) -> float:
        """Share (0..1) of the observed pixels that are called changed."""
        return self.flagged_px / max(self.valid_px, 1)

    def as_json(self) -> dict[str, Any]:
        """One entry of `per_pair`."""
        return {
            "id": self.id,
            "detector": self.detector,
            "threshold": self.threshold,
            **measures(self.counts),
            **object_measures(self.objects),
            "flagged_share": self.flagged_share,
            "seconds": round(self.seconds, 3),
            "mpix_per_s": round(self.valid_px / 1e6 / self.seconds, 3),
        }


def evaluate(detector: str, data: Path, *, gsd_m: float | None, watcher: Watcher) -> dict[str, Any]:
    """The `evaluate` object of the contract: measures pooled over all pairs, and per pair.

    A pair that cannot be scored does not lose the others: it stands in `not_scored` with what is
    wrong with it and is in no measure.

    Raises:
        InputError: the folder holds no pair, or the label of none fits its pair.
        RasterError: no pair can be opened or compared.
        ModelError: there is no such detector, or it cannot run here or on any pair.
    """
    pairs = find_pairs(data)
    if detector != "auto":
        registry.load(detector)
    rows, failures = [], []
    for done, pair in enumerate(pairs):
        watcher.step(done / len(pairs), f"Evaluating {pair.id}")
        try:
            rows.append(judge(pair, detector, gsd_m=gsd_m).scored())
        except (WeightsMissingError, WeightsCorruptError):
            raise
        except (InputError, RasterError, ModelError) as error:
            failures.append((pair.id, error))
    if not rows:
        raise _of_pair(*failures[0])
    valid_px, seconds = sum(row.valid_px for row in rows), sum(row.seconds for row in rows)
    return {
        "detector": detector,
        "pairs": len(rows),
        **measures(accuracy.pooled([row.counts for row in rows])),
        **object_measures(accuracy.pooled([row.objects for row in rows])),
        "flagged_share": sum(row.flagged_px for row in rows) / max(valid_px, 1),
        "seconds": round(seconds, 3),
        "mpix_per_s": round(valid_px / 1e6 / seconds, 3),
        "per_pair": [row.as_json() for row in rows],
        "not_scored": [
            {"id": name, "message": error.message, "hint": error.hint} for name, error in failures
        ],
    }


def _of_pair(name: str, error: GroundshiftError) -> GroundshiftError:
    """The error of a pair, saying which."""
    return type(error)(f"Pair {name!r}: {error.message}", hint=error.hint)


def judge(item: LabelledPair, detector: str, *, gsd_m: float | None = None) -> Judged:
    """What a detector, or the one `auto` stands for, says of a pair.

    Args:
        item: the pair.
        detector: its name, or `auto`.
        gsd_m: ground size of a pixel of pictures without a georeference; None takes 1 m.

    Raises:
        RasterError: the pair cannot be opened or compared.
        ModelError: the detector cannot run here, or not on this pair.
        InputError: the label does not fit the pair.
    """
    pair = _pair(item, gsd_m)
    name = recommend(pair).name if detector == "auto" else detector
    site = Site(pair, pair.grid.window, aois.whole(pair.grid))
    options = Options(threads=settings.load().threads)
    started = time.perf_counter()
    with TemporaryDirectory(prefix="groundshift-") as workdir:
        found = detect(site, name, options, workdir=Path(workdir), watcher=Watcher())
        codes = found.classified.mask.codes(pair.grid.window)
    seconds = time.perf_counter() - started
    truth = None if item.label is None else label_on_grid(item.label, pair.pre.grid, pair.grid)
    return Judged(item.id, name, codes, truth, found.threshold.value, seconds)


def chosen(item: LabelledPair, *, gsd_m: float | None = None) -> str:
    """The detector `auto` stands for on a pair.

    Raises:
        RasterError: the pair cannot be opened or compared.
    """
    return recommend(_pair(item, gsd_m)).name


def _pair(item: LabelledPair, gsd_m: float | None) -> AlignedPair:
    return align(open_date(item.pre, gsd_m), open_date(item.post, gsd_m))


def measures(counts: Confusion | None) -> dict[str, float | None]:
    """Precision, recall, F1, IoU and kappa of pixels; null where nothing was labelled."""
    ratios = {
        "precision": accuracy.precision,
        "recall": accuracy.recall,
        "f1": accuracy.f1,
        "iou": accuracy.iou,
        "kappa": accuracy.kappa,
    }
    return {name: None if counts is None else of(counts) for name, of in ratios.items()}


def object_measures(objects: ObjectMatch | None) -> dict[str, float | None]:
    """Precision, recall and F1 of objects; null where no whole pair was labelled."""
    ratios = {
        "object_precision": accuracy.object_precision,
        "object_recall": accuracy.object_recall,
        "object_f1": accuracy.object_f1,
    }
    return {name: None if objects is None else of(objects) for name, of in ratios.items()}
