import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from rasterio.windows import Window

from inference.segmentation import embeddings
from inference.segmentation.embeddings import Embedded, Embeddings, Key, trim
from raster.grid import Grid
from raster.stretch import Stretch
from tests.scenes import UTM33, transform

KEY = Key(
    "ab" * 32, Grid(UTM33, transform(0.5), 300, 320), Window(0, 0, 64, 48),
    Stretch((0, 1, 2), (1.0, 2.0, 3.0), (9.0, 8.0, 7.0), is_db=False), "flood", "",
)  # fmt: skip
LIMIT = 10_000_000


def entry(seed=0, size=1000):
    rng = np.random.default_rng(seed)
    values = {"features": rng.normal(size=size).astype(np.float16), "rows": np.array(48)}
    return Embedded(values, rng.uniform(size=(48, 64)) > 0.3)


def other(number):
    return replace(KEY, window=Window(number, 0, 64, 48))


def never():
    raise AssertionError("it was computed again")


def same(one, two):
    assert one.values.keys() == two.values.keys()
    for name in one.values:
        np.testing.assert_array_equal(one.values[name], two.values[name])
        assert one.values[name].dtype == two.values[name].dtype
    np.testing.assert_array_equal(one.valid, two.valid)


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_made_once_is_taken_from_memory(tmp_path):
    cache = Embeddings(tmp_path, limit_bytes=LIMIT)
    first = cache.take(KEY, entry)
    assert cache.take(KEY, never) is first


def test_another_process_takes_it_from_the_disk(tmp_path):
    made = Embeddings(tmp_path, limit_bytes=LIMIT).take(KEY, entry)
    same(Embeddings(tmp_path, limit_bytes=LIMIT).take(KEY, never), made)


@pytest.mark.parametrize(
    "changed",
    [
        {"scene_sha256": "cd" * 32},
        {"grid": Grid(UTM33, transform(0.25), 300, 320)},
        {"window": Window(1, 0, 64, 48)},
        {"stretch": Stretch((0, 1, 2), (1.0, 2.0, 3.0), (9.0, 8.0, 7.5), is_db=False)},
        {"segmenter": "other"},
        {"weights_sha256": "1" * 64},
    ],
)
def test_everything_an_embedding_depends_on_is_part_of_its_name(changed):
    assert replace(KEY, **changed).digest != KEY.digest


def test_equal_keys_have_equal_names_whatever_the_numbers_are_made_of():
    again = replace(KEY, window=Window(np.int64(0), 0.0, np.int32(64), 48))
    assert again.digest == KEY.digest


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"PK\x03\x04 not really a zip"),
        lambda path: path.write_bytes(path.read_bytes()[:-200]),
        lambda path: path.write_bytes(_flipped(path.read_bytes())),
        lambda path: np.savez(path, rows=np.array(3)),
    ],
)
def test_a_damaged_entry_is_computed_again_and_replaced(tmp_path, damage, caplog):
    Embeddings(tmp_path, limit_bytes=LIMIT).take(KEY, entry)
    (path,) = files(tmp_path)
    damage(path)
    fresh = Embeddings(tmp_path, limit_bytes=LIMIT).take(KEY, lambda: entry(1))
    same(fresh, entry(1))
    assert "computed again" in caplog.text
    same(Embeddings(tmp_path, limit_bytes=LIMIT).take(KEY, never), entry(1))


def _flipped(content):
    """One bit of the features, which a zip's checksum must notice."""
    at = content.index(entry().values["features"].tobytes()[:64]) + 40
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_an_entry_with_objects_in_it_runs_no_code(tmp_path):
    class Evil:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "pwned"),)

    Embeddings(tmp_path / "cache", limit_bytes=LIMIT).take(KEY, entry)
    (path,) = files(tmp_path / "cache")
    np.savez(path, features=np.array([Evil()], dtype=object), allow_pickle=True)
    same(Embeddings(tmp_path / "cache", limit_bytes=LIMIT).take(KEY, entry), entry())
    assert not (tmp_path / "pwned").exists()


def test_the_folder_stays_within_its_limit_and_loses_what_was_unused_for_longest(tmp_path):
    cache = Embeddings(tmp_path, limit_bytes=40_000)
    for number in range(12):
        cache.take(other(number), lambda: entry(0, 4000))
        _age(tmp_path, 10)
        Embeddings(tmp_path, limit_bytes=40_000).take(other(0), lambda: entry(0, 4000))
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 40_000
    fresh = Embeddings(tmp_path, limit_bytes=40_000)
    fresh.take(other(0), never)
    fresh.take(other(11), never)
    with pytest.raises(AssertionError, match="again"):
        fresh.take(other(1), never)


def _age(folder, seconds):
    for path in files(folder):
        state = path.stat()
        os.utime(path, (state.st_atime - seconds, state.st_mtime - seconds))


def test_an_entry_larger_than_the_limit_is_kept_in_memory_only(tmp_path):
    cache = Embeddings(tmp_path, limit_bytes=100)
    cache.take(KEY, entry)
    cache.take(KEY, never)
    assert not files(tmp_path)


def test_without_room_on_disk_it_is_made_for_every_process(tmp_path):
    Embeddings(tmp_path, limit_bytes=0).take(KEY, entry)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    cache = Embeddings(blocked, limit_bytes=LIMIT)
    same(cache.take(KEY, entry), entry())
    cache.take(KEY, never)
    assert "could not be kept" in caplog.text


def test_memory_keeps_what_was_used_last(monkeypatch):
    monkeypatch.setattr(embeddings, "MEMORY_BYTES", 3 * entry().size_bytes)
    cache = Embeddings(None, limit_bytes=LIMIT)
    for number in range(3):
        cache.take(other(number), entry)
    cache.take(other(0), never)
    cache.take(other(3), entry)
    cache.take(other(0), never)
    with pytest.raises(AssertionError, match="again"):
        cache.take(other(1), never)


def test_threads_that_ask_for_one_window_get_equal_values(tmp_path):
    cache = Embeddings(tmp_path, limit_bytes=LIMIT)
    start = threading.Barrier(8)

    def ask(_turn):
        start.wait()
        return cache.take(KEY, entry)

    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(ask, range(8)):
            same(found, entry())
    assert len(files(tmp_path)) == 1


def test_files_of_a_process_that_died_while_writing_are_cleared_away(tmp_path):
    (tmp_path / "ab").mkdir()
    stale, young = tmp_path / "ab" / ".abababab-01", tmp_path / "ab" / ".abababab-02"
    for path in (stale, young):
        path.write_bytes(b"half")
    before = time.time() - 2 * embeddings.STALE_S
    os.utime(stale, (before, before))
    trim(tmp_path, LIMIT)
    assert not stale.exists()
    assert young.exists()
