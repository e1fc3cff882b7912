"""A worker's second thread: shows progress, learns of cancels, gives signs of life.

Keeps every word with the database out of the computing thread. Knows nothing of what is computed.
"""

import logging
import os
import threading
from contextlib import suppress
from typing import Any

from errors import GroundshiftError
from progress import Watcher
from workspace import heartbeat, jobs
from workspace.heartbeat import Worker
from workspace.records import Job

log = logging.getLogger(__name__)

TICK_S = 0.1
REPORT_TICKS = 2
BEAT_TICKS = round(heartbeat.BEAT_S / TICK_S)


class Pulse:
    """The thread, and what it and the computing thread tell each other."""

    def __init__(self, worker: Worker) -> None:
        """Nothing beats yet."""
        self.worker = worker
        self._ended = threading.Event()
        self._stopping = threading.Event()
        self._cancelled = threading.Event()
        self._job: str | None = None
        self._news: tuple[float, str] | None = None
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    @property
    def is_stopping(self) -> bool:
        """Whether the whole worker should end."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Give the first sign of life, without which no job may be taken, and go on with it."""
        self._say_alive()
        self._thread.start()

    def end(self) -> None:
        """No more signs of life."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        heartbeat.forget(self.worker.name)

    def ask_to_stop(self, *_signal: Any) -> None:
        """End the present job at its next step, and take no other."""
        self._stopping.set()

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than until the worker should end."""
        self._stopping.wait(seconds)

    def watch(self, job: Job) -> Watcher:
        """The callbacks for the work of a job; cheap enough for an inner loop."""
        self._cancelled.clear()
        self._news = None
        self._job = job.id
        return Watcher(on_progress=self._note, is_cancelled=self._is_cancelled)

    def rest(self) -> None:
        """Work has ended; the cancel flag stays readable until the next `watch`."""
        self._job = None

    def _note(self, fraction: float, message: str) -> None:
        self._news = (fraction, message)

    def _is_cancelled(self) -> bool:
        return self._cancelled.is_set() or self._stopping.is_set()

    def _beat(self) -> None:
        tick = 0
        while not self._ended.is_set():
            self._leave_with_parent()
            try:
                self._talk(tick)
            except GroundshiftError as error:
                log.warning("the database did not answer: %s", error)
            tick += 1
            self._ended.wait(TICK_S)

    def _talk(self, tick: int) -> None:
        """What is due at this tick."""
        if tick % BEAT_TICKS == 0:
            self._say_alive()
        job, news = self._job, self._news
        if job is None:
            return
        if jobs.is_cancel_asked(job):
            self._cancelled.set()
        elif news is not None and tick % REPORT_TICKS == 0:
            jobs.report(job, *news)
            if self._news is news:
                self._news = None

    def _say_alive(self) -> None:
        heartbeat.beat(self.worker)

    def _leave_with_parent(self) -> None:
        """End at once, in the middle of anything: whoever started this process is gone."""
        if self.worker.parent and os.getppid() != self.worker.parent:
            log.warning("the server has ended, so this worker ends too")
            with suppress(GroundshiftError):
                heartbeat.forget(self.worker.name)
            os._exit(1)
