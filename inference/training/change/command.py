"""The stages that make the weights of the change network, one after the other.

Knows nothing of the command line.
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from inference.networks.changenet import ChangeNet, ready
from inference.training.change import judge, mixture, rivals
from inference.training.change.export import Facts, export, look
from inference.training.change.fit import fit
from inference.training.change.recipe import ChangeRecipe
from inference.training.change.shards import Shards
from inference.training.change.tally import Rule
from inference.training.fitting import load_average

log = logging.getLogger(__name__)

SHARDS = 80
"""Of 256 pairs: 15 GB, a quarter of them rendered stories."""
FIGURES = "figures.json"


@dataclass(frozen=True)
class Order:
    """What was asked for.

    Attributes:
        folder: for pools, checkpoints and figures.
        data: where openly licensed pictures lie.
        recipe: how to fit.
        device: where to fit.
        weights: folder the result is written to.
        shards: how many are made.
        workers: processes that make them.
        resume: go on from the last checkpoint.
    """

    folder: Path
    data: mixture.Data
    recipe: ChangeRecipe
    device: str
    weights: Path
    shards: int = SHARDS
    workers: int = 1
    resume: bool = False

    @property
    def pool(self) -> Path:
        """Pairs to learn from."""
        return self.folder / "change-pool"

    @property
    def kept(self) -> Path:
        """Pairs to judge by."""
        return self.folder / "change-judge"

    @property
    def run(self) -> Path:
        """Checkpoint, history and figures."""
        return self.folder / "change-run"


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
    text = json.dumps(kept, indent=2)
    (order.run / FIGURES).write_text(text + "\n", encoding="utf-8")
    log.info("%s", text)


def make_export(order: Order) -> None:
    """The file of weights with its facts."""
    kept = json.loads((order.run / FIGURES).read_text(encoding="utf-8"))
    net = load_average(ChangeNet(), order.run)
    stats = look(net, Shards.open(order.pool), order.recipe)
    rule = Rule(kept["threshold"], kept["min_area_m2"])
    export(net, order.weights, Facts(rule, stats, is_recommended=kept["is_recommended"]))


STAGES = {
    "pools": make_pools, "fit": make_fit, "judge": make_judgement, "export": make_export,
}  # fmt: skip
