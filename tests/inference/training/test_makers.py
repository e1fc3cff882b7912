"""Making pairs gives way to other programs, and the process that asked for them does not."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from inference.training import makers


def test_a_maker_gives_way_once_and_leaves_others_as_they_are() -> None:
    before = os.nice(0)
    with ProcessPoolExecutor(1, get_context("spawn"), makers.begin) as pool:
        told = [pool.submit(os.nice, 0).result() for _shard in range(2)]
    assert told == [min(before + makers.NICENESS, 19)] * 2
    assert os.nice(0) == before


def test_shards_that_are_there_are_not_missing(tmp_path: Path) -> None:
    pool = tmp_path / "pool"
    assert makers.missing(pool, ["a", "b"]) == ["a", "b"]
    (pool / "a").mkdir()
    assert makers.missing(pool, ["a", "b"]) == ["b"]


def test_every_missing_shard_is_made(tmp_path: Path) -> None:
    target = {name: str(tmp_path / name) for name in "ab"}
    makers.make(os.mkdir, list(target.values()), workers=1)  # type: ignore[arg-type]
    assert makers.missing(tmp_path, list(target)) == []


def test_what_is_slow_to_gather_is_gathered_once(tmp_path: Path) -> None:
    path = tmp_path / "places.pickle"
    assert makers.kept(path, lambda: {"towns": 3}) == path
    first = path.read_bytes()
    makers.kept(path, lambda: pytest.fail("it was there"))
    assert path.read_bytes() == first
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
