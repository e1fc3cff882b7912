"""Processes that make pairs to learn from, beside whatever else the machine does.

Knows neither pictures nor pairs.
"""

import logging
import os
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import cv2

log = logging.getLogger(__name__)

NICENESS = 10


def begin() -> None:
    """What each of these processes does once: take one thread, and give way to everybody else."""
    cv2.setNumThreads(1)
    os.nice(NICENESS)


def make(write: Callable[[str], str], names: Sequence[str], *, workers: int) -> None:
    """Have every shard written, several at a time.

    Args:
        write: writes the shard of a name and returns the name; sent to other processes.
        names: of the shards.
        workers: processes.
    """
    with ProcessPoolExecutor(workers, get_context("spawn"), begin) as pool:
        for done, name in enumerate(pool.map(write, names), 1):
            log.info("pool: %s, %d of %d", name, done, len(names))


def missing(folder: Path, names: Sequence[str]) -> list[str]:
    """Names of the shards that are not in a folder yet; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    return [name for name in names if not (folder / name).exists()]


def kept(path: Path, gather: Callable[[], object]) -> Path:
    """The file with what shards are made of, written by ourselves: gathered once, as it is slow."""
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(gather(), pickle.HIGHEST_PROTOCOL))
        part.replace(path)
    return path
