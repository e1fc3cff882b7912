"""What differs between two dates without any change on the ground, and how it alters the pixels.

Sun and season are settings of the painting; everything here acts on the picture. Knows nothing of
truth, which it must not alter.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from simulation.light import Sun
from simulation.sensors import NODATA, Pixels, Sensor, signal, speckle
from simulation.spectra import Season
from simulation.terrain import Rng, fractal_noise

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Look:
    """How one date was taken. The defaults are a clear, noise-free picture.

    Attributes:
        season: state of the vegetation.
        sun: where the sun stood.
        gain: factor on the signal; per band if it has as many entries as bands.
        offset: added to the signal (0..1).
        gamma: exponent on the signal.
        haze: share (0..1) of the light that comes from haze instead of the ground, in the blue.
        ramp: how much brighter one side of the picture is than the other.
        blur_px: standard deviation of the point spread.
        noise: standard deviation of additive noise on the signal.
        jpeg_quality: quality of a JPEG round trip (3-band uint8 only).
        cloud_share: share of the picture under clouds; each drops a shadow.
        nodata_share: share of the picture cut off by a slanted wedge.
        looks: number of looks of radar speckle, None for none.
    """

    season: Season = "summer"
    sun: Sun = field(default_factory=Sun)
    gain: tuple[float, ...] = (1.0,)
    offset: float = 0.0
    gamma: float = 1.0
    haze: float = 0.0
    ramp: float = 0.0
    blur_px: float = 0.0
    noise: float = 0.0
    jpeg_quality: int | None = None
    cloud_share: float = 0.0
    nodata_share: float = 0.0
    looks: float | None = None


@dataclass(frozen=True)
class Nuisances:
    """Both dates' looks, their misregistration, and unlabelled things that differ.

    Attributes:
        pre: how the earlier date was taken.
        post: how the later date was taken.
        shift_px: (dx, dy): post content lies this far right of and below where pre has it.
        warp_px: standard deviation of a smooth local displacement of post.
        distractors: share (0..1) of vehicles, bare patches and crops that differ without a label.
    """

    pre: Look = field(default_factory=Look)
    post: Look = field(default_factory=Look)
    shift_px: tuple[float, float] = (0.0, 0.0)
    warp_px: float = 0.0
    distractors: float = 0.0


@dataclass(frozen=True)
class Exposure:
    """One date as stored, before quantisation.

    Attributes:
        values: (band, row, col) signal.
        valid: (row, col) observed.
        cloud: (row, col) under cloud or its shadow.
    """

    values: Floats
    valid: NDArray[np.bool_]
    cloud: NDArray[np.bool_]


def displace(rng: Rng, canvas: Floats, shift_px: tuple[float, float], warp_px: float) -> Floats:
    """Move what a canvas (band, row, col) shows right and down by a shift plus a smooth warp."""
    if shift_px == (0.0, 0.0) and warp_px == 0:
        return canvas
    rows, cols = canvas.shape[1:]
    x, y = np.meshgrid(np.arange(cols, dtype=np.float32), np.arange(rows, dtype=np.float32))
    x, y = x - shift_px[0], y - shift_px[1]
    if warp_px:
        scale = max(rows, cols) / 3
        x += warp_px * fractal_noise(rng, (rows, cols), scale_px=scale, octaves=2)
        y += warp_px * fractal_noise(rng, (rows, cols), scale_px=scale, octaves=2)
    moved = [cv2.remap(b, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT) for b in canvas]
    return np.stack(moved)


def expose(rng: Rng, reflectance: Floats, sensor: Sensor, look: Look) -> Exposure:
    """Take the picture: weather, optics, electronics and gaps, in the order light meets them."""
    shape = reflectance.shape[1:]
    values, cloud = reflectance, np.zeros(shape, bool)
    if sensor.is_radar:
        values = values * _per_band(look.gain, len(values))
        if look.looks is not None:
            values = speckle(rng, values, look.looks)
        return Exposure(values, _observed(rng, shape, look.nodata_share), cloud)
    if look.cloud_share:
        values, cloud = clouded(rng, values, look)
    if look.haze:
        values = _haze(values, sensor, look.haze)
    if look.blur_px:
        values = np.stack([cv2.GaussianBlur(band, (0, 0), look.blur_px) for band in values])
    values = _electronics(rng, signal(values, sensor), look)
    values = _jpeg(values, look.jpeg_quality) if sensor.dtype == "uint8" else values
    return Exposure(values, _observed(rng, shape, look.nodata_share), cloud)


def _per_band(gain: tuple[float, ...], bands: int) -> Floats:
    factors = gain if len(gain) == bands else gain[:1] * bands
    return np.array(factors, np.float32)[:, None, None]


def _electronics(rng: Rng, values: Floats, look: Look) -> Floats:
    if look.gamma != 1:
        values = np.power(np.maximum(values, 0), look.gamma)
    values = values * _per_band(look.gain, len(values)) + np.float32(look.offset)
    if look.ramp:
        across = np.linspace(-0.5, 0.5, values.shape[2], dtype=np.float32)
        values = values * (1 + look.ramp * across)
    if look.noise:
        values = values + look.noise * rng.standard_normal(values.shape, np.float32)
    return np.asarray(values, np.float32)


def _haze(values: Floats, sensor: Sensor, haze: float) -> Floats:
    """Airlight that falls off with wavelength (exponent -1.3, a continental aerosol)."""
    share = np.array([haze * (470 / nm) ** 1.3 for nm in sensor.wavelengths_nm], np.float32)
    share = share[:, None, None]
    return values * (1 - share) + np.float32(0.30) * share


def clouded(rng: Rng, values: Floats, look: Look) -> tuple[Floats, NDArray[np.bool_]]:
    """Reflectance (band, row, col) under clouds, and where they or their shadows lie (row, col)."""
    shape = values.shape[1:]
    # Few puffs rather than many specks: a steep spectrum, then a soft edge over the threshold.
    thickness = fractal_noise(rng, shape, scale_px=min(shape) / 8, octaves=6, persistence=0.45)
    level = float(np.quantile(thickness, 1 - look.cloud_share))
    alpha = np.clip((thickness - level) / 0.45, 0, 1).astype(np.float32)
    dx, dy = look.sun.shadow_offset(0.06 * min(shape))
    move = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    shade = np.asarray(cv2.warpAffine(alpha, move, shape[::-1], borderMode=cv2.BORDER_REFLECT))
    values = values * (1 - 0.55 * shade)
    billow = 1 + 0.05 * fractal_noise(rng, shape, scale_px=min(shape) / 16, octaves=5)
    values = values * (1 - alpha) + np.float32(0.72) * alpha * billow
    return np.asarray(values, np.float32), np.asarray((alpha > 0.08) | (shade > 0.25))


def _jpeg(values: Floats, quality: int | None) -> Floats:
    if quality is None:
        return values
    picture = np.clip(np.round(values * 255), 0, 255).astype(np.uint8).transpose(1, 2, 0)
    bgr = np.ascontiguousarray(picture[..., ::-1])
    _done, packed = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    unpacked = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR))[..., ::-1]
    return np.asarray(unpacked.transpose(2, 0, 1), np.float32) / np.float32(255)


def _observed(rng: Rng, shape: tuple[int, int], missing: float) -> NDArray[np.bool_]:
    """True but for a slanted wedge of the given share of the picture at one side."""
    if missing <= 0:
        return np.ones(shape, bool)
    angle = float(rng.uniform(0.1, 0.5)) + float(rng.choice([0, 0.5, 1, 1.5])) * np.pi
    y, x = np.mgrid[: shape[0], : shape[1]]
    depth = x * np.cos(angle) + y * np.sin(angle)
    return np.asarray(depth > np.quantile(depth, missing))


def blank(values: Pixels, valid: NDArray[np.bool_]) -> Pixels:
    """Stored numbers with nodata where nothing was observed."""
    return np.where(valid, values, np.array(NODATA, values.dtype))


def sample(rng: Rng, *, is_radar: bool, strength: float = 1.0) -> Nuisances:
    """Random nuisances of everyday strength, for training and null runs; 0 draws none."""
    if is_radar:
        looks = float(rng.uniform(3, 8))
        gains = rng.normal(0, 0.05 * strength, 2)
        pair = [Look(gain=(float(10**g),), looks=looks) for g in gains]
        return Nuisances(pair[0], pair[1], _shift(rng, 0.5 * strength), 0.0, 0.5 * strength)
    first = _look(rng, strength)
    second = _look(rng, strength)
    warp = float(rng.uniform(0, 0.6)) * strength
    return Nuisances(first, second, _shift(rng, strength), warp, 0.6 * strength)


def _shift(rng: Rng, strength: float) -> tuple[float, float]:
    return float(rng.normal()) * strength, float(rng.normal()) * strength


def _look(rng: Rng, strength: float) -> Look:
    seasons: tuple[Season, ...] = ("summer", "autumn", "winter", "dry")
    season = seasons[int(rng.choice(4, p=[0.55, 0.18, 0.12, 0.15]))] if strength else "summer"
    spread = 0.1 * strength
    common = float(np.exp(rng.normal() * spread))
    turn, climb = float(rng.normal()) * 40 * strength, float(rng.normal()) * 8 * strength
    return Look(
        season=season,
        sun=Sun(150 + turn, float(np.clip(48 + climb, 25, 68))),
        gain=tuple(common * float(np.exp(g)) for g in rng.normal(0, 0.35 * spread, 3)),
        offset=float(rng.normal()) * 0.012 * strength,
        gamma=float(np.exp(rng.normal() * spread)),
        haze=float(rng.beta(1, 5)) * 0.5 * strength,
        ramp=float(rng.normal()) * 0.06 * strength,
        blur_px=float(rng.uniform(0.3, 0.9)) * strength,
        noise=float(rng.uniform(0.002, 0.016)) * strength,
        jpeg_quality=int(rng.uniform(45, 95)) if strength and rng.random() < 0.6 else None,
    )
