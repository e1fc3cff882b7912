"""What storms, quakes and war leave of buildings: rubble, bare slabs, torn roofs and tarpaulins.

Changes a `Ground` in place and returns where. Knows nothing of dates or pairs.
"""

import cv2
import numpy as np

from inference.training.change.chips import Mask, Rng
from inference.training.change.ground import Floats, Ground, around, grown, paint, soil

RAZED = 0.4
"""Share of struck places where every building is hit."""
KINDS = ("rubble", "slab", "torn")
SHARES = (0.55, 0.15, 0.3)
MOST_HELD = 0.35
"""A roof torn beyond this share counts as damaged everywhere."""
BOARDS = np.array(
    [[165, 155, 140], [190, 185, 175], [120, 105, 90], [205, 200, 195], [140, 120, 100]]
)


def strike(rng: Rng, ground: Ground) -> Mask:
    """Destroy or damage some buildings, or all; returns where none is whole any more (row, col).

    Rubble and slabs are no buildings; a roof with holes or tarpaulins is.
    """
    where = np.zeros(ground.seen.shape, bool)
    share = 1.0 if rng.random() < RAZED else float(rng.uniform(0.15, 0.9))
    base = BOARDS[int(rng.integers(len(BOARDS)))] * np.exp(rng.normal(0, 0.15))
    struck = [n for n in np.unique(ground.buildings)[1:] if rng.random() < share]
    if struck and rng.random() < 0.6:
        _litter(rng, ground, base)
    for number in struck:
        where |= _hit(rng, ground, int(number), base)
    np.clip(ground.image, 0, 255, out=ground.image)
    return where


def _hit(rng: Rng, ground: Ground, number: int, base: Floats) -> Mask:
    footprint = np.asarray(ground.buildings == number)
    kind = KINDS[int(rng.choice(3, p=SHARES))]
    if kind == "torn":
        return _torn(rng, ground, footprint, number)
    ground.buildings[footprint] = 0
    if kind == "slab":
        paint(rng, ground, footprint, soil(rng), strength=0.95)
    else:
        _heap(rng, ground, footprint, base)
    return footprint


def _heap(rng: Rng, ground: Ground, footprint: Mask, base: Floats) -> None:
    """A heap of boards and dust that spills over the walls."""
    spill_px = max(float(rng.uniform(0.3, 2.5)) / ground.gsd_m, 1.0)
    window = around(footprint, round(spill_px) + 4)
    if window is None:
        return
    ragged = grown(footprint[window], spill_px) & (_grain(rng, footprint[window].shape, 1.5) > -0.6)
    part = (ragged | (footprint[window] & (rng.random() < 0.7))).astype(np.float32)
    alpha = cv2.GaussianBlur(part, (0, 0), 0.8)[..., None]
    target = ground.image[window]
    target += (_boards(rng, part.shape, base) - target) * alpha * np.float32(rng.uniform(0.7, 1.0))


def _boards(rng: Rng, shape: tuple[int, ...], base: Floats) -> Floats:
    """Light and dark pieces of many sizes (row, col, 3)."""
    light = sum(_grain(rng, shape, float(size)) * rng.uniform(12, 32) for size in (0.5, 1.0, 2.2))
    hue = np.stack([_grain(rng, shape, 1.2) for _band in range(3)], -1) * rng.uniform(3, 12)
    return np.asarray(np.clip(base + np.asarray(light)[..., None] + hue, 0, 255), np.float32)


def _grain(rng: Rng, shape: tuple[int, ...], size_px: float) -> Floats:
    """Noise of unit spread with blotches of a size."""
    noise = cv2.GaussianBlur(rng.standard_normal(shape[:2], np.float32), (0, 0), size_px)
    return np.asarray(noise / max(float(noise.std()), 1e-6), np.float32)


def _litter(rng: Rng, ground: Ground, base: Floats) -> None:
    """Scraps of houses over the ground around."""
    thin = _grain(rng, ground.seen.shape, 0.7) + 0.8 * _grain(rng, ground.seen.shape, 25.0)
    where = (thin > float(rng.uniform(1.2, 2.4))) & ~ground.is_roof & ground.seen
    alpha = cv2.GaussianBlur(where.astype(np.float32), (0, 0), 0.6)[..., None]
    ground.image += (_boards(rng, where.shape, base) - ground.image) * alpha


def _torn(rng: Rng, ground: Ground, footprint: Mask, number: int) -> Mask:
    """Part of a roof gone or under a tarpaulin."""
    ys, xs = np.nonzero(footprint)
    centre = (float(rng.choice(xs)), float(rng.choice(ys)))
    size = float(rng.uniform(0.4, 1.0)) * np.sqrt(len(xs))
    corners = cv2.boxPoints((centre, (size * 1.4, size), float(rng.uniform(0, 180))))
    part = np.zeros(footprint.shape, np.uint8)
    cv2.fillPoly(part, [np.rint(corners).astype(np.int32)], 1)
    hit = np.asarray((part > 0) & footprint)
    ground.buildings[hit] = 0
    if rng.random() < 0.4:
        paint(rng, ground, hit, np.array([30, 90, 200], np.float32), strength=0.95)
    else:
        alpha = cv2.GaussianBlur(hit.astype(np.float32), (0, 0), 0.7)[..., None]
        dark = BOARDS[2] * rng.uniform(0.5, 1.2)
        ground.image += (_boards(rng, hit.shape, dark) - ground.image) * alpha
    ground.buildings[hit] = number
    return footprint if hit.sum() > MOST_HELD * footprint.sum() else hit
