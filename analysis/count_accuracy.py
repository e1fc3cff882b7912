"""How good counts and finds are against a truth, beside what a guess without looking would score.

Works on numbers; knows nothing of images, counters or files.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAME_THING_IOU = 0.5
"""Overlap from which a find is the true thing (Pascal VOC, Everingham et al. 2010)."""


@dataclass(frozen=True)
class CountError:
    """Errors of counts over several images.

    Attributes:
        images: how many.
        mae: mean absolute error.
        rmse: root of the mean squared error.
        bias: mean error; positive where too many are counted.
        exact_share: share (0..1) of images counted exactly.
        relative: sum of absolute errors over the sum of true counts; None where that is 0.
    """

    images: int
    mae: float
    rmse: float
    bias: float
    exact_share: float
    relative: float | None


@dataclass(frozen=True)
class Detection:
    """How well single things were found.

    Attributes:
        precision: share of the finds that are true; None without finds.
        recall: share of the true things that were found; None without any.
        average_precision: area under precision over recall as the score falls, by all points
            (AP50 at the usual overlap); None without true things.
    """

    precision: float | None
    recall: float | None
    average_precision: float | None


def count_error(counted: Sequence[float], true: Sequence[float]) -> CountError:
    """Errors of counts, image by image.

    Raises:
        ValueError: no image, or not one count for each.
    """
    if len(counted) != len(true) or not len(true):
        msg = f"there must be one count for each of at least one image: {len(counted)}, {len(true)}"
        raise ValueError(msg)
    expected = np.asarray(true, np.float64)
    error = np.asarray(counted, np.float64) - expected
    total = float(expected.sum())
    return CountError(
        images=len(error),
        mae=float(np.abs(error).mean()),
        rmse=float(np.sqrt((error**2).mean())),
        bias=float(error.mean()),
        exact_share=float((error == 0).mean()),
        relative=float(np.abs(error).sum() / total) if total else None,
    )


def guesses(true: Sequence[float]) -> tuple[CountError, CountError]:
    """What "there is none" and "as many as on average" would score."""
    mean = float(np.mean(true))
    return count_error([0.0] * len(true), true), count_error([mean] * len(true), true)


def detection(
    scores: NDArray[np.float64], overlaps: NDArray[np.float64], *, least: float = SAME_THING_IOU
) -> Detection:
    """How well things were found, each true thing by at most one find, the surest first.

    Args:
        scores: (find,) how sure each find is.
        overlaps: (find, true thing) IoU.
        least: overlap from which a find is the thing.
    """
    finds, things = overlaps.shape
    hit = np.zeros(finds, np.bool_)
    taken = np.zeros(things, np.bool_)
    for find in np.argsort(-scores, kind="stable"):
        open_overlaps = np.where(taken, -1.0, overlaps[find])
        if things and open_overlaps.max() >= least:
            hit[find] = taken[open_overlaps.argmax()] = True
    ranked = hit[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, finds + 1)
    # Precision at a recall is the best that this recall, or a higher one, can have.
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return Detection(
        precision=float(hit.mean()) if finds else None,
        recall=float(taken.mean()) if things else None,
        average_precision=float(envelope[ranked].sum() / things) if things else None,
    )
