"""Rendered stories say what was built and lost, in the terms of training."""

import numpy as np
import pytest

from inference.training.change import stories
from inference.training.change.pairs import SIZE_PX, Pair
from inference.training.change.stories import story


@pytest.fixture(scope="module")
def told() -> list[Pair]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "SIDES", 1)
        patch.setattr(stories, "CALM", 0.0)
        return [pair for seed in (2, 5, 7) for pair in story(seed)]


def test_a_place_gives_pairs_of_the_size_that_is_learned_from(told: list[Pair]) -> None:
    assert [pair.pre.shape for pair in told] == [(SIZE_PX, SIZE_PX, 3)] * 3
    assert all(pair.post.dtype == np.uint8 for pair in told)


def test_what_came_or_went_is_what_one_date_alone_shows_or_damage(told: list[Pair]) -> None:
    assert any((pair.gone | pair.came).any() for pair in told)
    for pair in told:
        one, other = pair.buildings_pre > 0, pair.buildings_post > 0
        assert not (pair.gone & ~one).any()
        assert not (pair.gone & other).any()
        # Damage is seen where a building stood or stands.
        assert not (pair.came & ~(one | other)).any()


def test_a_story_is_a_pure_function_of_its_seed(
    told: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "SIDES", 1)
    monkeypatch.setattr(stories, "CALM", 0.0)
    again = next(story(2))
    assert np.array_equal(again.post, told[0].post)
    assert np.array_equal(again.came, told[0].came)


def test_larger_places_are_cut_into_parts() -> None:
    assert len(list(story(3))) == stories.SIDES**2
