"""The command says plainly what is missing, and runs its stages in order."""

import json
import sys
from pathlib import Path

import pytest

from inference.training import __main__ as command

FIGURES = {"simulated": {}, "counting_clean": {}, "counting_nuisances": {}}


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr(sys, "argv", ["training", "clicknet", "--threads", "1", *words])
    command.main()


def test_missing_pictures_are_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit, match=r"--oam DIR: it holds set2, set3 and set4") as refused:
        call(monkeypatch, "--oam", str(tmp_path / "nowhere"), "--data", str(tmp_path / "data"))
    assert str(tmp_path / "nowhere") in str(refused.value)
    assert not (tmp_path / "data").exists()


def test_a_set_that_is_not_there_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(SystemExit, match="set"):
        call(monkeypatch, "--oam", str(tmp_path), "--data", str(tmp_path / "data"))


def test_stages_follow_each_other_and_figures_are_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stages: list[str] = []
    monkeypatch.setattr(command.pools, "make", lambda *_a, **_k: stages.append("pools"))
    monkeypatch.setattr(command.fit, "fit", lambda *_a, **_k: stages.append("fit"))
    monkeypatch.setattr(command, "load_average", lambda net, _folder: net)
    monkeypatch.setattr(command, "judge", lambda _net, _oam: stages.append("judge") or FIGURES)
    monkeypatch.setattr(command, "tables", lambda _figures: "")
    monkeypatch.setattr(command, "export", lambda _net, _folder: stages.append("export"))
    (tmp_path / "data" / "run").mkdir(parents=True)
    call(monkeypatch, "--oam", str(tmp_path), "--data", str(tmp_path / "data"))
    assert stages == ["pools", "fit", "judge", "export"]
    kept = json.loads((tmp_path / "data" / "run" / "figures.json").read_text(encoding="utf-8"))
    assert kept == FIGURES
    call(monkeypatch, "--oam", str(tmp_path), "--data", str(tmp_path / "data"), "--only", "fit")
    assert stages[4:] == ["fit"]


def test_the_change_network_has_the_same_stages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    orders: list[tuple[str, command.command.Order]] = []
    for name in tuple(command.command.STAGES):
        monkeypatch.setitem(
            command.command.STAGES, name, lambda order, name=name: orders.append((name, order))
        )
    words = ["--threads", "1", "--oam", str(tmp_path), "--data", str(tmp_path / "data")]
    words += ["--series", str(tmp_path), "--steps", "7", "--resume"]
    monkeypatch.setattr(sys, "argv", ["training", "changenet", *words])
    command.main()
    assert [name for name, _order in orders] == ["pools", "fit", "judge", "export"]
    order = orders[0][1]
    assert (order.recipe.steps, order.resume, order.shards) == (7, True, command.command.SHARDS)
    assert (order.data.oam, order.data.series, order.data.trees) == (tmp_path, tmp_path, None)


def test_the_network_for_ten_metres_needs_no_aerial_pictures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    orders: list[tuple[str, command.multispectral.Order]] = []
    for name in tuple(command.multispectral.STAGES):
        monkeypatch.setitem(
            command.multispectral.STAGES,
            name,
            lambda order, name=name: orders.append((name, order)),
        )
    words = ["--threads", "1", "--oam", str(tmp_path / "nowhere"), "--data", str(tmp_path / "data")]
    words += ["--scenes", str(tmp_path), "--steps", "7", "--resume", "--minutes", "3"]
    monkeypatch.setattr(sys, "argv", ["training", "changenet_10m", *words])
    command.main()
    assert [name for name, _order in orders] == ["pools", "fit", "judge", "export"]
    order = orders[0][1]
    assert (order.recipe.steps, order.recipe.minutes, order.resume) == (7, 3, True)
    assert order.recipe.size_px == command.RECIPE.size_px
    assert (order.pictures, order.shards) == (tmp_path, command.multispectral.SHARDS)
