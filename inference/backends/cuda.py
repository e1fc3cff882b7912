"""PyTorch on a graphics card: in parts where its memory is small, on the CPU where it is full.

Knows nothing of what the network looks for.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import numpy as np
import torch

from inference.backends.base import Engine, Maps, Nature, Picture, Source
from raster.tiling import tiles

SMALLEST_PX = 256
"""Parts are not cut smaller: by then nearly all is halo."""
IN_PARTS = "The graphics card has little memory, so tiles were computed in smaller parts."
ON_CPU = "The memory of the graphics card was full, so part of the run was computed on the CPU."


class Cuda:
    """A network run by PyTorch on a graphics card."""

    def __init__(
        self, source: Source, device: str, *, why: str, instead: Callable[[], Engine]
    ) -> None:
        """Build the network on the card.

        Args:
            source: the network.
            device: the card, as PyTorch names it.
            why: why this engine.
            instead: gives the engine for what the card has no room for.
        """
        self._device = torch.device(device)
        self._dtype = torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
        self.nature = Nature("cuda", str(self._dtype).removeprefix("torch."), why)
        self._source = source
        self._instead = instead
        self._net = source.build().to(self._device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._lock = Lock()
        self._notes: dict[str, None] = {}
        # Once a size did not fit, larger ones are not tried again.
        self._most_px = 1 << 30

    @property
    def notes(self) -> tuple[str, ...]:
        """As `Engine`."""
        return tuple(self._notes)

    def __call__(self, pre: Picture, post: Picture) -> Maps:
        """As `Engine`."""
        with self._lock:
            return self._whole_or_parts(pre, post)

    def _whole_or_parts(self, pre: Picture, post: Picture) -> Maps:
        side_px = max(pre.shape[1:])
        if side_px <= self._most_px:
            try:
                return self._computed(pre, post)
            except torch.OutOfMemoryError:
                torch.cuda.empty_cache()
                self._most_px = side_px - 1
        core_px = self._core_px(side_px)
        if core_px < SMALLEST_PX:
            self._notes[ON_CPU] = None
            return self._instead()(pre, post)
        self._notes[IN_PARTS] = None
        return self._in_parts(pre, post, core_px)

    def _core_px(self, side_px: int) -> int:
        """Side of the cores that halve a picture, aligned; their halos must leave them smaller."""
        stride = self._source.stride_px
        core_px = -(-side_px // 2 // stride) * stride
        return core_px if core_px + 2 * self._source.halo_px < side_px else 0

    def _in_parts(self, pre: Picture, post: Picture, core_px: int) -> Maps:
        shape = pre.shape[1:]
        whole: Maps = ()
        for tile in tiles(shape, core_px=core_px, halo_px=self._source.halo_px):
            rows, cols = tile.outer.toslices()
            found = self._whole_or_parts(
                np.ascontiguousarray(pre[:, rows, cols]), np.ascontiguousarray(post[:, rows, cols])
            )
            if not whole:
                whole = tuple(np.empty((*one.shape[:-2], *shape), np.float32) for one in found)
            for target, part in zip(whole, found, strict=True):
                target[..., *tile.core.toslices()] = tile.trim(part)
        return whole

    def _computed(self, pre: Picture, post: Picture) -> Maps:
        with torch.inference_mode(), torch.autocast(self._device.type, self._dtype):
            maps = self._net(*(torch.from_numpy(one).to(self._device) for one in (pre, post)))
            return tuple(one.float().cpu().numpy() for one in maps)
