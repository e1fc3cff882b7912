"""The pool of pairs to learn from and the pairs to judge by, on disk.

Every shard is a pure function of its number and of the places. Knows nothing of networks.
"""

import pickle
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from inference.training import makers
from inference.training.change import shards
from inference.training.change.pairs import Pair
from inference.training.multispectral import observed
from inference.training.multispectral.places import BUILT_UP, OPEN, Rng, rendered
from inference.training.multispectral.scenes import Bank, made

OPEN_PLACES, TOWNS = 80, 150
KEPT_OPEN, KEPT_TOWNS = 10, 8
"""Places of each kind that pairs for judging are made of."""
HELD_OUT = 30_000_000
"""Seeds from here on are for judging only."""
JUDGED = ("judge-rendered", "judge-observed")
"""Shards to judge by: of rendered places, and of towns of the kept part of a satellite picture."""


def gather(data: Path | None, *, is_validation: bool) -> Bank:
    """Places to learn from, or those kept for judging.

    Args:
        data: folder with the openly licensed pictures, or None to do without.
        is_validation: which of the two.

    Raises:
        FileNotFoundError: a picture is not there.
    """
    first = HELD_OUT if is_validation else 0
    counts = (KEPT_OPEN, KEPT_TOWNS) if is_validation else (OPEN_PLACES, TOWNS)
    open_places = tuple(rendered(first + seed, OPEN) for seed in range(counts[0]))
    towns = tuple(rendered(first + seed, BUILT_UP) for seed in range(counts[1]))
    return with_observed(Bank(open_places, towns), data, is_validation=is_validation)


def with_observed(bank: Bank, data: Path | None, *, is_validation: bool) -> Bank:
    """A bank with the places that satellites and planes took, if there is a folder with them.

    Raises:
        FileNotFoundError: a picture is not there.
    """
    if data is None:
        return bank
    satellite = observed.sentinel2(data, is_validation=is_validation)
    empty = () if is_validation else observed.wetland(data)
    return Bank(bank.open, bank.towns, (satellite,), empty)


def make(folder: Path, data: Path | None, *, count: int, workers: int = 1, first: int = 0) -> None:
    """Write those of the shards to learn from that are not there yet.

    Raises:
        FileNotFoundError: a picture is not there.
    """
    names = [f"made-{number:04d}" for number in range(first, first + count)]
    todo = makers.missing(folder, names)
    if not todo:
        return
    bank = _kept(folder.with_name("places.pickle"), data)
    makers.make(partial(_write, folder, bank), todo, workers=workers)


def make_kept(folder: Path, data: Path | None) -> None:
    """Write the pairs to judge by, unless they are there.

    Raises:
        FileNotFoundError: a picture is not there.
    """
    names = JUDGED if data is not None else JUDGED[:1]
    if all((folder / name).exists() for name in names):
        return
    bank = gather(data, is_validation=True)
    banks = (Bank(bank.open, bank.towns), Bank(bank.observed, bank.observed))
    for name, one in zip(names, banks, strict=False):
        rng = np.random.default_rng([HELD_OUT, JUDGED.index(name)])
        shards.write(folder, name, islice(_endless(rng, one), shards.SHARD))


def _kept(path: Path, data: Path | None) -> Path:
    """The file with the places: they cost half an hour."""
    return makers.kept(path, partial(gather, data, is_validation=False))


def _write(folder: Path, bank: Path, name: str) -> str:
    places: Bank = pickle.loads(bank.read_bytes())  # noqa: S301 (ours)
    rng = np.random.default_rng([int(name.split("-")[1]), 92])
    shards.write(folder, name, islice(_endless(rng, places), shards.SHARD))
    return name


def _endless(rng: Rng, bank: Bank) -> Iterator[Pair]:
    while True:
        yield made(rng, bank)
