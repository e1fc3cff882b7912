"""An order names its folders after its network, and keeps what the judge said."""

from pathlib import Path

import pytest

from inference.training.change import command
from inference.training.change.order import PairOrder
from inference.training.change.recipe import ChangeRecipe
from inference.training.multispectral import command as multispectral


def orders(folder: Path) -> tuple[PairOrder, PairOrder]:
    weights = folder / "weights"
    recipe = ChangeRecipe()
    return (
        command.Order(folder=folder, data=command.mixture.Data(folder, None, None), recipe=recipe,
                      device="cpu", weights=weights),
        multispectral.Order(folder=folder, pictures=None, recipe=recipe, device="cpu",
                            weights=weights),
    )  # fmt: skip


def test_two_networks_made_in_one_folder_share_nothing_in_it(tmp_path: Path) -> None:
    folders = [one for order in orders(tmp_path) for one in (order.pool, order.kept, order.run)]
    assert len(set(folders)) == 6
    assert {one.parent for one in folders} == {tmp_path}


def test_what_the_judge_said_is_read_again_as_it_was(tmp_path: Path) -> None:
    first, second = orders(tmp_path)
    first.run.mkdir()
    first.write_figures({"threshold": 0.6, "figures": {"mix F1": 0.5}})
    assert first.figures() == {"threshold": 0.6, "figures": {"mix F1": 0.5}}
    with pytest.raises(FileNotFoundError):
        second.figures()
