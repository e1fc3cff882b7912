"""Small pictures on a working grid for tests of counters: textured ground with things on it."""

import cv2
import numpy as np
from affine import Affine
from rasterio.windows import Window

from inference.counters.base import Example, Ground
from inference.counting.picture import Picture
from raster.grid import Grid
from tests.scenes import ORIGIN, UTM33, ground


def picture(image, *, valid=None, gsd_m=0.5):
    """A picture (3, row, col) in memory."""
    image = np.clip(np.rint(image), 0, 255).astype(np.uint8)
    shape = image.shape[1:]
    valid = np.ones(shape, bool) if valid is None else valid
    grid = Grid(UTM33, Affine(gsd_m, 0, ORIGIN[0], 0, -gsd_m, ORIGIN[1]), *shape)
    return Picture(np.where(valid, image, 128).astype(np.uint8), valid, grid)


def ground_of(seen):
    """What a counter is given of a picture."""
    return Ground(seen.grid, seen.read)


def with_cars(shape, places, *, seed=0):
    """Ground with red cars of 18 by 8 pixels: (x, y, angle in degrees) of their middles."""
    image = np.ascontiguousarray(((ground(shape, seed=seed) - 120) * 0.5 + 110).transpose(1, 2, 0))
    for x, y, angle in places:
        corners = cv2.boxPoints(((x, y), (18, 8), angle))
        cv2.fillPoly(image, [np.rint(corners).astype(np.int32)], (215, 40, 45))
        glass = cv2.boxPoints(((x, y), (6, 7), angle))
        cv2.fillPoly(image, [np.rint(glass).astype(np.int32)], (30, 35, 60))
    return image.transpose(2, 0, 1)


def example_of(seen, box, *, margin=48):
    """A boxed thing (left, top, right, bottom) of a picture."""
    left, top, right, bottom = box
    window = Window(left, top, right - left, bottom - top)
    wide = Window(
        left - margin, top - margin, window.width + 2 * margin, window.height + 2 * margin
    )
    inner = (margin, margin, margin + window.width, margin + window.height)
    return Example(window, seen.read(wide), inner)
