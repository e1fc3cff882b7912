"""The process that computes, held and let go by a test: a run takes as long as the test wants."""

import os
import signal
import sqlite3
from contextlib import closing, contextmanager, suppress

from tests.e2e.database import Database


class Compute(Database):
    """The worker of the lane `compute` of the server with this data folder."""

    def __init__(self, data_dir):
        super().__init__(data_dir)
        self.held = set()

    @property
    def pid(self):
        return self.until("SELECT pid FROM workers WHERE lane = 'compute' ORDER BY seen_utc DESC")

    def hold(self):
        """Stop the clock of the process, at a moment when it does not hold the database.

        The server takes a process that is silent for a minute for dead; this one may be as long as
        the test needs it.
        """
        self.held.add(self.pid)
        self.wait_for(self._is_held_without_lock)
        for pid in self.held:
            self.change("UPDATE workers SET seen_utc = '9999' WHERE pid = ?", pid)

    def _is_held_without_lock(self):
        (pid,) = self.held
        os.kill(pid, signal.SIGSTOP)
        if self._is_writable():
            return True
        os.kill(pid, signal.SIGCONT)
        return False

    def _is_writable(self):
        with closing(sqlite3.connect(self.path, timeout=0.05)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
            connection.rollback()
            return True

    def hold_in(self, job_id):
        """Let the process begin a job and hold it there; how far it has come, 0 to 1."""
        self.let_go()
        self.until("SELECT 1 FROM jobs WHERE id = ? AND progress > 0", job_id)
        self.hold()
        assert self.status(job_id) == "running", "the run is too short for this test"
        return self.ask("SELECT progress FROM jobs WHERE id = ?", job_id)

    def status(self, job_id):
        return self.ask("SELECT status FROM jobs WHERE id = ?", job_id)

    def let_go(self):
        while self.held:
            with suppress(ProcessLookupError):
                os.kill(self.held.pop(), signal.SIGCONT)

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)


@contextmanager
def held(data_dir):
    """The process, held from the beginning; it works again afterwards, whatever happens."""
    compute = Compute(data_dir)
    compute.hold()
    try:
        yield compute
    finally:
        compute.let_go()
