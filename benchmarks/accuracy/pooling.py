"""Measures pooled over the pairs of a set, with the spread that another choice of pairs would give.

Plain arithmetic on counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.accuracy import Confusion
from services.evaluate import Scored

DRAWS = 2000
SEED = 5
SHARE = 0.95


@dataclass(frozen=True)
class FalseAlarms:
    """Flagged pixels where nothing changed.

    Attributes:
        pooled: share (0..1) of all observed pixels.
        worst: the largest share of a single pair.
    """

    pooled: float
    worst: float


def f1_interval(counts: Sequence[Confusion]) -> tuple[float, float] | None:
    """The middle 95 % of pooled F1 over draws of as many pairs, with replacement.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, percentile interval.

    Returns:
        None for fewer than two pairs, or where a draw may hold neither change nor flags.
    """
    if len(counts) < 2:
        return None
    right = np.array([one.true_positive for one in counts], float)
    wrong = np.array([one.false_positive + one.false_negative for one in counts], float)
    drawn = np.random.default_rng(SEED).integers(0, len(counts), (DRAWS, len(counts)))
    twice, errors = 2 * right[drawn].sum(axis=1), wrong[drawn].sum(axis=1)
    if ((twice + errors) == 0).any():
        return None
    low, high = np.quantile(twice / (twice + errors), [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return float(low), float(high)


def false_alarms(rows: Sequence[Scored]) -> FalseAlarms | None:
    """Flagged shares of pairs in which nothing changed; None without pairs."""
    if not rows:
        return None
    valid_px = sum(row.valid_px for row in rows)
    flagged_px = sum(row.flagged_px for row in rows)
    return FalseAlarms(flagged_px / max(valid_px, 1), max(row.flagged_share for row in rows))


def false_positive_share(counts: Confusion) -> float | None:
    """Share (0..1) of the unchanged pixels that were flagged; None where all changed."""
    unchanged = counts.false_positive + counts.true_negative
    return counts.false_positive / unchanged if unchanged else None
