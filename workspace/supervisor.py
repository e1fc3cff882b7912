"""Keeps the worker processes of one server running, and tidies up behind those that end.

Knows processes and time; what a job is, and how it ends, is known by `jobs`.
"""

import fcntl
import logging
import os
import secrets
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import settings
from errors import GroundshiftError, InputError
from workspace import devices, heartbeat, jobs, places, upkeep
from workspace.records import Lane
from workspace.worker import SERVER_STOPPED

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]
LOCK_NAME = "server.lock"
TICK_S = 0.2
GRACE_S = 5.0
UPKEEP_S = 3600.0
STEADY_S = 10.0
PREPARE_WORKERS = 2
"""So that both dates are prepared side by side, and a long fetch holds up nobody else's upload."""
FIRST_DELAY_S = 0.5
MAX_DELAY_S = 30.0


@dataclass(frozen=True)
class WorkerState:
    """One worker as the health page shows it."""

    lane: Lane
    device: str
    is_alive: bool


class _Post:
    """A place for one worker process, which is filled again when the process ends."""

    def __init__(self, lane: Lane, device: str) -> None:
        """Nobody works here yet."""
        self.lane = lane
        self.device = device
        self.name = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._began_s = 0.0
        self._failures = 0
        self._not_before_s = 0.0

    @property
    def is_alive(self) -> bool:
        """Whether a process works here."""
        return self._process is not None and self._process.poll() is None

    @property
    def is_vacant(self) -> bool:
        """Whether the last process was seen to end."""
        return self._process is None

    def fill(self, now_s: float) -> None:
        """Start a process, unless the last ones ended so soon that waiting is wiser.

        Raises:
            OSError: the machine has no room for a process now.
        """
        if now_s < self._not_before_s:
            return
        self.name = f"{self.lane}-{secrets.token_hex(4)}"
        self._began_s = now_s
        try:
            self._process = self._started()
        except OSError:
            self.clear(now_s)
            raise

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - every argument is ours
            [
                *(sys.executable, "-m", "workspace.worker", "--lane", self.lane),
                *("--device", self.device, "--name", self.name, "--parent", str(os.getpid())),
            ],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            # Ctrl-C in a terminal goes to the server, which stops its workers in order.
            start_new_session=True,
        )

    def clear(self, now_s: float, *, is_expected: bool = False) -> None:
        """Note that the process ended; too soon and unexpected makes the next one wait longer."""
        self._process = None
        is_failure = not is_expected and now_s - self._began_s < STEADY_S
        self._failures = self._failures + 1 if is_failure else 0
        delay = min(MAX_DELAY_S, FIRST_DELAY_S * 2 ** (self._failures - 1)) if is_failure else 0.0
        self._not_before_s = now_s + delay

    def terminate(self) -> None:
        """Ask the process to end in order."""
        if self._process is not None:
            self._process.terminate()

    def kill(self, *, after_s: float = 0.0) -> None:
        """End the process, at the latest after this time, and leave no zombie."""
        if self._process is None:
            return
        try:
            self._process.wait(after_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Supervisor:
    """The workers of one server: for long jobs, for preparing scenes, and one for prompts."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._posts: tuple[_Post, ...] = ()
        self._lock: IO[str] | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Take the data folder, end what a former server left running, and start the workers.

        Returns before the workers are warm.

        Raises:
            InputError: another server works with this data folder.
            ExportError: the data folder cannot be written.
        """
        self._lock = _locked(places.data_dir())
        try:
            heartbeat.forget_children()
            lost = jobs.mark_lost()
        except GroundshiftError:
            self._unlock()
            raise
        log.info("started on %s; %d jobs were interrupted", places.data_dir(), lost)
        self._posts = _posts()
        self._stopping.clear()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the workers; their jobs are lost, with a hint to run them again."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        for post in self._posts:
            post.terminate()
        deadline_s = time.monotonic() + GRACE_S
        for post in self._posts:
            post.kill(after_s=max(0.0, deadline_s - time.monotonic()))
            with suppress(GroundshiftError):
                self._bury(post, message=SERVER_STOPPED)
        self._posts = ()
        self._unlock()

    def workers(self) -> tuple[WorkerState, ...]:
        """Every worker, and whether its process lives."""
        return tuple(WorkerState(post.lane, post.device, post.is_alive) for post in self._posts)

    def is_alive(self) -> bool:
        """Whether there are workers and all of them live."""
        return bool(self._posts) and all(post.is_alive for post in self._posts)

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _watch(self) -> None:
        next_upkeep_s = 0.0
        while not self._stopping.is_set():
            try:
                self._tend()
                if time.monotonic() >= next_upkeep_s:
                    next_upkeep_s = time.monotonic() + UPKEEP_S
                    upkeep.tidy()
            except (GroundshiftError, OSError):
                log.exception("the workers could not be looked after; trying again")
            self._stopping.wait(TICK_S)

    def _tend(self) -> None:
        """Replace workers that ended or will not stop, and end the jobs of strangers that died."""
        overdue = jobs.overdue(GRACE_S)
        for post in self._posts:
            if post.name in overdue and post.is_alive:
                log.warning("worker %s did not stop its job and is ended", post.name)
                post.kill()
                self._bury(post, is_expected=True)
            elif not post.is_alive and not post.is_vacant:
                log.warning("worker %s ended", post.name)
                self._bury(post)
            if post.is_vacant:
                post.fill(time.monotonic())
        jobs.mark_lost(spared=frozenset(post.name for post in self._posts if post.is_alive))

    def _bury(self, post: _Post, *, is_expected: bool = False, message: str = jobs.LOST) -> None:
        """End what a dead worker worked on."""
        post.clear(time.monotonic(), is_expected=is_expected)
        if post.name:
            jobs.mark_lost(post.name, message=message)
            heartbeat.forget(post.name)


def _posts() -> tuple[_Post, ...]:
    found = devices.compute_devices(settings.load().compute_workers)
    return (
        *(_Post("compute", device) for device in found),
        *(_Post("prepare", devices.CPU) for _ in range(PREPARE_WORKERS)),
        # Shares the first card with the long jobs: a prompt is short, and waits for nobody.
        _Post("prompt", found[0]),
    )


def _locked(folder: Path) -> IO[str]:
    """The open lock file of the data folder; the lock goes with the process, however it ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = (folder / LOCK_NAME).open("w", encoding="utf-8")
    except OSError as error:
        msg = f"The data folder {str(folder)!r} cannot be written ({error.strerror})."
        raise InputError(msg, hint="Choose another with GROUNDSHIFT_DATA_DIR.") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        msg = f"Another server already works with the data folder {str(folder)!r}."
        hint = "Stop it first, or choose another folder with GROUNDSHIFT_DATA_DIR."
        raise InputError(msg, hint=hint) from error
    return file


def _environment() -> dict[str, str]:
    """What a worker finds in its environment.

    The threads of numeric libraries are held to the setting, and sleep while they wait for one
    another: on a busy machine spinning makes them many times slower (OpenMP 5.2, 21.7).

    glibc (mallopt(3)) is told to keep what was freed: giving every large array back to the kernel
    and asking for it anew made a run three times as slow. The worker gives memory back between
    jobs instead.
    """
    threads = str(settings.load().threads)
    own = {
        "GROUNDSHIFT_DATA_DIR": str(places.data_dir()),
        "OMP_NUM_THREADS": threads,
        "OMP_WAIT_POLICY": "PASSIVE",
        "OPENBLAS_NUM_THREADS": threads,
        "MALLOC_ARENA_MAX": "2",
        "MALLOC_MMAP_THRESHOLD_": str(1 << 30),
        "MALLOC_TRIM_THRESHOLD_": str(1 << 34),
    }
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    return os.environ | own | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
