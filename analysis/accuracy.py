"""How well a mask agrees with a reference label: counts of pixels and objects, and ratios of them.

Plain functions on counts; counts of several pairs are added before a ratio is taken ("pooled").
Knows nothing of files or detectors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from raster.mask import NOT_OBSERVED, UNCHANGED

MATCH_IOU = 0.3
EIGHT_CONNECTED = np.ones((3, 3), np.uint8)

Array = NDArray[Any]


@dataclass(frozen=True)
class Confusion:
    """Assessed pixels by what the mask says and what the label says."""

    true_positive: int = 0
    false_positive: int = 0
    false_negative: int = 0
    true_negative: int = 0

    def __add__(self, other: "Confusion") -> "Confusion":
        """The counts of both together."""
        return Confusion(
            self.true_positive + other.true_positive,
            self.false_positive + other.false_positive,
            self.false_negative + other.false_negative,
            self.true_negative + other.true_negative,
        )

    @property
    def total(self) -> int:
        """All assessed pixels."""
        return self.true_positive + self.false_positive + self.false_negative + self.true_negative


@dataclass(frozen=True)
class ObjectMatch:
    """Objects of mask and label, and how many were paired one to one."""

    matched: int = 0
    predicted: int = 0
    reference: int = 0

    def __add__(self, other: "ObjectMatch") -> "ObjectMatch":
        """The counts of both together."""
        return ObjectMatch(
            self.matched + other.matched,
            self.predicted + other.predicted,
            self.reference + other.reference,
        )


Counts = TypeVar("Counts", Confusion, ObjectMatch)


def is_changed(label: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Changed pixels of a whole label: above 0 in a 1-bit label, else above 127."""
    limit = 0 if label.max(initial=0) <= 1 else 127
    return label > limit


def is_flagged(codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Pixels a mask calls changed, of whatever class."""
    return ~np.isin(codes, (UNCHANGED, NOT_OBSERVED))


def confusion(codes: NDArray[np.uint8], changed: NDArray[np.bool_]) -> Confusion:
    """Counts of a mask (class codes, row, col) against a reference of the same shape.

    Pixels the mask did not observe are left out.

    Raises:
        ValueError: the shapes differ.
    """
    if codes.shape != changed.shape:
        msg = f"mask {codes.shape!r} and label {changed.shape!r} must have one shape"
        raise ValueError(msg)
    flagged, observed = is_flagged(codes), codes != NOT_OBSERVED
    return Confusion(
        int(np.sum(flagged & changed)),
        int(np.sum(flagged & ~changed)),
        int(np.sum(observed & ~flagged & changed)),
        int(np.sum(observed & ~flagged & ~changed)),
    )


def precision(counts: Confusion) -> float | None:
    """Share of the flagged pixels that changed; None where none was flagged."""
    return _ratio(counts.true_positive, counts.true_positive + counts.false_positive)


def recall(counts: Confusion) -> float | None:
    """Share of the changed pixels that were flagged; None where none changed."""
    return _ratio(counts.true_positive, counts.true_positive + counts.false_negative)


def f1(counts: Confusion) -> float | None:
    """Harmonic mean of precision and recall; None where nothing changed and nothing was flagged."""
    wrong = counts.false_positive + counts.false_negative
    return _ratio(2 * counts.true_positive, 2 * counts.true_positive + wrong)


def iou(counts: Confusion) -> float | None:
    """Intersection over union of flagged and changed; None where both are empty."""
    wrong = counts.false_positive + counts.false_negative
    return _ratio(counts.true_positive, counts.true_positive + wrong)


def kappa(counts: Confusion) -> float | None:
    """Agreement beyond chance (Cohen 1960); None where chance alone gives full agreement."""
    total = counts.total
    if total == 0:
        return None
    flagged = counts.true_positive + counts.false_positive
    changed = counts.true_positive + counts.false_negative
    agreed = (counts.true_positive + counts.true_negative) * total
    by_chance = flagged * changed + (total - flagged) * (total - changed)
    return _ratio(agreed - by_chance, total * total - by_chance)


def flagged_share(counts: Confusion) -> float | None:
    """Share (0..1) of the assessed pixels that were flagged; None where none was assessed."""
    return _ratio(counts.true_positive + counts.false_positive, counts.total)


def match_objects(flagged: NDArray[np.bool_], changed: NDArray[np.bool_]) -> ObjectMatch:
    """Pair 8-connected objects of a mask with those of a label, one to one, at IoU 0.3 or more.

    As many pairs as possible are made (Hopcroft and Karp 1973, by scipy).
    """
    mine, predicted = ndimage.label(flagged, EIGHT_CONNECTED)
    theirs, reference = ndimage.label(changed, EIGHT_CONNECTED)
    if not predicted or not reference:
        return ObjectMatch(0, predicted, reference)
    is_shared = (mine > 0) & (theirs > 0)
    pairs, shared_px = np.unique(
        np.stack([mine[is_shared], theirs[is_shared]]), axis=1, return_counts=True
    )
    sizes_px = np.bincount(mine.ravel())[pairs[0]] + np.bincount(theirs.ravel())[pairs[1]]
    good = shared_px / (sizes_px - shared_px) >= MATCH_IOU
    links = coo_array(
        (np.ones(int(good.sum()), np.int8), (pairs[0][good] - 1, pairs[1][good] - 1)),
        shape=(predicted, reference),
    )
    partners = maximum_bipartite_matching(links.tocsr(), perm_type="column")
    return ObjectMatch(int(np.sum(partners >= 0)), predicted, reference)


def object_precision(match: ObjectMatch) -> float | None:
    """Share of the mask's objects that have a partner; None without objects."""
    return _ratio(match.matched, match.predicted)


def object_recall(match: ObjectMatch) -> float | None:
    """Share of the label's objects that have a partner; None without objects."""
    return _ratio(match.matched, match.reference)


def object_f1(match: ObjectMatch) -> float | None:
    """Harmonic mean of both; None where neither mask nor label has an object."""
    return _ratio(2 * match.matched, match.predicted + match.reference)


def pooled(counts: Sequence[Counts | None]) -> Counts | None:
    """The sum of the counts there are; None where there are none."""
    known = [one for one in counts if one is not None]
    return reduce(add, known) if known else None


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
