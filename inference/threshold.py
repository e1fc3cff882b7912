"""From a histogram of scores to the least score that counts as change.

Pure functions of counts; knows nothing of detectors, tiles or the ground.
"""

import logging
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from inference.detectors.base import ThresholdMethod

log = logging.getLogger(__name__)

FIXED = "it is this method's own value, because its scores mean the same on every pair"
RULES = {
    "otsu": "Otsu's rule, which parts the scores into the two most distinct groups",
    "kapur": "Kapur's rule, which parts the scores where both groups are most varied",
    "rosin": "Rosin's rule, which finds the corner where the many unchanged pixels end",
}
"""What each rule looks for, in words that follow "by"."""

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Threshold:
    """A score from which a pixel is changed, and why.

    Attributes:
        value: pixels that score at least this are changed, 0..1.
        method: rule that proposed it; `given` for a value the user chose.
        is_guarded: whether the null guard replaced what the rule proposed.
        reason: a plain sentence without its capital and full stop, to follow a colon.
    """

    value: float
    method: ThresholdMethod | Literal["given"]
    is_guarded: bool
    reason: str


def choose(histogram: Counts, *, method: ThresholdMethod, guard: float) -> Threshold:
    """The threshold by `method`, never below `guard`.

    Automatic rules split any histogram, also that of a pair without change. `guard` is the least
    score that a detector's calibration allows to be called change, so a null pair stays empty.

    Args:
        histogram: (n,) counts of scores; bin i holds the score i / (n - 1).
        method: rule; `fixed` takes the guard itself.
        guard: least score ever called change, 0..1.
    """
    if method == "fixed":
        return Threshold(guard, method, is_guarded=False, reason=FIXED)
    rules = {"otsu": otsu, "kapur": kapur, "rosin": rosin}
    proposed = rules[method](histogram)
    if proposed is not None and proposed >= guard:
        why = f"it was found by {RULES[method]}"
        return Threshold(proposed, method, is_guarded=False, reason=why)
    reason = _why_guarded(proposed, method.capitalize(), guard)
    log.info("threshold %.4f: %s", guard, reason)
    return Threshold(guard, method, is_guarded=True, reason=reason)


def _why_guarded(proposed: float | None, author: str, guard: float) -> str:
    if proposed is None:
        return f"all pixels score alike, so {author}'s rule has nothing to tell apart"
    return (
        f"{author}'s rule proposed {proposed:.3f}, but what scores below {guard:.3f} cannot be "
        "told from noise, and no separate group of changed pixels stands out"
    )


def capped(histogram: Counts, limit: float) -> Counts:
    """The same counts, with every score above `limit` (0..1) counted as if it were `limit`."""
    last = min(round(limit * (len(histogram) - 1)), len(histogram) - 1)
    counts = histogram.copy()
    counts[last] += counts[last + 1 :].sum()
    counts[last + 1 :] = 0
    return counts


def otsu(histogram: Counts) -> float | None:
    """The score that separates two classes with the largest between-class variance.

    Source: Otsu (1979), A threshold selection method from gray-level histograms, IEEE Trans.
    Systems, Man, and Cybernetics 9(1). None if fewer than two bins are filled.
    """
    if np.count_nonzero(histogram) < 2:
        return None
    counts, scores = histogram.astype(np.float64), _scores(histogram)
    below = np.cumsum(counts)[:-1]
    above = counts.sum() - below
    sum_below = np.cumsum(counts * scores)[:-1]
    gap = _divide(sum_below, below) - _divide((counts * scores).sum() - sum_below, above)
    # Empty bins between the classes tie; the middle of the tie is the widest margin.
    return _first_above(_middle_of_best(below * above * gap**2), histogram)


def kapur(histogram: Counts) -> float | None:
    """The score that maximises the summed entropies of the two classes.

    Source: Kapur, Sahoo and Wong (1985), A new method for gray-level picture thresholding using
    the entropy of the histogram, Computer Vision, Graphics, and Image Processing 29(3). None if
    fewer than two bins are filled.
    """
    if np.count_nonzero(histogram) < 2:
        return None
    share = histogram / histogram.sum()
    terms = share * np.log(np.where(share > 0, share, 1.0))
    below = np.cumsum(share)[:-1]
    above = share.sum() - below
    entropy_below = np.cumsum(terms)[:-1]
    entropy_above = terms.sum() - entropy_below
    is_split = (below > 1e-12) & (above > 1e-12)
    total = np.full(below.shape, -np.inf)
    total[is_split] = (
        np.log(below[is_split] * above[is_split])
        - (entropy_below / np.where(is_split, below, 1.0))[is_split]
        - (entropy_above / np.where(is_split, above, 1.0))[is_split]
    )
    return _first_above(_middle_of_best(total), histogram)


def rosin(histogram: Counts) -> float | None:
    """The corner of a histogram with one peak of unchanged pixels and a long tail of change.

    The bin farthest below the line from the peak to the last filled bin. Source: Rosin (2001),
    Unimodal thresholding, Pattern Recognition 34(11); the triangle method of Zack (1977) is alike.
    None if no bin above the peak is filled.
    """
    if not histogram.any():
        return None
    peak, last = int(np.argmax(histogram)), int(np.flatnonzero(histogram)[-1])
    if last <= peak:
        return None
    height = float(histogram[peak])
    bins = np.arange(peak, last + 1)
    line = height * (last - bins) / (last - peak)
    return _first_above(int(bins[np.argmax(line - histogram[peak : last + 1])]), histogram)


def _scores(histogram: Counts) -> Floats:
    """The score of each bin."""
    return np.linspace(0.0, 1.0, len(histogram))


def _divide(numerator: Floats, denominator: Floats) -> Floats:
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)


def _middle_of_best(criterion: Floats) -> int:
    """The middle of the run of bins that share the greatest value."""
    best = criterion.max()
    ties = np.flatnonzero(criterion >= best - 1e-12 * abs(best))
    run = ties[: int(np.argmax(np.append(np.diff(ties) > 1, True))) + 1]
    return int((run[0] + run[-1]) // 2)


def _first_above(last_below: int, histogram: Counts) -> float:
    """The score of the bin after the last unchanged one."""
    return float(_scores(histogram)[min(last_below + 1, len(histogram) - 1)])
