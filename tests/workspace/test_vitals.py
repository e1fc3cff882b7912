import os
from collections import namedtuple

import pytest

import settings
from errors import ExportError
from workspace import database, heartbeat, vitals

COMPUTES = heartbeat.Worker("compute-1", "compute", "cpu")
PREPARES = heartbeat.Worker("prepare-1", "prepare", "cpu")
ANSWERS = heartbeat.Worker("prompt-1", "prompt", "cpu")
Disk = namedtuple("Disk", "total used free")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A data folder of its own."""
    monkeypatch.setenv("GROUNDSHIFT_DATA_DIR", str(tmp_path / "data"))
    settings.load.cache_clear()
    yield tmp_path / "data"
    settings.load.cache_clear()


def _has_room(monkeypatch, free=1 << 40):
    monkeypatch.setattr(vitals.shutil, "disk_usage", lambda _place: Disk(free, 0, free))


def test_all_is_well_when_every_lane_has_a_worker(monkeypatch):
    _has_room(monkeypatch)
    for worker in (COMPUTES, PREPARES, ANSWERS):
        heartbeat.beat(worker)
    assert vitals.checks() == {"database": True, "workers": True, "disk": True}


@pytest.mark.parametrize("missing", [COMPUTES, PREPARES, ANSWERS])
def test_one_lane_without_a_worker_is_noticed(missing):
    for worker in {COMPUTES, PREPARES, ANSWERS} - {missing}:
        heartbeat.beat(worker)
    assert not vitals.checks()["workers"]


def test_a_worker_whose_process_ended_is_noticed():
    for worker in (COMPUTES, PREPARES, ANSWERS):
        heartbeat.beat(worker)
    with database.transaction() as connection:
        connection.execute("UPDATE workers SET pid = ? WHERE lane = 'prepare'", (_ended_pid(),))
    assert not vitals.checks()["workers"]


def _ended_pid():
    process = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(process, 0)
    return process


def test_a_full_disk_is_noticed(monkeypatch):
    database.connect()
    _has_room(monkeypatch, free=vitals.LOW_DISK_BYTES - 1)
    assert not vitals.checks()["disk"]


def test_a_database_that_cannot_be_written_is_noticed_and_nothing_is_raised(monkeypatch):
    def fail():
        raise ExportError("the disk is full")

    monkeypatch.setattr(vitals.database, "transaction", fail)
    monkeypatch.setattr(vitals.heartbeat, "living", fail)
    found = vitals.checks()
    assert (found["database"], found["workers"]) == (False, False)


def test_every_status_is_counted_even_when_no_job_has_it(monkeypatch):
    monkeypatch.setattr(vitals.jobs, "counts", lambda: {"done": 3})
    assert vitals.jobs_by_status() == {
        "waiting": 0, "running": 0, "done": 3, "failed": 0, "cancelled": 0, "lost": 0,
    }  # fmt: skip


def test_before_the_first_start_there_is_no_free_space_to_tell(folder):
    assert vitals.disk_free_bytes() == 0
    assert not folder.exists()
