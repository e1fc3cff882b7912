"""What differs between two dates and is no building: the reasons for false alarms, unlabelled.

Each is put on one date only, so that neither an edge of a paste nor a bright rectangle means
change. Knows nothing of pairs.
"""

from collections.abc import Callable

import cv2
import numpy as np

from inference.training.change.chips import Mask, Rng
from inference.training.change.ground import Ground, cast, paint, soil

Distractor = Callable[[Rng, Ground], None]
MOST_PARKED = 40
"""Cars of a full row of a car park."""


def pad(rng: Rng, ground: Ground) -> None:
    """A flat slab of concrete, asphalt or gravel of a house's size, without a shadow."""
    where = _rectangle(rng, ground, (5, 30), (4, 20))
    paint(rng, ground, where, soil(rng), strength=float(rng.uniform(0.7, 1.0)))


def clearing(rng: Rng, ground: Ground) -> None:
    """Ground that was dug up, mown or grew over, with a ragged edge."""
    where = _blob(rng, ground, float(rng.uniform(5, 45)))
    colour = soil(rng) if rng.random() < 0.6 else _green(rng)
    paint(rng, ground, where, colour, strength=float(rng.uniform(0.4, 1.0)))


def road(rng: Rng, ground: Ground) -> None:
    """A new road or drive."""
    rows, cols = ground.buildings.shape
    ends = rng.uniform(-0.2, 1.2, (3, 2)) * np.array([cols, rows])
    line = np.zeros(ground.buildings.shape, np.uint8)
    width = max(round(float(rng.uniform(2.5, 9)) / ground.gsd_m), 1)
    cv2.polylines(line, [np.rint(ends).astype(np.int32)], isClosed=False, color=1, thickness=width)
    paint(rng, ground, line > 0, soil(rng), strength=float(rng.uniform(0.7, 1.0)))


def vehicles(rng: Rng, ground: Ground) -> None:
    """Cars, lorries or containers, side by side or alone, with small shadows."""
    angle = float(rng.uniform(0, 180))
    size = [(4.5, 1.9), (9.0, 2.5), (12.2, 2.5)][int(rng.choice(3, p=[0.7, 0.2, 0.1]))]
    centre = rng.uniform(0.05, 0.95, 2) * np.array(ground.buildings.shape[::-1])
    along = (
        np.array([-np.sin(np.radians(angle)), np.cos(np.radians(angle))])
        * (size[1] + 1)
        / ground.gsd_m
    )
    most = 9 if rng.random() < 0.6 else MOST_PARKED
    for number in range(int(rng.integers(1, most))):
        where = _box(ground, centre + number * along, size, angle) & ~ground.is_roof
        if where.any() and rng.random() < 0.8:
            cast(rng, ground, where, height_m=float(rng.uniform(1.3, 3)))
            colour = np.array(
                rng.choice(
                    [[230, 230, 230], [40, 42, 48], [150, 30, 30], [40, 60, 120], [120, 120, 125]]
                ),
                np.float32,
            )
            paint(rng, ground, where, colour, strength=0.95)


def crowns(rng: Rng, ground: Ground) -> None:
    """Trees that grew or came into leaf, round and dark, with a shadow."""
    centre = rng.uniform(0, 1, 2) * np.array(ground.buildings.shape[::-1])
    for _tree in range(int(rng.integers(1, 12))):
        x, y = centre + rng.normal(0, 12 / ground.gsd_m, 2)
        radius = float(rng.uniform(1.2, 5)) / ground.gsd_m
        where = _disk(ground, float(x), float(y), radius, rough=rng) & ~ground.is_roof
        if where.any():
            cast(rng, ground, where, height_m=float(rng.uniform(3, 10)))
            paint(rng, ground, where, _green(rng) * np.float32(0.6), strength=0.95)


def shade(rng: Rng, ground: Ground) -> None:
    """The shadow of something beyond the picture, or a puddle."""
    where = _blob(rng, ground, float(rng.uniform(4, 25)))
    soft = cv2.GaussianBlur(where.astype(np.float32), (0, 0), 1.5)[..., None]
    ground.image *= 1 - soft * float(rng.uniform(0.3, 0.7))


