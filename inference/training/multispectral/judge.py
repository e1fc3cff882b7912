"""How good the network for 10 m is on pairs kept for judging, and which rule suits it.

Threshold and smallest size are chosen on these pairs only. Knows nothing of the fit.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from inference.networks.changenet import ChangeNet
from inference.siamese.looking import ONCE
from inference.training.change import judge as network
from inference.training.change.judge import Figures, figures_of
from inference.training.change.shards import GSDS, SEEN, Shards, Stored
from inference.training.change.tally import Answer, Rule
from inference.training.multispectral.pool import JUDGED

SMALLEST_M2 = (400.0, 800.0, 1600.0)
"""Four pixels are the least that is more than noise."""


def judge(net: ChangeNet, folder: Path) -> tuple[Rule, Figures]:
    """The rule that suits a network best, and its figures on each kind of pairs that is there."""
    answers = {name: list(ask(net, folder / name)) for name in JUDGED if (folder / name).exists()}
    return figures_of(answers, SMALLEST_M2)


def ask(net: ChangeNet, shard: Path) -> Iterator[Answer]:
    """Answers to the pairs of a shard."""
    pool, gsds = Shards((shard,)), np.load(shard / GSDS)
    for index, gsd_m in enumerate(gsds):
        yield answer(net, pool[index], float(gsd_m))


def answer(net: ChangeNet, pair: Stored, gsd_m: float) -> Answer:
    """What a network says of one pair: it sees all of it, parts without a label too."""
    codes = np.asarray(pair.codes)
    found = network.answer(net, replace(pair, codes=codes | np.uint8(SEEN)), gsd_m, ONCE)
    return replace(found, seen=(codes & SEEN) > 0)
