"""Batches repeat, hold real chips in their share and ask where the recipe says."""

from dataclasses import replace

import torch

from inference.training.batches import batch_of, prompts_of
from inference.training.pools import Sample
from tests.inference.training.blocks import RECIPE, Blocks


def test_the_same_step_gives_the_same_batch_and_another_one_another() -> None:
    first, again, other = (batch_of(Blocks(8), Blocks(0), RECIPE, step) for step in (4, 4, 6))
    assert torch.equal(first.image, again.image)
    assert torch.equal(prompts_of(first.wishes, torch.device("cpu")),
                       prompts_of(again.wishes, torch.device("cpu")))  # fmt: skip
    assert not torch.equal(first.image, other.image)


def test_real_chips_take_their_share() -> None:
    class Real(Blocks):
        def __getitem__(self, index: int) -> Sample:
            asked.append(index)
            return super().__getitem__(index)

    asked: list[int] = []
    recipe = replace(RECIPE, batch=40, real_share=0.25, wishes=1)
    batch_of(Blocks(8), Real(8), recipe, 0)
    assert 4 <= len(asked) <= 18


def test_only_the_first_pictures_of_a_batch_are_asked_for() -> None:
    recipe = replace(RECIPE, batch=3, asked=1)
    batch = batch_of(Blocks(8), Blocks(0), recipe, 0)
    assert len(batch.image) == 3
    assert len(batch.wishes) == recipe.wishes
