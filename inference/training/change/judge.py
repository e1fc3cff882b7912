"""How good the change network is on pairs kept for judging, and which rule suits it.

Threshold and smallest size are chosen on these pairs only: held-out places and seeds. Knows nothing
of the fit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from inference.networks.changenet import ChangeNet
from inference.siamese import looking
from inference.siamese.looking import AERIAL, Scales, Second
from inference.training.change import coarse, mixture, shards
from inference.training.change.asking import asking
from inference.training.change.pairs import Pair
from inference.training.change.shards import CHANGED, SEEN, Shards, Stored
from inference.training.change.tally import (
    SMALLEST_M2,
    Answer,
    Rule,
    best_rule,
    count,
    mixed,
    parted,
)
from raster.stretch import NOT_OBSERVED_GREY

MADE, STORIES, HARD, COARSE = KINDS = "judge-made", "judge-story", "judge-hard", "judge-coarse"
"""Pairs made of pictures; rendered; unchanged in other seasons; of both the first, from higher up.
"""
Figures = dict[str, float]
Scores = NDArray[np.float32]

COARSE_M = 1.0
"""The ground size from which on pairs count as seen from higher up."""
CHIPS = (30, 60, 16)
"""Rendered, real and unbuilt chips that pairs for judging are made of."""


def make(folder: Path, data: mixture.Data) -> None:
    """Write those pairs for judging that are not there: one shard of each kind.

    Raises:
        FileNotFoundError: a set of the aerial pictures is not there.
    """
    if not all((folder / name).exists() for name in (MADE, HARD)):
        bank = mixture.gather(data, CHIPS, is_validation=True)
        for name, make_one in ((MADE, mixture.made), (HARD, mixture.unchanged)):
            rng = _rng(name)
            _write(folder, name, iter(partial(make_one, rng, bank), None))
    _write(folder, STORIES, mixture.told(_rng(STORIES), mixture.HELD_OUT))
    if not (folder / COARSE).exists():
        pool, rng = Shards((folder / MADE, folder / STORIES)), _rng(COARSE)
        drawn = [coarse.reduced(rng, pool, finest_m=COARSE_M) for _pair in range(shards.SHARD)]
        shards.store(folder, COARSE, [d.pair for d in drawn], [d.gsd_m for d in drawn])


def _rng(name: str) -> np.random.Generator:
    return np.random.default_rng([mixture.HELD_OUT, KINDS.index(name)])


def _write(folder: Path, name: str, pairs: Iterator[Pair]) -> None:
    if not (folder / name).exists():
        shards.write(folder, name, islice(pairs, shards.SHARD))


def judge(net: ChangeNet, folder: Path) -> tuple[Rule, Figures]:
    """The rule that suits a network best, and its figures on each kind of pairs."""
    return figures_of({name: list(ask(net, folder / name)) for name in KINDS})


def figures_of(
    answers: Mapping[str, list[Answer]], smallest_m2: Sequence[float] = SMALLEST_M2
) -> tuple[Rule, Figures]:
    """The rule that suits answers to the kinds of pairs best, and its figures on each kind."""
    everything = [answer for kind in answers.values() for answer in kind]
    rule = best_rule(everything, smallest_m2)
    still = count(parted(everything)[1], rule)
    figures = {"mix F1": mixed(everything, rule).f1, "flagged": still.flagged}
    for name, kind in answers.items():
        figures |= _of(name.removeprefix("judge-"), kind, rule)
    return rule, figures


def is_better(figures: Figures, others: Iterable[Figures]) -> bool:
    """Whether a network beats every other detector on the mix and on each kind of pairs.

    F1 decides where something changed, and what is flagged in pairs without change.
    """
    changed = [name for name in figures if name.endswith("F1")]
    return all(
        all(figures[name] > other[name] for name in changed)
        and figures["flagged"] < other["flagged"]
        for other in others
    )


def _of(name: str, answers: list[Answer], rule: Rule) -> Figures:
    changed, unchanged = parted(answers)
    still = {f"{name} flagged where nothing changed": count(unchanged, rule).flagged}
    if not changed:
        return still
    busy = count(changed, rule)
    return {
        f"{name} precision": busy.precision,
        f"{name} recall": busy.recall,
        f"{name} F1": busy.f1,
    } | still


def ask(net: ChangeNet, shard: Path) -> Iterator[Answer]:
    """Answers to the pairs of a shard."""
    pool = Shards((shard,))
    for index in range(len(pool)):
        yield answer(net, pool[index], pool.gsd_m(index))


def answer(net: ChangeNet, pair: Stored, gsd_m: float, scales: Scales = AERIAL) -> Answer:
    """What a network says of one pair, looked at as often as the product does."""
    change, _buildings = scores(net, pair, scales.second(gsd_m))
    codes = np.asarray(pair.codes)
    return Answer(change, (codes & CHANGED) > 0, (codes & SEEN) > 0, gsd_m)


def scores(net: ChangeNet, pair: Stored, second: Second = "none") -> tuple[Scores, Scores]:
    """Change (row, col) and buildings of both dates (2, row, col), 0..1."""
    hidden = (np.asarray(pair.codes) & SEEN) == 0
    pre, post = (_shown(picture, hidden) for picture in pair.pictures)
    change, buildings = looking.look(asking(net), pre, post, second=second)
    return expit(change), expit(buildings)


def _shown(picture: NDArray[np.uint8], hidden: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """A date (3, row, col) as the product shows it: grey where nothing was observed."""
    values = np.where(hidden[..., None], np.uint8(NOT_OBSERVED_GREY), picture)
    return np.ascontiguousarray(values.transpose(2, 0, 1))
