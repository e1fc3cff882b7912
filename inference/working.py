"""The ground size of pixels at which a learned detector looks at a pair.

Arithmetic on ground sizes; knows nothing of grids or detectors.
"""

import math

from errors import UnsuitableSceneError

SLACK = 0.01
"""A hair of tolerance: 0.1999 m is as good as 0.2 m."""
MAX_ENLARGEMENT = 2
"""Pixels are shown at most this many times as large as they learned to be: beyond, a house is a
speck whatever is done to it."""


def suited(gsd_m: float, *, range_m: tuple[float, float], best_m: float) -> float:
    """The GSD to look at a pair of `gsd_m` with: its own where that lies within the range.

    Finer pairs are brought near to the best one, in pixels a whole number of times as large; a
    little coarser ones into the range, in pixels a whole number of times as small.

    Raises:
        UnsuitableSceneError: the pixels are too large.
    """
    low_m, high_m = range_m
    if gsd_m > MAX_ENLARGEMENT * high_m * (1 + SLACK):
        msg = (
            f"Pixels of {gsd_m:.3g} m are too large: this detector learned from pixels of"
            f" {low_m:.2g} to {high_m:.2g} m."
        )
        raise UnsuitableSceneError(msg, hint="Choose the detector 'auto', or finer scenes.")
    if gsd_m > high_m * (1 + SLACK):
        return gsd_m / math.ceil(gsd_m / (high_m * (1 + SLACK)))
    if gsd_m < low_m * (1 - SLACK):
        # A whole number of times as large may lie just below or above the range.
        return gsd_m * max(round(best_m / gsd_m), math.ceil(low_m * (1 - SLACK) / gsd_m))
    return gsd_m
