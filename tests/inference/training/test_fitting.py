"""What all fits share: their end, their log, their moving average."""

import csv
import math
from pathlib import Path

import torch
from torch import nn

from inference.training import fitting
from inference.training.fitting import Fit
from inference.training.recipe import FromNothing

RECIPE = FromNothing(steps=4, warm_up=1, save_every_s=1e6)


def line() -> nn.Module:
    return nn.Sequential(nn.Conv2d(1, 1, 1), nn.BatchNorm2d(1))


def test_minutes_end_a_fit_as_steps_do() -> None:
    state = Fit.begin(line, RECIPE, "cpu")
    state.step, state.elapsed_s = 1, 30.0
    assert fitting.progress(state, RECIPE) == 0.25
    assert fitting.progress(state, FromNothing(minutes=2.0)) == 0.25


def test_the_log_has_means_of_the_steps_that_told_and_nothing_where_none_did(
    tmp_path: Path,
) -> None:
    state = Fit.begin(line, RECIPE, "cpu")
    told = [(1.0, math.nan, math.nan), (2.0, 5.0, math.nan)] * 2
    steps = [lambda _done, losses=losses: losses for losses in told]
    fitting.run(state, steps, RECIPE, tmp_path, ("every", "some", "none"))
    with (tmp_path / fitting.HISTORY).open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["step"], row["every"], row["some"], row["none"]) == ("4", "1.5", "5.0", "nan")


def test_the_average_follows_at_the_pace_of_the_schedule_and_counters_are_copied() -> None:
    state = Fit.begin(line, FromNothing(average=0.5), "cpu")
    state.step = 1000
    before = state.smooth.state_dict()["0.weight"].clone()
    loss = state.net(torch.ones(2, 1, 3, 3) * torch.arange(2.0)[:, None, None, None]).square().sum()
    fitting.descend(state, loss, FromNothing(average=0.5))
    net, smooth = state.net.state_dict(), state.smooth.state_dict()
    assert torch.allclose(smooth["0.weight"], (before + net["0.weight"]) / 2)
    assert int(smooth["1.num_batches_tracked"]) == int(net["1.num_batches_tracked"]) == 1
