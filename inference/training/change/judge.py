"""How good the change network is on pairs kept for judging, and which rule suits it.

Threshold and smallest size are chosen on these pairs only: held-out places and seeds. Knows nothing
of the fit.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from inference.networks.changenet import STRIDE_PX, ChangeNet
from inference.training.change import mixture, shards
from inference.training.change.shards import CHANGED, SEEN, Shards, Stored
from inference.training.change.tally import Answer, Rule, best_rule, count, mixed

MADE, STORIES = "judge-made", "judge-story"
CHIPS = (30, 60, 16)
"""Rendered, real and unbuilt chips that pairs for judging are made of."""


def make(folder: Path, data: mixture.Data) -> None:
    """Write the pairs for judging unless they are there: one shard of each kind.

    Raises:
        FileNotFoundError: a set of the aerial pictures is not there.
    """
    rng = np.random.default_rng(mixture.HELD_OUT)
    if not (folder / MADE).exists():
        bank = mixture.gather(data, CHIPS, is_validation=True)
        shards.write(folder, MADE, (mixture.made(rng, bank) for _pair in range(shards.SHARD)))
    if not (folder / STORIES).exists():
        told = mixture.told(rng, mixture.HELD_OUT)
        shards.write(folder, STORIES, (next(told) for _pair in range(shards.SHARD)))


def judge(net: ChangeNet, folder: Path) -> tuple[Rule, dict[str, float]]:
    """The rule that suits a network best, and its figures on both kinds of pairs."""
    answers = {name: list(ask(net, folder / name)) for name in (MADE, STORIES)}
    everything = [answer for kind in answers.values() for answer in kind]
    rule = best_rule(everything)
    figures = {"mix F1": mixed(everything, rule).f1}
    for name, kind in answers.items():
        figures |= _of(name.removeprefix("judge-"), kind, rule)
    return rule, figures


def _of(name: str, answers: list[Answer], rule: Rule) -> dict[str, float]:
    busy = count([answer for answer in answers if not answer.is_calm], rule)
    still = count([answer for answer in answers if answer.is_calm], rule)
    return {
        f"{name} precision": busy.precision,
        f"{name} recall": busy.recall,
        f"{name} F1": busy.f1,
        f"{name} flagged where nothing changed": still.flagged,
    }


def ask(net: ChangeNet, shard: Path) -> Iterator[Answer]:
    """Answers to the pairs of a shard."""
    pool = Shards((shard,))
    gsds = np.load(shard / shards.GSDS)
    for index in range(len(pool)):
        yield answer(net, pool[index], float(gsds[index]))


def answer(net: ChangeNet, pair: Stored, gsd_m: float) -> Answer:
    """What a network says of one pair."""
    change, _buildings = scores(net, pair)
    side = change.shape[0]
    codes = np.asarray(pair.codes)[:side, :side]
    return Answer(change, (codes & CHANGED) > 0, (codes & SEEN) > 0, gsd_m)


@torch.inference_mode()
def scores(net: ChangeNet, pair: Stored) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Change (row, col) and buildings of both dates (2, row, col), 0..1."""
    side = pair.codes.shape[0] // STRIDE_PX * STRIDE_PX
    pre, post = (
        torch.from_numpy(np.array(picture[:side, :side])).permute(2, 0, 1)[None].float() / 255
        for picture in pair.pictures
    )
    with torch.autocast("cpu", torch.bfloat16):
        change, buildings = net(pre, post)
    return torch.sigmoid(change.float())[0, 0].numpy(), torch.sigmoid(buildings.float())[
        :, 0
    ].numpy()
