"""What to try in turn where a graphics card has too little memory for a segmenter.

Smaller windows first, then the CPU; whoever asks is told which it was. Knows nothing of pictures.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import cast

from errors import OutOfDeviceMemoryError
from inference.device import CPU
from inference.segmenter_registry import Loaded, load
from inference.segmenters.base import Segmenter
from raster.findings import Finding

SMALLEST_PX = 256
"""A window of half this side shows too little around a thing."""
_PARTS = ("load", "embed", "answer", "propose")


@dataclass(frozen=True)
class Attempt:
    """A way to compute.

    Attributes:
        loaded: the segmenter, perhaps with a smaller window or on another device.
        findings: what the user must know if this way is taken.
    """

    loaded: Loaded
    findings: tuple[Finding, ...] = ()


def attempts(loaded: Loaded, on_cpu: Callable[[], Loaded] | None = None) -> Iterator[Attempt]:
    """As it is, then in windows of half the side, then on the CPU, whose model is loaded then.

    Raises:
        OutOfDeviceMemoryError: nothing is left to try.
    """
    yield Attempt(loaded)
    if loaded.card.window_px // 2 >= SMALLEST_PX:
        yield Attempt(_halved(loaded), (_SMALLER,))
    if loaded.device != CPU:
        yield Attempt(on_cpu() if on_cpu else load(loaded.card.name, CPU), (_ON_CPU,))
    msg = f"There is too little memory for {loaded.card.title}."
    raise OutOfDeviceMemoryError(msg, hint="Choose another segmenter, or a smaller area.")


def _halved(loaded: Loaded) -> Loaded:
    """The same segmenter with windows of half the side."""
    module = loaded.segmenter
    card = replace(module.CARD, window_px=module.CARD.window_px // 2)
    parts = {name: getattr(module, name) for name in _PARTS if hasattr(module, name)}
    return replace(loaded, segmenter=cast("Segmenter", SimpleNamespace(CARD=card, **parts)))


_SMALLER = Finding(
    "smaller_window", "info",
    "The graphics card had too little memory, so smaller parts of the scene were looked at.",
)  # fmt: skip
_ON_CPU = Finding(
    "on_cpu", "info",
    "The graphics card had too little memory, so the outlines were computed without it.",
)  # fmt: skip
