"""Every pair says what changed: no more, no less."""

import numpy as np
import pytest

from inference.training.change import pairs
from inference.training.change.pairs import calm, cropped, edited, either
from inference.training.change.roofs import roofs_of
from tests.inference.training.change.village import chip

ROOFS = roofs_of(chip())


@pytest.mark.parametrize("seed", range(10))
def test_change_of_an_edited_pair_is_where_one_date_alone_has_a_building(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "STRUCK", 0.0)
    monkeypatch.setattr(pairs, "LEANING", 0.0)
    pair = edited(np.random.default_rng(seed), chip(), ROOFS)
    one, other = pair.buildings_pre > 0, pair.buildings_post > 0
    assert np.array_equal(pair.gone, one & ~other)
    assert np.array_equal(pair.came, other & ~one)


def test_edited_pairs_mostly_change_and_both_ways() -> None:
    made = [edited(np.random.default_rng(seed), chip(), ROOFS) for seed in range(20)]
    assert sum(pair.gone.any() for pair in made) > 3
    assert sum(pair.came.any() for pair in made) > 3
    assert any(not (pair.gone | pair.came).any() for pair in made)


def test_a_roof_that_leans_has_not_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "LEANING", 1.0)
    pair = calm(np.random.default_rng(2), chip())
    assert not (pair.gone | pair.came).any()
    assert not np.array_equal(pair.buildings_pre, pair.buildings_post)


def test_damaged_roofs_change_without_going(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "STRUCK", 1.0)
    monkeypatch.setattr(pairs, "UNTOUCHED", 1.0)
    monkeypatch.setattr(pairs, "LEANING", 0.0)
    pair = edited(np.random.default_rng(5), chip(), ROOFS)
    changed = pair.gone | pair.came
    assert changed.any()
    assert not (changed & ~(chip().buildings > 0)).any()
    assert (pair.buildings_pre > 0).sum() != (pair.buildings_post > 0).sum() or changed.any()


def test_two_unlike_crops_differ_where_either_alone_is_built_up() -> None:
    rng = np.random.default_rng(0)
    one, other = chip(houses=4), chip(houses=9)
    pair = either(one, other)
    expected = (one.buildings > 0) ^ (other.buildings > 0)
    assert np.array_equal(pair.gone | pair.came, expected)
    assert not (pair.gone & pair.came).any()
    assert cropped(rng, [chip(400)]).size_px == pairs.SIZE_PX


def test_swapping_a_pair_twice_gives_it_back() -> None:
    pair = edited(np.random.default_rng(1), chip(), ROOFS)
    back = pair.swapped()
    assert np.array_equal(back.pre, pair.post)
    assert np.array_equal(back.came, pair.gone)
    again = back.swapped()
    assert np.array_equal(again.buildings_pre, pair.buildings_pre)
    assert np.array_equal(again.gone, pair.gone)


def test_the_later_picture_of_a_chip_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "_disturb", lambda *_a: None)
    plain = chip()
    dark = pairs.replace(plain, later=(plain.image // 2).astype(np.uint8))
    made = [calm(np.random.default_rng(seed), dark) for seed in range(8)]
    lights = {(int(p.pre.mean()) > 70, int(p.post.mean()) > 70) for p in made}
    assert {(True, False), (False, True)} <= lights
