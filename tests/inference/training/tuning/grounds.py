"""Labelled grounds of made-up pixels."""

import numpy as np

from inference.training.tuning.ground import Truth, make


def ground(shape=(320, 1120), boxes=(), *, known=True, name="place", gsd_m=0.5, seed=0):
    """A ground with changed boxes (top, left, height, width), labelled everywhere or only there."""
    changed = np.zeros(shape, bool)
    pictures = np.random.default_rng(seed).integers(90, 120, (2, *shape, 3)).astype(np.uint8)
    for top, left, height, width in boxes:
        here = np.s_[top : top + height, left : left + width]
        changed[here] = True
        pictures[1][here] = 230
    nothing, unknown = np.zeros(shape, np.uint16), np.zeros(shape, bool)
    whole = np.full(shape, known) | changed
    truth = Truth(changed, whole, (nothing, nothing), (unknown, unknown))
    return make(name, pictures, np.ones(shape, bool), truth, gsd_m=gsd_m)


def row_of(count, *, every=90, first=30, top=60):
    """Boxes of 20 by 20 pixels beside each other."""
    return tuple((top, first + every * index, 20, 20) for index in range(count))
