"""The stages that make the weights of the change network for 10 m, one after the other.

Knows nothing of the command line.
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from inference.networks.changenet import ready
from inference.training.change.recipe import ChangeRecipe
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
FIGURES = "figures.json"
IS_RECOMMENDED = False
"""Pairs to judge by are of the kind it learned from, and on real ones that were looked at detectors
without weights did better."""


@dataclass(frozen=True)
class Order:
    """What was asked for.

    Attributes:
        folder: for pools, checkpoints and figures.
        pictures: folder with openly licensed scenes, or None to learn from rendered places alone.
        recipe: how to fit.
        device: where to fit.
        weights: folder the result is written to.
        shards: how many are made.
        workers: processes that make them.
        resume: go on from the last checkpoint.
    """

    folder: Path
    pictures: Path | None
    recipe: ChangeRecipe
    device: str
    weights: Path
    shards: int = SHARDS
    workers: int = 1
    resume: bool = False

    @property
    def pool(self) -> Path:
        """Pairs to learn from."""
        return self.folder / "change-10m-pool"

    @property
    def kept(self) -> Path:
        """Pairs to judge by."""
        return self.folder / "change-10m-judge"

    @property
    def run(self) -> Path:
        """Checkpoint, history and figures."""
        return self.folder / "change-10m-run"


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
    text = json.dumps(kept, indent=2)
    (order.run / FIGURES).write_text(text + "\n", encoding="utf-8")
    log.info("%s", text)


def make_export(order: Order) -> None:
    """The file of weights with its facts."""
    kept = json.loads((order.run / FIGURES).read_text(encoding="utf-8"))
    net = load_average(untrained(), order.run)
    stats = look(net, Shards.open(order.pool), order.recipe)
    rule = Rule(kept["threshold"], kept["min_area_m2"])
    export(net, order.weights, rule, stats, is_recommended=IS_RECOMMENDED)


STAGES = {
    "pools": make_pools, "fit": make_fit, "judge": make_judgement, "export": make_export,
}  # fmt: skip
