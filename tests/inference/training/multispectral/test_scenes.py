"""Pairs are functions of their generator, in 8 bits, and labelled by what they show."""

import numpy as np
import pytest

from inference.training.multispectral import scenes
from inference.training.multispectral.canvas import Canvas
from inference.training.multispectral.scenes import Bank, made, stretched
from tests.inference.training.multispectral.ground import bank, place, town

SIDE = 96


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "SIZE_PX", SIDE)


def test_a_pair_is_a_pure_function_of_its_generator() -> None:
    one, again, other = (made(np.random.default_rng(seed), bank()) for seed in (1, 1, 2))
    assert np.array_equal(one.pre, again.pre)
    assert np.array_equal(one.came, again.came)
    assert not np.array_equal(one.pre, other.pre)
    assert one.pre.dtype == np.uint8
    assert one.pre.shape == one.post.shape == (SIDE, SIDE, 6)


@pytest.mark.parametrize("seed", range(6))
def test_change_came_where_it_stands_later_and_is_gone_elsewhere(seed: int) -> None:
    pair = made(np.random.default_rng(seed), bank())
    assert not (pair.came & pair.gone).any()
    assert (pair.buildings_post[pair.came] > 0).all()
    assert (pair.buildings_pre[pair.gone] > 0).all()
    assert (pair.buildings_post[pair.gone] == 0).all()


@pytest.mark.parametrize("seed", range(6))
def test_two_unlike_places_changed_where_one_alone_is_built(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenes, "EITHER", 1.0)
    pair = made(np.random.default_rng(seed), bank())
    one, other = pair.buildings_pre > 0, pair.buildings_post > 0
    changed = pair.came | pair.gone
    assert np.array_equal(changed, one ^ other)
    assert (pair.seen | changed).all(), "only a cloud over a change takes its label"


def test_bands_a_place_lacks_are_grey_at_both_dates() -> None:
    canvas = Canvas.of(np.random.default_rng(0), place(held=4), SIDE)
    for picture in stretched(np.random.default_rng(0), canvas):
        assert (picture[..., 4:] == 128).all()
        assert picture[..., :4].std() > 20


def test_each_date_is_stretched_by_itself() -> None:
    canvas = Canvas.of(np.random.default_rng(0), place(), SIDE)
    canvas.dates[1] = canvas.dates[0] * 0.2 + 0.3
    pre, post = stretched(np.random.default_rng(0), canvas)
    gap = np.abs(pre.astype(float) - post)
    assert gap.mean() < 40, "only the little that the ends are moved by is left"
    assert np.corrcoef(pre.ravel(), post.ravel())[0, 1] > 0.9


def test_real_places_take_their_share_where_there_are_any() -> None:
    real = place(9)
    with_real = Bank(bank().open, bank().towns, (real,), (place(8, towns=False),))
    rng = np.random.default_rng(0)
    grounds = [with_real.ground(rng) for _turn in range(300)]
    share = sum(one is real for one in grounds) / 300
    assert 0.08 < share < 0.24
    assert any(with_real.quarters(rng) is with_real.observed for _turn in range(20))
    assert all(bank().quarters(rng)[0].shape == town().shape for _turn in range(5))
