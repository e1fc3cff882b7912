import json
import logging
import os
import signal
import subprocess
import sys
import threading

import pytest

import settings
from errors import InputError
from tests.workspace.steps import ANN, until
from workspace import heartbeat, jobs, log_lines, places, worker
from workspace.heartbeat import Worker
from workspace.pulse import Pulse

pytestmark = pytest.mark.usefixtures("limits", "extra_kinds")


@pytest.fixture
def pulse():
    """The pulse of a worker that runs in this process."""
    beating = Pulse(Worker("here", "compute", "cpu"))
    beating.start()
    yield beating
    beating.end()


def begin(*options):
    """A real worker process whose parent is this one."""
    arguments = ("--lane", "compute", "--parent", str(os.getpid()), *options)
    return subprocess.Popen(
        [sys.executable, "-m", "workspace.worker", *arguments], stderr=subprocess.PIPE, text=True
    )


def run_next(pulse, **options):
    job = jobs.claim("compute", "here")
    worker.run(job, pulse, **options)
    return jobs.get(ANN, job.id)


def test_a_job_that_ends_well_has_its_result(pulse):
    jobs.submit(ANN, "echo", {"x": 1})
    done = run_next(pulse)
    assert (done.status, done.result) == ("done", {"x": 1})


def test_a_note_about_the_device_reaches_the_user(pulse):
    jobs.submit(ANN, "echo", {})
    assert run_next(pulse, note="No card.").result == {"note": "No card."}


@pytest.mark.parametrize(
    ("how", "message", "hint"),
    [
        ("ours", "The box is empty.", "Fill it."),
        ("memory", worker.NO_MEMORY, "smaller area"),
        ("disk", worker.NO_DISK, "Delete"),
        ("bug", worker.OUR_FAULT, "number"),
    ],
)
def test_every_failure_becomes_a_sentence_and_a_remedy(pulse, caplog, how, message, hint):
    jobs.submit(ANN, "wrong", {"how": how})
    failed = run_next(pulse)
    assert (failed.status, failed.message) == ("failed", message)
    assert hint in failed.hint
    assert ("secret detail" in caplog.text) == (how == "bug")


def test_a_fault_of_ours_is_logged_with_the_number_the_user_is_given(pulse, caplog):
    jobs.submit(ANN, "wrong", {"how": "bug"})
    failed = run_next(pulse)
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert failed.id in record.getMessage()
    assert failed.id in failed.hint


def test_a_running_job_stops_soon_after_it_is_cancelled(pulse, tmp_path):
    job = jobs.submit(ANN, "linger", {"gate": str(tmp_path / "never")})
    working = threading.Thread(target=run_next, args=(pulse,))
    working.start()
    until(lambda: jobs.get(ANN, job.id).progress == 0.25)
    assert jobs.get(ANN, job.id).message == "Lingering"
    jobs.cancel(ANN, job.id)
    working.join(timeout=10)
    assert not working.is_alive()
    assert jobs.get(ANN, job.id).status == "cancelled"


def test_a_job_that_fails_while_it_should_stop_was_stopped(pulse):
    jobs.submit(ANN, "wrong", {"how": "bug"})
    job = jobs.claim("compute", "here")
    jobs.cancel(ANN, job.id)
    worker.run(job, pulse)
    assert jobs.get(ANN, job.id).status == "cancelled"


def test_a_cancel_does_not_reach_the_next_job(pulse, tmp_path):
    jobs.submit(ANN, "linger", {"gate": str(tmp_path / "never")})
    working = threading.Thread(target=run_next, args=(pulse,))
    working.start()
    until(lambda: jobs.listed(ANN)[0].status == "running")
    jobs.cancel(ANN, jobs.listed(ANN)[0].id)
    working.join(timeout=5)
    jobs.submit(ANN, "echo", {"x": 2})
    assert run_next(pulse).status == "done"


