"""The pool of pairs: which kinds of pairs, of which pictures, in which shares.

Every shard is a pure function of its number. Knows nothing of networks.
"""

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from inference.training import makers
from inference.training.change import shards, sources
from inference.training.change.chips import Chip, Rng
from inference.training.change.nuisances import spoilt
from inference.training.change.pairs import Pair, calm, cropped, edited, either
from inference.training.change.roofs import Roof, roofs_of
from inference.training.change.stories import story

RENDERED, PHOTOGRAPHED, UNBUILT = 320, 420, 90
"""Chips of each kind that pairs are made of."""
EDITED, EITHER, CALM = 0.5, 0.18, 0.32
"""Shares of the kinds of pairs made of chips."""
STORIES = 0.25
"""Share of shards with rendered stories alone."""
OF_REAL, OF_UNBUILT = 0.5, 0.12
HELD_OUT = 20_000_000
"""Seeds from here on are for judging only."""
STORY_SEEDS = 2_000_000
"""Seeds of stories begin here."""


@dataclass(frozen=True)
class Data:
    """Where openly licensed pictures lie.

    Attributes:
        oam: folder with set1 to set5.
        series: folder with dates of ground without buildings, or None.
        trees: folder with pictures of woods, or None.
    """

    oam: Path
    series: Path | None
    trees: Path | None


@dataclass(frozen=True)
class Bank:
    """What pairs are made of."""

    rendered: tuple[Chip, ...]
    real: tuple[Chip, ...]
    unbuilt: tuple[Chip, ...]
    roofs: tuple[Roof, ...]

    def pick(self, rng: Rng) -> Sequence[Chip]:
        """One of the three kinds of chips."""
        choice = rng.random()
        if self.unbuilt and choice < OF_UNBUILT:
            return self.unbuilt
        return self.real if choice < OF_UNBUILT + OF_REAL else self.rendered


def gather(data: Data, counts: tuple[int, int, int], *, is_validation: bool) -> Bank:
    """Chips to learn from, or chips of places and seeds kept for judging.

    Raises:
        FileNotFoundError: a set of the aerial pictures is not there.
    """
    first = HELD_OUT if is_validation else 0
    places = sources.grounds(data.oam, is_validation=is_validation)
    bare = [] if data.series is None else [sources.series(data.series)]
    bare += [] if data.trees is None else sources.woods(data.trees)
    bare = bare[-4:] if is_validation else bare[:-4]
    rendered = tuple(sources.rendered(first + seed) for seed in range(counts[0]))
    real = tuple(sources.photographed(first + seed, places) for seed in range(counts[1]))
    unbuilt = tuple(sources.unbuilt(first + seed, bare) for seed in range(counts[2] if bare else 0))
    roofs = tuple(roof for chip in (*rendered, *real) for roof in roofs_of(chip))
    return Bank(rendered, real, unbuilt, roofs)


def made(rng: Rng, bank: Bank) -> Pair:
    """A pair made of chips, with all nuisances."""
    chip = cropped(rng, bank.pick(rng))
    choice = rng.random()
    if choice < EDITED:
        return spoilt(rng, edited(rng, chip, bank.roofs))
    if choice < EDITED + EITHER:
        chips = bank.real if chip.is_real else bank.rendered
        return spoilt(rng, either(cropped(rng, chips), cropped(rng, chips)))
    return spoilt(rng, calm(rng, chip))


def unchanged(rng: Rng, bank: Bank) -> Pair:
    """A pair without new buildings: two seasons, and all that is mistaken for buildings."""
    return spoilt(rng, calm(rng, cropped(rng, bank.pick(rng))), seasonal=1.0)


def told(rng: Rng, seed: int) -> Iterator[Pair]:
    """Endless pairs of rendered stories, with all nuisances."""
    while True:
        for pair in story(seed):
            yield spoilt(rng, pair if rng.random() < 0.5 else pair.swapped())
        seed += 1


def make(folder: Path, data: Data, *, count: int, workers: int = 1, first: int = 0) -> None:
    """Write those of the first shards that are not there yet.

    Raises:
        FileNotFoundError: a set of the aerial pictures is not there.
    """
    names = [f"{_kind(number)}-{number:04d}" for number in range(first, first + count)]
    todo = makers.missing(folder, names)
    if not todo:
        return
    bank = _kept(folder.with_name("chips.pickle"), data)
    makers.make(partial(_write, folder, bank), todo, workers=workers)


def _kept(path: Path, data: Data) -> Path:
    """The file with the bank: it costs minutes."""
    return makers.kept(
        path, partial(gather, data, (RENDERED, PHOTOGRAPHED, UNBUILT), is_validation=False)
    )


def _kind(number: int) -> str:
    return "story" if number % round(1 / STORIES) == round(1 / STORIES) - 1 else "made"


def _write(folder: Path, bank: Path, name: str) -> str:
    number = int(name.split("-")[1])
    rng = np.random.default_rng([number, 86])
    if name.startswith("story"):
        pairs = told(rng, STORY_SEEDS + shards.SHARD * number)
    else:
        chips: Bank = pickle.loads(bank.read_bytes())  # noqa: S301 (ours)
        pairs = (made(rng, chips) for _pair in range(shards.SHARD))
    shards.write(folder, name, islice(pairs, shards.SHARD))
    return name
