"""Segment Anything behind the contract of segmenters; its three sizes share this code.

Defines no card itself: `sam_vit_b`, `sam_vit_l` and `sam_vit_h` are the segmenters. Knows nothing
of where checkpoints come from, and keeps no picture.
"""

from typing import TYPE_CHECKING

import numpy as np

from inference.segmentation.pointing import box_around, connected, points_inside
from inference.segmenters.base import XY, Candidate, Card, Embedding, Prompt
from raster.chip import Chip

if TYPE_CHECKING:
    from inference.networks.sam import Pointed, SamModel, Size


def card(size: "Size", *, title: str, remark: str) -> Card:
    """The card of one size."""
    return Card(
        name=f"sam_{size}",
        title=title,
        summary=f"Outlines whatever is pointed at, of any kind. {remark}",
        source="Kirillov et al. 2023, Segment Anything, arXiv:2304.02643",
        licence="Apache-2.0; its weights are fetched from their publisher when asked for",
        prompts=frozenset({"point", "box", "polygon"}),
        gsd_range_m=(0.05, 30.0),
        window_px=1024,
        weights=f"sam_{size}",
        limits=(
            "It was trained on photographs, not on images from above: touching roofs may become"
            " one thing, and a shadow may be taken for part of a thing.",
            "Without a graphics card the first prompt in a window takes seconds.",
        ),
    )


def load(size: "Size", device: str) -> "SamModel":
    """The model of one size; see `Segmenter.load`."""
    from inference import weights
    from inference.networks import sam

    return sam.load(weights.path(f"sam_{size}"), size, device)


def embed(model: "SamModel", chip: Chip) -> Embedding:
    """What the encoder sees in a chip, 2 or 4 MB of it, and the size of the chip.

    Raises:
        OutOfDeviceMemoryError: the graphics card has too little memory.
    """
    rows, cols = chip.valid.shape
    return {"image": model.encode(chip.image), "rows": np.array(rows), "cols": np.array(cols)}


def answer(model: "SamModel", embedding: Embedding, prompt: Prompt) -> tuple[Candidate, ...]:
    """Readings of a prompt, best first: up to three of a single click, else at most one.

    None for a prompt that points at nothing: points beside the thing alone, or words.

    Raises:
        OutOfDeviceMemoryError: the graphics card has too little memory.
    """
    inside, box = points_inside(prompt), box_around(prompt)
    if not inside and box is None:
        return ()
    shape = int(embedding["rows"]), int(embedding["cols"])
    pointed = _pointed(inside, prompt.outside, box)
    masks, quality = model.decode(embedding["image"], shape, pointed)
    things = [connected(mask, inside) for mask in masks]
    found = (
        Candidate(thing, min(max(float(score), 0.0), 1.0))
        for thing, score in zip(things, quality, strict=True)
        if thing is not None
    )
    return tuple(sorted(found, key=lambda one: one.score, reverse=True))


def _pointed(
    inside: tuple[XY, ...], outside: tuple[XY, ...], box: tuple[float, float, float, float] | None
) -> "Pointed":
    from inference.networks.sam import Pointed

    points = np.array((*inside, *outside), dtype=np.float64).reshape(-1, 2)
    return Pointed(points, np.arange(len(points)) < len(inside), box)