def test_progress_is_written_at_most_five_times_a_second(pulse, tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(jobs, "report", lambda *news: written.append(news))
    job = jobs.submit(ANN, "linger", {"gate": str(tmp_path / "gate")})
    working = threading.Thread(target=run_next, args=(pulse,))
    working.start()
    until(lambda: len(written) >= 3)
    (tmp_path / "gate").touch()
    working.join(timeout=5)
    seconds = jobs.get(ANN, job.id).finished_utc - jobs.get(ANN, job.id).started_utc
    assert len(written) <= 5 * seconds.total_seconds() + 1


def test_a_worker_lives_while_it_beats():
    beating = Pulse(Worker("brief", "compute", "cpu"))
    assert heartbeat.living() == frozenset()
    beating.start()
    assert heartbeat.living() == {"brief"}
    beating.end()
    assert heartbeat.living() == frozenset()


def test_a_worker_whose_process_is_gone_or_silent_is_dead(monkeypatch):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    heartbeat.beat(Worker("here", "compute", "cpu"))
    monkeypatch.setattr(os, "getpid", lambda: gone.pid)
    heartbeat.beat(Worker("gone", "compute", "cpu"))
    assert heartbeat.living() == {"here"}
    monkeypatch.setattr(heartbeat, "SILENT_S", -1.0)
    assert heartbeat.living() == frozenset()


def test_the_list_of_workers_is_swept(monkeypatch):
    heartbeat.beat(Worker("here", "compute", "cpu"))
    heartbeat.sweep()
    assert heartbeat.living() == {"here"}
    monkeypatch.setattr(heartbeat, "SILENT_S", -1.0)
    heartbeat.sweep()
    monkeypatch.undo()
    assert heartbeat.living() == frozenset()


def test_a_server_that_begins_forgets_the_workers_of_former_servers_only():
    heartbeat.beat(Worker("former", "compute", "cpu", parent=1))
    heartbeat.beat(Worker("by hand", "compute", "cpu"))
    heartbeat.forget_children()
    assert heartbeat.living() == {"by hand"}


# Real processes.


def test_a_worker_process_runs_jobs_and_ends_in_order_on_sigterm():
    process = begin("--name", "real")
    job = jobs.submit(ANN, "echo", {"x": 1})
    until(lambda: jobs.get(ANN, job.id).status == "done")
    assert heartbeat.living() == {"real"}
    process.send_signal(signal.SIGTERM)
    _out, log = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "Traceback" not in log
    assert job.id in log
    assert heartbeat.living() == frozenset()


def test_a_job_in_a_worker_that_is_told_to_end_is_lost_with_a_reason(tmp_path):
    process = begin()
    job = jobs.submit(ANN, "linger", {"gate": str(tmp_path / "never")})
    until(lambda: jobs.get(ANN, job.id).progress == 0.25)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    lost = jobs.get(ANN, job.id)
    assert (lost.status, lost.message) == ("lost", worker.SERVER_STOPPED)


def test_a_worker_without_its_parent_ends_by_itself():
    process = begin("--parent", "1")
    _out, log = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "server has ended" in log


def test_a_card_that_cannot_be_used_is_told_with_the_result():
    process = begin("--device", "cuda:0")
    job = jobs.submit(ANN, "echo", {})
    until(lambda: jobs.get(ANN, job.id).status == "done")
    process.terminate()
    process.communicate(timeout=10)
    done = jobs.get(ANN, job.id)
    assert done.device == "cpu"
    assert "graphics card was not used" in done.result["note"]


def test_log_lines_are_json_when_the_operator_wants_it(limits, capfd):
    limits(log_format="json")
    before = logging.root.handlers[:], logging.root.level
    log_lines.configure(settings.load().log_format)
    try:
        raise_and_log()
    finally:
        logging.root.handlers, logging.root.level = before
    (line,) = capfd.readouterr().err.splitlines()
    event = json.loads(line)
    assert (event["level"], event["message"]) == ("error", "job 7 failed")
    assert "The box is empty." in event["error"]


def raise_and_log():
    error = InputError("The box is empty.")
    logging.getLogger("workspace.worker").error("job %d failed", 7, exc_info=error)


def test_nothing_of_a_job_that_crashed_its_process_stays_on_the_disk(tmp_path):
    process = begin("--name", "doomed")
    job = jobs.submit(ANN, "crash", {})
    assert process.wait(20) == -signal.SIGKILL
    process.stderr.close()
    leftover = places.folder("jobs", job.id)
    leftover.mkdir(parents=True)
    assert jobs.get(ANN, job.id).status == "running"
    assert jobs.mark_lost() == 1
    assert jobs.get(ANN, job.id).status == "lost"
    assert not leftover.exists()
