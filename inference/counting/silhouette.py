"""Which pixels of a box, or near an expected outline, are the thing itself, by its colours.

Works on small pictures; knows nothing of examples, templates or scores.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

ROUNDS = 4
LEAST_SHARE = 0.2
"""A thing fills so much of its box at least, or its colours do not tell it from the ground."""
AGREED_IOU = 0.5
"""An outline by colours that agrees less with the expected one is not believed."""

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


def in_box(picture: NDArray[np.uint8], box: tuple[float, float, float, float]) -> Bools:
    """Pixels (row, col) of the thing in a box (left, top, right, bottom).

    The picture is (row, col, 3). By GrabCut (Rother, Kolmogorov and Blake 2004) with everything
    outside the box as ground; the ellipse in the box where that finds next to nothing.
    """
    left, top = max(round(box[0]), 0), max(round(box[1]), 0)
    right, bottom = min(round(box[2]), picture.shape[1]), min(round(box[3]), picture.shape[0])
    inside = np.zeros(picture.shape[:2], np.uint8)
    inside[top:bottom, left:right] = 1
    found = _grab_cut(picture, inside)
    share = found.sum() / max(int(inside.sum()), 1)
    return found if share >= LEAST_SHARE else _ellipse(inside.shape, box)


def near(picture: NDArray[np.uint8], expected: Bools) -> Bools:
    """The thing (row, col) about where an outline is expected; that outline where colours deny it.

    Each pixel near the outline joins whichever of the thing's core and its surroundings it is more
    like, along the line between their mean colours.
    """
    size = max(int(np.sqrt(np.count_nonzero(expected)) / 5), 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * size + 1, 2 * size + 1))
    solid = expected.astype(np.uint8)
    reach = cv2.dilate(solid, disc).astype(np.bool_)
    core = cv2.erode(solid, disc).astype(np.bool_)
    core = core if core.any() else expected
    if not expected.any() or reach[expected.shape[0] // 2].all() or not (reach & ~expected).any():
        return expected
    smooth = cv2.GaussianBlur(picture, (0, 0), max(size / 3, 0.6)).astype(np.float32)
    inner, outer = smooth[core].mean(axis=0), smooth[reach & ~expected].mean(axis=0)
    axis = inner - outer
    level = (smooth - (inner + outer) / 2) @ axis > 0
    found = largest(level & reach)
    union, shared = int((found | expected).sum()), int((found & expected).sum())
    return found if shared >= AGREED_IOU * union else expected


def _grab_cut(picture: NDArray[np.uint8], inside: NDArray[np.uint8]) -> Bools:
    if inside.all() or not inside.any():
        return np.zeros(inside.shape, np.bool_)
    marks = np.where(inside == 1, cv2.GC_PR_FGD, cv2.GC_BGD).astype(np.uint8)
    # GrabCut draws its first colours at random; equal boxes shall give equal outlines.
    cv2.setRNGSeed(0)
    whole, inner, outer = (0, 0, 0, 0), np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(picture, marks, whole, inner, outer, ROUNDS, cv2.GC_INIT_WITH_MASK)
    return largest((marks == cv2.GC_PR_FGD) | (marks == cv2.GC_FGD))


def largest(mask: Bools) -> Bools:
    """The largest connected part of a mask, its holes filled."""
    outlines, _tree = cv2.findContours(
        mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    filled = np.zeros(mask.shape, np.uint8)
    if outlines:
        largest = max(range(len(outlines)), key=lambda at: float(cv2.contourArea(outlines[at])))
        cv2.drawContours(filled, outlines, largest, 1, cv2.FILLED)
    return filled.astype(np.bool_)


def _ellipse(shape: tuple[int, ...], box: tuple[float, float, float, float]) -> Bools:
    rows, cols = np.mgrid[: shape[0], : shape[1]] + 0.5
    across = (cols - (box[0] + box[2]) / 2) / max((box[2] - box[0]) / 2, 0.5)
    down = (rows - (box[1] + box[3]) / 2) / max((box[3] - box[1]) / 2, 0.5)
    return np.asarray(across**2 + down**2 <= 1)
