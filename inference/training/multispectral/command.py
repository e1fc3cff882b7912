"""The stages that make the weights of the change network for 10 m, one after the other.

Knows nothing of the command line.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from inference.networks.changenet import ready
from inference.training.change.order import PairOrder
from inference.training.change.shards import Shards
from inference.training.change.tally import Rule
from inference.training.fitting import load_average
from inference.training.multispectral import pool
from inference.training.multispectral.export import export, look
from inference.training.multispectral.fit import fit, untrained
from inference.training.multispectral.judge import judge

log = logging.getLogger(__name__)

SHARDS = 20
"""Of 256 pairs: 6.5 GB."""
IS_RECOMMENDED = False
"""Pairs to judge by are of the kind it learned from, and on real ones that were looked at `blend`,
which needs no weights, did better."""


@dataclass(frozen=True, kw_only=True)
class Order(PairOrder):
    """What was asked for.

    Attributes:
        pictures: folder with openly licensed scenes, or None to learn from rendered places alone.
    """

    prefix = "change-10m"
    pictures: Path | None
    shards: int = SHARDS


def make_pools(order: Order) -> None:
    """Pairs to learn from and to judge by, unless they are there."""
    pool.make(order.pool, order.pictures, count=order.shards, workers=order.workers)
    pool.make_kept(order.kept, order.pictures)


def make_fit(order: Order) -> None:
    """Fit, or go on fitting."""
    pairs = Shards.open(order.pool)
    log.info("%d pairs on %s", len(pairs), order.device)
    fit(pairs, order.recipe, order.run, device=order.device, resume=order.resume)


def make_judgement(order: Order) -> None:
    """Choose the rule and write the figures."""
    rule, figures = judge(ready(load_average(untrained(), order.run)), order.kept)
    kept = {"threshold": rule.threshold, "min_area_m2": rule.min_area_m2, "figures": figures}
    order.write_figures(kept)


def make_export(order: Order) -> None:
    """The file of weights with its facts."""
    kept = order.figures()
    net = load_average(untrained(), order.run)
    stats = look(net, Shards.open(order.pool), order.recipe)
    rule = Rule(kept["threshold"], kept["min_area_m2"])
    export(net, order.weights, rule, stats, is_recommended=IS_RECOMMENDED)


STAGES = {
    "pools": make_pools, "fit": make_fit, "judge": make_judgement, "export": make_export,
}  # fmt: skip
