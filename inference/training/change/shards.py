"""Pairs on disk with all that is learned from them: written once, then read by the fit.

A shard is a folder of three arrays. Knows nothing of how pairs are made or of networks.
"""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inference.training.augment import BUILDING_CODES, targets
from inference.training.change.pairs import SIZE_PX, Pair
from inference.training.pools import MOST_THINGS

STORED_PX = 288
"""The rim of a pair, where a moved picture repeats itself, is not kept."""
SHARD = 256
"""Pairs a shard: 190 MB."""
BUILT, BORDER, CHANGED, SEEN = (1, 2), (4, 8), 16, 32
"""Bits of a code: building and border at the earlier and later date, change, labelled."""
DEEPEST = 255
ARRAYS = ("pictures", "codes", "depths")
GSDS = "gsds_m.npy"
"""Ground size of a pixel of every pair of a shard."""


@dataclass(frozen=True)
class Stored:
    """One pair as it lies on disk.

    Attributes:
        pictures: (2, row, col, 3) uint8, the earlier date first.
        codes: (row, col) uint8, bits as above.
        depths: (2, row, col) uint8: depth inside buildings in parts of `DEEPEST`.
    """

    pictures: NDArray[np.uint8]
    codes: NDArray[np.uint8]
    depths: NDArray[np.uint8]


@dataclass(frozen=True)
class Shards:
    """All pairs of some shards, read from disk when asked for."""

    folders: tuple[Path, ...]

    @classmethod
    def open(cls, folder: Path, prefix: str = "") -> "Shards":
        """The whole shards whose names begin so; there may be none."""
        found = (path for path in folder.glob(f"{prefix}*") if path.suffix != ".part")
        return cls(tuple(sorted(found)))

    def __len__(self) -> int:
        """Pairs in all."""
        return SHARD * len(self.folders)

    def __getitem__(self, index: int) -> Stored:
        """One pair; its arrays are read as they are used."""
        return Stored(*(array[index % SHARD] for array in self._arrays[index // SHARD]))

    def gsd_m(self, index: int) -> float:
        """Ground size of a pixel of one pair."""
        return float(self._gsds[index])

    @cached_property
    def _gsds(self) -> NDArray[np.float64]:
        return np.concatenate([np.load(folder / GSDS) for folder in self.folders])

    @cached_property
    def _arrays(self) -> list[list[NDArray[np.uint8]]]:
        return [
            [np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS]
            for folder in self.folders
        ]


def stored(pair: Pair) -> Stored:
    """A pair with borders and depths of its buildings, without its rim."""
    rim = (SIZE_PX - STORED_PX) // 2
    inner = np.s_[rim : rim + STORED_PX, rim : rim + STORED_PX]
    codes = CHANGED * (pair.gone | pair.came)[inner] + SEEN * pair.seen[inner]
    codes = codes.astype(np.uint8)
    depths = []
    for date, numbers in enumerate((pair.buildings_pre, pair.buildings_post)):
        built, border, depth = targets(np.ascontiguousarray(numbers[inner]), _ALL_BUILDINGS)
        codes |= (BUILT[date] * (built > 0) + BORDER[date] * (border > 0)).astype(np.uint8)
        depths.append(np.round(depth * DEEPEST).astype(np.uint8))
    pictures = np.stack([pair.pre[inner], pair.post[inner]])
    return Stored(pictures, codes, np.stack(depths))


_ALL_BUILDINGS = np.full(MOST_THINGS, BUILDING_CODES[0], np.uint8)


def write(folder: Path, name: str, pairs: Iterable[Pair]) -> None:
    """One shard, whole or not at all."""
    made = list(pairs)
    store(folder, name, [stored(pair) for pair in made], [pair.gsd_m for pair in made])


def store(folder: Path, name: str, kept: Sequence[Stored], gsds_m: Sequence[float]) -> None:
    """One shard of pairs as they lie on disk, whole or not at all."""
    part = folder / f"{name}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for array in ARRAYS:
        np.save(part / f"{array}.npy", np.stack([getattr(one, array) for one in kept]))
    np.save(part / GSDS, np.array(gsds_m))
    part.rename(folder / name)
