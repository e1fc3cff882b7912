"""Radar backscatter change: the log ratio of two speckle-filtered SAR intensities.

Takes linear power, decibels or detected amplitude (8 or 16 bit) of one or more polarisations; knows
nothing of orbits, incidence angles or terrain.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from errors import UnsuitableSceneError
from inference.detectors.base import Card, Sample, TileScores
from inference.differencing.smoothing import ValidMean, observed, reach_px
from raster.align import PairBlock
from raster.mask import ChangeClass

FULL_SCALE_DB = 24.0
GUARD_DB = 3.5
GUARD_DEVIATIONS = 2.5
FLOOR_SHARE = 0.2
# Sixteen times the power is change beyond doubt; ships of 20 dB must not lift the threshold above
# reclaimed land of 6 dB.
SURE_DB = 12.0
FINE_PX, COARSE_PX = 1.0, 3.0
NOISE_LAG_PX = 4

INCREASE = ChangeClass(1, "backscatter_increase", "backscatter increase", "increase", "#d7301f")
DECREASE = ChangeClass(2, "backscatter_decrease", "backscatter decrease", "decrease", "#2b8cbe")

CARD = Card(
    name="log_ratio",
    title="SAR log ratio",
    summary=(
        "Flags where radar backscatter rose or fell, e.g. flooding, clearing, building; ignores "
        "speckle and a gain difference between the dates."
    ),
    source=(
        "Log ratio: Rignot and van Zyl 1993 (IEEE TGRS 31:896); adaptive filter after Lee 1980 "
        "(IEEE PAMI 2:165), applied to the log ratio."
    ),
    sensors=("sar",),
    min_bands=1,
    gsd_range_m=(0.5, 100.0),
    classes=(INCREASE, DECREASE),
    threshold="otsu",
    threshold_reason=(
        "A filtered log ratio has one peak of speckle and a tail of change on both real and "
        "simulated pairs, which Otsu parts well; the null guard of 3.5 dB (more where the scene is "
        "noisier) keeps it from parting speckle from speckle."
    ),
    fixed_threshold=GUARD_DB / FULL_SCALE_DB,
    threshold_cap=SURE_DB / FULL_SCALE_DB,
    halo_px=2 * reach_px(COARSE_PX),
    limits=(
        "A scene of which more than half changed the same way shows the unchanged part as change.",
        "Both dates must come from the same orbit direction and incidence angle; layover and "
        "shadow move otherwise.",
        "Wind on water and soil moisture change backscatter and are reported as such.",
        "A file with 8-bit values is taken for amplitude; if it was stretched in decibels, changes "
        "look smaller than they are.",
    ),
)


@dataclass(frozen=True)
class Params:
    """Scene-level parameters; one value a band where plural.

    Attributes:
        pre_unit: how to turn pre into amplitude: `amplitude`, `power` or `db`.
        post_unit: likewise for post.
        pre_floors: amplitude added to pre before the ratio.
        post_floors: likewise for post.
        medians_db: log ratio of the unchanged ground, i.e. the gain between the dates.
        noises_db: deviation of the finely filtered log ratio by speckle alone.
    """

    pre_unit: str
    post_unit: str
    pre_floors: tuple[float, ...]
    post_floors: tuple[float, ...]
    medians_db: tuple[float, ...]
    noises_db: tuple[float, ...]


def fit(sample: Sample) -> Params:
    """Units, floors, gain and speckle of the pair.

    The floor is a fifth of the scene's mean amplitude: at the dark end (water, shadow) the ratio of
    two near-zero amplitudes measures receiver noise and rounding, not ground.

    Raises:
        UnsuitableSceneError: the sample holds no positive backscatter at one of the dates.
    """
    pre, post = sample.pixels()
    pre_unit, post_unit = unit_of(pre), unit_of(post)
    pre_floors = _floors(amplitude(pre, pre_unit), "earlier")
    post_floors = _floors(amplitude(post, post_unit), "later")
    bands = len(sample.bands)
    zeros = (0.0,) * bands
    raw = Params(pre_unit, post_unit, pre_floors, post_floors, zeros, zeros)
    per_band = [_gain_and_noise(raw, sample.blocks, band) for band in range(bands)]
    medians, noises = zip(*per_band, strict=True)
    return Params(pre_unit, post_unit, pre_floors, post_floors, medians, noises)


def predict(params: Params, block: PairBlock) -> TileScores:
    """Absolute log ratio, 24 dB at 1, of the band in which it is largest."""
    valid = observed(block)
    strongest = np.zeros(valid.shape, np.float32)
    for band in range(block.pre.shape[0]):
        scaled = _filtered_db(params, block, band, valid) / _full_scale_db(params.noises_db[band])
        strongest = np.where(np.abs(scaled) > np.abs(strongest), scaled, strongest)
    score = np.minimum(np.abs(strongest), 1, dtype=np.float32)
    code = np.where(strongest >= 0, INCREASE.code, DECREASE.code).astype(np.uint8)
    return TileScores(np.where(valid, score, np.float32(np.nan)), code)


def unit_of(values: NDArray[np.float32]) -> str:
    """Unit of SAR values (band, n): `db`, `power` or `amplitude`.

    Decibels of ground are mostly below zero, which linear values never are beyond a little noise.
    Calibrated linear power (sigma or gamma nought) stays far below 30 (15 dB) but for single
    scatterers, which the digital numbers of detected amplitude exceed.
    """
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return "amplitude"
    low, high = np.percentile(finite, (5, 99))
    if low < -1:
        return "db"
    return "amplitude" if high > 30 else "power"


def amplitude(values: NDArray[np.float32], unit: str) -> NDArray[np.float32]:
    """Amplitude (square root of power) of values in `unit`; averaging it resists outliers."""
    if unit == "db":
        # 200 dB is beyond any radar and keeps hostile values finite.
        return np.power(10, np.clip(values, -200, 200) / 20, dtype=np.float32)
    positive = np.maximum(values, 0)
    return np.sqrt(positive, dtype=np.float32) if unit == "power" else positive


def _floors(values: NDArray[np.float32], date: str) -> tuple[float, ...]:
    """Amplitude floor of each band."""
    finite = np.where(np.isfinite(values), values, 0)
    if finite.shape[1] == 0 or not (finite.max(axis=1) > 0).all():
        raise UnsuitableSceneError(
            f"The {date} scene holds no radar backscatter above zero.",
            hint="Check that the file is a SAR intensity image and that its nodata value is set.",
        )
    return tuple(float(mean) * FLOOR_SHARE for mean in finite.mean(axis=1, dtype=np.float64))


def _full_scale_db(noise_db: float) -> float:
    """Log ratio that scores 1, such that the guard is also 2.5 deviations of the speckle."""
    return FULL_SCALE_DB * max(1.0, GUARD_DEVIATIONS * noise_db / GUARD_DB)


def _ratio_db(params: Params, block: PairBlock, band: int, mean: ValidMean) -> NDArray[np.float32]:
    """Log ratio in dB of the locally averaged amplitudes; the two logs keep it antisymmetric."""
    pre = mean(amplitude(block.pre[band], params.pre_unit)) + np.float32(params.pre_floors[band])
    post = mean(amplitude(block.post[band], params.post_unit))
    post += np.float32(params.post_floors[band])
    return np.asarray(20 * (np.log10(post) - np.log10(pre)), dtype=np.float32)


def _filtered_db(
    params: Params, block: PairBlock, band: int, valid: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Log ratio over a wide window on even ground, over a narrow one at edges and small objects.

    The weight of the narrow window is Lee's: the share of the local variance that speckle does
    not explain.
    """
    coarse_mean = ValidMean(valid, sigma_px=COARSE_PX)
    fine = _ratio_db(params, block, band, ValidMean(valid, sigma_px=FINE_PX))
    coarse = _ratio_db(params, block, band, coarse_mean)
    detail = fine - coarse
    variance = np.maximum(coarse_mean(detail * detail), np.float32(1e-12))
    speckle = np.float32(2 * params.noises_db[band] ** 2)
    weight = np.clip(1 - speckle / variance, 0, 1)
    return coarse + weight * detail - np.float32(params.medians_db[band])


def _gain_and_noise(
    params: Params, blocks: tuple[PairBlock, ...], band: int
) -> tuple[float, float]:
    """Median of the log ratio, and the deviation of its differences over a short lag.

    Differences over 4 px are longer than the filter correlates speckle and shorter than fields,
    so that the noise is measured free of large changes (median absolute deviation).
    """
    values, differences = [np.zeros(0, np.float32)], [np.zeros(0, np.float32)]
    for block in blocks:
        valid = observed(block)
        ratio = _ratio_db(params, block, band, ValidMean(valid, sigma_px=FINE_PX))
        values.append(ratio[valid])
        lagged = np.where(valid, ratio, np.float32(np.nan))
        step = lagged[NOISE_LAG_PX:] - lagged[:-NOISE_LAG_PX]
        differences.append(np.abs(step[np.isfinite(step)]))
    joined, lags = np.concatenate(values), np.concatenate(differences)
    gain = float(np.median(joined)) if joined.size else 0.0
    noise = 1.4826 * float(np.median(lags)) / np.sqrt(2) if lags.size else 0.0
    return gain, float(noise)
