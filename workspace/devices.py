"""Which processors the compute workers of this machine may use.

Looks at files and the environment only, so that the web process never loads a learning library.
"""

import importlib.util
import os
from pathlib import Path

CPU = "cpu"
NVIDIA = "/dev"


def compute_devices(cpu_workers: int, *, device_files: Path = Path(NVIDIA)) -> tuple[str, ...]:
    """One entry per compute worker: each usable graphics card, or else `cpu` n times.

    A card is usable when the learning library is installed and CUDA may see the card;
    `CUDA_VISIBLE_DEVICES` is honoured as NVIDIA's CUDA programming guide describes it.
    """
    cards = _cards(device_files) if _has_library() else ()
    return tuple(f"cuda:{card}" for card in cards) or (CPU,) * cpu_workers


def environment(device: str) -> dict[str, str]:
    """What a worker process must find in its environment to use this device and no other."""
    if device == CPU:
        return {"CUDA_VISIBLE_DEVICES": ""}
    return {"CUDA_VISIBLE_DEVICES": device.removeprefix("cuda:")}


def _has_library() -> bool:
    return importlib.util.find_spec("torch") is not None


def _cards(device_files: Path) -> tuple[str, ...]:
    """Numbers or names of the cards, as CUDA would list them."""
    present = sorted(
        (path.name.removeprefix("nvidia") for path in device_files.glob("nvidia[0-9]*")), key=int
    )
    allowed = os.environ.get("CUDA_VISIBLE_DEVICES")
    if allowed is None or not present:
        return tuple(present)
    named = []
    for entry in allowed.split(","):
        name = entry.strip()
        # CUDA ignores everything from the first entry on that names no card.
        if not name or (name.isdigit() and name not in present) or name.startswith("-"):
            break
        named.append(name)
    return tuple(named)
