"""The stages follow each other and hand over what the next one needs."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from inference.siamese import facts
from inference.training.change import command, export
from inference.training.change.command import STAGES, Order
from inference.training.change.mixture import Data
from inference.training.change.order import FIGURES
from inference.training.change.tally import Rule
from inference.training.export import MANIFEST
from tests.inference.training.change.few_pairs import RECIPE, Few

FOUND = {"mix F1": 0.5, "flagged": 0.01}


@pytest.fixture
def order(tmp_path: Path) -> Order:
    weights = tmp_path / "weights"
    weights.mkdir()
    (weights / MANIFEST).write_text("# Weights.\n", encoding="utf-8")
    data = Data(tmp_path / "oam", None, None)
    return Order(
        folder=tmp_path / "data", data=data, recipe=replace(RECIPE, steps=1), device="cpu",
        weights=weights,
    )  # fmt: skip


def test_a_fit_is_judged_and_exported_with_the_rule_that_was_chosen(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command.Shards, "open", classmethod(lambda *_a: Few()))
    monkeypatch.setattr(command.judge, "judge", lambda *_a: (Rule(0.7, 40.0), FOUND))
    found = {"cva": (Rule(0.5, 20.0), {"mix F1": 0.3, "flagged": 0.1})}
    monkeypatch.setattr(command.rivals, "measure", lambda _folder: found)
    monkeypatch.setattr(export, "LOOKED_AT", 4)
    for stage in ("fit", "judge", "export"):
        STAGES[stage](order)
    kept = json.loads((order.run / FIGURES).read_text(encoding="utf-8"))
    assert kept == {
        "threshold": 0.7, "min_area_m2": 40.0, "is_recommended": True, "figures": FOUND,
        "others": {"cva": {"mix F1": 0.3, "flagged": 0.1}},
    }  # fmt: skip
    read = facts.read(order.weights / export.FILE)
    assert (read.threshold, read.min_area_m2, read.is_recommended) == (0.7, 40.0, True)


def test_pools_to_learn_from_and_to_judge_by_lie_apart(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[Path, int]] = []
    monkeypatch.setattr(
        command.mixture, "make", lambda folder, _d, *, count, workers: made.append((folder, count))
    )
    monkeypatch.setattr(command.judge, "make", lambda folder, _data: made.append((folder, 0)))
    STAGES["pools"](replace(order, shards=3))
    assert made == [(order.pool, 3), (order.kept, 0)]
    assert order.pool != order.kept
