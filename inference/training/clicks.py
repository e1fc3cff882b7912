"""What a user might point at in a picture, and how: clicks, boxes and corrective clicks.

Works on label maps and masks (row, col); positions are (x, y) in pixels, whole numbers at the
corners of pixels. Knows nothing of networks. Corrective clicks are those of RITM (Sofiiuk 2021).
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.networks.clicknet import XY, Box, prompt_maps
from inference.training.pools import KINDS, UNSEEN
from simulation.things import ThingKind

Rng = np.random.Generator
Mask = NDArray[np.bool_]

WEIGHTS: dict[ThingKind, float] = {
    "building": 8.0, "tank": 1.5, "vehicle": 1.5, "ship": 2.0, "containers": 2.0, "tree": 1.5,
    "water": 2.0, "field": 2.0, "road": 2.0, "paved": 0.6, "lawn": 0.5,
}  # fmt: skip
"""How often a kind is asked for where it can be seen."""
GROUND: frozenset[ThingKind] = frozenset({"water", "field", "road", "paved", "lawn"})
"""Kinds of which only the piece that was clicked is meant."""
SMALLEST_PX = 12
LARGE_PX = 600
"""Up to this size larger things are asked for more often."""
BOX_JITTER = 0.04
"""Standard deviation of each side of a box, in parts of its length; cut off at twice that."""


@dataclass(frozen=True)
class Wish:
    """One thing that is pointed at.

    Attributes:
        truth: (row, col) what is meant.
        inside: clicks on it, (x, y).
        outside: clicks beside it.
        box: around it, or None.
    """

    truth: Mask
    inside: tuple[XY, ...] = ()
    outside: tuple[XY, ...] = ()
    box: Box | None = None

    def maps(self) -> NDArray[np.float32]:
        """The prompts as the network takes them, maps (map, row, col); see `prompt_maps`."""
        shape = (self.truth.shape[0], self.truth.shape[1])
        return prompt_maps(shape, inside=self.inside, outside=self.outside, box=self.box)


def wish(rng: Rng, labels: NDArray[np.uint16], kinds: NDArray[np.uint8]) -> Wish | None:
    """A random thing of a picture with random prompts for it; None where there is nothing.

    Args:
        rng: what is drawn.
        labels: (row, col) number of the thing, 0 none, `UNSEEN` not observed.
        kinds: (number,) kind of each thing: its place in `KINDS`, from 1.
    """
    count = np.bincount(labels.ravel(), minlength=UNSEEN + 1)
    count[[0, UNSEEN]] = 0
    there = np.flatnonzero(count >= SMALLEST_PX)
    if not len(there):
        return None
    of_kind = kinds[there].astype(int) - 1
    present = np.unique(of_kind)
    weight = np.array([WEIGHTS[KINDS[kind]] for kind in present])
    kind = int(rng.choice(present, p=weight / weight.sum()))
    chosen = there[of_kind == kind]
    size = np.sqrt(np.minimum(count[chosen], LARGE_PX))
    label = int(rng.choice(chosen, p=size / size.sum()))
    truth = labels == label
    if KINDS[kind] in GROUND:
        truth = piece(truth, first_click(rng, truth))
    return point_at(rng, truth, labels)


def piece(mask: Mask, xy: XY) -> Mask:
    """The connected part (by edges) of a mask (row, col) under a position."""
    _count, parts = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    chosen = np.asarray(parts == parts[int(xy[1]), int(xy[0])])
    return chosen & mask


def point_at(rng: Rng, truth: Mask, labels: NDArray[np.uint16]) -> Wish:
    """Random prompts: a click or more (half of the time), a box, or both."""
    choice = rng.random()
    if choice < 0.36:
        return Wish(truth, box=jittered(rng, box_of(truth)))
    asked = Wish(truth, (first_click(rng, truth),))
    if choice < 0.46:
        asked = replace(asked, box=jittered(rng, box_of(truth)))
    if rng.random() < 0.25:
        more = [first_click(rng, truth) for _more in range(int(rng.integers(1, 3)))]
        asked = replace(asked, inside=(*asked.inside, *more))
    if rng.random() < 0.3:
        asked = replace(asked, outside=_beside(rng, truth, labels))
    return asked


def depth(mask: Mask) -> NDArray[np.float32]:
    """Distance in px of each pixel (row, col) of a mask to what is not in it, or to the frame."""
    padded = np.pad(mask.astype(np.uint8), 1)
    return np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 3)[1:-1, 1:-1], np.float32)


def first_click(rng: Rng, truth: Mask) -> XY:
    """A position on a thing: mostly well inside, sometimes anywhere."""
    deep = depth(truth)
    least = float(deep.max()) * float(rng.choice([0.5, 0.25, 0.0], p=[0.65, 0.2, 0.15]))
    rows, cols = np.nonzero(truth & (deep >= least))
    chosen = int(rng.integers(len(rows)))
    return float(cols[chosen] + rng.random()), float(rows[chosen] + rng.random())


def surest_click(truth: Mask) -> XY:
    """The middle of the thickest part of a thing: what judging clicks on."""
    row, col = np.unravel_index(int(np.argmax(depth(truth))), truth.shape)
    return float(col) + 0.5, float(row) + 0.5


def box_of(truth: Mask) -> Box:
    """Left, top, right and bottom of a mask (row, col), in px."""
    rows, cols = np.flatnonzero(truth.any(axis=1)), np.flatnonzero(truth.any(axis=0))
    return float(cols[0]), float(rows[0]), float(cols[-1] + 1), float(rows[-1] + 1)


def jittered(rng: Rng, box: Box) -> Box:
    """A box as a hand draws it: each side off by up to 8 % of the length, plus a pixel."""
    left, top, right, bottom = box
    sides = np.array([right - left, bottom - top] * 2)
    off = np.clip(rng.normal(0, BOX_JITTER, 4), -2 * BOX_JITTER, 2 * BOX_JITTER) * sides
    off += rng.uniform(-1, 1, 4)
    left, top, right, bottom = (np.array(box) + off).tolist()
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _beside(rng: Rng, truth: Mask, labels: NDArray[np.uint16]) -> tuple[XY, ...]:
    """Clicks on what surrounds a thing, one or two, some on its neighbours."""
    near = cv2.dilate(truth.astype(np.uint8), np.ones((31, 31), np.uint8)) > 0
    close = cv2.dilate(truth.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    ring = near & ~close & (labels != UNSEEN)
    others = ring & (labels > 0)
    found: list[XY] = []
    for _click in range(int(rng.integers(1, 3))):
        rows, cols = np.nonzero(others if others.any() and rng.random() < 0.5 else ring)
        if len(rows):
            chosen = int(rng.integers(len(rows)))
            found.append((float(cols[chosen]) + 0.5, float(rows[chosen]) + 0.5))
    return tuple(found)


def corrected(asked: Wish, answer: Mask, seen: Mask) -> Wish:
    """The wish with a click in the middle of the thickest error of an answer, if there is one.

    Args:
        asked: the wish so far.
        answer: (row, col) what the network outlined.
        seen: (row, col) what was observed.
    """
    missed, wrong = depth(asked.truth & ~answer & seen), depth(answer & ~asked.truth & seen)
    worst = max(float(missed.max()), float(wrong.max()))
    if worst < 2:
        return asked
    is_missed = float(missed.max()) >= float(wrong.max())
    row, col = np.unravel_index(int(np.argmax(missed if is_missed else wrong)), missed.shape)
    click = (float(col) + 0.5, float(row) + 0.5)
    if is_missed:
        return replace(asked, inside=(*asked.inside, click))
    return replace(asked, outside=(*asked.outside, click))
