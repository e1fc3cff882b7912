"""The stages that make the weights of the change network, one after the other.

Knows nothing of the command line.
"""

import logging
from dataclasses import dataclass

from inference.networks.changenet import ChangeNet, ready
from inference.training.change import judge, mixture, rivals
from inference.training.change.export import Facts, export, look
from inference.training.change.fit import fit
from inference.training.change.order import PairOrder
from inference.training.change.shards import Shards
from inference.training.change.tally import Rule
from inference.training.fitting import load_average

log = logging.getLogger(__name__)

SHARDS = 80
"""Of 256 pairs: 15 GB, a quarter of them rendered stories."""


@dataclass(frozen=True, kw_only=True)
class Order(PairOrder):
    """What was asked for.

    Attributes:
        data: where openly licensed pictures lie.
    """

    prefix = "change"
    data: mixture.Data
    shards: int = SHARDS


def make_pools(order: Order) -> None:
    """Pairs to learn from and to judge by, unless they are there."""
    mixture.make(order.pool, order.data, count=order.shards, workers=order.workers)
    judge.make(order.kept, order.data)


def make_fit(order: Order) -> None:
    """Fit, or go on fitting."""
    pool = Shards.open(order.pool)
    log.info("%d pairs on %s", len(pool), order.device)
    fit(pool, order.recipe, order.run, device=order.device, resume=order.resume)


def make_judgement(order: Order) -> None:
    """Choose the rule, write the figures and whether the network beats what needs no weights."""
    rule, figures = judge.judge(ready(load_average(ChangeNet(), order.run)), order.kept)
    others = rivals.measure(order.kept)
    kept = {
        "threshold": rule.threshold,
        "min_area_m2": rule.min_area_m2,
        "is_recommended": judge.is_better(figures, (found for _rule, found in others.values())),
        "figures": figures,
        "others": {name: found for name, (_rule, found) in others.items()},
    }
    order.write_figures(kept)


def make_export(order: Order) -> None:
    """The file of weights with its facts."""
    kept = order.figures()
    net = load_average(ChangeNet(), order.run)
    stats = look(net, Shards.open(order.pool), order.recipe)
    rule = Rule(kept["threshold"], kept["min_area_m2"])
    export(net, order.weights, Facts(rule, stats, is_recommended=kept["is_recommended"]))


STAGES = {
    "pools": make_pools, "fit": make_fit, "judge": make_judgement, "export": make_export,
}  # fmt: skip