def field(rng: Rng, ground: Ground) -> None:
    """Half of the ground ploughed or in another crop, in rows."""
    where = _blob(rng, ground, float(rng.uniform(40, 150)))
    colour = soil(rng) if rng.random() < 0.5 else _green(rng)
    paint(rng, ground, where, colour, strength=float(rng.uniform(0.5, 0.95)))
    rows, cols = where.shape
    angle, step = float(rng.uniform(0, np.pi)), float(rng.uniform(2.5, 9))
    y, x = np.mgrid[:rows, :cols]
    stripes = np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / step).astype(np.float32)
    alpha = (where & ~ground.is_roof).astype(np.float32)
    ground.image += (stripes * alpha * float(rng.uniform(2, 14)))[..., None]


def pool(rng: Rng, ground: Ground) -> None:
    """A swimming pool or a tarpaulin on the ground."""
    where = _rectangle(rng, ground, (4, 12), (3, 6))
    colour = np.array([60, 150, 190] if rng.random() < 0.5 else [40, 80, 200], np.float32)
    paint(rng, ground, where, colour, strength=0.95)


ALL: tuple[Distractor, ...] = (pad, clearing, road, vehicles, crowns, shade, field, pool)
SHARES = (0.2, 0.17, 0.12, 0.16, 0.16, 0.06, 0.07, 0.06)


def scatter(rng: Rng, ground: Ground, count: int) -> None:
    """So many of them, of all kinds."""
    for choice in rng.choice(len(ALL), count, p=SHARES):
        ALL[int(choice)](rng, ground)
    np.clip(ground.image, 0, 255, out=ground.image)


def shadows_elsewhere(rng: Rng, ground: Ground) -> None:
    """What stands casts its shadow to another side, as at another hour or season."""
    angle, length = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0.4, 1.8))
    own = ground.sun
    ground.sun = (length * np.cos(angle), length * np.sin(angle))
    if ground.is_roof.any():
        cast(rng, ground, ground.is_roof, height_m=float(rng.uniform(2.5, 8)))
    ground.sun = own


def _green(rng: Rng) -> np.ndarray:
    base = np.array([[70, 95, 55], [95, 115, 70], [120, 125, 80], [60, 80, 50]], np.float32)[
        int(rng.integers(4))
    ]
    return np.asarray(
        base * np.exp(rng.normal(0, 0.15)) * np.exp(rng.normal(0, 0.05, 3)), np.float32
    )


def _rectangle(
    rng: Rng, ground: Ground, long_m: tuple[float, float], wide_m: tuple[float, float]
) -> Mask:
    centre = rng.uniform(0, 1, 2) * np.array(ground.buildings.shape[::-1])
    return _box(
        ground,
        centre,
        (float(rng.uniform(*long_m)), float(rng.uniform(*wide_m))),
        float(rng.uniform(0, 180)),
    )


def _box(ground: Ground, centre: np.ndarray, size_m: tuple[float, float], angle_deg: float) -> Mask:
    canvas = np.zeros(ground.buildings.shape, np.uint8)
    size = (size_m[0] / ground.gsd_m, size_m[1] / ground.gsd_m)
    corners = cv2.boxPoints(((float(centre[0]), float(centre[1])), size, angle_deg))
    cv2.fillPoly(canvas, [np.rint(corners * 16).astype(np.int32)], 1, shift=4)
    return np.asarray(canvas > 0)


def _disk(ground: Ground, x: float, y: float, radius_px: float, *, rough: Rng) -> Mask:
    angles = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    radii = radius_px * np.exp(rough.normal(0, 0.15, len(angles)))
    corners = np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], 1)
    canvas = np.zeros(ground.buildings.shape, np.uint8)
    cv2.fillPoly(canvas, [np.rint(corners * 16).astype(np.int32)], 1, shift=4)
    return np.asarray(canvas > 0)


def _blob(rng: Rng, ground: Ground, radius_m: float) -> Mask:
    x, y = rng.uniform(0, 1, 2) * np.array(ground.buildings.shape[::-1])
    return _disk(ground, float(x), float(y), radius_m / ground.gsd_m, rough=rng)
