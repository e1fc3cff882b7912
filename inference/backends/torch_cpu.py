"""PyTorch on the processor: always there, and the measure of what other engines may differ.

Knows nothing of what the network looks for.
"""

from __future__ import annotations

from contextlib import nullcontext
from threading import Lock
from typing import Any

import torch

from inference.backends.base import Maps, Nature, Picture, Source


class TorchCpu:
    """A network run by PyTorch on the processor."""

    notes: tuple[str, ...] = ()

    def __init__(self, source: Source, *, precision: str, why: str) -> None:
        """Build the network; `precision` is `bfloat16` or `float32`."""
        self.nature = Nature("torch", precision, why)
        self._net = source.build().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        # Each call uses all threads; two at once would only get in each other's way.
        self._lock = Lock()

    def __call__(self, pre: Picture, post: Picture) -> Maps:
        """As `Engine`."""
        with self._lock, torch.inference_mode(), self._cast():
            maps = self._net(torch.from_numpy(pre), torch.from_numpy(post))
        return tuple(one.float().numpy() for one in maps)

    def _cast(self) -> Any:
        if self.nature.precision == "float32":
            return nullcontext()
        return torch.autocast("cpu", torch.bfloat16)


def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself; elsewhere it is slower than float32."""
    cpu: Any = torch.cpu
    return bool(cpu._is_avx512_bf16_supported() or cpu._is_amx_tile_supported())
