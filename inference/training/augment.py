"""A chip as the network may meet it: cut, turned, stretched, hazy, grey, blurred, noisy or packed.

Every scene is stretched by its own 2nd to 98th percentile when the network is used; here the
stretch is of the cut and varies, so that the network does not rely on it. Knows nothing of prompts.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.training.pools import KINDS, UNSEEN, Sample
from raster.stretch import HIGH_PCT, LOW_PCT, NOT_OBSERVED_GREY

Rng = np.random.Generator
Floats = NDArray[np.float32]
BUILDING_CODES = np.array([KINDS.index("building") + 1, KINDS.index("tank") + 1])
GAP_PX = 5
"""Two buildings at most this wide a window apart are told apart by a border between them."""


@dataclass(frozen=True)
class View:
    """A part of a chip as it is shown to the network.

    Attributes:
        image: (3, row, col) float32, 0..1.
        labels: (row, col) uint16, as in the chip.
        kinds: as in the chip.
        dense: (3, row, col) float32: building, border, depth.
    """

    image: Floats
    labels: NDArray[np.uint16]
    kinds: NDArray[np.uint8]
    dense: Floats


def view(rng: Rng, sample: Sample, size_px: int) -> View:
    """A random part of a chip under random circumstances."""
    top, left = _corner(rng, sample, size_px)
    part = np.s_[top : top + size_px, left : left + size_px]
    image, labels = sample.image[:, *part], sample.labels[part]
    quarter, is_mirrored = int(rng.integers(4)), bool(rng.random() < 0.5)
    image, labels = np.rot90(image, quarter, (1, 2)), np.rot90(labels, quarter)
    if is_mirrored:
        image, labels = image[:, :, ::-1], labels[:, ::-1]
    labels = np.ascontiguousarray(labels)
    seen = labels != UNSEEN
    if rng.random() < 0.04:
        labels[_gap(rng, size_px)] = UNSEEN
        seen = labels != UNSEEN
    shown = photographed(rng, np.ascontiguousarray(image), seen)
    return View(shown, labels, sample.kinds, targets(labels, sample.kinds))


def _corner(rng: Rng, sample: Sample, size_px: int) -> tuple[int, int]:
    """Where to cut: mostly round a thing, so that sparse places are not wasted."""
    room = sample.labels.shape[0] - size_px
    labels = sample.labels[::8, ::8]
    rows, cols = np.nonzero((labels > 0) & (labels != UNSEEN))
    if not len(rows) or rng.random() < 0.3:
        return int(rng.integers(room + 1)), int(rng.integers(room + 1))
    chosen = int(rng.integers(len(rows)))
    off = rng.integers(size_px // 4, 3 * size_px // 4, 2)
    row, col = 8 * int(rows[chosen]) - int(off[0]), 8 * int(cols[chosen]) - int(off[1])
    return min(max(row, 0), room), min(max(col, 0), room)


def _gap(rng: Rng, size_px: int) -> tuple[slice, slice]:
    """A strip that was not observed."""
    start, width = int(rng.integers(size_px)), int(rng.integers(8, size_px // 3))
    strip = (slice(start, start + width), slice(None))
    return strip if rng.random() < 0.5 else (strip[1], strip[0])


def photographed(rng: Rng, image: NDArray[np.uint8], seen: NDArray[np.bool_]) -> Floats:
    """A picture (3, row, col) after stretch, light, optics and packing, 0..1.

    Grey where `seen` (row, col) says that nothing was observed.
    """
    picture = _stretched(rng, image.astype(np.float32), seen)
    picture = _coloured(rng, picture)
    picture = _blurred(rng, picture.transpose(1, 2, 0))
    levels = np.clip(picture * 255, 0, 255).astype(np.uint8)
    levels = _packed(rng, levels)
    levels[~seen] = NOT_OBSERVED_GREY
    return np.ascontiguousarray(levels.transpose(2, 0, 1)).astype(np.float32) / np.float32(255)


def _stretched(rng: Rng, image: Floats, seen: NDArray[np.bool_]) -> Floats:
    """2nd to 98th percentile per band, give or take; rarely as stored."""
    if rng.random() < 0.06 or not seen.any():
        return image / np.float32(255)
    pixels = image[:, seen][:, ::7]
    low, high = np.percentile(pixels, [LOW_PCT, HIGH_PCT], axis=1).astype(np.float32)
    span = np.maximum(high - low, 4)
    # The scene holds darker and brighter things than the cut, seldom the reverse.
    low = low - span * (rng.normal(0.04, 0.07) + rng.normal(0, 0.03, 3)).astype(np.float32)
    high = high + span * (rng.normal(0.06, 0.12) + rng.normal(0, 0.04, 3)).astype(np.float32)
    span = np.maximum(high - low, 4)
    levels = (image - low[:, None, None]) / span[:, None, None]
    return np.asarray(np.clip(levels, 0, 1), np.float32)


def _coloured(rng: Rng, picture: Floats) -> Floats:
    """Tone, saturation, tint, haze, a lit side, and sometimes no colour at all."""
    picture = picture ** np.float32(np.exp(rng.normal(0, 0.16)))
    grey = picture.mean(axis=0, keepdims=True)
    keep = 0.0 if rng.random() < 0.1 else float(np.clip(rng.normal(1.0, 0.3), 0.1, 1.7))
    picture = grey + np.float32(keep) * (picture - grey)
    if rng.random() < 0.15:
        picture = picture[rng.permutation(3)]
    gain = np.exp(rng.normal(0, 0.06, 3)).astype(np.float32)[:, None, None]
    picture = picture * gain * np.float32(np.exp(rng.normal(0, 0.08)))
    if rng.random() < 0.3:
        haze = np.float32(rng.beta(1, 4))
        picture = picture * (1 - haze) + haze * np.float32(rng.uniform(0.5, 0.9))
    side = np.linspace(-0.5, 0.5, picture.shape[2], dtype=np.float32)
    return np.asarray(picture * (1 + np.float32(rng.normal(0, 0.05)) * side), np.float32)


def _blurred(rng: Rng, picture: Floats) -> Floats:
    """Soft or sharpened, and noisy; (row, col, 3)."""
    choice = rng.random()
    if choice < 0.3:
        soft = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.4, 1.3)))
        picture = np.asarray(soft, np.float32)
    elif choice < 0.45:
        soft = cv2.GaussianBlur(picture, (0, 0), 1.0)
        picture = picture + np.float32(rng.uniform(0.3, 1.2)) * (picture - soft)
    if rng.random() < 0.5:
        noise = rng.standard_normal(picture.shape, np.float32)
        picture = picture + np.float32(rng.uniform(0.004, 0.04)) * noise
    return np.asarray(picture, np.float32)


def _packed(rng: Rng, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What JPEG leaves, a third of the time."""
    if rng.random() > 0.33:
        return np.ascontiguousarray(levels)
    quality = int(rng.uniform(35, 92))
    _done, code = cv2.imencode(".jpg", levels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.array(cv2.imdecode(code, cv2.IMREAD_COLOR), np.uint8)


def targets(labels: NDArray[np.uint16], kinds: NDArray[np.uint8]) -> Floats:
    """Building, border and depth (3, row, col) of a label map, as `ClickNet.dense` defines them."""
    table = np.zeros(UNSEEN + 1, bool)
    table[: len(kinds)] = np.isin(kinds, BUILDING_CODES)
    number = np.where(table[labels], labels, 0)
    is_building = number > 0
    square = np.ones((3, 3), np.uint8)
    edge = cv2.erode(number, square) != cv2.dilate(number, square)
    border = (edge & is_building) | _between(number)
    return np.stack([is_building, border, _depth(number)]).astype(np.float32)


def _between(number: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Pixels with two different buildings in the window around them."""
    square = np.ones((GAP_PX, GAP_PX), np.uint8)
    most = cv2.dilate(number, square)
    least = cv2.erode(np.where(number > 0, number, UNSEEN).astype(np.uint16), square)
    return np.asarray((most > 0) & (least < UNSEEN) & (least != most))


def _depth(number: NDArray[np.uint16]) -> Floats:
    """Distance to the own outline in parts of the building's largest, 0..1."""
    square = np.ones((3, 3), np.uint8)
    own = (number > 0) & (cv2.erode(number, square) == number)
    apart = cv2.distanceTransform(own.astype(np.uint8), cv2.DIST_L2, 5) + own
    apart = np.where(number > 0, np.maximum(apart, 0.5), 0)
    most = np.zeros(int(number.max()) + 1, np.float32)
    np.maximum.at(most, number.ravel(), apart.ravel().astype(np.float32))
    return np.asarray(apart / np.maximum(most, 1)[number], np.float32)
