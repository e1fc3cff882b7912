"""What an engine is: it runs one network over two dates of one window.

Knows nothing of what the network looks for or where its weights come from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import nn

Picture = NDArray[Any]
Maps = tuple[NDArray[np.float32], ...]


@dataclass(frozen=True)
class Source:
    """A network, and what an engine must know of it.

    Attributes:
        key: stands for the network and its weights in a cache; letters, digits and dashes.
        build: the network on the CPU, ready to answer: its `forward` takes two pictures
            (band, row, col) and gives one or more maps (..., row, col) of the same size.
        bands: of each picture.
        dtype: of each picture, as NumPy names it.
        stride_px: rows and columns are multiples of it.
        halo_px: how far around a part the network looks, a multiple of the stride.
    """

    key: str
    build: Callable[[], nn.Module]
    bands: int = 3
    dtype: str = "uint8"
    stride_px: int = 32
    halo_px: int = 0


@dataclass(frozen=True)
class Nature:
    """What computes, and how; kept in the record of a run.

    Attributes:
        name: `openvino`, `torch` or `cuda`.
        precision: `bfloat16`, `float16` or `float32`.
        why: why this one, in one sentence.
    """

    name: str
    precision: str
    why: str


class Engine(Protocol):
    """Runs one network. Safe to share between threads."""

    @property
    def nature(self) -> Nature:
        """What it is."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What went otherwise than planned since it was made, each once, in plain sentences."""

    def __call__(self, pre: Picture, post: Picture) -> Maps:
        """The maps of the network for two pictures (band, row, col).

        Raises:
            OutOfDeviceMemoryError: there is too little memory even for a small part.
        """
