"""Two processes that fit together hold the weights of one that sees both batches."""

import os
import socket
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import torch
from torch import multiprocessing, nn

from inference.training import __main__ as door
from inference.training import fitting, team
from inference.training.recipe import FromNothing

RECIPE = FromNothing(steps=6, rate=0.05, warm_up=1, seed=3, save_every_s=0.0)
COLUMNS = ("loss",)


class Two(nn.Module):
    """A convolution that every batch asks, and a line that only every second step asks."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = nn.Conv2d(3, 8, 3)
        self.asked = nn.Linear(8, 1)

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        """Means of the features (n, 8)."""
        return self.seen(picture).mean((2, 3))


def take(state, recipe, numbers, done):
    """A step over the batches of these numbers."""
    fitting.begin_step(state, recipe, done)
    losses = []
    for number in numbers:
        generator = torch.Generator().manual_seed(number)
        features = state.net(torch.randn(4, 3, 8, 8, generator=generator))
        losses.append((features - number).square().mean())
        if state.step % 2 == 0:
            losses[-1] = losses[-1] + (state.net.asked(features) + 1).square().mean()
    loss = torch.stack(losses).mean()
    fitting.descend(state, loss, recipe)
    return (float(loss.detach()),)


def fitted(folder, recipe, numbers):
    state = fitting.begin_or_resume(Two, recipe, folder, device="cpu", resume=False)
    steps = (partial(take, state, recipe, numbers(step)) for step in range(recipe.steps))
    fitting.run(state, steps, recipe, folder, COLUMNS)
    return state


def member(rank: int, port: int, folder: Path) -> None:
    """What one of two processes does."""
    os.environ.update(RANK=str(rank), LOCAL_RANK=str(rank), WORLD_SIZE="2",
                      MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port),
                      GLOO_SOCKET_IFNAME="lo0" if sys.platform == "darwin" else "lo")  # fmt: skip
    torch.set_num_threads(1)
    assert team.join() == "cpu"
    assert (team.rank(), team.size()) == (rank, 2)
    assert team.agreed(float(rank), torch.device("cpu")) == 0.0
    own = folder / str(rank)
    state = fitted(own, RECIPE, lambda step: [team.turn(step)])
    assert state.step == RECIPE.steps // 2
    torch.save(state.net.state_dict(), folder / f"{rank}.pt")
    team.leave()


def test_two_processes_fit_what_one_would_of_both_batches(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    multiprocessing.start_processes(member, args=(port, tmp_path), nprocs=2, start_method="spawn")
    first, second = (torch.load(tmp_path / f"{rank}.pt", weights_only=True) for rank in (0, 1))
    half = replace(RECIPE, steps=RECIPE.steps // 2)
    alone = fitted(tmp_path / "alone", half, lambda step: [2 * step, 2 * step + 1])
    for name, value in alone.net.state_dict().items():
        assert torch.equal(first[name], second[name])
        torch.testing.assert_close(first[name], value, rtol=1e-4, atol=1e-5)
    assert (tmp_path / "0" / fitting.CHECKPOINT).exists()
    assert not list((tmp_path / "1").iterdir()), "only the first one writes"


def test_alone_nothing_is_shared() -> None:
    net = Two()
    net(torch.randn(1, 3, 8, 8)).sum().backward()
    before = net.seen.weight.grad.clone()
    team.average_gradients(net)
    assert torch.equal(net.seen.weight.grad, before)
    assert net.asked.weight.grad is None
    assert (team.size(), team.rank(), team.turn(7)) == (1, 0, 7)
    assert team.agreed(2.5, torch.device("cpu")) == 2.5
    team.leave()


def test_more_processes_than_cards_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "3")
    monkeypatch.setenv("LOCAL_RANK", "2")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    with pytest.raises(SystemExit, match="2 graphics cards"):
        team.join()


def test_several_processes_only_fit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(team, "join", lambda: "cpu")
    monkeypatch.setattr(team, "size", lambda: 2)
    monkeypatch.setattr(sys, "argv", ["x", "changenet_10m", "--data", str(tmp_path)])
    with pytest.raises(SystemExit, match="--only fit"):
        door.main()


def test_parts_are_compiled_on_a_card_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    monkeypatch.setattr(nn.Module, "compile", lambda part: compiled.append(type(part)))
    fitting.Fit.begin(Two, RECIPE, "cpu")
    assert compiled == []
    fitting.Fit.begin(Two, RECIPE, "meta")
    assert compiled == [nn.Conv2d, nn.Linear]
