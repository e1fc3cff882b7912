"""Blocks of any optical imagery as the colour pictures that published networks were trained on.

Values of 8 bits go in as they are; all others are stretched to 0..1, both dates alike. Knows no
network.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference.detectors.base import Sample
from inference.differencing.smoothing import observed
from raster.align import PairBlock
from raster.findings import Finding
from raster.stretch import joint

T = TypeVar("T")
Floats = NDArray[np.float32]
HIGHEST_8_BIT = 255.0
LEAST_8_BIT = 2.0
"""Values that all lie below this are shares (reflectance, or colours in 0..1), not 8-bit levels."""
CONVERSION = Finding(
    "converted_to_8_bit",
    "info",
    "The network was trained on 8-bit colours, which the values of this pair are not: the 2nd to"
    " 98th percentile of both dates together became black to white.",
)


@dataclass(frozen=True)
class Pictures:
    """How the values of one pair become red, green and blue in 0..1.

    Attributes:
        positions: 0-based bands shown as red, green and blue; one band three times where there
            are no colours.
        low: value that becomes 0, per colour.
        high: value that becomes 1.
        is_converted: whether the values were not 8-bit colours already.
    """

    positions: tuple[int, int, int]
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    is_converted: bool

    def pair(self, block: PairBlock) -> tuple[Floats, Floats]:
        """Both dates (3, row, col) in 0..1; meaningless where one of them was not observed."""
        return self._of(block.pre), self._of(block.post)

    def _of(self, values: Floats) -> Floats:
        low, high = (np.array(one, np.float32)[:, None, None] for one in (self.low, self.high))
        return np.clip((values[list(self.positions)] - low) / (high - low), 0, 1)


def fit(sample: Sample) -> Pictures:
    """The rule for a pair.

    Raises:
        UnsuitableSceneError: radar, or no pixel was observed at both dates.
    """
    if sample.sensor == "sar":
        msg = "The network learned from optical pictures, and these are radar images."
        raise UnsuitableSceneError(msg, hint="Use the detector 'log_ratio' for radar.")
    valid = [observed(block) for block in sample.blocks]
    pairs = list(zip(sample.blocks, valid, strict=True))
    pre = np.concatenate([block.pre[:, mask] for block, mask in pairs], axis=1)
    post = np.concatenate([block.post[:, mask] for block, mask in pairs], axis=1)
    if not pre.size:
        msg = "No pixel was observed at both dates."
        hint = "Choose scenes or an area of interest that both dates cover."
        raise UnsuitableSceneError(msg, hint=hint)
    stretch = joint(pre, post, sample.bands, sample.sensor)
    shown = list(stretch.positions)
    if _is_8_bit(pre[shown]) and _is_8_bit(post[shown]):
        return Pictures(_three(shown), (0.0,) * 3, (HIGHEST_8_BIT,) * 3, is_converted=False)
    return Pictures(_three(shown), _three(stretch.low), _three(stretch.high), is_converted=True)


def _is_8_bit(values: Floats) -> bool:
    """Whether values may be levels of 8 bits, resampled or not."""
    return bool(values.min() >= 0 and LEAST_8_BIT <= values.max() <= HIGHEST_8_BIT)


def _three(values: Sequence[T]) -> tuple[T, T, T]:
    """Three values, or one value three times."""
    red, green, blue = values if len(values) > 1 else (*values, *values, *values)
    return red, green, blue
