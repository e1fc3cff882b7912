"""What differs between two pictures of unchanged ground: registration, season, optics, packing.

Labels move with the picture they belong to. Knows nothing of how pairs are made.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.training.change.chips import Mask, Numbers, Picture, Rng
from inference.training.change.ground import Floats
from inference.training.change.pairs import Pair
from raster.stretch import HIGH_PCT, LOW_PCT

MISPLACED, SEASONAL, NOISY, PACKED, STRETCHED = 0.75, 0.5, 0.5, 0.5, 0.93
LEAVES = np.array(
    [[1.25, 1.05, 0.7], [1.1, 1.0, 0.9], [1.35, 0.95, 0.6], [0.8, 1.25, 0.7], [1.5, 1.45, 1.4],
     [0.65, 0.75, 0.6]]
)  # fmt: skip
TOGETHER = 0.3
"""Share of pairs stretched by the pixels of both dates together; the product stretches each
alone."""


def spoilt(rng: Rng, pair: Pair, *, seasonal: float = SEASONAL) -> Pair:
    """A pair as two sensors might have taken it, with true labels.

    Args:
        rng: of all that is drawn.
        pair: as it was made.
        seasonal: share of dates whose plants are in another state.
    """
    if rng.random() < MISPLACED:
        pair = misplaced(rng, pair)
    pre, post = (
        _seasoned(rng, image) if rng.random() < seasonal else image
        for image in (pair.pre, pair.post)
    )
    if rng.random() < STRETCHED:
        pre, post = _stretched(rng, pre, post, pair.seen)
    pre, post = (packed(rng, blurred(rng, image)) for image in (pre, post))
    return replace(pair, pre=pre, post=post)


def misplaced(rng: Rng, pair: Pair) -> Pair:
    """The later date moved by up to 3 pixels, turned, scaled and bent a little, with its labels."""
    xs, ys = _displacement(rng, pair.seen.shape)

    def moved(array: NDArray[np.generic], how: int) -> NDArray[np.generic]:
        shown = array.astype(np.uint8 if array.dtype == bool else array.dtype)
        return np.asarray(cv2.remap(shown, xs, ys, how, borderMode=cv2.BORDER_REFLECT_101))

    return replace(
        pair,
        post=np.asarray(moved(pair.post, cv2.INTER_LINEAR), np.uint8),
        buildings_post=_as_numbers(moved(pair.buildings_post, cv2.INTER_NEAREST)),
        came=_as_mask(moved(pair.came, cv2.INTER_NEAREST)),
        seen=pair.seen & _as_mask(moved(pair.seen, cv2.INTER_NEAREST)),
    )


def _as_numbers(array: NDArray[np.generic]) -> Numbers:
    return np.asarray(array, np.uint16)


def _as_mask(array: NDArray[np.generic]) -> Mask:
    return np.asarray(array, np.uint8) > 0


def _displacement(rng: Rng, shape: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Where each pixel (x, y) of the moved picture comes from."""
    rows, cols = shape[:2]
    y, x = np.mgrid[:rows, :cols].astype(np.float32)
    shift = np.clip(rng.normal(0, 1.3, 2), -3, 3)
    angle, scale = rng.normal(0, 0.002), 1 + rng.normal(0, 0.002)
    u, v = x - cols / 2, y - rows / 2
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    strength = float(rng.uniform(0, 1.2))
    bend = [_smooth(rng, (rows, cols)) * strength for _axis in range(2)]
    xs = cos * u - sin * v + cols / 2 + shift[0] + bend[0]
    ys = sin * u + cos * v + rows / 2 + shift[1] + bend[1]
    return np.asarray(xs, np.float32), np.asarray(ys, np.float32)


def _smooth(rng: Rng, shape: tuple[int, int]) -> Floats:
    """Slow noise of about unit spread."""
    knots = rng.standard_normal((5, 5), np.float32)
    return np.asarray(cv2.resize(knots, shape[::-1], interpolation=cv2.INTER_CUBIC), np.float32)


