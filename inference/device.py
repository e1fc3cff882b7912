"""Whether the graphics card a process was given can be used.

Only `inference` may know the learning library; whoever starts processes asks here.
"""

import importlib
from dataclasses import dataclass
from typing import Any

CPU = "cpu"


@dataclass(frozen=True)
class Device:
    """What a process computes on.

    Attributes:
        name: `cpu`, or the card as it was asked for.
        note: why it is not what was asked for, in one sentence; empty otherwise.
    """

    name: str
    note: str = ""


def usable(wanted: str) -> Device:
    """The wanted device, or the CPU with the reason when it cannot be used.

    Cost: loads the learning library unless `wanted` is the CPU.
    """
    if wanted == CPU:
        return Device(CPU)
    try:
        torch: Any = importlib.import_module("torch")
    except (ImportError, OSError):  # OSError: a shared library of CUDA is missing.
        return Device(CPU, "The graphics card was not used: PyTorch cannot be loaded.")
    if not torch.cuda.is_available():
        return Device(CPU, "The graphics card was not used: CUDA does not find it.")
    return Device(wanted)


def torch_name(device: str) -> str:
    """What the learning library calls the device of this process.

    A process that was given a card sees no other (`CUDA_VISIBLE_DEVICES`), and a card may be named
    by an identifier: inside the process it is always the first.
    """
    return CPU if device == CPU else "cuda:0"
