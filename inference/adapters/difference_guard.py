"""No change without a difference: where both dates look alike, a network's score counts as none.

Networks answer a little above zero on pairs that differ in brightness alone, or not at all; this
keeps such answers out, whatever the network. Knows nothing of what a network looks for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference.detectors.base import Sample
from inference.differencing.smoothing import ValidMean, observed
from raster import radiometry
from raster.align import PairBlock

SIGMA_PX = 2.0
NONE, FULL = 0.08, 0.16
"""Difference, in standard deviations of the scene, up to which a score counts as 0, and from which
it counts in full. Rounding to 8 bits leaves about 0.04 in a scene of ordinary contrast; unchanged
ground of two real dates lies above 0.2."""


@dataclass(frozen=True)
class DifferenceGuard:
    """What brings both dates of one pair to comparable values.

    Attributes:
        normalisation: transfers of both dates.
    """

    normalisation: radiometry.Normalisation

    def share(self, block: PairBlock) -> NDArray[np.float32]:
        """How much of a score counts, 0..1 (row, col): 0 where the dates look alike."""
        valid = observed(block)
        difference = self.normalisation.difference(block.pre, block.post)
        energy = np.where(valid, np.square(difference).mean(axis=0), np.float32(0))
        root = np.sqrt(ValidMean(valid, sigma_px=SIGMA_PX)(energy))
        return np.asarray(np.clip((root - NONE) / (FULL - NONE), 0, 1), np.float32)


def fit(sample: Sample) -> DifferenceGuard:
    """The guard of a pair.

    Raises:
        UnsuitableSceneError: no pixel of the sample was observed at both dates.
    """
    valid = [observed(block) for block in sample.blocks]
    if not any(mask.any() for mask in valid):
        msg = "No pixel was observed at both dates."
        hint = "Choose scenes or an area of interest that both dates cover."
        raise UnsuitableSceneError(msg, hint=hint)
    pre, post = (
        np.concatenate(
            [getattr(one, date)[:, mask] for one, mask in zip(sample.blocks, valid, strict=True)],
            axis=1,
        )
        for date in ("pre", "post")
    )
    return DifferenceGuard(radiometry.fit(pre, post))
