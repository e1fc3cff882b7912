"""Trains a network of ours: `python -m inference.training NETWORK --oam DIR [--minutes M]`.

Pools are written to `--data` first, unless they are there; `--resume` goes on where a run stopped.
Several graphics cards fit together: `torchrun --nproc-per-node N -m inference.training NETWORK
--only fit`, between `--only pools` and `--only judge` of one process.
"""

import argparse
import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import torch

from inference.networks.clicknet import ClickNet, ready
from inference.training import fit, pools, team
from inference.training.change import command
from inference.training.change.mixture import Data
from inference.training.change.recipe import ChangeRecipe
from inference.training.export import export
from inference.training.fitting import load_average
from inference.training.judge import judge
from inference.training.multispectral import command as multispectral
from inference.training.multispectral.fit import RECIPE
from inference.training.recipe import Recipe
from inference.training.tables import tables

log = logging.getLogger("inference.training")
ROOT = Path(__file__).resolve().parents[2]
OAM = ROOT / "data" / "buildings_oam"
OF_AERIAL = frozenset({"clicknet", "changenet"})
"""Networks that learn from aerial pictures with outlines."""
SIMULATED_SHARDS, DECOYED_SHARDS, REAL_SHARDS = 14, 21, 4


def parse() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m inference.training", description=__doc__)
    parser.add_argument("network", choices=["clicknet", "changenet", "changenet_10m"])
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "training",
                        help="folder for pools and checkpoints (4 to 16 GB)")  # fmt: skip
    parser.add_argument("--oam", type=Path, default=OAM,
                        help="folder with set2 to set4, for changenet set1 to set5")  # fmt: skip
    parser.add_argument("--series", type=Path, help="changenet: dates of unbuilt ground")
    parser.add_argument("--trees", type=Path, help="changenet: pictures of woods")
    parser.add_argument("--scenes", type=Path,
                        help="changenet_10m: folder with flood_chip/s2.tif (Sentinel-2) and "
                        "series/naip_wetland")  # fmt: skip
    parser.add_argument("--minutes", type=float, help="fit this long instead of a number of steps")
    parser.add_argument("--steps", type=int, help="fit so many steps")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--shards", type=int, help="of the pool (clicknet: the simulated ones)")
    parser.add_argument("--decoyed-shards", type=int, default=DECOYED_SHARDS)
    parser.add_argument("--only", choices=["pools", "fit", "judge", "export"],
                        help="one stage instead of all four")  # fmt: skip
    return parser.parse_args()


def main() -> None:
    """Pools, fit, judgement, export."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asked = parse()
    if asked.network in OF_AERIAL and not asked.oam.is_dir():
        message = (
            f"The aerial pictures with building outlines are not at {asked.oam}. "
            "Name their folder with --oam DIR: it holds set2, set3 and set4."
        )
        raise SystemExit(message)
    torch.set_num_threads(asked.threads)
    cv2.setNumThreads(1)
    device = team.join()
    if team.size() > 1 and asked.only != "fit":
        message = "Several processes can fit only: add --only fit, and make the rest with one."
        raise SystemExit(message)
    makers = {"clicknet": _make_clicknet, "changenet": _make_changenet,
              "changenet_10m": _make_changenet_10m}  # fmt: skip
    stages = [asked.only] if asked.only else ["pools", "fit", "judge", "export"]
    try:
        makers[asked.network](asked, device, stages)
    except FileNotFoundError as error:
        raise SystemExit(str(error)) from error
    team.leave()


def _make_changenet(asked: argparse.Namespace, device: str, stages: list[str]) -> None:
    recipe = ChangeRecipe(steps=asked.steps or ChangeRecipe.steps, minutes=asked.minutes)
    data = Data(asked.oam, asked.series, asked.trees)
    order = command.Order(data=data, recipe=recipe, **_of_pairs(asked, device))
    for stage in stages:
        command.STAGES[stage](order)


def _make_changenet_10m(asked: argparse.Namespace, device: str, stages: list[str]) -> None:
    recipe = replace(RECIPE, steps=asked.steps or RECIPE.steps, minutes=asked.minutes)
    order = multispectral.Order(pictures=asked.scenes, recipe=recipe, **_of_pairs(asked, device))
    for stage in stages:
        multispectral.STAGES[stage](order)


def _of_pairs(asked: argparse.Namespace, device: str) -> dict[str, Any]:
    """What both networks for pairs are asked for."""
    shards = {"shards": asked.shards} if asked.shards else {}
    return {"folder": asked.data, "device": device, "weights": ROOT / "weights",
            "workers": asked.threads, "resume": asked.resume} | shards  # fmt: skip


def _make_clicknet(asked: argparse.Namespace, device: str, stages: list[str]) -> None:
    if "pools" in stages:
        pools.make(asked.data / "pool", simulated_shards=asked.shards or SIMULATED_SHARDS,
                   decoyed_shards=asked.decoyed_shards, real_shards=REAL_SHARDS,
                   oam=asked.oam)  # fmt: skip
    if "fit" in stages:
        pool = asked.data / "pool"
        simulated, real = pools.Pool.open(pool, "sim", "decoy"), pools.Pool.open(pool, "oam")
        recipe = Recipe(steps=asked.steps or Recipe.steps, minutes=asked.minutes)
        log.info("%d simulated and %d real chips on %s", len(simulated), len(real), device)
        fit.fit(simulated, real, recipe, asked.data / "run", device=device, resume=asked.resume)
    if "judge" in stages:
        figures = judge(ready(load_average(ClickNet(), asked.data / "run")), asked.oam)
        text = json.dumps(figures, indent=2)
        (asked.data / "run" / "figures.json").write_text(text + "\n", encoding="utf-8")
        log.info("%s\n%s", text, tables(figures))
    if "export" in stages:
        export(load_average(ClickNet(), asked.data / "run"), ROOT / "weights")


if __name__ == "__main__":
    main()
