"""A segmenter for tests: the connected pixels of the colour that was pointed at."""

import cv2
import numpy as np

from inference.segmenters.base import Candidate, Card

TOLERANCE = 12
CARD = Card(
    name="flood",
    title="Flood",
    summary="Takes the connected pixels of one colour.",
    source="none",
    licence="",
    prompts=frozenset({"point", "box", "polygon"}),
    gsd_range_m=(0.5, 4.0),
    window_px=128,
    limits=("It knows nothing.",),
)


def load(device):
    return {"device": device}


def embed(_model, chip):
    rows, cols = chip.valid.shape
    return {"image": chip.image.copy(), "rows": np.array(rows), "cols": np.array(cols)}


def answer(_model, embedding, prompt):
    image = np.ascontiguousarray(embedding["image"].transpose(1, 2, 0))
    x, y = _middle(prompt)
    seed = min(max(int(x), 0), image.shape[1] - 1), min(max(int(y), 0), image.shape[0] - 1)
    canvas = np.zeros((image.shape[0] + 2, image.shape[1] + 2), np.uint8)
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (1 << 8)
    cv2.floodFill(image, canvas, seed, 0, (TOLERANCE,) * 3, (TOLERANCE,) * 3, flags)
    mask = canvas[1:-1, 1:-1] > 0
    if mask.mean() > 0.9:
        return ()
    return (Candidate(mask, 0.9),)


def _middle(prompt):
    if prompt.inside:
        return prompt.inside[0]
    if prompt.box:
        left, top, right, bottom = prompt.box
        return (left + right) / 2, (top + bottom) / 2
    return tuple(np.mean(prompt.polygon, axis=0))
