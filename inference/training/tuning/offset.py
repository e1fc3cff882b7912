"""Whether labels lie where the pictures changed: their outlines against edges that came or went.

Labels drawn on another map, or exported in a wrong coordinate system, teach nonsense. Knows pixels
only.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import fft

from inference.training.tuning.ground import Bools, Ground, Picture

REACH_M = 20.0
SMALL_PX = 1.5
"""Labels drawn by hand are this exact at best."""
CLEAR_GAIN = 1.25
"""How much better outlines must match elsewhere for the labels to be called shifted."""
LEAST_OUTLINE_PX = 80
BLUR_PX = 1.0
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Offset:
    """Where labels match the pictures best.

    Attributes:
        right_m: the labels should move this far to the right on the picture.
        down_m: likewise downwards.
        gain: how much better they match there than where they are.
        is_clear: whether that is beyond doubt.
    """

    right_m: float
    down_m: float
    gain: float
    is_clear: bool


def find(ground: Ground) -> Offset:
    """The shift of up to `REACH_M` at which the outlines of the changes meet the most change.

    Outlines are correlated with the difference of the edges of both dates, by Fourier transform;
    cost: about a second for 10 million pixels.
    """
    outline = _outline(ground.changed)
    if outline.sum() < LEAST_OUTLINE_PX:
        return Offset(0.0, 0.0, 1.0, is_clear=False)
    reach = max(int(REACH_M / ground.gsd_m), 2)
    surface = _matches(outline, _changed_edges(ground.pictures, ground.observed), reach)
    row, col = np.unravel_index(int(surface.argmax()), surface.shape)
    down, right = int(row) - reach, int(col) - reach
    here = max(float(surface[reach, reach]), 1e-6)
    gain = float(surface[row, col]) / here
    # Outlines too large or too small match the far side of things as well when moved back.
    is_one_way = surface[row, col] > CLEAR_GAIN * surface[reach - down, reach - right]
    is_clear = gain > CLEAR_GAIN and is_one_way and float(np.hypot(down, right)) > SMALL_PX
    return Offset(right * ground.gsd_m, down * ground.gsd_m, gain, is_clear)


def _outline(mask: Bools) -> Floats:
    square = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_GRADIENT, square),
                      np.float32)  # fmt: skip


def _changed_edges(pictures: Picture, observed: Bools) -> Floats:
    """How much stronger or weaker an edge is at one date, in parts of what is usual."""
    pre, post = (_edges(picture) for picture in pictures)
    inner = cv2.erode(observed.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    apart = np.where(inner, np.abs(post - pre), 0)
    usual = float(apart[inner].mean()) if inner.any() else 1.0
    # A few glaring edges must not decide.
    return np.minimum(apart / max(usual, 1e-6), 4.0).astype(np.float32)


def _edges(picture: Picture) -> Floats:
    grey = cv2.GaussianBlur(picture.mean(axis=2, dtype=np.float32), (0, 0), BLUR_PX)
    across, down = (cv2.Sobel(grey, cv2.CV_32F, *step) for step in ((1, 0), (0, 1)))
    return np.asarray(np.hypot(across, down), np.float32)


def _matches(outline: Floats, edges: Floats, reach: int) -> Floats:
    """Mean change of edges under the outlines moved by (-reach..reach) rows and columns."""
    shape = tuple(fft.next_fast_len(side + 2 * reach, real=True) for side in outline.shape)
    spectrum = np.conj(fft.rfft2(outline, shape)) * fft.rfft2(edges, shape)
    surface = np.asarray(fft.irfft2(spectrum, shape), np.float32)
    steps = np.arange(-reach, reach + 1)
    near = surface[np.ix_(steps % shape[0], steps % shape[1])]
    return np.asarray(near / outline.sum(), np.float32)
