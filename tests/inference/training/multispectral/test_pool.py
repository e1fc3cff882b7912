"""Shards are written once; what is judged by comes from seeds and ground never learned from."""

from pathlib import Path

import numpy as np
import pytest

from inference.training.change import shards
from inference.training.multispectral import pool
from inference.training.multispectral.scenes import Bank
from tests.inference.training.multispectral.ground import bank, place, town


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD", 1)


def test_a_shard_is_a_function_of_its_number_and_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "gather", lambda *_a, **_k: bank())
    kept = pool._kept(tmp_path / "places.pickle", None)
    folder = tmp_path / "pool"
    names = [pool._write(folder, kept, name) for name in ("made-0000", "made-0001")]
    first = np.load(folder / names[0] / "pictures.npy")
    assert first.shape == (1, 2, shards.STORED_PX, shards.STORED_PX, 6)
    assert not np.array_equal(first, np.load(folder / names[1] / "pictures.npy"))
    again = tmp_path / "again"
    pool._write(again, kept, "made-0000")
    assert np.array_equal(first, np.load(again / "made-0000" / "pictures.npy"))
    monkeypatch.setattr(pool, "_kept", lambda *_a: pytest.fail("nothing was left to make"))
    pool.make(folder, None, count=2)


def test_places_to_judge_by_come_from_other_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    seeds: list[int] = []

    def note(seed: int, _kinds: object):
        seeds.append(seed)
        return place()

    monkeypatch.setattr(pool, "rendered", note)
    pool.gather(None, is_validation=False)
    learned = set(seeds)
    seeds.clear()
    kept = pool.gather(None, is_validation=True)
    assert len(kept.open) == pool.KEPT_OPEN
    assert len(kept.towns) == pool.KEPT_TOWNS
    assert not learned & set(seeds)
    assert min(seeds) >= pool.HELD_OUT > max(learned)


def test_real_and_rendered_places_are_judged_by_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Bank((place(),), (town(),), (place(5),))
    monkeypatch.setattr(pool, "gather", lambda *_a, **_k: whole)
    pool.make_kept(tmp_path, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(pool.JUDGED)
    monkeypatch.setattr(pool, "gather", lambda *_a, **_k: pytest.fail("they are there"))
    pool.make_kept(tmp_path, tmp_path)


def test_without_pictures_only_rendered_places_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "gather", lambda *_a, **_k: bank())
    pool.make_kept(tmp_path, None)
    assert [path.name for path in tmp_path.iterdir()] == [pool.JUDGED[0]]


def test_a_folder_without_the_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Sentinel-2"):
        pool.with_observed(bank(), tmp_path, is_validation=False)
    assert pool.with_observed(bank(), None, is_validation=True).observed == ()
