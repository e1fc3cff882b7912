"""A worker process: takes jobs of one lane in turn and runs them until it is told to end.

    python -m workspace.worker --lane compute [--device cuda:0]

Knows how a job ends, not what it computes. One job at a time, so that a crash costs one job.
"""

import argparse
import ctypes
import errno
import logging
import os
import secrets
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import settings
from errors import CancelledError, GroundshiftError
from inference.device import usable
from workspace import devices, jobs, log_lines
from workspace.heartbeat import Worker
from workspace.kinds import registry
from workspace.pulse import Pulse
from workspace.records import Job, Lane

log = logging.getLogger("workspace.worker")

POLL_S: Mapping[Lane, float] = {"compute": 0.05, "prepare": 0.05, "prompt": 0.015}
"""How long a waiting job may go unseen; somebody looks at the screen while a prompt waits."""
NICENESS: Mapping[Lane, int] = {"compute": 5, "prepare": 5, "prompt": 0}
"""Pages, tiles and prompts are answered first; a long job takes what they leave."""
SERVER_STOPPED = "The server was stopped while this ran."
NO_MEMORY = "This needed more memory than the server has."
NO_DISK = "The disk of the server is full."
OUR_FAULT = "Groundshift failed on this job, and it is our fault."


def main(arguments: Sequence[str] | None = None) -> None:
    """Run jobs until SIGTERM, or until the parent process is gone."""
    asked = _parser().parse_args(arguments)
    log_lines.configure(settings.load().log_format)
    step_back(NICENESS[asked.lane])
    # Set before anything loads a library that asks for graphics cards.
    os.environ.update(devices.environment(asked.device))
    name = asked.name or f"{asked.lane}-{secrets.token_hex(4)}"
    found = usable(asked.device)
    pulse = Pulse(Worker(name, asked.lane, found.name, asked.parent))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pulse.ask_to_stop)
    pulse.start()
    try:
        registry.warm_up(asked.lane)
        log.info("worker %s takes jobs on %s", name, found.name)
        if found.note:
            log.warning("%s", found.note)
        work(pulse, note=found.note)
    finally:
        pulse.end()


def step_back(niceness: int) -> None:
    """Let the server go first.

    Linux may share time between sessions before it looks at niceness (sched(7), autogroup), and a
    worker has a session of its own.
    """
    os.nice(niceness)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(niceness), encoding="ascii")


def work(pulse: Pulse, *, note: str = "") -> None:
    """Take and run jobs until the pulse says stop."""
    worker = pulse.worker
    while not pulse.is_stopping:
        job = jobs.claim(worker.lane, worker.name, device=worker.device)
        if job is None:
            pulse.pause(POLL_S[worker.lane])
        else:
            run(job, pulse, note=note)


def run(job: Job, pulse: Pulse, *, note: str = "") -> None:
    """Run one job to whatever end it comes; `note` says why a graphics card was not used."""
    started = time.perf_counter()
    watcher = pulse.watch(job)
    try:
        result = registry.find(job.kind).run(job, watcher)
        jobs.finish(job.id, result | ({"note": note} if note else {}))
    except Exception as error:  # noqa: BLE001 - a door: whatever happens ends one job, not all
        _end_badly(job, error, pulse)
    finally:
        pulse.rest()
        give_back_memory()
    log.info("job %s (%s) ended after %.1f s", job.id, job.kind, time.perf_counter() - started)


def give_back_memory() -> None:
    """Return to the kernel what the last job freed: a worker may idle for days (malloc_trim(3))."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _end_badly(job: Job, error: Exception, pulse: Pulse) -> None:
    """Tell the user how the job ended; work that was asked to stop may fail on anything."""
    if jobs.is_cancel_asked(job.id):
        jobs.stopped(job.id)
    elif isinstance(error, CancelledError) and pulse.is_stopping:
        jobs.mark_lost(pulse.worker.name, message=SERVER_STOPPED)
    else:
        message, hint = explained(error, job.id)
        if message == OUR_FAULT:
            log.error("job %s failed unexpectedly", job.id, exc_info=error)
        jobs.fail(job.id, message, hint)


def explained(error: Exception, job_id: str) -> tuple[str, str]:
    """What was wrong in one sentence for the user, and the remedy."""
    if isinstance(error, GroundshiftError):
        return error.message, error.hint
    if isinstance(error, MemoryError):
        return NO_MEMORY, "Choose a smaller area, or ask the operator for more memory."
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return NO_DISK, "Delete scenes or results you no longer need, then run it again."
    return OUR_FAULT, f"Run it again; if it fails again, give the operator this number: {job_id}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m workspace.worker")
    parser.add_argument("--lane", choices=sorted(NICENESS), required=True)
    parser.add_argument("--device", default=devices.CPU, help="cpu, or cuda:0 and so on")
    parser.add_argument("--name", default="", help="by which jobs name it; made up without it")
    parser.add_argument("--parent", type=int, default=0, help="process without which it ends")
    return parser


if __name__ == "__main__":
    main()
