"""Rendered pairs like those a network was first trained with, shown again against forgetting.

Rehearsal is the oldest remedy (Robins 1995, "Catastrophic forgetting, rehearsal and
pseudorehearsal"). Knows nothing of a user's ground.
"""

import logging
import zipfile
from itertools import islice
from pathlib import Path

import numpy as np

from inference.training.change.mixture import HELD_OUT, told
from inference.training.change.shards import ARRAYS, Stored, stored
from progress import Watcher

log = logging.getLogger(__name__)

FIRST_SEED = 9_000_000
"""Between the seeds of training and those kept for judging."""
VERSION = 2
"""Rises when pairs of a seed come out otherwise."""


def rendered(
    count: int, *, is_held_out: bool, kept: Path, watcher: Watcher, seed: int = 0
) -> list[Stored]:
    """So many pairs of rendered places with all nuisances; a pure function of the seed.

    Cost: a few seconds each on one core, the first time; then they lie in the folder `kept`.

    Raises:
        CancelledError: the watcher asked to stop.
    """
    if not count:
        return []
    first = (HELD_OUT if is_held_out else FIRST_SEED) + 1000 * seed
    path = kept / f"rendered-{VERSION}-{first}-{count}.npz"
    if found := _read(path):
        return found
    made: list[Stored] = []
    for pair in islice(told(np.random.default_rng([first, 87]), first), count):
        watcher.step(len(made) / count, "Rendering places that the network knows")
        made.append(stored(pair))
    _write(path, made)
    return made


def _read(path: Path) -> list[Stored]:
    """The pairs of a file; none where it is missing or damaged."""
    if not path.is_file():
        return []
    try:
        # NumPy leaves a damaged file open that it opened itself.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            arrays = [found[name] for name in ARRAYS]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        log.warning("%s is damaged; its pairs are rendered again", path.name)
        return []
    return [Stored(*parts) for parts in zip(*arrays, strict=True)]


def _write(path: Path, pairs: list[Stored]) -> None:
    """Keep the pairs for the next training, if the disk allows."""
    part = path.with_suffix(".part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays = {name: np.stack([getattr(one, name) for one in pairs]) for name in ARRAYS}
        np.savez(part, allow_pickle=False, **arrays)
        part.replace(path)
    except OSError:
        log.warning("rendered pairs could not be kept in %s", path.parent)
