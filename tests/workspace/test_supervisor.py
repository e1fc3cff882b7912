import errno
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from errors import ExportError, InputError
from tests.workspace.steps import ANN, BOB, until
from workspace import database, heartbeat, jobs, places, supervisor, upkeep
from workspace.supervisor import Supervisor
from workspace.worker import SERVER_STOPPED

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")


@pytest.fixture
def server(monkeypatch):
    """A running supervisor that does not lay out the samples."""
    monkeypatch.setattr(upkeep, "tidy", lambda: None)
    running = Supervisor()
    running.start()
    yield running
    running.stop()


def status(job, owner=ANN):
    return jobs.get(owner, job.id).status


def pids():
    rows = database.connect().execute("SELECT name, pid FROM workers")
    return {row["name"]: row["pid"] for row in rows}


def of_lane(lane):
    return next((pid for name, pid in pids().items() if name.startswith(lane)), None)


def is_running(pid):
    """Whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_server_runs_jobs_with_workers_for_every_lane_and_leaves_none_behind(server):
    job = jobs.submit(ANN, "echo", {"x": 1})
    until(lambda: status(job) == "done")
    until(lambda: len(pids()) == 4)
    assert server.is_alive()
    lanes = [(one.lane, one.device, one.is_alive) for one in server.workers()]
    assert lanes == [
        ("compute", "cpu", True), *[("prepare", "cpu", True)] * 2, ("prompt", "cpu", True),
    ]  # fmt: skip
    workers = pids().values()
    server.stop()
    assert not server.is_alive()
    assert not any(is_running(pid) for pid in workers)
    assert heartbeat.living() == frozenset()


def test_a_second_server_on_the_same_folder_is_refused_until_the_first_has_stopped(server):
    second = Supervisor()
    with pytest.raises(InputError, match="Another server") as caught:
        second.start()
    assert "GROUNDSHIFT_DATA_DIR" in caught.value.hint
    second.stop()
    until(server.is_alive)
    server.stop()
    second.start()
    second.stop()


def test_a_job_whose_worker_is_killed_is_lost_and_runs_again_in_a_new_worker(server, tmp_path):
    gate = tmp_path / "gate"
    job = jobs.submit(ANN, "linger", {"gate": str(gate)})
    until(lambda: jobs.get(ANN, job.id).progress == 0.25)
    killed = of_lane("compute")
    os.kill(killed, signal.SIGKILL)
    until(lambda: status(job) == "lost")
    gate.touch()
    fresh = jobs.again(ANN, job.id)
    until(lambda: status(fresh) == "done")
    assert not is_running(killed)
    assert of_lane("compute") != killed


def test_a_job_that_does_not_stop_is_ended_after_the_grace_and_the_next_one_runs(
    server, tmp_path, monkeypatch
):
    monkeypatch.setattr(supervisor, "GRACE_S", 0.2)
    paths = {"gate": str(tmp_path / "never"), "began": str(tmp_path / "began")}
    deaf = jobs.submit(ANN, "deaf", paths)
    until((tmp_path / "began").exists)
    scratch = places.folder("jobs", deaf.id)
    scratch.mkdir(parents=True)
    jobs.cancel(ANN, deaf.id)
    other = jobs.submit(BOB, "echo", {})
    until(lambda: status(deaf) == "cancelled")
    assert not scratch.exists()
    until(lambda: status(other, BOB) == "done")


def test_stopping_the_server_loses_the_running_job_with_a_reason_and_keeps_the_waiting(
    server, tmp_path, monkeypatch
):
    monkeypatch.setattr(supervisor, "GRACE_S", 0.2)
    paths = {"gate": str(tmp_path / "never"), "began": str(tmp_path / "began")}
    deaf = jobs.submit(ANN, "deaf", paths)
    waiting = jobs.submit(BOB, "echo", {})
    until((tmp_path / "began").exists)
    server.stop()
    lost = jobs.get(ANN, deaf.id)
    assert (lost.status, lost.message) == ("lost", SERVER_STOPPED)
    assert status(waiting, BOB) == "waiting"


def test_a_crashing_job_does_not_stop_other_users(server):
    crash = jobs.submit(ANN, "crash", {})
    other = jobs.submit(BOB, "echo", {})
    until(lambda: status(crash) == "lost")
    until(lambda: status(other, BOB) == "done")


def test_workers_follow_a_server_that_is_killed(tmp_path):
    code = (
        "import threading; from workspace import upkeep; upkeep.tidy = lambda: None\n"
        "from workspace.supervisor import Supervisor\n"
        "Supervisor().start(); threading.Event().wait()"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    job = jobs.submit(ANN, "linger", {"gate": str(tmp_path / "never")})
    until(lambda: jobs.get(ANN, job.id).progress == 0.25)
    until(lambda: len(pids()) == 4)
    workers = list(pids().values())
    process.kill()
    process.wait()
    until(lambda: not any(is_running(pid) for pid in workers))
    heartbeat.forget_children()
    assert jobs.mark_lost() == 1
    assert status(job) == "lost"


def test_a_worker_that_cannot_start_is_tried_again_at_longer_and_longer_intervals(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    post, now_s = supervisor._Post("compute", "cpu"), 100.0
    for delay_s in (0.5, 1, 2, 4, 8, 16, 30, 30):
        post.fill(now_s)
        assert not post.is_vacant
        post.kill(after_s=5)
        post.clear(now_s)
        post.fill(now_s + delay_s - 0.1)
        assert post.is_vacant
        now_s += delay_s
    post.fill(now_s)
    post.kill(after_s=5)
    post.clear(now_s + supervisor.STEADY_S)
    post.fill(now_s + supervisor.STEADY_S)
    assert not post.is_vacant
    post.kill(after_s=5)


def test_a_machine_without_room_for_a_process_is_not_asked_at_every_turn(monkeypatch):
    asked = []

    def refuse(*_arguments, **_options):
        asked.append(1)
        raise OSError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(supervisor.subprocess, "Popen", refuse)
    post = supervisor._Post("compute", "cpu")
    with pytest.raises(OSError, match="no more processes"):
        post.fill(10.0)
    post.fill(10.1)
    assert len(asked) == 1
    with pytest.raises(OSError, match="no more processes"):
        post.fill(10.0 + supervisor.MAX_DELAY_S)
    assert not post.is_alive


def test_an_upkeep_that_fails_does_not_keep_jobs_from_running(monkeypatch, caplog):
    def fill_up():
        raise ExportError("The disk is full.")

    monkeypatch.setattr(upkeep, "tidy", fill_up)
    running = Supervisor()
    running.start()
    try:
        job = jobs.submit(ANN, "echo", {})
        until(lambda: status(job) == "done")
    finally:
        running.stop()
    assert "The disk is full." in caplog.text


def test_a_server_that_cannot_start_lets_go_of_the_data_folder():
    connection = database.connect()
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for running in (Supervisor(), Supervisor()):
        connection.execute(f"PRAGMA user_version = {version + 1}")
        with ThreadPoolExecutor(1) as pool, pytest.raises(InputError, match="newer version"):
            pool.submit(running.start).result()
    connection.execute(f"PRAGMA user_version = {version}")


def test_numeric_libraries_in_workers_keep_to_the_threads_of_the_settings(limits):
    limits(threads=3)
    environment = supervisor._environment()
    assert environment["OMP_NUM_THREADS"] == "3"
    assert environment["GROUNDSHIFT_DATA_DIR"] == str(places.data_dir())
