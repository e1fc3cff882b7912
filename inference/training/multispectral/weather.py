"""What differs between two pictures of unchanged ground: season, light, air, optics, registration.

Nothing here touches what is true. Knows nothing of how changes are made.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from inference.training.multispectral.canvas import Canvas, Floats, Mask
from inference.training.multispectral.places import BANDS, SEASONS, Rng
from inference.training.multispectral.shapes import blob, block, somewhere
from simulation.light import Sun
from simulation.nuisances import Look, clouded
from simulation.sensors import SENSORS
from simulation.spectra import signature
from simulation.terrain import fractal_noise

ROLES = SENSORS["multispectral6"].roles
WAVELENGTHS_NM = np.array(SENSORS["multispectral6"].wavelengths_nm)
COVERS = ("crop", "young_crop", "ripe_crop", "stubble", "ploughed", "grass", "dry_grass", "soil",
          "red_soil", "shrub", "forest", "wetland", "flood", "burn", "cleared", "sand", "rock",
          "paddy", "lake")  # fmt: skip
"""What unbuilt ground can be covered with."""
KINDS_OF_GROUND = 7
TURNED, PATCHED, HAZY, CLOUDED, SHIFTED, COARSE = 0.75, 0.6, 0.35, 0.12, 0.85, 0.7


def cover(rng: Rng) -> Floats:
    """The reflectance (band,) of some cover of unbuilt ground, each time a little different."""
    season = SEASONS[int(rng.integers(len(SEASONS)))]
    own = signature(str(rng.choice(COVERS)), ROLES, season)
    return np.asarray(own * np.exp(rng.normal(0, 0.2) + rng.normal(0, 0.1, len(own))), np.float32)


def turn_over(rng: Rng, canvas: Canvas) -> None:
    """Other crops and covers on parts of the unbuilt ground, at one date or the other."""
    free = ~canvas.stands
    for date in range(2):
        if rng.random() < TURNED:
            _recover(rng, canvas.dates[date], free)
        if rng.random() < PATCHED:
            _patch(rng, canvas.dates[date], free)


def _recover(rng: Rng, pixels: Floats, free: Mask) -> None:
    """Some kinds of ground, or some fields of a kind, take another cover; their texture stays."""
    kinds = _kinds(rng, pixels)
    for kind in range(KINDS_OF_GROUND):
        here = (kinds == kind) & free
        if rng.random() < 0.4:
            _tint(rng, pixels, here, cover(rng))
        elif rng.random() < 0.6:
            fields, count = ndimage.label(cv2.medianBlur(here.astype(np.uint8), 3))
            chosen = np.concatenate([[False], rng.random(count) < rng.uniform(0.1, 0.7)])
            _tint(rng, pixels, chosen[fields] & free, cover(rng))


def _kinds(rng: Rng, pixels: Floats) -> NDArray[np.int64]:
    """The kind of ground (row, col) of each pixel: that of the likest of a few pixels."""
    sigma = float(rng.uniform(0.8, 2.5))
    soft = np.stack([cv2.GaussianBlur(band, (0, 0), sigma) for band in pixels])
    flat = np.log(np.maximum(soft, 0.005)).reshape(len(pixels), -1)
    seeds = flat[:, rng.integers(flat.shape[1], size=KINDS_OF_GROUND)]
    far = ((flat[:, None] - seeds[:, :, None]) ** 2).sum(axis=0)
    return np.asarray(far.argmin(axis=0).reshape(pixels.shape[1:]), np.int64)


def _tint(rng: Rng, pixels: Floats, where: Mask, wanted: Floats) -> None:
    if where.sum() < 10:
        return
    inside = pixels[:, where]
    mean = np.maximum(inside.mean(axis=1, keepdims=True), 0.003)
    texture = (np.maximum(inside, 0.001) / mean) ** np.float32(rng.uniform(0.2, 1.0))
    share = np.float32(rng.uniform(0.3, 1.0))
    pixels[:, where] += share * (wanted[:, None] * texture - inside)


def _patch(rng: Rng, pixels: Floats, free: Mask) -> None:
    """Fields, clearings, floods and burns that did not follow what was there."""
    for _patch_number in range(int(rng.integers(1, 12))):
        size = float(np.exp(rng.uniform(np.log(4), np.log(90))))
        draw = block if rng.random() < 0.7 else blob
        where = draw(rng, free.shape, somewhere(rng, free), size) & free
        _tint(rng, pixels, where, cover(rng))


def photograph(rng: Rng, canvas: Canvas) -> None:
    """What air, optics and electronics make of both dates, in the order light meets them."""
    _alter_materials(rng, canvas.dates)
    fineness = float(rng.uniform(0.0, 0.7))
    is_coarse = rng.random() < COARSE
    for pixels in canvas.dates:
        _shade(rng, pixels)
        if rng.random() < CLOUDED:
            _cloud(rng, canvas, pixels)
        if rng.random() < HAZY:
            _haze(rng, pixels)
        _blur(rng, pixels, fineness, is_coarse=is_coarse)
        noise = rng.uniform(0.0005, 0.006)
        pixels += np.float32(noise) * rng.standard_normal(pixels.shape, np.float32)
    if rng.random() < SHIFTED:
        displace(rng, canvas)


def _alter_materials(rng: Rng, dates: Floats) -> None:
    """Another spectrum for everything, the same at both dates: a little of each band in each."""
    mix = np.eye(len(BANDS)) * np.exp(rng.normal(0, 0.15, len(BANDS)))
    mix += rng.normal(0, 0.05, mix.shape)
    dates[:] = np.einsum("ij,djrc->dirc", mix.astype(np.float32), dates, optimize=True)
    np.maximum(dates, 0.001, out=dates)


def _shade(rng: Rng, pixels: Floats) -> None:
    """Gain and tone of a date, and light that differs from end to end."""
    gain = np.exp(rng.normal(0, 0.08, (len(pixels), 1, 1)))
    power = float(np.exp(rng.normal(0, 0.1)))
    knots = np.exp(rng.normal(0, 0.05, (3, 3))).astype(np.float32)
    slope = cv2.resize(knots, pixels.shape[:0:-1], interpolation=cv2.INTER_CUBIC)
    pixels[:] = np.maximum(pixels, 0.001) ** power * (gain * slope)


def _cloud(rng: Rng, canvas: Canvas, pixels: Floats) -> None:
    """Clouds and their shadows over a date: no change, and what they hide has no label."""
    share = float(np.exp(rng.uniform(np.log(0.005), np.log(0.3))))
    sun = Sun(float(rng.uniform(90, 270)), float(rng.uniform(25, 65)))
    pixels[:], hidden = clouded(rng, pixels, Look(sun=sun, cloud_share=share))
    canvas.seen &= ~(hidden & canvas.changed)


def _haze(rng: Rng, pixels: Floats) -> None:
    """Thin haze in drifts, thinner towards the infrared."""
    drift = fractal_noise(rng, pixels.shape[1:], scale_px=float(rng.uniform(40, 200)), octaves=3)
    thick = np.clip(rng.uniform(0, 0.25) * (1 + rng.uniform(0, 1) * drift), 0, 0.6)
    fall = (WAVELENGTHS_NM[0] / WAVELENGTHS_NM) ** rng.uniform(0.8, 2.0)
    share = (thick * fall[:, None, None]).astype(np.float32)
    pixels += share * (np.float32(rng.uniform(0.2, 0.45)) - pixels)


def _blur(rng: Rng, pixels: Floats, fineness: float, *, is_coarse: bool) -> None:
    """The optics of a date; short-wave infrared in pixels twice as large where it is coarse."""
    rows, cols = pixels.shape[1:]
    sigma = fineness + float(rng.uniform(0.05, 0.3))
    for number, band in enumerate(pixels):
        soft = cv2.GaussianBlur(band, (0, 0), sigma)
        if is_coarse and BANDS[number].startswith("swir"):
            half = cv2.resize(soft, (cols // 2, rows // 2), interpolation=cv2.INTER_AREA)
            soft = cv2.resize(half, (cols, rows), interpolation=cv2.INTER_LINEAR)
        band[:] = soft


def displace(rng: Rng, canvas: Canvas) -> None:
    """The later date moved by a pixel at most, with what is built there; labels stay with both."""
    rows, cols = canvas.shape
    dx, dy = np.clip(rng.normal(0, 0.45, 2), -1, 1)
    move = np.array([[1, 0, dx], [0, 1, dy]], np.float32)
    for band in canvas.dates[1]:
        band[:] = cv2.warpAffine(band, move, (cols, rows), flags=cv2.INTER_LINEAR,
                                 borderMode=cv2.BORDER_REFLECT_101)  # fmt: skip
