"""Writes fitted weights with their facts where the product looks for them, and their entry.

Knows nothing of how they were fitted; the model card is written by people.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inference import domain_fit
from inference.networks.changenet import ChangeNet, ready
from inference.siamese.facts import KEY
from inference.siamese.network import embedder
from inference.training.change.batches import batch_of
from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import Shards
from inference.training.change.sources import GSD_M
from inference.training.change.tally import Rule
from inference.training.export import MANIFEST, save, with_entry

FILE = "changenet.safetensors"
BANDS = ("red", "green", "blue")
WORKING_GSD_M = 0.5
LOOKED_AT = 600
"""Pairs of the pool whose statistics are kept."""
Pictures = NDArray[np.uint8]
TEMPLATE = """\
[[weights]]
name = "changenet"
title = "ChangeNet"
file = "{file}"
sha256 = "{sha256}"
bytes = {bytes}
licence = "Apache-2.0"
paper = "Zheng et al. 2021, Change is everywhere, arXiv:2108.07002"
trained_on = [
    "places simulated by Groundshift (Apache-2.0)",
    "OpenAerialMap pictures of seven places (CC BY 4.0) with OpenStreetMap outlines (ODbL 1.0)",
    "NAIP pictures of a wetland at five dates (public domain)",
    "NEON pictures of woods (open data of the National Ecological Observatory Network)",
]
bands = ["red", "green", "blue"]
gsd_m = [{finest}, {coarsest}]
card = "changenet.md"
"""


@dataclass(frozen=True)
class Facts:
    """What the product must know of weights beside their tensors.

    Attributes:
        rule: how scores become a mask.
        training_stats: what was learned from, as `domain_fit.collect` says it; None: not kept.
        is_recommended: whether `auto` may choose the network, as the judge found.
    """

    rule: Rule
    training_stats: dict[str, Any] | None
    is_recommended: bool

    def as_json(self) -> str:
        """As the file of weights keeps them."""
        return json.dumps({
            "bands": BANDS, "gsd_range_m": GSD_M, "working_gsd_m": WORKING_GSD_M,
            "threshold": self.rule.threshold, "min_area_m2": self.rule.min_area_m2,
            "training_stats": self.training_stats, "is_recommended": self.is_recommended,
        })  # fmt: skip


def look(net: ChangeNet, pool: Shards, recipe: ChangeRecipe) -> dict[str, Any]:
    """Statistics of what was learned from, coloured as it was; the network stays as it is."""
    folded = ChangeNet(net.bands)
    folded.load_state_dict(net.state_dict())
    pairs = islice(_views(pool, recipe), LOOKED_AT)
    return domain_fit.collect(pairs, GSD_M, embed=embedder(ready(folded)))


def _views(pool: Shards, recipe: ChangeRecipe) -> Iterator[tuple[Pictures, Pictures]]:
    """Pairs (band, row, col) of the first steps."""
    step = 0
    while True:
        batch = batch_of(pool, recipe, step)
        yield from zip(batch.pre.numpy(), batch.post.numpy(), strict=True)
        step += 1


def export(net: ChangeNet, folder: Path, facts: Facts) -> Path:
    """The file with the weights of a network; the manifest beside it names its hash.

    Raises:
        FileNotFoundError: the folder has no manifest.
    """
    manifest = folder / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    path, digest = save(net, folder / FILE, metadata={KEY: facts.as_json()})
    entry = TEMPLATE.format(file=FILE, sha256=digest, bytes=path.stat().st_size,
                            finest=GSD_M[0], coarsest=GSD_M[1])  # fmt: skip
    manifest.write_text(with_entry(text, entry), encoding="utf-8")
    return path