def _seasoned(rng: Rng, image: Picture) -> Picture:
    """Another state of the plants: green turns brown, yellow, dark or white."""
    shown = image.astype(np.float32)
    red, green, blue = (shown[..., band] for band in range(3))
    plants: Floats = np.clip((2 * green - red - blue - float(rng.uniform(-15, 5))) / 40, 0, 1)
    plants = np.asarray(cv2.GaussianBlur(plants, (0, 0), 1.0), np.float32)[..., None]
    turned = _leaves(rng) * shown.mean(axis=2, keepdims=True)
    strength = np.float32(rng.uniform(0.3, 1.0))
    shown += (turned - shown) * plants * strength
    return np.clip(shown, 0, 255).astype(np.uint8)


def _leaves(rng: Rng) -> Floats:
    """Red, green and blue of plants in parts of their brightness."""
    return np.asarray(
        LEAVES[int(rng.integers(len(LEAVES)))] * np.exp(rng.normal(0, 0.1, 3)), np.float32
    )


def _stretched(rng: Rng, pre: Picture, post: Picture, seen: Mask) -> tuple[Picture, Picture]:
    """Both dates from their darkest to their brightest, give or take."""
    if seen.sum() < 500:
        return pre, post
    ends = [np.percentile(p[seen][::11], [LOW_PCT, HIGH_PCT], axis=0) for p in (pre, post)]
    if rng.random() < TOGETHER:
        ends = [
            np.array([np.minimum(ends[0][0], ends[1][0]), np.maximum(ends[0][1], ends[1][1])])
        ] * 2
    # The scene holds darker and brighter things than the cut, seldom the reverse.
    slack = np.array([rng.normal(0.04, 0.07), rng.normal(0.06, 0.12)])
    one, other = (_levels(image, end, slack + rng.normal(0, 0.03, 2))
                  for image, end in zip((pre, post), ends, strict=True))  # fmt: skip
    return one, other


def _levels(image: Picture, ends: NDArray[np.float64], slack: NDArray[np.float64]) -> Picture:
    low, high = ends
    span = np.maximum(high - low, 4)
    low, high = low - slack[0] * span, high + slack[1] * span
    span = np.maximum(high - low, 4)
    table = np.clip((np.arange(256)[:, None] - low) / span * 255, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, np.ascontiguousarray(table[None])), np.uint8)


def blurred(rng: Rng, image: Picture) -> Picture:
    """A picture (row, col, 3) soft, sharpened, coarser than its pixels, or as it is; and noisy."""
    choice = rng.random()
    if choice < 0.3:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.4, 1.2))), np.uint8)
    elif choice < 0.4:
        soft = cv2.GaussianBlur(image, (0, 0), 1.0)
        amount = float(rng.uniform(0.3, 1.2))
        image = np.asarray(cv2.addWeighted(image, 1 + amount, soft, -amount, 0), np.uint8)
    elif choice < 0.55:
        image = _coarse(image, float(rng.uniform(1.2, 2.2)))
    if rng.random() < NOISY:
        noise = np.float32(rng.uniform(1, 9)) * rng.standard_normal(image.shape, np.float32)
        image = np.clip(image + noise, 0, 255).astype(np.uint8)
    return image


def _coarse(image: Picture, ratio: float) -> Picture:
    """Enlarged from a coarser picture."""
    rows, cols = image.shape[:2]
    small = (max(round(cols / ratio), 1), max(round(rows / ratio), 1))
    reduced = cv2.resize(image, small, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(reduced, (cols, rows), interpolation=cv2.INTER_CUBIC), np.uint8)


def packed(rng: Rng, image: Picture) -> Picture:
    """What JPEG leaves of a picture (row, col, 3)."""
    if rng.random() >= PACKED:
        return image
    quality = int(rng.uniform(35, 92))
    bgr = np.ascontiguousarray(image[..., ::-1])
    _done, code = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR))[..., ::-1])
