import os

import pytest

from raster import scene, shift, shift_memory
from raster.align import align
from tests.scenes import ground, write


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(shift_memory, "_kept", type(shift_memory._kept)())


@pytest.fixture
def counted(monkeypatch):
    """How often a shift was measured."""
    calls = []
    real = shift.measure
    monkeypatch.setattr(shift, "measure", lambda *a, **k: calls.append(a) or real(*a, **k))
    return calls


@pytest.fixture
def files(tmp_path):
    image = ground((200, 200))
    return write(tmp_path / "pre.tif", image), write(tmp_path / "post.tif", image)


def aligned(files, **options):
    return align(*(scene.open(path) for path in files), **options)


def test_the_second_look_at_a_pair_measures_nothing_and_says_the_same(files, counted):
    assert aligned(files).shift == aligned(files).shift
    assert len(counted) == 1


def test_a_changed_file_or_another_question_is_measured(files, counted):
    aligned(files)
    os.utime(files[1], ns=(1, 1))
    aligned(files)
    aligned(files, correct=False)
    aligned(files[::-1])
    assert len(counted) == 4


def test_only_the_newest_are_kept(files, counted, monkeypatch):
    monkeypatch.setattr(shift_memory, "KEPT", 1)
    aligned(files)
    aligned(files[::-1])
    aligned(files)
    assert len(counted) == 3
