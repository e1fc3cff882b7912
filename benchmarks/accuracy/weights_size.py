"""How many learned numbers a detector has, counted in its file of weights.

Knows the two formats weights come in; running statistics of normalisation are no parameters.
"""

import math
from pathlib import Path

from safetensors import safe_open

from inference import registry, weights

STATISTICS = ("running_mean", "running_var", "num_batches_tracked")


def parameters(detector: str) -> int | None:
    """Learned numbers of a detector; None for `auto`, and where it has no weights here."""
    if detector == "auto":
        return None
    name = registry.card(detector).weights
    return None if name is None or weights.missing(name) else counted(weights.path(name))


def counted(file: Path) -> int:
    """Learned numbers of a file of weights."""
    sizes = _safetensors(file) if file.suffix == ".safetensors" else _pickled(file)
    return sum(size for name, size in sizes.items() if not name.endswith(STATISTICS))


def _safetensors(file: Path) -> dict[str, int]:
    with safe_open(file, framework="numpy") as opened:
        names = list(opened.keys())
        return {name: math.prod(opened.get_slice(name).get_shape()) for name in names}


def _pickled(file: Path) -> dict[str, int]:
    # Imported here: it takes seconds to load.
    import torch

    state = torch.load(file, map_location="cpu", weights_only=True)
    return {name: value.numel() for name, value in state.items() if hasattr(value, "numel")}
