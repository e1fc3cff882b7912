"""Blocks of a multispectral pair as a change network sees them: six bands of 8 bits.

Every band of every date has its own stretch, so that sensors, offsets of processing, light and haze
cancel; a band the pair lacks is grey all over. Knows nothing of the network.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inference.detectors.base import Sample
from inference.siamese.pictures import Picture, values_of
from raster.align import PairBlock
from raster.native import Bools, Floats
from raster.scene import BandRole
from raster.stretch import NOT_OBSERVED_GREY, Roled, eight_bits

BANDS: tuple[BandRole, ...] = ("blue", "green", "red", "nir", "swir1", "swir2")
LOW_PCT, HIGH_PCT = 1.0, 99.0
"""Wider than for display: at 10 m the brightest hundredth of a scene is roofs."""


@dataclass(frozen=True)
class SixBands:
    """From the values of one date to a picture.

    Attributes:
        positions: of `BANDS` among the bands of the pair, 0-based; None where it lacks one.
        low: value that becomes black, per entry of `BANDS`.
        high: value that becomes white.
    """

    positions: tuple[int | None, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def apply(self, values: Floats, valid: Bools) -> Picture:
        """A picture (6, row, col) of values (band, row, col); grey 128 where nothing is known."""
        picture = np.full((len(BANDS), *valid.shape), NOT_OBSERVED_GREY, np.uint8)
        for number, position in enumerate(self.positions):
            if position is not None:
                low, span = self.low[number], self.high[number] - self.low[number]
                # What was not observed may be no number, which a rounding would choke on.
                shown = np.where(valid, values[position], np.float32(low))
                picture[number] = eight_bits(shown, np.float32(low), np.float32(span))
        picture[:, ~valid] = NOT_OBSERVED_GREY
        return picture


def positions_of(bands: Sequence[Roled]) -> tuple[int | None, ...]:
    """Where a pair has each of `BANDS`, 0-based; None where it has not."""
    roles = [band.role for band in bands]
    return tuple(roles.index(role) if role in roles else None for role in BANDS)


def missing_of(bands: Sequence[Roled]) -> tuple[str, ...]:
    """Which of `BANDS` a pair lacks."""
    positions = positions_of(bands)
    return tuple(role for role, at in zip(BANDS, positions, strict=True) if at is None)


def stretches_of(sample: Sample) -> tuple[SixBands, SixBands]:
    """What turns each date of a pair into pictures: percentiles of its own pixels, band by band."""
    positions = positions_of(sample.bands)
    pre, post = (_stretch(positions, values) for values in values_of(sample))
    return pre, post


def _stretch(positions: tuple[int | None, ...], values: Floats) -> SixBands:
    low, high = [0.0] * len(positions), [1.0] * len(positions)
    for number, position in enumerate(positions):
        if position is not None:
            ends = np.percentile(values[position], [LOW_PCT, HIGH_PCT])
            low[number] = float(ends[0])
            # A band without contrast is shown in black, not divided by nothing.
            high[number] = max(float(ends[1]), low[number] + max(abs(low[number]) * 1e-3, 1e-6))
    return SixBands(positions, tuple(low), tuple(high))


def pictures(
    stretches: tuple[SixBands, SixBands], block: PairBlock, valid: Bools
) -> tuple[Picture, Picture]:
    """Both dates (6, row, col); grey where either was not observed, so that no edge is seen."""
    pre, post = (
        stretch.apply(values, valid)
        for stretch, values in zip(stretches, (block.pre, block.post), strict=True)
    )
    return pre, post
