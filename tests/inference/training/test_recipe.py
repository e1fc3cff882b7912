"""Rates rise and fall as the recipe says."""

import pytest

from inference.training.recipe import Recipe, is_asking, rate_at


def test_the_rate_warms_up_and_falls_to_a_hundredth() -> None:
    recipe = Recipe(warm_up=10)
    assert rate_at(recipe, 0, 0.0) == pytest.approx(recipe.rate / 10)
    assert rate_at(recipe, 10, 0.0) == pytest.approx(recipe.rate)
    assert rate_at(recipe, 10, 0.5) == pytest.approx(recipe.rate * 0.505)
    assert rate_at(recipe, 10, 1.0) == pytest.approx(recipe.rate / 100)


def test_every_fourth_step_asks_unless_the_recipe_says_otherwise() -> None:
    assert [step for step in range(9) if is_asking(Recipe(), step)] == [0, 4, 8]
    assert [step for step in range(4) if is_asking(Recipe(ask_every=2), step)] == [0, 2]
