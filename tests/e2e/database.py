"""What the server has written down, read and written by a test from beside it."""

import sqlite3
import time
from contextlib import closing

PATIENCE_S = 120


class Database:
    """The database of the server with this data folder."""

    def __init__(self, data_dir):
        self.path = data_dir / "workspace.sqlite3"

    def ask(self, sql, *values):
        """The first column of the first row, or None."""
        with closing(sqlite3.connect(self.path, timeout=PATIENCE_S)) as connection:
            row = connection.execute(sql, values).fetchone()
            return row and row[0]

    def change(self, sql, *values):
        """Write something down beside the server."""
        with closing(sqlite3.connect(self.path, timeout=PATIENCE_S)) as connection, connection:
            connection.execute(sql, values)

    def until(self, sql, *values):
        """What `ask` gives as soon as it gives something."""
        return self.wait_for(lambda: self.ask(sql, *values))

    def wait_for(self, condition):
        """What `condition()` gives as soon as it gives something; looks as often as it can."""
        end_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < end_s:
            if found := condition():
                return found
        raise AssertionError("it never came true")
