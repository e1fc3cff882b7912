"""Writes fitted weights for 10 m with their facts where the product looks for them.

Knows nothing of how they were fitted; the model card is written by people.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inference import domain_fit
from inference.networks.changenet import ChangeNet, ready
from inference.siamese.facts import KEY
from inference.siamese.multispectral import BANDS
from inference.siamese.network import embedder
from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import Shards
from inference.training.change.tally import Rule
from inference.training.export import MANIFEST, save, with_entry
from inference.training.multispectral.batches import batch_of
from inference.training.multispectral.fit import untrained
from inference.training.multispectral.places import GSD_M

FILE = "changenet_10m.safetensors"
WORKING_GSD_M = 10.0
LOOKED_AT = 600
"""Pairs of the pool whose statistics are kept."""
TEMPLATE = """\
[[weights]]
name = "changenet_10m"
title = "ChangeNet for 10 m"
file = "{file}"
sha256 = "{sha256}"
bytes = {bytes}
licence = "Apache-2.0"
paper = "Zheng et al. 2021, Change is everywhere, arXiv:2108.07002"
trained_on = [
    "places simulated by Groundshift (Apache-2.0)",
    "a Sentinel-2 picture of 512 x 512 pixels (modified Copernicus Sentinel data, free and open)",
    "NAIP pictures of a wetland at five dates (public domain)",
]
bands = [{bands}]
gsd_m = [{finest}, {coarsest}]
card = "changenet_10m.md"
"""


def look(net: ChangeNet, pool: Shards, recipe: ChangeRecipe) -> dict[str, Any]:
    """Statistics of what was learned from, lit as it was; the network stays as it is."""
    folded = untrained()
    folded.load_state_dict(net.state_dict())
    pairs = islice(_views(pool, recipe), LOOKED_AT)
    return domain_fit.collect(pairs, GSD_M, embed=embedder(ready(folded)))


def _views(
    pool: Shards, recipe: ChangeRecipe
) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    """Pairs (band, row, col) of the first steps."""
    step = 0
    while True:
        batch = batch_of(pool, recipe, step)
        yield from zip(batch.pre.numpy(), batch.post.numpy(), strict=True)
        step += 1


def export(
    net: ChangeNet, folder: Path, rule: Rule, stats: dict[str, Any], *, is_recommended: bool
) -> Path:
    """The file with the weights of a network; the manifest beside it names its hash.

    Args:
        net: with its moving average.
        folder: of the product's weights.
        rule: how scores become a mask.
        stats: what was learned from.
        is_recommended: whether `auto` may choose it.

    Raises:
        FileNotFoundError: the folder has no manifest.
    """
    manifest = folder / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    facts = {
        "bands": BANDS, "gsd_range_m": GSD_M, "working_gsd_m": WORKING_GSD_M,
        "threshold": rule.threshold, "min_area_m2": rule.min_area_m2,
        "training_stats": stats, "is_recommended": is_recommended,
    }  # fmt: skip
    path, digest = save(net, folder / FILE, metadata={KEY: json.dumps(facts)})
    entry = TEMPLATE.format(
        file=FILE, sha256=digest, bytes=path.stat().st_size,
        bands=", ".join(f'"{role}"' for role in BANDS), finest=GSD_M[0], coarsest=GSD_M[1],
    )  # fmt: skip
    manifest.write_text(with_entry(text, entry), encoding="utf-8")
    return path
