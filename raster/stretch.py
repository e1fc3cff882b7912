"""How pixels of any type and sensor become a picture: one stretch for both dates.

Display only: no number is ever computed from a stretched pixel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from raster.bands import RADAR_ROLES, BandRole, Sensor
from raster.native import Bools, Floats

LOW_PCT, HIGH_PCT = 2.0, 98.0
MAX_SAMPLES = 500_000
COLOURS = 3
NOT_OBSERVED_GREY = 128
# -50 dB lies below the noise floor of any civil SAR; it stands for zero intensity.
LOWEST_INTENSITY = 1e-5


class Roled(Protocol):
    """Anything with a band role: a `Band` or a `PairBand`."""

    @property
    def role(self) -> BandRole | None:
        """Spectral or polarisation role, if known."""


@dataclass(frozen=True)
class Stretch:
    """A linear stretch per display band, in dB for radar intensity.

    Attributes:
        positions: 0-based bands shown as red, green, blue; one band is shown in grey.
        low: value (or dB) that becomes black, per display band.
        high: value (or dB) that becomes white.
        is_db: values are turned into decibels first.
    """

    positions: tuple[int, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    is_db: bool

    def apply(self, data: Floats, valid: Bools) -> NDArray[np.uint8]:
        """A picture (row, col, 3) of pixels (band, row, col); grey 128 where not observed."""
        planes = self.planes(data, valid)
        shape = (COLOURS, *valid.shape)
        return np.ascontiguousarray(np.broadcast_to(planes, shape).transpose(1, 2, 0))

    def planes(self, data: Floats, valid: Bools) -> NDArray[np.uint8]:
        """As `apply`, but (band, row, col), with one band where only one is shown."""
        planes = np.empty((len(self.positions), *valid.shape), np.uint8)
        for plane, position, low, high in zip(
            planes, self.positions, self.low, self.high, strict=True
        ):
            shown, black = _scaled(data[position], is_db=self.is_db), np.float32(low)
            plane[...] = eight_bits(shown, black, np.float32(high) - black)
        if not valid.all():
            planes[:, ~valid] = NOT_OBSERVED_GREY
        return planes


def joint(pre: Floats, post: Floats, bands: Sequence[Roled], sensor: Sensor) -> Stretch:
    """One stretch for both dates: the 2nd to 98th percentile of their pixels together.

    Args:
        pre: valid pixels (band, n) of pre; at most 500,000 are used.
        post: valid pixels (band, n) of post, same bands.
        bands: the bands, for their roles.
        sensor: radar intensity is shown in dB, unless it has negative values and so is in dB.
    """
    positions = display_bands(bands)
    both = np.concatenate([_sampled(pre), _sampled(post)], axis=1)[list(positions)]
    is_db = sensor == "sar" and both.size > 0 and float(np.percentile(both, LOW_PCT)) >= 0
    if both.size == 0:
        return Stretch(positions, (0.0,) * len(positions), (1.0,) * len(positions), is_db=False)
    shown = _scaled(both, is_db=is_db)
    low, high = np.percentile(shown, [LOW_PCT, HIGH_PCT], axis=1)
    high = np.where(high > low, high, low + np.maximum(np.abs(low) * 1e-3, 1.0))
    return Stretch(positions, tuple(map(float, low)), tuple(map(float, high)), is_db=is_db)


def display_bands(bands: Sequence[Roled]) -> tuple[int, ...]:
    """0-based positions to show: red, green, blue; else near infrared in front; else what is there.

    Radar and fewer than three bands are shown by their first band, in grey.
    """
    places = {band.role: place for place, band in enumerate(bands) if band.role}
    natural = [places.get(role) for role in ("red", "green", "blue")]
    infrared = [places.get(role) for role in ("nir", "red", "green")]
    for choice in (natural, infrared):
        if None not in choice:
            return tuple(place for place in choice if place is not None)
    if len(bands) < 3 or places.keys() & RADAR_ROLES:
        return (0,)
    return (0, 1, 2)


def eight_bits(values: Floats, low: np.float32, span: np.float32) -> NDArray[np.uint8]:
    """0 for numbers up to `low`, 255 from `low + span` on, evenly between."""
    # In place: four times as fast as one expression.
    levels = values - low
    levels /= span
    np.clip(levels, 0, 1, out=levels)
    levels *= 255
    return np.asarray(np.rint(levels, out=levels), dtype=np.uint8)


def _sampled(pixels: Floats) -> Floats:
    """At most half the sample limit, evenly taken."""
    step = max(-(-pixels.shape[1] // (MAX_SAMPLES // 2)), 1)
    return pixels[:, ::step]


def _scaled(values: Floats, *, is_db: bool) -> Floats:
    if not is_db:
        return values
    return np.asarray(10 * np.log10(np.maximum(values, LOWEST_INTENSITY)), dtype=np.float32)
