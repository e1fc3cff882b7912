"""Outlines from colour and edges alone: a tree of regions, and a random walker on them.

Needs no weights and no training. Knows nothing of what things are: it goes by how sharply they
stand out, so that it works alike on roofs, fields and lakes.
"""

import numpy as np

from inference.segmenters.base import Candidate, Card, Embedding, Prompt
from raster.chip import Chip
from raster.instances import Instance

CARD = Card(
    name="graph",
    title="Edges and colours",
    summary=(
        "Outlines what stands out from its surroundings, by its edges and colours."
        " Works at any ground size and without learned weights."
    ),
    source=(
        "regions joined after Robinson, Redding and Crisp 2002; random walker after Grady 2006,"
        " IEEE TPAMI 28(11)"
    ),
    licence="",
    prompts=frozenset({"point", "box", "polygon"}),
    gsd_range_m=(0.01, 1000.0),
    window_px=1024,
    limits=(
        "It does not know what things are: a click may give half a roof, or a roof with its"
        " shadow. A box is far surer.",
        "A thing whose colour fades into its surroundings has no edge to be found by.",
    ),
)


def load(device: str) -> None:
    """Nothing: this segmenter has no model, and the device does not matter."""


def embed(model: None, chip: Chip) -> Embedding:
    """The regions of a chip and their tree, as arrays; about a second a megapixel."""
    from inference.segmentation import region_tree

    rows, cols = chip.image.shape[1:]
    tree = region_tree.grow(chip.image, chip.valid)
    return {"rows": np.array(rows), "cols": np.array(cols), **tree.arrays()}


def answer(model: None, embedding: Embedding, prompt: Prompt) -> tuple[Candidate, ...]:
    """Up to three readings of a click, one of a box or polygon; none where nothing was observed."""
    from inference.segmentation import region_prompts
    from inference.segmentation.region_tree import RegionTree

    return region_prompts.answer(RegionTree.from_arrays(embedding), prompt)


def propose(model: None, embedding: Embedding) -> tuple[Instance, ...]:
    """Every thing that a click on most of its pixels would give; they may lie within each other."""
    from inference.segmentation import region_prompts
    from inference.segmentation.region_tree import RegionTree

    return region_prompts.propose(RegionTree.from_arrays(embedding))
