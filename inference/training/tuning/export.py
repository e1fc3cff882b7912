"""Writes tuned weights as a file the detector can open: the parent's facts, new tensors.

Knows nothing of where weights are kept.
"""

import json
from pathlib import Path

from safetensors import safe_open
from safetensors.torch import save

from inference.networks.changenet import ChangeNet

KEY = "groundshift"


def write(net: ChangeNet, path: Path, *, parent: Path) -> None:
    """Write the network, whole or not at all.

    The statistics of what the parent learned from are left out: they do not describe the new
    network, so its detector says nothing of how familiar a pair is.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    with safe_open(parent, framework="numpy") as opened:
        facts = json.loads((opened.metadata() or {})[KEY])
    facts.pop("training_stats", None)
    part = path.with_suffix(".part")
    tensors = {name: value.cpu().contiguous() for name, value in net.state_dict().items()}
    # The library's own writing tells of a full disk by an error of no kind.
    part.write_bytes(save(tensors, metadata={KEY: json.dumps(facts)}))
    part.replace(path)
